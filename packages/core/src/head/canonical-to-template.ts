import { cos, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { CANONICAL_TO_TEMPLATE } from './head-template.ts';

const TILT_COS = cos(CANONICAL_TO_TEMPLATE.tiltRad);
const TILT_SIN = sin(CANONICAL_TO_TEMPLATE.tiltRad);

/**
 * A point of MediaPipe's canonical face (cm) in template mm. The face does not take part in the deformation, so on
 * a client's head it is this times `shape.face`.
 */
export function canonicalToTemplate(p: Vec3): Vec3 {
  const { scaleMmPerCm, upMm, forwardMm } = CANONICAL_TO_TEMPLATE;
  return [
    scaleMmPerCm * p[0],
    scaleMmPerCm * (p[1] * TILT_COS - p[2] * TILT_SIN) + upMm,
    scaleMmPerCm * (p[1] * TILT_SIN + p[2] * TILT_COS) + forwardMm,
  ];
}
