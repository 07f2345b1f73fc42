/**
 * Where the ears are: an ellipse beside each tragion, leaning back, as seen from the side.
 *
 * Drawn on the neutral head of ICT-FaceKit (59 mm long at 575 mm circumference) and lengthened to the 64 mm of
 * ANSUR II. Ears vary by 4.5 mm (sd) in length and the face model does not see them: keep a margin.
 */
import { cos, degToRad, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { HeadShape } from './head-shape.ts';

const CENTRE_UP_MM = -8;
const CENTRE_FORWARD_MM = -13;
const HALF_LENGTH_MM = 32;
const HALF_WIDTH_MM = 20;
const LEAN_RAD = degToRad(16);
const LEAN_COS = cos(LEAN_RAD);
const LEAN_SIN = sin(LEAN_RAD);
/** Nearer the midline than this nothing is an ear. */
const INNERMOST_MM = 45;

/** Whether a point of the head (mm) lies on an ear or within `marginMm` of its outline, seen from the side. */
export function isEar(shape: HeadShape, p: Vec3, marginMm = 0): boolean {
  const f = shape.face;
  if (Math.abs(p[0]) < INNERMOST_MM * f) return false;
  const up = p[1] - CENTRE_UP_MM * f;
  const back = CENTRE_FORWARD_MM * f - p[2];
  const along = (up * LEAN_COS + back * LEAN_SIN) / (HALF_LENGTH_MM * f + marginMm);
  const across = (back * LEAN_COS - up * LEAN_SIN) / (HALF_WIDTH_MM * f + marginMm);
  return along * along + across * across < 1;
}
