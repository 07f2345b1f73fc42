/**
 * Between a head's own frame (mm) and the neutral head of ICT-FaceKit (cm), where faces are painted: scaled along each
 * axis so that the corners of the eyes, the glabella and the tragions fall together.
 */
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import type { KnownLandmarks } from './known-head.ts';

const CANTHUS_CM: Vec3 = [4.46, 3.43, 8.6];
const GLABELLA_CM = 5.73;
const TRAGION_CM = 1.57;

interface PaintFrame {
  readonly middleMm: number;
  readonly levelMm: number;
  /** cm per mm along x, y and z. */
  readonly scale: Vec3;
}

function frameOf({ leftCanthus, rightCanthus, glabella }: KnownLandmarks): PaintFrame | null {
  if (!leftCanthus || !rightCanthus) return null;
  const levelMm = (leftCanthus[1] + rightCanthus[1]) / 2;
  const forwardMm = (leftCanthus[2] + rightCanthus[2]) / 2;
  return {
    middleMm: (leftCanthus[0] + rightCanthus[0]) / 2,
    levelMm,
    scale: [
      (2 * CANTHUS_CM[0]) / (leftCanthus[0] - rightCanthus[0]),
      (GLABELLA_CM - CANTHUS_CM[1]) / (glabella[1] - levelMm),
      (CANTHUS_CM[2] - TRAGION_CM) / forwardMm,
    ],
  };
}

/** mm of this head to cm of the neutral one; null when the eyes of the head are not known. */
export function toPaint(landmarks: KnownLandmarks): ((p: Vec3) => Vec3) | null {
  const frame = frameOf(landmarks);
  if (!frame) return null;
  const { middleMm, levelMm, scale } = frame;
  return ([x, y, z]) => [
    (x - middleMm) * scale[0],
    CANTHUS_CM[1] + (y - levelMm) * scale[1],
    TRAGION_CM + z * scale[2],
  ];
}

/** The inverse of {@link toPaint}. */
export function fromPaint(landmarks: KnownLandmarks): ((p: Vec3) => Vec3) | null {
  const frame = frameOf(landmarks);
  if (!frame) return null;
  const { middleMm, levelMm, scale } = frame;
  return ([x, y, z]) => [
    x / scale[0] + middleMm,
    (y - CANTHUS_CM[1]) / scale[1] + levelMm,
    (z - TRAGION_CM) / scale[2],
  ];
}
