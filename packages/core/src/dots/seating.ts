/**
 * The reserve by place: its dots in small cells of the octahedral square, in an order that is the same on every head.
 *
 * A seat is the place of a dot in this order: neighbours on the head are neighbours in memory, and sums that are taken
 * cell by cell and seat by seat have the same bits whatever else is computed. Made once per reserve. A patch is a square of
 * {@link CELLS_PER_PATCH} cells a side.
 */
import { directionOf } from '../head/head-map.ts';
import { MOST_NEAR, ballsAbout, mayReach } from './point-cells.ts';

export interface Seating {
  /** Reserve number (rank) of the dot in each seat. */
  readonly order: Int32Array;
  /** Seat of each reserve number. */
  readonly seatOf: Int32Array;
  /** As the reserve has them, by seat. */
  readonly uv: Uint16Array;
  readonly perSteradian: Uint16Array;
  /** First seat of each cell; one more than there are cells. */
  readonly start: Int32Array;
  readonly cellOf: Uint16Array;
  /** Cells that hold seats within {@link NEAR_RAD} of each cell, ascending, itself among them, from `nearFrom` on. */
  readonly near: Uint16Array;
  readonly nearFrom: Int32Array;
  /** Patch of each seat; and seats patch by patch. */
  readonly patch: Uint16Array;
  readonly patchSeats: Int32Array;
}

/** Patches per side of the octahedral square; each is about 1.2 cm2 of skin, a hundred dots at full density. */
export const PATCH_SIDE = 32;
export const PATCHES = PATCH_SIDE * PATCH_SIDE;

export const CELLS_PER_PATCH = 3;
const SIDE = PATCH_SIDE * CELLS_PER_PATCH;
export const SEAT_CELLS = SIDE * SIDE;

/**
 * On a head with a radius of 80 mm 5 mm: the longest reach of a dot and some of the way that two start from their seats. What
 * little is missed beyond is missed alike from nothing and after an edit.
 */
const NEAR_RAD = 0.065;
/** So many cells to each side hold all within that: cells are narrowest, 2 / SIDE, where the square's axes meet, and askew. */
const RING = Math.ceil((Math.sqrt(2) * NEAR_RAD * SIDE) / 2);

export function seatingOf(uv: Uint16Array, perSteradian: Uint16Array): Seating {
  const count = perSteradian.length;
  const cell = new Uint16Array(count);
  const start = new Int32Array(SEAT_CELLS + 1);
  for (let i = 0; i < count; i++) {
    cell[i] = ((uv[2 * i] * SIDE) >> 16) + SIDE * ((uv[2 * i + 1] * SIDE) >> 16);
    start[cell[i] + 1]++;
  }
  for (let c = 0; c < SEAT_CELLS; c++) start[c + 1] += start[c];
  const next = start.slice();
  const order = new Int32Array(count);
  const seatOf = new Int32Array(count);
  const cellOf = new Uint16Array(count);
  const uvBySeat = new Uint16Array(2 * count);
  const perSteradianBySeat = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const seat = next[cell[i]]++;
    order[seat] = i;
    seatOf[i] = seat;
    cellOf[seat] = cell[i];
    uvBySeat[2 * seat] = uv[2 * i];
    uvBySeat[2 * seat + 1] = uv[2 * i + 1];
    perSteradianBySeat[seat] = perSteradian[i];
  }
  const patch = new Uint16Array(count);
  const patchSeats = new Int32Array(count);
  for (let p = 0, n = 0; p < PATCHES; p++) {
    const column = p % PATCH_SIDE;
    const row = (p - column) / PATCH_SIDE;
    for (let j = 0; j < CELLS_PER_PATCH; j++) {
      const first = CELLS_PER_PATCH * column + SIDE * (CELLS_PER_PATCH * row + j);
      for (let seat = start[first]; seat < start[first + CELLS_PER_PATCH]; seat++) {
        patch[seat] = p;
        patchSeats[n++] = seat;
      }
    }
  }
  const { near, nearFrom } = nearCells(start);
  const bySeat = { uv: uvBySeat, perSteradian: perSteradianBySeat };
  return { order, seatOf, ...bySeat, start, cellOf, near, nearFrom, patch, patchSeats };
}

