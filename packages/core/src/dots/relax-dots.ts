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
import { gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { GridFrame } from './cell-grid.ts';

/** Two dots feel each other within this many mean spacings (2.9 sigma). */
export const REACH_IN_SPACINGS = 2.03;
/** Cell size of the frame that relaxation needs: its longest reach. */
export const RELAX_CELL_MM = 4;
/** Spacing at which the reach is the cell; sparser dots count as this far apart. */
export const WIDEST_SPACING_MM = RELAX_CELL_MM / REACH_IN_SPACINGS;

export const SIGMA_IN_SPACINGS = 0.7;
const STEP = 0.25;
/** Descent steps between two searches for neighbours. */
const STEPS_PER_ROUND = 3;
/** Makes the root mean square of the eddies' displacement 1 spacing: 1 / (sqrt(pi) SIGMA^2). */
const ROUGHNESS_PER_SWIRL = 1.1514;
/** A jam of dots at a ragged edge takes most of these; elsewhere one is enough. */
const PUSH_ROUNDS = 5;
const PUSHES_PER_ROUND = 4;
/** Pairs closer than this part of the hexagonal distance are pushed apart ... */
const CLOSEST = 0.62;
/** ... to this part, so that later pushes in the same round leave them above `CLOSEST`. */
const PUSHED = 0.645;
/** Sparser dots are kept only as far apart as if this were their hexagonal distance: 2 dots per cm2 or less. */
const WIDEST_HEX_MM = 6;
/** Hexagonal distance in units of 1 / sqrt(density). */
export const HEX_IN_SPACINGS = 1.0745699318235418;

/** Longest distance over which a change of one starting point can be felt, mm, for `iterations` steps. */
export const relaxHaloMm = (iterations: number): number => (iterations + 1 + PUSH_ROUNDS * PUSHES_PER_ROUND) * RELAX_CELL_MM;

const TABLE = 2048;
const TABLE_END = 6;
export const KERNEL = new Float64Array(TABLE + 1);
for (let k = 0; k < TABLE; k++) KERNEL[k] = exp((-(k + 0.5) / TABLE) * TABLE_END);
export const KERNEL_PER_UNIT = TABLE / TABLE_END;

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
  let xyzMm = input.xyzMm;
  for (let done = 0; done < input.iterations; done += STEPS_PER_ROUND) {
    xyzMm = withNeighbours(input, xyzMm, (near) => descend(near, Math.min(STEPS_PER_ROUND, input.iterations - done)));
  }
  if (input.roughness > 0) xyzMm = withNeighbours(input, xyzMm, (near) => roughen(near, input));
  let isCrowded = true;
  for (let round = 0; round < PUSH_ROUNDS && isCrowded; round++) {
    xyzMm = withNeighbours(input, xyzMm, (near) => {
      isCrowded = false;
      for (let n = 0; n < PUSHES_PER_ROUND && pushApart(near); n++) isCrowded = true;
    });
  }
  return xyzMm;
}

/** The dots in the order of place and id, with what each has to know. */
interface Neighbourhoods {
  readonly head: HeadMap;
  readonly order: Int32Array;
  readonly points: Float64Array;
  /** Spacing that the design wants. */
  readonly wanted: Float32Array;
  readonly mobility: Float32Array;
  readonly push: Float64Array;
  readonly pairs: Pairs;
}

/** Pairs the dots up as they lie at `xyzMm`, lets `change` move them, and answers where they are then. */
function withNeighbours(input: RelaxInput, xyzMm: Float64Array, change: (near: Neighbourhoods) => void): Float64Array {
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
  change({ head: input.head, order, points, wanted, mobility, push, pairs });
  const out = new Float64Array(xyzMm.length);
  for (let a = 0; a < order.length; a++) {
    const p = 3 * order[a];
    out[p] = points[3 * a];
    out[p + 1] = points[3 * a + 1];
    out[p + 2] = points[3 * a + 2];
  }
  return out;
}

