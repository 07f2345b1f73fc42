/**
 * The reserve on one head: where each of its dots lies and how dense it is there.
 *
 * Everything in it depends on the head alone, so it is computed once per head and used by every design on it:
 * about 25 ms for 150,000 dots. The density follows from the area that a steradian has on this head against the
 * template's: a wider head spreads the same dots thinner.
 *
 * Dots are kept by seat, their place in the order of the grid: neighbours on the head are neighbours in memory.
 */
import { directionOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { RELAX_CELL_MM } from './kernel.ts';
import { occupiedCells } from './occupied-cells.ts';
import type { OccupiedCells } from './occupied-cells.ts';
import { octahedralUnit } from './reserve.ts';
import type { Reserve } from './reserve.ts';
import { skinMm2PerSteradian } from './skin-area.ts';

export interface PlacedReserve {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  /** Its `order` is the reserve number (rank) of the dot in each seat. */
  readonly grid: CellGrid;
  /** Its cells that hold seats. */
  readonly cells: OccupiedCells;
  /** Seat of each reserve number. */
  readonly seatOf: Int32Array;
  /** x, y, z (mm, head frame) per seat. */
  readonly xyzMm: Float64Array;
  /** Dots of the whole reserve per cm2 of this head, around each seat. */
  readonly perCm2: Float32Array;
  /** Patch of the head (0 .. PATCHES - 1) that each seat belongs to; the same on every head. */
  readonly patch: Uint16Array;
  /** First place in `patchSeats` of each patch; one more than there are patches. */
  readonly patchStart: Int32Array;
  /** Seats, patch by patch, in the order of their reserve numbers. */
  readonly patchSeats: Int32Array;
}

/** Patches per side of the octahedral square; each is about 1.2 cm2 of skin, a hundred dots at full density. */
const PATCH_SIDE = 32;
export const PATCHES = PATCH_SIDE * PATCH_SIDE;

export function placeReserve(reserve: Reserve, head: HeadMap): PlacedReserve {
  const { count, uv, perSteradian } = reserve;
  const byRankMm = new Float64Array(3 * count);
  const perCm2ByRank = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = directionOf(octahedralUnit(uv[2 * i]), octahedralUnit(uv[2 * i + 1]));
    const r = radiusMm(head, x, y, z);
    byRankMm[3 * i] = x * r;
    byRankMm[3 * i + 1] = y * r;
    byRankMm[3 * i + 2] = z * r;
    perCm2ByRank[i] = (100 * perSteradian[i]) / skinMm2PerSteradian(head, x, y, z, r);
  }
  const grid = sortIntoCells(frameAround(byRankMm, count, RELAX_CELL_MM, RELAX_CELL_MM), byRankMm, count);
  const seatOf = new Int32Array(count);
  const perCm2 = new Float32Array(count);
  const patch = new Uint16Array(count);
  const patchStart = new Int32Array(PATCHES + 1);
  for (let seat = 0; seat < count; seat++) {
    const i = grid.order[seat];
    seatOf[i] = seat;
    perCm2[seat] = perCm2ByRank[i];
    patch[seat] = ((uv[2 * i] * PATCH_SIDE) >> 16) + PATCH_SIDE * ((uv[2 * i + 1] * PATCH_SIDE) >> 16);
    patchStart[patch[seat] + 1]++;
  }
  for (let p = 0; p < PATCHES; p++) patchStart[p + 1] += patchStart[p];
  const next = patchStart.slice();
  const patchSeats = new Int32Array(count);
  for (let i = 0; i < count; i++) patchSeats[next[patch[seatOf[i]]]++] = seatOf[i];
  const xyzMm = gatherPoints(byRankMm, grid.order);
  const cells = occupiedCells(grid, xyzMm);
  return { head, reserve, grid, cells, seatOf, xyzMm, perCm2, patch, patchStart, patchSeats };
}
