import type { Vec3 } from '../vec/mat3.ts';
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
