/**
 * Evens out dots that were chosen by rank, without letting anyone's place depend on history.
 *
 * Thresholding a ranked reserve leaves a tenth of white noise's power at low frequencies, which the eye reads as
 * blotches. A few descent steps on the energy sum of exp(-d^2 / 2 sigma^2) over pairs (Gaussian blue noise, Ahmed,
 * Ren and Wonka 2022), sigma = 0.7 of the local spacing, remove nearly all of it. Where the density changes, neighbours
 * on the dense side push harder and would drive the fringe out of its edge: `pushMm` takes away the push that the
 * wanted density itself explains. Then the pattern is roughened a little, as hair is, and pairs that are still too close
 * are pushed apart: no two are nearer than 0.6 of the hexagonal distance of the denser of them.
 *
 * Neighbours are searched anew every few steps; lists of the start alone let dots slip together unseen (nearest
 * pairs of a tenth after 12 steps). Pure: sums run in the order of place and id, and a dot depends on the starting points
 * within `relaxHaloMm` and on nothing else, bit for bit.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { exp } from '../num/elementary.ts';
import { hashNormal } from '../random/hash.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { GridFrame } from './cell-grid.ts';
import { moveClear } from './keep-clear.ts';

/** Two dots feel each other within this many mean spacings (2.9 sigma). */
const REACH_IN_SPACINGS = 2.03;
/** Cell size of the frame that relaxation needs: its longest reach. */
export const RELAX_CELL_MM = 4;
/** Spacing at which the reach is the cell; sparser dots count as this far apart. */
export const WIDEST_SPACING_MM = RELAX_CELL_MM / REACH_IN_SPACINGS;

const SIGMA_IN_SPACINGS = 0.7;
const STEP = 0.25;
/** Descent steps between two searches for neighbours. */
const STEPS_PER_ROUND = 3;
/** Makes the root mean square of the eddies' displacement 1 spacing: 1 / (sqrt(pi) SIGMA^2). */
const ROUGHNESS_PER_SWIRL = 1.1514;
/** A jam of dots at a ragged edge takes most of these; elsewhere one is enough. */
const PUSH_ROUNDS = 4;
const PUSHES_PER_ROUND = 6;
/** Pairs closer than this part of the hexagonal distance are pushed apart ... */
const CLOSEST = 0.62;
/** ... to this part, so that later pushes in the same round leave them above `CLOSEST`. */
const PUSHED = 0.645;
/** Sparser dots are kept only as far apart as if this were their hexagonal distance: 2 dots per cm2 or less. */
const WIDEST_HEX_MM = 6;
/** Hexagonal distance in units of 1 / sqrt(density). */
export const HEX_IN_SPACINGS = 1.0745699318235418;

/** Longest distance over which a change of one starting point can be felt, mm, for `iterations` steps. */
export const relaxHaloMm = (iterations: number): number =>
  (iterations + 1 + PUSH_ROUNDS * PUSHES_PER_ROUND) * RELAX_CELL_MM;

const TABLE = 2048;
const TABLE_END = 6;
export const KERNEL = new Float64Array(TABLE + 1);
for (let k = 0; k < TABLE; k++) KERNEL[k] = exp((-(k + 0.5) / TABLE) * TABLE_END);
const KERNEL_PER_UNIT = TABLE / TABLE_END;

/** Square of the distance within which dots of these spacings feel each other, mm2. */
export function reachSquared(spacingMm: number, otherSpacingMm: number): number {
  const reach = 0.5 * REACH_IN_SPACINGS * (spacingMm + otherSpacingMm);
  return reach * reach;
}

/** Kernel table places per mm2 of squared distance between dots of these spacings. */
export function kernelScale(spacingMm: number, otherSpacingMm: number): number {
  const sigma = 0.5 * SIGMA_IN_SPACINGS * (spacingMm + otherSpacingMm);
  return KERNEL_PER_UNIT / (2 * sigma * sigma);
}

export interface RelaxInput {
  readonly head: HeadMap;
  readonly frame: GridFrame;
  readonly count: number;
  /** Starting points on the skin, in the order of their ids. */
  readonly xyzMm: Float64Array;
  /** 1 / sqrt(density) at each dot. */
  readonly spacingMm: Float32Array;
  /** 1 moves freely, 0 stays and is an obstacle. */
  readonly mobility: Float32Array;
  /** Places that no dot is moved into; none when left out. */
  readonly keepClear?: readonly KeepClear[];
  /** Push that the wanted density explains, x, y, z per dot; null where it is even. */
  readonly pushMm: Float64Array | null;
  readonly iterations: number;
  /** Root mean square of the roughening after relaxation, in spacings. */
  readonly roughness: number;
  readonly id: Uint32Array;
  readonly salt: number;
}

