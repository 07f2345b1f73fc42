/**
 * Dots that move among their neighbours: steps of evening out, and of roughening.
 *
 * A crowd is numbered in the order of a grid (place, then id), and its pairs stand in that order, so sums over them have
 * the same bits whatever else is computed. Every step reads all places before it changes any.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { hashNormal } from '../random/hash.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { moveClear } from './keep-clear.ts';
import { KERNEL, TABLE } from './kernel.ts';
import type { Pairs } from './pair-up.ts';

export interface Crowd {
  readonly head: HeadMap;
  /** Places that no dot is moved into. */
  readonly keepClear: readonly KeepClear[];
  readonly id: Uint32Array;
  /** x, y, z (mm) on the skin; steps change them. */
  readonly points: Float64Array;
  /** Spacing that the design wants, mm. */
  readonly wanted: Float32Array;
  /** Sparser dots are kept only as far apart as if this were their hexagonal distance. */
  readonly widestHexMm: number;
  /** 1 moves freely, 0 stays and is an obstacle. */
  readonly mobility: Float32Array;
  /** Push that the wanted density explains, x, y, z per dot; null where it is even. */
  readonly push: Float64Array | null;
  readonly pairs: Pairs;
}

const STEP = 0.25;
/** Makes the root mean square of the eddies' displacement 1 spacing: 1 / (sqrt(pi) sigma^2). */
const ROUGHNESS_PER_SWIRL = 1.1514;

/** What it takes to move one dot. */
export type Movable = Pick<Crowd, 'head' | 'keepClear' | 'points'>;

/** Descent steps on the energy of the kernel. */
export function descend(crowd: Crowd, steps: number): void {
  const { points, mobility, push, pairs } = crowd;
  const force = new Float64Array(points.length);
  for (let n = 0; n < steps; n++) {
    if (push) for (let q = 0; q < force.length; q++) force[q] = -push[q];
    else force.fill(0);
    addForces(points, pairs, KERNEL, force);
    for (let a = 0; a < mobility.length; a++) move(crowd, a, force, STEP * mobility[a]);
  }
}

/** Moves point `a` by `k` times its force, puts it back on the skin and out of what must be kept clear. */
export function move({ head, points, keepClear }: Movable, a: number, force: Float64Array, k: number): void {
  if (k === 0) return;
  const q = 3 * a;
  const x = points[q] + k * force[q];
  const y = points[q + 1] + k * force[q + 1];
  const z = points[q + 2] + k * force[q + 2];
  const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
  points[q] = x * s;
  points[q + 1] = y * s;
  points[q + 2] = z * s;
  if (keepClear.length > 0) moveClear(head, keepClear, points, q);
}

/**
 * Adds what each pair feels under a kernel of {@link TABLE} places and one that is nothing. Pairs beyond reach add nothing:
 * to step over them the processor would have to guess which, and be wrong at most of them.
 */
export function addForces(
  points: Float64Array,
  { first, other, scale }: Pairs,
  kernel: Float64Array,
  force: Float64Array,
): void {
  const count = first.length - 1;
  let p = 0;
  for (let a = 0, q = 0; a < count; a++, q += 3) {
    const x = points[q];
    const y = points[q + 1];
    const z = points[q + 2];
    let fx = force[q];
    let fy = force[q + 1];
    let fz = force[q + 2];
    for (const last = first[a + 1]; p < last; p++) {
      const b = 3 * other[p];
      const dx = x - points[b];
      const dy = y - points[b + 1];
      const dz = z - points[b + 2];
      const t = (dx * dx + dy * dy + dz * dz) * scale[p];
      const w = kernel[t < TABLE ? t | 0 : TABLE];
      const wx = w * dx;
      const wy = w * dy;
      const wz = w * dz;
      fx += wx;
      fy += wy;
      fz += wz;
      force[b] -= wx;
      force[b + 1] -= wy;
      force[b + 2] -= wz;
    }
    force[q] = fx;
    force[q + 1] = fy;
    force[q + 2] = fz;
  }
}

/**
 * Moves dots along the eddies of a smooth random field: neighbours shear past each other, but nothing is gathered or
 * thinned, so a rougher pattern gets no blotches back (plain jitter would). The field is the curl of one random number
 * per dot under the same kernel. `roughness` is the root mean square of the way, in spacings.
 */
export function roughen(crowd: Crowd, roughness: number, salt: number): void {
  const { id, points, mobility, pairs } = crowd;
  const { first, other, scale } = pairs;
  const count = id.length;
  const value = new Float64Array(count);
  for (let a = 0; a < count; a++) value[a] = hashNormal(id[a], salt);
  const swirl = new Float64Array(points.length);
  for (let a = 0; a < count; a++) {
    const x = points[3 * a];
    const y = points[3 * a + 1];
    const z = points[3 * a + 2];
    const own = value[a];
    let sx = swirl[3 * a];
    let sy = swirl[3 * a + 1];
    let sz = swirl[3 * a + 2];
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      const q = 3 * other[p];
      const dx = x - points[q];
      const dy = y - points[q + 1];
      const dz = z - points[q + 2];
      const w = KERNEL[((dx * dx + dy * dy + dz * dz) * scale[p]) | 0];
      const onA = w * value[other[p]];
      const onB = w * own;
      sx += onA * dx;
      sy += onA * dy;
      sz += onA * dz;
      swirl[q] -= onB * dx;
      swirl[q + 1] -= onB * dy;
      swirl[q + 2] -= onB * dz;
    }
    swirl[3 * a] = sx;
    swirl[3 * a + 1] = sy;
    swirl[3 * a + 2] = sz;
  }
  for (let a = 0; a < count; a++) {
    turnIntoEddy(points, swirl, 3 * a, roughness);
    move(crowd, a, swirl, mobility[a]);
  }
}

/** A quarter turn of the swirl at `q` about the line from the head's origin. */
function turnIntoEddy(points: Float64Array, swirl: Float64Array, q: number, roughness: number): void {
  const x = points[q];
  const y = points[q + 1];
  const z = points[q + 2];
  const sx = swirl[q];
  const sy = swirl[q + 1];
  const sz = swirl[q + 2];
  const k = (ROUGHNESS_PER_SWIRL * roughness) / Math.sqrt(x * x + y * y + z * z);
  swirl[q] = k * (y * sz - z * sy);
  swirl[q + 1] = k * (z * sx - x * sz);
  swirl[q + 2] = k * (x * sy - y * sx);
}
