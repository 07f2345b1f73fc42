/**
 * Points sorted into cubic cells, so that the neighbours of one are found in the 27 cells around it.
 *
 * Counting sort into typed arrays: two passes, no object per point. Inside a cell points keep their order, so the
 * order of all points is a fixed function of place and id as long as the frame is the same: sums taken in that
 * order have the same bits whether a whole head or only a neighbourhood is computed.
 */

/** A box of cells. Points handed to it must lie inside. */
export interface GridFrame {
  readonly minMm: readonly [number, number, number];
  readonly cellMm: number;
  readonly cells: readonly [number, number, number];
}

export interface CellGrid {
  readonly frame: GridFrame;
  /** First place in `order` of each cell; one more than there are cells. */
  readonly start: Int32Array;
  /** Point numbers, cell by cell. */
  readonly order: Int32Array;
}

/** The frame of the points, with at least `rimMm` and one whole empty cell around them. */
export function frameAround(xyzMm: ArrayLike<number>, count: number, cellMm: number, rimMm = 0): GridFrame {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let c = 0; c < 3; c++) {
    let least = Infinity;
    let most = -Infinity;
    for (let q = c; q < 3 * count; q += 3) {
      const v = xyzMm[q];
      if (v < least) least = v;
      if (v > most) most = v;
    }
    low[c] = count > 0 ? least : 0;
    high[c] = count > 0 ? most : 0;
  }
  const rim = Math.ceil(rimMm / cellMm) + 1;
  const min = low.map((v) => (Math.floor(v / cellMm) - rim) * cellMm) as [number, number, number];
  const cells = high.map((v, c) => Math.floor((v - min[c]) / cellMm) + 1 + rim) as [number, number, number];
  return { minMm: min, cellMm, cells };
}

export function cellOf({ minMm, cellMm, cells }: GridFrame, x: number, y: number, z: number): number {
  const i = Math.floor((x - minMm[0]) / cellMm);
  const j = Math.floor((y - minMm[1]) / cellMm);
  const k = Math.floor((z - minMm[2]) / cellMm);
  return i + cells[0] * (j + cells[1] * k);
}

/** Throws RangeError when a point lies outside the frame or in its outermost cells. */
export function sortIntoCells(frame: GridFrame, xyzMm: ArrayLike<number>, count: number): CellGrid {
  const { minMm, cellMm, cells } = frame;
  const [nx, ny, nz] = cells;
  const start = new Int32Array(nx * ny * nz + 1);
  const cell = new Int32Array(count);
  const per = 1 / cellMm;
  for (let p = 0, q = 0; p < count; p++, q += 3) {
    const i = Math.floor((xyzMm[q] - minMm[0]) * per);
    const j = Math.floor((xyzMm[q + 1] - minMm[1]) * per);
    const k = Math.floor((xyzMm[q + 2] - minMm[2]) * per);
    if (!(i > 0 && j > 0 && k > 0 && i < nx - 1 && j < ny - 1 && k < nz - 1)) {
      throw new RangeError(`point ${p} lies outside the grid`);
    }
    const c = i + nx * (j + ny * k);
    cell[p] = c;
    start[c + 1]++;
  }
  for (let c = 1; c < start.length; c++) start[c] += start[c - 1];
  // From the last point down, each cell's end moves to its beginning as it fills.
  const order = new Int32Array(count);
  for (let p = count - 1; p >= 0; p--) order[--start[cell[p] + 1]] = p;
  start.copyWithin(0, 1);
  start[start.length - 1] = count;
  return { frame, start, order };
}

/** The coordinates of `order`, one after another, into a new table when none is given. */
export function gatherPoints(
  xyzMm: ArrayLike<number>,
  order: Int32Array,
  out: Float64Array = new Float64Array(order.length * 3),
): Float64Array {
  for (let k = 0, q = 0; k < order.length; k++, q += 3) {
    const p = 3 * order[k];
    out[q] = xyzMm[p];
    out[q + 1] = xyzMm[p + 1];
    out[q + 2] = xyzMm[p + 2];
  }
  return out;
}
