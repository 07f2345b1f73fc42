import { rotate, rotationAboutX } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, scale, subtract } from '../vec/vec3.ts';
import { deform } from './deform-head.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { HeadShape } from './head-shape.ts';
import { TEMPLATE_LANDMARKS } from './head-template.ts';

/** The landmarks on the head of this shape, carried there from the template; mm. */
export function landmarksOf(shape: HeadShape): HeadLandmarks {
  const on = (p: Vec3): Vec3 => deform(shape, p);
  const t = TEMPLATE_LANDMARKS;
  return {
    glabella: on(t.glabella),
    nasion: on(t.nasion),
    leftTragion: on(t.leftTragion),
    rightTragion: on(t.rightTragion),
    vertex: on(t.vertex),
    inion: on(t.inion),
    opisthocranion: on(t.opisthocranion),
  };
}

/** The middle of the face, template mm: what stays in place when the face is tilted against the cranium. */
export const FACE_MIDDLE: Vec3 = [0, 20, 75];

/** A point of the face (mm) of a head of this shape whose face is bowed further by `tiltRad`. */
export function tiltedWithFace({ face }: HeadShape, tiltRad: number, p: Vec3): Vec3 {
  const middle = scale(FACE_MIDDLE, face);
  return add(middle, rotate(rotationAboutX(tiltRad), subtract(p, middle)));
}