function descend({ head, points, mobility, push, pairs }: Neighbourhoods, steps: number): void {
  const force = new Float64Array(points.length);
  for (let n = 0; n < steps; n++) {
    for (let q = 0; q < force.length; q++) force[q] = -push[q];
    addForces(points, pairs, force);
    for (let a = 0; a < mobility.length; a++) move(head, points, a, force, STEP * mobility[a]);
  }
}

/** Moves point `a` by `k` times its force and puts it back on the skin. */
function move(head: HeadMap, points: Float64Array, a: number, force: Float64Array, k: number): void {
  if (k === 0) return;
  const q = 3 * a;
  const x = points[q] + k * force[q];
  const y = points[q + 1] + k * force[q + 1];
  const z = points[q + 2] + k * force[q + 2];
  const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
  points[q] = x * s;
  points[q + 1] = y * s;
  points[q + 2] = z * s;
}

interface Pairs {
  /** First pair of each point; the other end always comes later in the order. */
  readonly first: Int32Array;
  readonly other: Int32Array;
  /** Kernel table places per mm2: TABLE / (TABLE_END 2 sigma^2). */
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
      for (let layer = 0; layer <= 1; layer++) {
        for (let row = layer ? -1 : 0; row <= 1; row++) {
          const middle = cell + nx * (row + ny * layer);
          const from = layer === 0 && row === 0 ? a + 1 : start[middle - 1];
          for (let b = from, end = start[middle + 2]; b < end; b++) {
            const dx = points[3 * b] - x;
            const dy = points[3 * b + 1] - y;
            const dz = points[3 * b + 2] - z;
            const mean = 0.5 * (own + spacing[b]);
            const reach = REACH_IN_SPACINGS * mean;
            if (dx * dx + dy * dy + dz * dz >= reach * reach) continue;
            if (n === other.length) {
              const moreOther = new Int32Array(n * 2);
              moreOther.set(other);
              other = moreOther;
              const moreScale = new Float32Array(n * 2);
              moreScale.set(scale);
              scale = moreScale;
            }
            const sigma = SIGMA_IN_SPACINGS * mean;
            other[n] = b;
            scale[n++] = KERNEL_PER_UNIT / (2 * sigma * sigma);
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
function roughen({ head, order, points, mobility, pairs }: Neighbourhoods, input: RelaxInput): void {
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
    move(head, points, a, swirl, mobility[a]);
  }
}

/** Half the missing distance for each end of every pair that is too close; false when there is none. */
function pushApart({ head, points, wanted, pairs }: Neighbourhoods): boolean {
  const { first, other } = pairs;
  const force = new Float64Array(points.length);
  let isCrowded = false;
  for (let a = 0; a < wanted.length; a++) {
    for (let p = first[a]; p < first[a + 1]; p++) {
      const b = other[p];
      const dx = points[3 * a] - points[3 * b];
      const dy = points[3 * a + 1] - points[3 * b + 1];
      const dz = points[3 * a + 2] - points[3 * b + 2];
      const d2 = dx * dx + dy * dy + dz * dz;
      // The smaller spacing of the two: in a fringe the sparse side must not shove the dense one about.
      const hex = Math.min(WIDEST_HEX_MM, HEX_IN_SPACINGS * Math.min(wanted[a], wanted[b]));
      const closest = CLOSEST * hex;
      if (d2 >= closest * closest || d2 === 0) continue;
      isCrowded = true;
      const d = Math.sqrt(d2);
      const k = (0.5 * (PUSHED * hex - d)) / d;
      force[3 * a] += k * dx;
      force[3 * a + 1] += k * dy;
      force[3 * a + 2] += k * dz;
      force[3 * b] -= k * dx;
      force[3 * b + 1] -= k * dy;
      force[3 * b + 2] -= k * dz;
    }
  }
  for (let a = 0; a < wanted.length; a++) if (force[3 * a] !== 0 || force[3 * a + 1] !== 0) move(head, points, a, force, 1);
  return isCrowded;
}
