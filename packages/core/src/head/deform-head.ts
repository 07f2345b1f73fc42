/**
 * Carries points between the template head and one client's head: four factors, smooth, and invertible in closed form.
 *
 * Height stretches only above the glabella, length only behind the forehead, width only above a plane from the brow to
 * the ears; so the face stays where the photo placed it and the cranium follows. Each is one-dimensional and monotone
 * (ramps of a straight line eased in by a parabola), and width depends on the point's own height and
 * depth, which is why the inverse needs no iteration. `face` scales the whole, last.
 *
 * Promises: deform and undeform are inverse to 1e-12 relative for factors in (0, 3); continuous first derivatives.
 * Does not do: asymmetry. The tragions are kept at the origin by definition of the frame: the skin slides past them
 * by up to 1 mm when length changes by 5 %.
 */
import { smoothstep } from '../num/range.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { HeadShape } from './head-shape.ts';

/** Template heights (mm) between which the vertical stretch sets in; the lower one is the glabella's. */
const HEIGHT_EASE = [40, 80] as const;
/** Distances behind the origin (mm) between which the lengthwise stretch sets in: the temples. */
const LENGTH_EASE = [-50, -10] as const;
/** Width sets in between these values of height - 0.42 depth (mm): 0 at the tragion, -0.1 at the glabella. */
const WIDTH_EASE = [-5, 45] as const;
const BROW_TO_EAR_SLOPE = 0.42;

/** How far, in units of the stretch, the ramp has moved at `u`: 0 before `from`, a straight line after `to`. */
function ramp(u: number, from: number, to: number): number {
  if (u <= from) return 0;
  if (u >= to) return u - (from + to) / 2;
  return ((u - from) * (u - from)) / (2 * (to - from));
}

/** The u with u + k ramp(u) = v. */
function unramp(v: number, k: number, from: number, to: number): number {
  if (v <= from) return v;
  const u = (v + (k * (from + to)) / 2) / (1 + k);
  if (u >= to) return u;
  const e = v - from;
  return from + (2 * e) / (1 + Math.sqrt(1 + (2 * k * e) / (to - from)));
}

const widening = (y: number, z: number): number => smoothstep(WIDTH_EASE[0], WIDTH_EASE[1], y - BROW_TO_EAR_SLOPE * z);

/** Template mm to this head's mm. */
export function deform(shape: HeadShape, p: Vec3): Vec3 {
  const x = p[0] * (1 + (shape.width - 1) * widening(p[1], p[2]));
  const y = p[1] + (shape.height - 1) * ramp(p[1], HEIGHT_EASE[0], HEIGHT_EASE[1]);
  const z = p[2] - (shape.length - 1) * ramp(-p[2], LENGTH_EASE[0], LENGTH_EASE[1]);
  return [x * shape.face, y * shape.face, z * shape.face];
}

/** This head's mm to template mm: the inverse of {@link deform}. */
export function undeform(shape: HeadShape, p: Vec3): Vec3 {
  const out = new Float64Array(3);
  undeformTo(out, shape, p[0], p[1], p[2]);
  return [out[0], out[1], out[2]];
}

/** As {@link undeform}, written to `out`: for whoever asks a million times. */
export function undeformTo(out: Float64Array, shape: HeadShape, px: number, py: number, pz: number): void {
  const { face, width, height, length } = shape;
  const y = unramp(py / face, height - 1, HEIGHT_EASE[0], HEIGHT_EASE[1]);
  const z = -unramp(-pz / face, length - 1, LENGTH_EASE[0], LENGTH_EASE[1]);
  out[0] = px / face / (1 + (width - 1) * widening(y, z));
  out[1] = y;
  out[2] = z;
}
