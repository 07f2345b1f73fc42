/**
 * Dots that move among their neighbours: one step of evening out, one of roughening, one of pushing apart.
 *
 * A crowd is numbered in the order of a grid (place, then id), and its pairs stand in that order, so sums over them have
 * the same bits whatever else is computed. Every step reads all places before it changes any.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { hashNormal } from '../random/hash.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { moveClear } from './keep-clear.ts';
import { HEX_IN_SPACINGS, KERNEL, TABLE } from './kernel.ts';
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

export const STEP = 0.25;
/** Makes the root mean square of the eddies' displacement 1 spacing: 1 / (sqrt(pi) sigma^2). */
const ROUGHNESS_PER_SWIRL = 1.1514;
/** Pairs closer than this part of the hexagonal distance are pushed apart ... */
const CLOSEST = 0.62;
/** ... to this part, so that later pushes in the same round leave them above `CLOSEST`. */
const PUSHED = 0.645;
export const PUSHES_PER_ROUND = 6;

/** Descent steps on the energy of the kernel. */
export function descend(crowd: Crowd, steps: number): void {
  const { points, mobility, push, pairs } = crowd;
  const force = new Float64Array(points.length);
  for (let n = 0; n < steps; n++) {
    if (push) for (let q = 0; q < force.length; q++) force[q] = -push[q];
    else force.fill(0);
    addForces(points, pairs, force);
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

function addForces(points: Float64Array, { first, other, scale }: Pairs, force: Float64Array): void {
  const count = first.length - 1;
  for (let a = 0; a < count; a++) {
    const x = points[3 * a];
    const y = points[3 * a + 1];
    const z = points[3 * a + 2];
    let fx = force[3 * a];
    let fy = force[3 * a + 1];
    let fz = force[3 * a + 2];
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      const b = 3 * other[p];
      const dx = x - points[b];
      const dy = y - points[b + 1];
      const dz = z - points[b + 2];
      const t = (dx * dx + dy * dy + dz * dz) * scale[p];
      if (t >= TABLE) continue;
      const w = KERNEL[t | 0];
      fx += w * dx;
      fy += w * dy;
      fz += w * dz;
      force[b] -= w * dx;
      force[b + 1] -= w * dy;
      force[b + 2] -= w * dz;
    }
    force[3 * a] = fx;
    force[3 * a + 1] = fy;
    force[3 * a + 2] = fz;
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
export function turnIntoEddy(points: Float64Array, swirl: Float64Array, q: number, roughness: number): void {
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

/**
 * Pushes pairs apart that are nearer than 0.62 of the hexagonal distance of the denser of the two, until none is or the
 * rounds are over; false when none was.
 */
export function pushApart(crowd: Crowd, rounds: number): boolean {
  const { points, wanted, widestHexMm, pairs } = crowd;
  const { first, other } = pairs;
  const close = new Set<number>();
  for (let a = 0; a < wanted.length; a++) {
    // No pair of `a` can be too close beyond its own wish.
    const most = CLOSEST * Math.min(widestHexMm, HEX_IN_SPACINGS * wanted[a]);
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      if (squaredDistance(points, a, other[p]) >= most * most || !isTooClose(crowd, a, other[p])) continue;
      close.add(a).add(other[p]);
    }
  }
  if (close.size === 0) return false;
  pushCrowds(crowd, close, neighboursOfEach(pairs), rounds, points.slice(), new Float64Array(points.length));
  return true;
}

/** Visits the dots that a dot has been paired with, in the order of the crowd. */
export type EachNeighbour = (a: number, visit: (b: number) => unknown) => void;

export type Movable = Pick<Crowd, 'head' | 'keepClear' | 'points' | 'wanted' | 'widestHexMm'>;

/**
 * Pushes apart what is too close, starting from `close`, the dots of such pairs; answers every dot that was moved.
 * In a round only those pairs count that its start finds within the hexagonal distance. A pass looks only at dots next to
 * one that the last one moved: what becomes of a crowd is decided within it. `start` holds the points as they are,
 * `force` nothing.
 */
export function pushCrowds(
  dots: Movable,
  close: ReadonlySet<number>,
  near: EachNeighbour,
  rounds: number,
  start: Float64Array,
  force: Float64Array,
): ReadonlySet<number> {
  const { points } = dots;
  const moved = new Set<number>();
  const isPair = (a: number, b: number): boolean => {
    const hex = hexMm(dots, a, b);
    return squaredDistance(start, a, b) < hex * hex && isTooClose(dots, a, b);
  };
  for (let round = 0; round < rounds && close.size > 0; round++) {
    const stirred = new Set<number>();
    for (let n = 0; n < PUSHES_PER_ROUND && close.size > 0; n++) {
      for (const a of close) near(a, (b) => isPair(a, b) && pushBy(dots, a, b, force));
      for (const a of close) {
        move(dots, a, force, 1);
        force.fill(0, 3 * a, 3 * a + 3);
        stirred.add(a);
      }
      close = among(close, near, isPair);
    }
    for (const a of stirred) {
      for (let q = 3 * a; q < 3 * a + 3; q++) start[q] = points[q];
      moved.add(a);
    }
    close = among(stirred, near, (a, b) => isTooClose(dots, a, b));
  }
  return moved;
}

/** Dots of those pairs with one of `dots` that hold. */
export function among(
  dots: Iterable<number>,
  near: EachNeighbour,
  holds: (a: number, b: number) => boolean,
): Set<number> {
  const found = new Set<number>();
  for (const a of dots) near(a, (b) => holds(a, b) && found.add(a).add(b));
  return found;
}

export function isTooClose(dots: Movable, a: number, b: number): boolean {
  const closest = CLOSEST * hexMm(dots, a, b);
  const d2 = squaredDistance(dots.points, a, b);
  return d2 < closest * closest && d2 !== 0;
}

/** Adds to the force on `a` half of what its distance from `b` is short of. */
function pushBy(dots: Movable, a: number, b: number, force: Float64Array): void {
  const { points } = dots;
  const d = Math.sqrt(squaredDistance(points, a, b));
  const k = (0.5 * (PUSHED * hexMm(dots, a, b) - d)) / d;
  for (let c = 0; c < 3; c++) force[3 * a + c] += k * (points[3 * a + c] - points[3 * b + c]);
}

/** The smaller spacing of the two counts: in a fringe the sparse side must not shove the dense one about. */
const hexMm = ({ wanted, widestHexMm }: Movable, a: number, b: number): number =>
  Math.min(widestHexMm, HEX_IN_SPACINGS * Math.min(wanted[a], wanted[b]));

function squaredDistance(points: Float64Array, a: number, b: number): number {
  const dx = points[3 * a] - points[3 * b];
  const dy = points[3 * a + 1] - points[3 * b + 1];
  const dz = points[3 * a + 2] - points[3 * b + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** Visits the others of all pairs of a dot, ascending. */
function neighboursOfEach({ first, other }: Pairs): EachNeighbour {
  const count = first.length - 1;
  const before = new Int32Array(count + 1);
  for (let p = 0; p < first[count]; p++) before[other[p] + 1]++;
  for (let a = 0; a < count; a++) before[a + 1] += before[a];
  const next = before.slice();
  const earlier = new Int32Array(first[count]);
  for (let a = 0; a < count; a++) for (let p = first[a]; p < first[a + 1]; p++) earlier[next[other[p]]++] = a;
  return (a, visit) => {
    for (let p = before[a]; p < before[a + 1]; p++) visit(earlier[p]);
    for (let p = first[a]; p < first[a + 1]; p++) visit(other[p]);
  };
}
