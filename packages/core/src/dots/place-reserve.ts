/**
 * The reserve on one head: where each of its dots lies and how dense it is there.
 *
 * Everything in it depends on the head alone, so it is computed once per head and used by every design on it. The density
 * follows from the area that a steradian has on this head against the template's: a wider head spreads the same dots
 * thinner.
 *
 * Dots are kept by seat: neighbours on the head are neighbours in memory. In the first way of laying out seats are in the
 * order of a grid of this head, and placing takes about 25 ms for 150,000 dots; in the second they are those of the
 * reserve (seating.ts), and it takes a third.
 */
import { directionOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { LayoutMethod } from '../scalp/scalp-design.ts';
import { frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { GridFrame } from './cell-grid.ts';
import { RELAX_CELL_MM } from './kernel.ts';
import { occupiedCells } from './occupied-cells.ts';
import type { OccupiedCells } from './occupied-cells.ts';
import { ballsAbout, mayReach } from './point-cells.ts';
import type { PointCells } from './point-cells.ts';
import { octahedralUnit } from './reserve.ts';
import type { Reserve } from './reserve.ts';
import { PATCHES, SEAT_CELLS } from './seating.ts';
import type { Seating } from './seating.ts';
import { skinMm2PerSteradian } from './skin-area.ts';
import { SKIN_CHANNELS, skinTable } from './skin-table.ts';
import type { SkinTable } from './skin-table.ts';

/** What both ways of laying out need. */
interface Ground {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  /** Reserve number (rank) of the dot in each seat. */
  readonly order: Int32Array;
  /** Seat of each reserve number. */
  readonly seatOf: Int32Array;
  /** x, y, z (mm, head frame) per seat. */
  readonly xyzMm: Float64Array;
  /** Dots of the whole reserve per cm2 of this head, around each seat. */
  readonly perCm2: Float32Array;
  /** Seats cell by cell. */
  readonly cells: PointCells;
  /** Patch of the head (0 .. PATCHES - 1) that each seat belongs to; the same on every head. */
  readonly patch: Uint16Array;
  /** First place in `patchSeats` of each patch; one more than there are patches. */
  readonly patchStart: Int32Array;
  /** Seats, patch by patch. */
  readonly patchSeats: Int32Array;
}

export interface FirstGround extends Ground {
  readonly way: 1;
  readonly cells: OccupiedCells;
  /** Of the grid that the cells are of. */
  readonly frame: GridFrame;
}

export interface SecondGround extends Ground {
  readonly way: 2;
  readonly skin: SkinTable;
  /** Cell of each seat. */
  readonly cellOf: Uint16Array;
  /** As `cells.cellsNear`, for dots that start a little way from their seats. */
  readonly cellsAbout: PointCells['cellsNear'];
}

export type PlacedReserve = FirstGround | SecondGround;

/** `way` is the way of laying out that it is for. */
export function placeReserve(reserve: Reserve, head: HeadMap, way: 1): FirstGround;
export function placeReserve(reserve: Reserve, head: HeadMap, way: 2): SecondGround;
export function placeReserve(reserve: Reserve, head: HeadMap, way?: LayoutMethod): PlacedReserve;
export function placeReserve(reserve: Reserve, head: HeadMap, way: LayoutMethod = 1): PlacedReserve {
  return way === 2 ? placeForSecondWay(reserve, head) : placeForFirstWay(reserve, head);
}

/** Seats of one cell are in the order of rank; places and densities are asked of the head point by point. */
function placeForFirstWay(reserve: Reserve, head: HeadMap): FirstGround {
  const { count, uv, perSteradian, byPatch, patchStart } = reserve;
  const placesMm = new Float64Array(3 * count);
  const density = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = directionOf(octahedralUnit(uv[2 * i]), octahedralUnit(uv[2 * i + 1]));
    const r = radiusMm(head, x, y, z);
    placesMm[3 * i] = x * r;
    placesMm[3 * i + 1] = y * r;
    placesMm[3 * i + 2] = z * r;
    density[i] = (100 * perSteradian[i]) / skinMm2PerSteradian(head, x, y, z, r);
  }
  const grid = sortIntoCells(frameAround(placesMm, count, RELAX_CELL_MM, RELAX_CELL_MM), placesMm, count);
  const { frame, order } = grid;
  const xyzMm = gatherPoints(placesMm, order);
  const perCm2 = new Float32Array(count);
  const seatOf = new Int32Array(count);
  for (let seat = 0; seat < count; seat++) {
    perCm2[seat] = density[order[seat]];
    seatOf[order[seat]] = seat;
  }
  const patch = new Uint16Array(count);
  const patchSeats = new Int32Array(count);
  for (let p = 0; p < PATCHES; p++) {
    for (let k = patchStart[p]; k < patchStart[p + 1]; k++) {
      patchSeats[k] = seatOf[byPatch[k]];
      patch[patchSeats[k]] = p;
    }
  }
  const cells = occupiedCells(grid, xyzMm);
  const ground = { head, reserve, order, seatOf, xyzMm, perCm2, cells, patch, patchStart, patchSeats };
  return { way: 1, ...ground, frame };
}

/** Seats are the reserve's, places and densities read from the table of the skin. */
function placeForSecondWay(reserve: Reserve, head: HeadMap): SecondGround {
  const { count, patchStart, seating } = reserve;
  const { order, seatOf, start, cellOf, near, nearFrom, patch, patchSeats } = seating;
  const skin = skinTable(head);
  const xyzMm = new Float64Array(3 * count);
  const perCm2 = new Float32Array(count);
  readPlaces(seating, head, skin, xyzMm, perCm2);
  const ball = ballsAbout(xyzMm, start);
  const cells: PointCells = {
    count: SEAT_CELLS,
    start,
    ball,
    cellsNear: (cell, into) => {
      let n = 0;
      for (let k = nearFrom[cell]; k < nearFrom[cell + 1]; k++) {
        if (mayReach(ball, cell, near[k], RELAX_CELL_MM)) into[n++] = near[k];
      }
      return n;
    },
  };
  const cellsAbout = (cell: number, into: Int32Array): number => {
    let n = 0;
    for (let k = nearFrom[cell]; k < nearFrom[cell + 1]; k++) into[n++] = near[k];
    return n;
  };
  const ground = { head, reserve, order, seatOf, xyzMm, perCm2, cells, patch, patchStart, patchSeats };
  return { way: 2, ...ground, skin, cellOf, cellsAbout };
}

function readPlaces(
  { uv, perSteradian }: Seating,
  { size, radiiMm }: HeadMap,
  skin: SkinTable,
  placesMm: Float64Array,
  perCm2: Float32Array,
): void {
  for (let seat = 0; seat < perCm2.length; seat++) {
    const u = octahedralUnit(uv[2 * seat]);
    const v = octahedralUnit(uv[2 * seat + 1]);
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
    placesMm[3 * seat] = x * s;
    placesMm[3 * seat + 1] = y * s;
    placesMm[3 * seat + 2] = z * s;
    perCm2[seat] = (100 * perSteradian[seat]) / mm2;
  }
}
