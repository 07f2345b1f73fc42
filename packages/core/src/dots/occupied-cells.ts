/**
 * The cells of a grid that hold points, each with the ball about its points: what lets a search step over
 * whole cells.
 *
 * On a head most cells are empty, and of the 27 around a point some nine are not; their balls are small. Sums over
 * neighbours keep the order of the grid, cell by cell, whatever is stepped over.
 */
import type { CellGrid } from './cell-grid.ts';
import { ballsAbout } from './point-cells.ts';
import type { PointCells } from './point-cells.ts';

export interface OccupiedCells extends PointCells {
  /** The occupied cell at each place of the grid's frame, or -1. */
  readonly at: Int32Array;
  /** Place in the frame of each occupied cell, ascending. */
  readonly cell: Int32Array;
  /** Steps from a cell to the 26 around it, ascending. */
  readonly around: Int32Array;
}

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
  const ends = start.subarray(0, count + 1);
  const around = new Int32Array(26);
  for (let layer = -1, n = 0; layer <= 1; layer++) {
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) {
        if (layer !== 0 || row !== 0 || column !== 0) around[n++] = column + nx * (row + ny * layer);
      }
    }
  }
  const cellsNear = (s: number, near: Int32Array): number => cellsAround({ at, around }, cell[s], near);
  return { count, at, cell, start: ends, ball: ballsAbout(points, ends), around, cellsNear };
}

/** Writes the occupied cells at and around a place of the frame into `near`, ascending; answers how many. */
export function cellsAround(
  { at, around }: Pick<OccupiedCells, 'at' | 'around'>,
  cell: number,
  near: Int32Array,
): number {
  let n = 0;
  for (let k = 0; k < 27; k++) {
    const t = at[k === 13 ? cell : cell + around[k < 13 ? k : k - 1]];
    if (t >= 0) near[n++] = t;
  }
  return n;
}