/** Relaxed points on the skin, in the order given. */
export function relaxDots(input: RelaxInput): Float64Array {
  let { xyzMm } = input;
  for (let done = 0; done < input.iterations; done += STEPS_PER_ROUND) {
    xyzMm = withNeighbours(input, xyzMm, (near) => descend(near, Math.min(STEPS_PER_ROUND, input.iterations - done)));
  }
  if (input.roughness > 0) xyzMm = withNeighbours(input, xyzMm, (near) => roughen(near, input));
  for (let round = 0; round < PUSH_ROUNDS; round++) {
    const pushed = withNeighbours(input, xyzMm, spreadCrowds);
    if (pushed === xyzMm) break;
    xyzMm = pushed;
  }
  return xyzMm;
}

/** The dots in the order of place and id, with what each has to know. */
interface Neighbourhoods {
  readonly head: HeadMap;
  readonly keepClear: readonly KeepClear[];
  readonly order: Int32Array;
  readonly points: Float64Array;
  /** Spacing that the design wants. */
  readonly wanted: Float32Array;
  readonly mobility: Float32Array;
  readonly push: Float64Array;
  readonly pairs: Pairs;
}

/** Pairs the dots up as they lie at `xyzMm`, lets `change` move them, and answers where they are then: `xyzMm` if it did not. */
function withNeighbours(
  input: RelaxInput,
  xyzMm: Float64Array,
  change: (near: Neighbourhoods) => boolean,
): Float64Array {
  const { start, order } = sortIntoCells(input.frame, xyzMm, input.count);
  const points = gatherPoints(xyzMm, order);
  const wanted = new Float32Array(input.count);
  const spacing = new Float32Array(input.count);
  const mobility = new Float32Array(input.count);
  for (let a = 0; a < order.length; a++) {
    wanted[a] = input.spacingMm[order[a]];
    spacing[a] = Math.min(WIDEST_SPACING_MM, wanted[a]);
    mobility[a] = input.mobility[order[a]];
  }
  const push = input.pushMm ? gatherPoints(input.pushMm, order) : new Float64Array(points.length);
  const pairs = pairUp(points, spacing, start, input.frame.cells);
  const isMoved = change({
    head: input.head,
    keepClear: input.keepClear ?? [],
    order,
    points,
    wanted,
    mobility,
    push,
    pairs,
  });
  if (!isMoved) return xyzMm;
  const out = new Float64Array(xyzMm.length);
  for (let a = 0; a < order.length; a++) {
    const p = 3 * order[a];
    out[p] = points[3 * a];
    out[p + 1] = points[3 * a + 1];
    out[p + 2] = points[3 * a + 2];
  }
  return out;
}

function descend(near: Neighbourhoods, steps: number): boolean {
  const { points, mobility, push, pairs } = near;
  const force = new Float64Array(points.length);
  for (let n = 0; n < steps; n++) {
    for (let q = 0; q < force.length; q++) force[q] = -push[q];
    addForces(points, pairs, force);
    for (let a = 0; a < mobility.length; a++) move(near, a, force, STEP * mobility[a]);
  }
  return true;
}

