/**
 * Every pair of dots that feel each other, found once and used for several steps.
 *
 * Dots are numbered in the order of a grid (place, then id); a pair stands with the earlier of its two, and pairs of one
 * dot stand in the order of the other. Forces summed over them in this order have the same bits whatever else is
 * computed. About 0.13 us a dot.
 */
import { BOX, squaredDistanceToBox, widestIn } from './occupied-cells.ts';
import type { OccupiedCells } from './occupied-cells.ts';
import { kernelScale, reachSquared } from './kernel.ts';

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
export function pairUp(points: Float64Array, spacing: Float32Array, cells: OccupiedCells, slack = 1): Pairs {
  const wide = slack * slack;
  const { start, box } = cells;
  const widest = widestIn(cells, spacing);
  const count = spacing.length;
  const first = new Int32Array(count + 1);
  let room = count * 9 + 64;
  let other = new Int32Array(room);
  let scale = new Float32Array(room);
  const near = new Int32Array(13);
  const within = new Int32Array(count + 1);
  let n = 0;
  for (let s = 0; s < cells.count; s++) {
    const nearby = laterCells(cells, widest, s, near, wide);
    const end = start[s + 1];
    for (let a = start[s]; a < end; a++) {
      first[a] = n;
      const x = points[3 * a];
      const y = points[3 * a + 1];
      const z = points[3 * a + 2];
      const own = spacing[a];
      let found = 0;
      for (let c = -1; c < nearby; c++) {
        const t = c < 0 ? s : near[c];
        const most = wide * reachSquared(own, widest[t]);
        if (c >= 0 && squaredDistanceToBox(box, t * BOX, x, y, z) >= most) continue;
        const to = c < 0 ? end : start[t + 1];
        // Counting up by the comparison spares the processor a branch that it would guess wrong a third of the time.
        for (let b = c < 0 ? a + 1 : start[t], q = 3 * b; b < to; b++, q += 3) {
          const dx = points[q] - x;
          const dy = points[q + 1] - y;
          const dz = points[q + 2] - z;
          within[found] = b;
          found += Number(dx * dx + dy * dy + dz * dz < most);
        }
      }
      if (n + found > room) {
        room = 2 * (n + found);
        other = grown(other, new Int32Array(room));
        scale = grown(scale, new Float32Array(room));
      }
      for (let f = 0; f < found; f++) {
        const b = within[f];
        const dx = points[3 * b] - x;
        const dy = points[3 * b + 1] - y;
        const dz = points[3 * b + 2] - z;
        if (dx * dx + dy * dy + dz * dz >= wide * reachSquared(own, spacing[b])) continue;
        other[n] = b;
        scale[n++] = kernelScale(own, spacing[b]);
      }
    }
  }
  first[count] = n;
  return { first, other, scale };
}

/** Writes the occupied cells after `s` that touch it into `near`, ascending, if within reach; answers how many. */
function laterCells(
  { at, cell, box, around }: OccupiedCells,
  widest: Float32Array,
  s: number,
  near: Int32Array,
  wide: number,
): number {
  let n = 0;
  const o = s * BOX;
  for (let k = 13; k < 26; k++) {
    const t = at[cell[s] + around[k]];
    if (t < 0) continue;
    const p = t * BOX;
    const dx = Math.max(0, box[p] - box[o + 3], box[o] - box[p + 3]);
    const dy = Math.max(0, box[p + 1] - box[o + 4], box[o + 1] - box[p + 4]);
    const dz = Math.max(0, box[p + 2] - box[o + 5], box[o + 2] - box[p + 5]);
    if (dx * dx + dy * dy + dz * dz < wide * reachSquared(widest[s], widest[t])) near[n++] = t;
  }
  return n;
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
