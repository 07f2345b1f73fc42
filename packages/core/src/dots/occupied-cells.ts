/**
 * The cells of a grid that hold points, each with the box about its points: what lets a search step over
 * whole cells.
 *
 * On a head most cells are empty, and of the 27 around a point some nine are not; their boxes hug the skin. Sums over
 * neighbours keep the order of the grid, cell by cell, whatever is stepped over.
 */
import type { CellGrid } from './cell-grid.ts';

export interface OccupiedCells {
  readonly count: number;
  /** The occupied cell at each place of the grid's frame, or -1. */
  readonly at: Int32Array;
  /** Place in the frame of each occupied cell, ascending. */
  readonly cell: Int32Array;
  /** First point of each occupied cell, in the order of the grid; one more than there are cells. */
  readonly start: Int32Array;
  /** Per cell: least x, y, z, greatest x, y, z (mm). */
  readonly box: Float64Array;
  /** Steps from a cell to the 26 around it, ascending. */
  readonly around: Int32Array;
}

/** Numbers per cell in `box`. */
export const BOX = 6;

/** `points` in the order of the grid. */
export function occupiedCells(grid: CellGrid, points: Float64Array): OccupiedCells {
  const [nx, ny] = grid.frame.cells;
  const cells = grid.start.length - 1;
  const at = new Int32Array(cells).fill(-1);
  const most = Math.min(cells, grid.order.length);
  const cell = new Int32Array(most);
  const start = new Int32Array(most + 1);
  let count = 0;
  for (let c = 0; c < cells; c++) {
    if (grid.start[c] === grid.start[c + 1]) continue;
    at[c] = count;
    cell[count] = c;
    start[count++] = grid.start[c];
  }
  start[count] = grid.order.length;
  const box = new Float64Array(count * BOX);
  for (let s = 0; s < count; s++) enclose(points, start[s], start[s + 1], box, s * BOX);
  const around = new Int32Array(26);
  for (let layer = -1, n = 0; layer <= 1; layer++) {
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) {
        if (layer !== 0 || row !== 0 || column !== 0) around[n++] = column + nx * (row + ny * layer);
      }
    }
  }
  return { count, at, cell, start, box, around };
}

function enclose(points: Float64Array, from: number, to: number, box: Float64Array, o: number): void {
  let x0 = Infinity;
  let y0 = Infinity;
  let z0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  let z1 = -Infinity;
  for (let a = from, q = 3 * from; a < to; a++, q += 3) {
    const x = points[q];
    const y = points[q + 1];
    const z = points[q + 2];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
    if (z < z0) z0 = z;
    if (z > z1) z1 = z;
  }
  box[o] = x0;
  box[o + 1] = y0;
  box[o + 2] = z0;
  box[o + 3] = x1;
  box[o + 4] = y1;
  box[o + 5] = z1;
}

/** The widest spacing in each cell. */
export function widestIn({ count, start }: OccupiedCells, spacing: Float32Array): Float32Array {
  const widest = new Float32Array(count);
  for (let s = 0; s < count; s++) {
    for (let a = start[s]; a < start[s + 1]; a++) if (spacing[a] > widest[s]) widest[s] = spacing[a];
  }
  return widest;
}

/** Writes the occupied cells at and around a place of the frame into `near`, ascending; answers how many. */
export function cellsAround({ at, around }: OccupiedCells, cell: number, near: Int32Array): number {
  let n = 0;
  for (let k = 0; k < 27; k++) {
    const t = at[k === 13 ? cell : cell + around[k < 13 ? k : k - 1]];
    if (t >= 0) near[n++] = t;
  }
  return n;
}

/** Squared distance of a point to box `o`: never more, as rounded, than to any of the points within. */
export function squaredDistanceToBox(box: Float64Array, o: number, x: number, y: number, z: number): number {
  const dx = Math.max(box[o] - x, x - box[o + 3], 0);
  const dy = Math.max(box[o + 1] - y, y - box[o + 4], 0);
  const dz = Math.max(box[o + 2] - z, z - box[o + 5], 0);
  return dx * dx + dy * dy + dz * dz;
}