/** Moves point `a` by `k` times its force, puts it back on the skin and out of what must be kept clear. */
function move({ head, points, keepClear }: Neighbourhoods, a: number, force: Float64Array, k: number): void {
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

interface Pairs {
  /** First pair of each point; the other end always comes later in the order. */
  readonly first: Int32Array;
  readonly other: Int32Array;
  readonly scale: Float32Array;
}

function pairUp(
  points: Float64Array,
  spacing: Float32Array,
  start: Int32Array,
  [nx, ny]: readonly [number, number, number],
): Pairs {
  const count = spacing.length;
  const first = new Int32Array(count + 1);
  let other = new Int32Array(count * 9 + 64);
  let scale = new Float32Array(count * 9 + 64);
  let n = 0;
  for (let cell = 0; cell < start.length - 1; cell++) {
    for (let a = start[cell]; a < start[cell + 1]; a++) {
      first[a] = n;
      const x = points[3 * a];
      const y = points[3 * a + 1];
      const z = points[3 * a + 2];
      const own = spacing[a];
      const most = reachSquared(own, WIDEST_SPACING_MM);
      for (let layer = 0; layer <= 1; layer++) {
        for (let row = layer ? -1 : 0; row <= 1; row++) {
          const middle = cell + nx * (row + ny * layer);
          const from = layer === 0 && row === 0 ? a + 1 : start[middle - 1];
          for (let b = from, end = start[middle + 2]; b < end; b++) {
            const dx = points[3 * b] - x;
            const dy = points[3 * b + 1] - y;
            const dz = points[3 * b + 2] - z;
            const d2 = dx * dx + dy * dy + dz * dz;
            if (d2 >= most || d2 >= reachSquared(own, spacing[b])) continue;
            if (n === other.length) {
              const moreOther = new Int32Array(n * 2);
              moreOther.set(other);
              other = moreOther;
              const moreScale = new Float32Array(n * 2);
              moreScale.set(scale);
              scale = moreScale;
            }
            other[n] = b;
            scale[n++] = kernelScale(own, spacing[b]);
          }
        }
      }
    }
  }
  first[count] = n;
  return { first, other, scale };
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
 * per dot under the same kernel.
 */
function roughen(near: Neighbourhoods, input: RelaxInput): boolean {
  const { order, points, mobility, pairs } = near;
  const { first, other, scale } = pairs;
  const value = new Float64Array(order.length);
  for (let a = 0; a < order.length; a++) value[a] = hashNormal(input.id[order[a]], input.salt);
  const swirl = new Float64Array(points.length);
  for (let a = 0; a < order.length; a++) {
    for (let p = first[a]; p < first[a + 1]; p++) {
      const b = other[p];
      const dx = points[3 * a] - points[3 * b];
      const dy = points[3 * a + 1] - points[3 * b + 1];
      const dz = points[3 * a + 2] - points[3 * b + 2];
      const w = KERNEL[((dx * dx + dy * dy + dz * dz) * scale[p]) | 0];
      const onA = w * value[b];
      const onB = w * value[a];
      swirl[3 * a] += onA * dx;
      swirl[3 * a + 1] += onA * dy;
      swirl[3 * a + 2] += onA * dz;
      swirl[3 * b] -= onB * dx;
      swirl[3 * b + 1] -= onB * dy;
      swirl[3 * b + 2] -= onB * dz;
    }
  }
  for (let a = 0; a < order.length; a++) {
    const q = 3 * a;
    const [x, y, z] = [points[q], points[q + 1], points[q + 2]];
    const [sx, sy, sz] = [swirl[q], swirl[q + 1], swirl[q + 2]];
    // A quarter turn about the line from the head's origin.
    const k = (ROUGHNESS_PER_SWIRL * input.roughness) / Math.sqrt(x * x + y * y + z * z);
    swirl[q] = k * (y * sz - z * sy);
    swirl[q + 1] = k * (z * sx - x * sz);
    swirl[q + 2] = k * (x * sy - y * sx);
    move(near, a, swirl, mobility[a]);
  }
  return true;
}

/** Pushes until no pair is too close or the round is over; false when none was. */
function spreadCrowds(near: Neighbourhoods): boolean {
  const close = closePairs(near);
  const force = new Float64Array(near.points.length);
  let pushes = 0;
  while (pushes < PUSHES_PER_ROUND && pushApart(near, close, force)) pushes++;
  return pushes > 0;
}

interface ClosePairs {
  readonly one: readonly number[];
  readonly other: readonly number[];
  /** Hexagonal distance that the denser of the two wants, mm. */
  readonly hexMm: readonly number[];
}

/** Pairs that are nearer than the hexagonal distance: the only ones that pushes can bring too close. */
function closePairs({ points, wanted, pairs }: Neighbourhoods): ClosePairs {
  const { first, other } = pairs;
  const close = { one: [] as number[], other: [] as number[], hexMm: [] as number[] };
  for (let a = 0; a < wanted.length; a++) {
    for (let p = first[a]; p < first[a + 1]; p++) {
      const b = other[p];
      // The smaller spacing of the two: in a fringe the sparse side must not shove the dense one about.
      const hex = Math.min(WIDEST_HEX_MM, HEX_IN_SPACINGS * Math.min(wanted[a], wanted[b]));
      if (squaredDistance(points, a, b) >= hex * hex) continue;
      close.one.push(a);
      close.other.push(b);
      close.hexMm.push(hex);
    }
  }
  return close;
}

function squaredDistance(points: Float64Array, a: number, b: number): number {
  const dx = points[3 * a] - points[3 * b];
  const dy = points[3 * a + 1] - points[3 * b + 1];
  const dz = points[3 * a + 2] - points[3 * b + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** Half the missing distance for each end of every pair that is too close; false when there is none. */
function pushApart(near: Neighbourhoods, { one, other, hexMm }: ClosePairs, force: Float64Array): boolean {
  const { points } = near;
  const pushed = new Set<number>();
  for (let p = 0; p < one.length; p++) {
    const a = one[p];
    const b = other[p];
    const closest = CLOSEST * hexMm[p];
    const d2 = squaredDistance(points, a, b);
    if (d2 >= closest * closest || d2 === 0) continue;
    const d = Math.sqrt(d2);
    const k = (0.5 * (PUSHED * hexMm[p] - d)) / d;
    for (let c = 0; c < 3; c++) {
      const by = k * (points[3 * a + c] - points[3 * b + c]);
      force[3 * a + c] += by;
      force[3 * b + c] -= by;
    }
    pushed.add(a).add(b);
  }
  for (const a of pushed) {
    move(near, a, force, 1);
    force.fill(0, 3 * a, 3 * a + 3);
  }
  return pushed.size > 0;
}
