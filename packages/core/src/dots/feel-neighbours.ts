/**
 * What one dot feels of its neighbours: the sums that `crowd.ts` takes over all pairs at once, for a single dot, in the same
 * order and so with the same bits.
 */
import { WIDEST_MM } from './even-out.ts';
import { KERNEL, TABLE, kernelScale } from './kernel.ts';

/** Kernel table places per mm2, rounded as pairs keep them. */
const scaleBetween = (wanted: Float32Array, a: number, b: number): number =>
  Math.fround(kernelScale(Math.min(WIDEST_MM, wanted[a]), Math.min(WIDEST_MM, wanted[b])));

/** Writes the force on dot `a`, less the push that is expected anyway, into `force`. */
export function forceOn(
  a: number,
  near: readonly number[],
  points: Float64Array,
  wanted: Float32Array,
  push: Float64Array,
  force: Float64Array,
): void {
  const q = 3 * a;
  let fx = -push[q];
  let fy = -push[q + 1];
  let fz = -push[q + 2];
  for (let n = 0; n < near.length; n++) {
    const b = near[n];
    const dx = points[q] - points[3 * b];
    const dy = points[q + 1] - points[3 * b + 1];
    const dz = points[q + 2] - points[3 * b + 2];
    const t = (dx * dx + dy * dy + dz * dz) * scaleBetween(wanted, a, b);
    if (t >= TABLE) continue;
    const w = KERNEL[t | 0];
    fx += w * dx;
    fy += w * dy;
    fz += w * dz;
  }
  force[q] = fx;
  force[q + 1] = fy;
  force[q + 2] = fz;
}

/** Writes the swirl about dot `a` into `force`; `valueOf` is the random number of a neighbour. */
export function swirlOn(
  a: number,
  near: readonly number[],
  points: Float64Array,
  wanted: Float32Array,
  valueOf: (b: number) => number,
  force: Float64Array,
): void {
  const q = 3 * a;
  let sx = 0;
  let sy = 0;
  let sz = 0;
  for (let n = 0; n < near.length; n++) {
    const b = near[n];
    const dx = points[q] - points[3 * b];
    const dy = points[q + 1] - points[3 * b + 1];
    const dz = points[q + 2] - points[3 * b + 2];
    const w = KERNEL[((dx * dx + dy * dy + dz * dz) * scaleBetween(wanted, a, b)) | 0] * valueOf(b);
    sx += w * dx;
    sy += w * dy;
    sz += w * dz;
  }
  force[q] = sx;
  force[q + 1] = sy;
  force[q + 2] = sz;
}
