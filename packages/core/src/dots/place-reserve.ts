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
import type { LayoutMethod } from '../scalp/scalp-design.ts';
import { frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { RELAX_CELL_MM } from './kernel.ts';
import { occupiedCells } from './occupied-cells.ts';
import type { OccupiedCells } from './occupied-cells.ts';
import { PATCHES, octahedralUnit } from './reserve.ts';
import type { Reserve } from './reserve.ts';
import { skinMm2PerSteradian } from './skin-area.ts';
import { SKIN_CHANNELS, skinTable } from './skin-table.ts';
import type { SkinTable } from './skin-table.ts';

export interface PlacedReserve {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  /** Of the second way of laying out. */
  readonly skin: SkinTable | null;
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

/** `way` is the way of laying out that it is for; seats of one cell are in the order of rank in the first, of `byPatch` in the second. */
export function placeReserve(reserve: Reserve, head: HeadMap, way: LayoutMethod = 1): PlacedReserve {
  const { count, byPatch, patchStart } = reserve;
  const placesMm = way === 2 ? new Float32Array(3 * count) : new Float64Array(3 * count);
  const density = new Float32Array(count);
  const skin = way === 2 ? skinTable(head) : null;
  if (skin) readPlaces(reserve, head, skin, placesMm, density);
  else askPlaces(reserve, head, placesMm, density);
  const grid = sortIntoCells(frameAround(placesMm, count, RELAX_CELL_MM, RELAX_CELL_MM), placesMm, count);
  const { order } = grid;
  const xyzMm = gatherPoints(placesMm, order);
  const perCm2 = new Float32Array(count);
  const seatOf = new Int32Array(count);
  const patchSeats = new Int32Array(count);
  const patch = new Uint16Array(count);
  // What `order` numbers: dots by patch in the second way, by rank in the first.
  const seats = skin ? patchSeats : seatOf;
  for (let seat = 0; seat < count; seat++) {
    perCm2[seat] = density[order[seat]];
    seats[order[seat]] = seat;
    if (skin) order[seat] = byPatch[order[seat]];
  }
  for (let p = 0; p < PATCHES; p++) {
    for (let k = patchStart[p]; k < patchStart[p + 1]; k++) {
      if (skin) seatOf[byPatch[k]] = patchSeats[k];
      else patchSeats[k] = seatOf[byPatch[k]];
      patch[patchSeats[k]] = p;
    }
  }
  return {
    head,
    reserve,
    skin,
    grid,
    cells: occupiedCells(grid, xyzMm),
    seatOf,
    xyzMm,
    perCm2,
    patch,
    patchStart,
    patchSeats,
  };
}

/** Places and densities by rank, asked of the head point by point. */
function askPlaces(
  { count, uv, perSteradian }: Reserve,
  head: HeadMap,
  placesMm: Float32Array | Float64Array,
  perCm2: Float32Array,
): void {
  for (let i = 0; i < count; i++) {
    const [x, y, z] = directionOf(octahedralUnit(uv[2 * i]), octahedralUnit(uv[2 * i + 1]));
    const r = radiusMm(head, x, y, z);
    placesMm[3 * i] = x * r;
    placesMm[3 * i + 1] = y * r;
    placesMm[3 * i + 2] = z * r;
    perCm2[i] = (100 * perSteradian[i]) / skinMm2PerSteradian(head, x, y, z, r);
  }
}

/** The same in the order of `byPatch`, read from the table of the skin. */
function readPlaces(
  { count, uv, perSteradian, byPatch }: Reserve,
  { size, radiiMm }: HeadMap,
  skin: SkinTable,
  placesMm: Float32Array | Float64Array,
  perCm2: Float32Array,
): void {
  for (let n = 0; n < count; n++) {
    const i = byPatch[n];
    const u = octahedralUnit(uv[2 * i]);
    const v = octahedralUnit(uv[2 * i + 1]);
    const y = 1 - Math.abs(u) - Math.abs(v);
    const x = y < 0 ? (1 - Math.abs(v)) * (u < 0 ? -1 : 1) : u;
    const z = y < 0 ? (1 - Math.abs(u)) * (v < 0 ? -1 : 1) : v;
    const gx = (u + 1) * 0.5 * (size - 1);
    const gy = (v + 1) * 0.5 * (size - 1);
    const column = Math.min(size - 2, Math.floor(gx));
    const row = Math.min(size - 2, Math.floor(gy));
    const fx = gx - column;
    const fy = gy - row;
    const k = column + size * row;
    const below = k + size;
    const r =
      (radiiMm[k] * (1 - fx) + radiiMm[k + 1] * fx) * (1 - fy) +
      (radiiMm[below] * (1 - fx) + radiiMm[below + 1] * fx) * fy;
    const mm2 =
      (skin[SKIN_CHANNELS * k] * (1 - fx) + skin[SKIN_CHANNELS * (k + 1)] * fx) * (1 - fy) +
      (skin[SKIN_CHANNELS * below] * (1 - fx) + skin[SKIN_CHANNELS * (below + 1)] * fx) * fy;
    const s = r / Math.sqrt(x * x + y * y + z * z);
    placesMm[3 * n] = x * s;
    placesMm[3 * n + 1] = y * s;
    placesMm[3 * n + 2] = z * s;
    perCm2[n] = (100 * perSteradian[i]) / mm2;
  }
}
