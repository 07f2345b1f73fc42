/**
 * Every pair of dots that feel each other, found once and used for several steps.
 *
 * Dots are numbered in the order of a grid (place, then id); a pair stands with the earlier of its two, and pairs of one
 * dot stand in the order of the other. Forces summed over them in this order have the same bits whatever else is
 * computed. About 0.13 us a dot.
 */
import { kernelScale, reachMm, reachSquared } from './kernel.ts';
import { BALL, MOST_NEAR, mayReach, widestIn } from './point-cells.ts';
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
  const some = new Crowding(points, spacing, cells, slack);
  const first = new Int32Array(count + 1);
  let room = count * 9 + 64;
  let other = new Int32Array(room);
  let scale = new Float32Array(room);
  const within = new Int32Array(count + 1);
  let n = 0;
  for (let s = 0; s < cells.count; s++) {
    const end = start[s + 1];
    if (start[s] === end) continue;
    const found = some.gather(s);
    const { xyz, spacing: theirs, at } = some;
    for (let a = start[s], from = 1; a < end; a++, from++) {
      first[a] = n;
      const own = spacing[a];
      const x = points[3 * a];
      const y = points[3 * a + 1];
      const z = points[3 * a + 2];
      const most = wide * reachSquared(own, some.widest);
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

/** The points of one cell and, after them, those of later cells that they may reach, in their order. */
class Crowding {
  readonly #points: Float64Array;
  readonly #spacing: Float32Array;
  readonly #cells: PointCells;
  readonly #widest: Float32Array;
  readonly #slack: number;
  readonly #near = new Int32Array(MOST_NEAR);
  /** Numbers, places and spacings of those gathered. */
  readonly at: Int32Array;
  readonly xyz: Float64Array;
  readonly spacing: Float32Array;
  /** The widest spacing among them. */
  widest = 0;

  constructor(points: Float64Array, spacing: Float32Array, cells: PointCells, slack: number) {
    [this.#points, this.#spacing, this.#cells, this.#slack] = [points, spacing, cells, slack];
    this.#widest = widestIn(cells, spacing);
    this.at = new Int32Array(spacing.length + 1);
    this.xyz = new Float64Array(3 * spacing.length + 3);
    this.spacing = new Float32Array(spacing.length + 1);
  }

  /** Gathers them for cell `s`; answers how many. */
  gather(s: number): number {
    const { start, ball, cellsNear } = this.#cells;
    const nearby = cellsNear(s, this.#near);
    let n = this.#take(s, s, Infinity, 0);
    this.widest = this.#widest[s];
    for (let k = 0; k < nearby; k++) {
      const t = this.#near[k];
      if (t <= s || start[t] === start[t + 1]) continue;
      const reach = this.#slack * reachMm(this.#widest[s], this.#widest[t]);
      if (!mayReach(ball, s, t, reach)) continue;
      n = this.#take(t, s, reach, n);
      if (this.#widest[t] > this.widest) this.widest = this.#widest[t];
    }
    return n;
  }

  /** Takes the points of cell `t` that may be within reach of cell `s`. */
  #take(t: number, s: number, reach: number, n: number): number {
    const { start, ball } = this.#cells;
    const { at, xyz, spacing } = this;
    const points = this.#points;
    const theirs = this.#spacing;
    const bx = ball[BALL * s];
    const by = ball[BALL * s + 1];
    const bz = ball[BALL * s + 2];
    const most = (ball[BALL * s + 3] + reach) * (ball[BALL * s + 3] + reach);
    for (let b = start[t]; b < start[t + 1]; b++) {
      const x = points[3 * b];
      const y = points[3 * b + 1];
      const z = points[3 * b + 2];
      at[n] = b;
      xyz[3 * n] = x;
      xyz[3 * n + 1] = y;
      xyz[3 * n + 2] = z;
      spacing[n] = theirs[b];
      n += Number((x - bx) * (x - bx) + (y - by) * (y - by) + (z - bz) * (z - bz) < most);
    }
    return n;
  }
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