function nearCells(start: Int32Array): Pick<Seating, 'near' | 'nearFrom'> {
  const [from, later] = laterCells(start);
  const nearFrom = new Int32Array(SEAT_CELLS + 1);
  for (let cell = 0; cell < SEAT_CELLS; cell++) {
    for (let k = from[cell]; k < from[cell + 1]; k++) {
      nearFrom[cell + 1]++;
      if (later[k] !== cell) nearFrom[later[k] + 1]++;
    }
  }
  for (let cell = 0; cell < SEAT_CELLS; cell++) nearFrom[cell + 1] += nearFrom[cell];
  // By ascending cell, each gets its earlier ones before its own turn comes, and then itself and its later ones.
  const next = nearFrom.slice();
  const near = new Uint16Array(nearFrom[SEAT_CELLS]);
  for (let cell = 0; cell < SEAT_CELLS; cell++) {
    for (let k = from[cell]; k < from[cell + 1]; k++) {
      near[next[cell]++] = later[k];
      if (later[k] !== cell) near[next[later[k]]++] = cell;
    }
  }
  return { near, nearFrom };
}

/** Of each cell that holds seats itself and the later ones near it, ascending; and where each cell's begin. */
function laterCells(start: Int32Array): readonly [from: Int32Array, later: Uint16Array] {
  const ball = ballsOfCells();
  const from = new Int32Array(SEAT_CELLS + 1);
  const later = new Uint16Array(SEAT_CELLS * MOST_NEAR);
  let n = 0;
  for (let cell = 0; cell < SEAT_CELLS; cell++) {
    const i = cell % SIDE;
    const j = (cell - i) / SIDE;
    const isWhole = i >= RING && j >= RING && i < SIDE - RING && j < SIDE - RING;
    const end = start[cell] < start[cell + 1] ? RING : -1;
    for (let dj = isWhole ? 0 : -RING; dj <= end; dj++) {
      for (let di = -RING; di <= RING; di++) {
        const other = isWhole ? cell + di + SIDE * dj : cellNumber(i + di, j + dj);
        if (other < cell || start[other] === start[other + 1] || !mayReach(ball, cell, other, NEAR_RAD)) continue;
        let k = n;
        while (k > from[cell] && later[k - 1] > other) k--;
        // Where the square's axes end, a cell is met on both sides of the fold.
        if (k > from[cell] && later[k - 1] === other) continue;
        // Seldom: but where the square is folded, others come in their order.
        if (k < n) later.copyWithin(k + 1, k, n);
        later[k] = other;
        n++;
      }
    }
    from[cell + 1] = n;
  }
  return [from, later.subarray(0, n)];
}

/** Balls about the corners of each cell, on a head of radius 1. */
function ballsOfCells(): Float64Array {
  const corners = new Float64Array(12 * SEAT_CELLS);
  const first = new Int32Array(SEAT_CELLS + 1);
  for (let cell = 0; cell < SEAT_CELLS; cell++) first[cell + 1] = 4 * (cell + 1);
  for (let j = 0; j <= SIDE; j++) {
    for (let i = 0; i <= SIDE; i++) {
      const [x, y, z] = directionOf((2 * i) / SIDE - 1, (2 * j) / SIDE - 1);
      for (let c = 0; c < 4; c++) {
        const column = i - (c & 1);
        const row = j - (c >> 1);
        if (column < 0 || row < 0 || column === SIDE || row === SIDE) continue;
        const q = 12 * (column + SIDE * row) + 3 * c;
        corners[q] = x;
        corners[q + 1] = y;
        corners[q + 2] = z;
      }
    }
  }
  return ballsAbout(corners, first);
}

/** Over a side of the square lies the same side, turned about its middle. */
function cellNumber(i: number, j: number): number {
  if (i < 0 || i >= SIDE) return cellNumber(i < 0 ? -1 - i : 2 * SIDE - 1 - i, SIDE - 1 - j);
  if (j < 0 || j >= SIDE) return cellNumber(SIDE - 1 - i, j < 0 ? -1 - j : 2 * SIDE - 1 - j);
  return i + SIDE * j;
}
