/**
 * Every pair of dots that feel each other, found once and used for several steps.
 *
 * Dots are numbered in the order of a grid (place, then id); a pair stands with the earlier of its two, and pairs of one
 * dot stand in the order of the other. Forces summed over them in this order have the same bits whatever else is
 * computed. About 0.13 us a dot.
 */
import { kernelScale, reachMm, reachSquared } from './kernel.ts';
import { BALL, MOST_NEAR, fullestOf, mayReach, widestIn } from './point-cells.ts';
import type { PointCells } from './point-cells.ts';

export interface Pairs {
  /** First pair of each dot, and the end of the last one's. */
  readonly first: Int32Array;
  /** The later of the two. */
  readonly other: Int32Array;
  /** Kernel table places per mm2. */
  readonly scale: Float32Array;
}

/**
 * Pairs within `slack` times their reach. `spacing` (mm) of each point is at most the widest for which that is a cell.
 */
export function pairUp(points: Float64Array, spacing: Float32Array, cells: PointCells, slack = 1): Pairs {
  const wide = slack * slack;
  const { start } = cells;
  const count = spacing.length;
  const crowding = crowdingOf(cells, spacing);
  const { at, xyz, spacing: theirs, within } = crowding;
  const first = new Int32Array(count + 1);
  let room = count * 7 + 64;
  let other = new Int32Array(room);
  let scale = new Float32Array(room);
  let n = 0;
  for (let s = 0; s < cells.count; s++) {
    const end = start[s + 1];
    if (start[s] === end) continue;
    const found = gather(crowding, points, spacing, cells, slack, s);
    const widest = crowding.widest[0];
    for (let a = start[s], from = 1; a < end; a++, from++) {
      first[a] = n;
      const own = spacing[a];
      const x = points[3 * a];
      const y = points[3 * a + 1];
      const z = points[3 * a + 2];
      const most = wide * reachSquared(own, widest);
      let few = 0;
      for (let k = from, q = 3 * from; k < found; k++, q += 3) {
        const dx = xyz[q] - x;
        const dy = xyz[q + 1] - y;
        const dz = xyz[q + 2] - z;
        within[few] = k;
        // Counting up by the comparison spares the processor a branch that it would guess wrong a third of the time.
        few += Number(dx * dx + dy * dy + dz * dz < most);
      }
      if (n + few > room) {
        room = 2 * (n + few);
        other = grown(other, new Int32Array(room));
        scale = grown(scale, new Float32Array(room));
      }
      for (let f = 0; f < few; f++) {
        const k = within[f];
        const dx = xyz[3 * k] - x;
        const dy = xyz[3 * k + 1] - y;
        const dz = xyz[3 * k + 2] - z;
        if (dx * dx + dy * dy + dz * dz >= wide * reachSquared(own, theirs[k])) continue;
        other[n] = at[k];
        scale[n++] = kernelScale(own, theirs[k]);
      }
    }
  }
  first[count] = n;
  return { first, other, scale };
}

/** The points of one cell and, after them, those of later cells that they may reach, in their order; and room to find them in. */
interface Crowding {
  /** Widest spacing in each cell, and among those gathered. */
  readonly widestOf: Float32Array;
  readonly widest: Float32Array;
  /** Numbers, places and spacings of those gathered. */
  readonly at: Int32Array;
  readonly xyz: Float64Array;
  readonly spacing: Float32Array;
  readonly near: Int32Array;
  readonly within: Int32Array;
}

function crowdingOf(cells: PointCells, spacing: Float32Array): Crowding {
  const most = 1 + Math.min(spacing.length, MOST_NEAR * fullestOf(cells));
  return {
    widestOf: widestIn(cells, spacing),
    widest: new Float32Array(1),
    at: new Int32Array(most),
    xyz: new Float64Array(3 * most),
    spacing: new Float32Array(most),
    near: new Int32Array(MOST_NEAR),
    within: new Int32Array(most),
  };
}

/** Gathers them for cell `s`; answers how many. */
function gather(
  { widestOf, widest, at, xyz, spacing, near }: Crowding,
  points: Float64Array,
  spacingOf: Float32Array,
  { start, ball, cellsNear }: PointCells,
  slack: number,
  s: number,
): number {
  const nearby = cellsNear(s, near);
  const own = widestOf[s];
  widest[0] = own;
  let n = 0;
  for (let b = start[s]; b < start[s + 1]; b++) at[n++] = b;
  const bx = ball[BALL * s];
  const by = ball[BALL * s + 1];
  const bz = ball[BALL * s + 2];
  for (let k = 0; k < nearby; k++) {
    const t = near[k];
    if (t <= s || start[t] === start[t + 1]) continue;
    const reach = slack * reachMm(own, widestOf[t]);
    if (!mayReach(ball, s, t, reach)) continue;
    if (widestOf[t] > widest[0]) widest[0] = widestOf[t];
    const most = (ball[BALL * s + 3] + reach) * (ball[BALL * s + 3] + reach);
    for (let b = start[t], q = 3 * b, end = start[t + 1]; b < end; b++, q += 3) {
      const dx = points[q] - bx;
      const dy = points[q + 1] - by;
      const dz = points[q + 2] - bz;
      at[n] = b;
      n += Number(dx * dx + dy * dy + dz * dz < most);
    }
  }
  for (let k = 0; k < n; k++) {
    const q = 3 * at[k];
    xyz[3 * k] = points[q];
    xyz[3 * k + 1] = points[q + 1];
    xyz[3 * k + 2] = points[q + 2];
    spacing[k] = spacingOf[at[k]];
  }
  return n;
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
