/**
 * How much of each pixel at the outline is head?
 *
 * The person mask is a few pixels wide at its edge, which shows as a thin rim of untouched skin or a tinted wall. In
 * that band the photo itself is asked: a pixel between the local colours of wall and head is so much head as it lies nearer
 * to the head's, or to what those vary by, than to the wall's; what is plainly wall is none. Where the two look alike (dark
 * hair, dark wall) the mask decides; skin is told from a wall of nearly its colour as soon as that is even. The answer never leaves the band that the mask allows.
 */
import { clamp, smoothstep } from '../num/range.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellPlaceAt, coarsened, readAt } from './cell-grid.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';

export interface OutlineColours {
  readonly grid: CellGrid;
  /** The person mask, widened to the band of doubt, on the scene's cells. */
  readonly band: Float32Array;
  /** Local light of the head near its outline, red, green, blue on the grid's cells. */
  readonly head: readonly [Float32Array, Float32Array, Float32Array];
  /** What a pixel of the band is judged by: {@link SIGNS} numbers a cell. */
  readonly signs: Float32Array;
}

/**
 * Of each cell: 1 where both head and wall are near enough to be known, else 0; light of the head and of the wall, as
 * square roots, near to how it looks; how uneven they are, sd of the head over all channels together, of the wall in one
 * with the grain of any photo; how plainly the two differ, 0..1.
 */
const SIGNS = 10;
const [KNOWN, HEAD, WALL, HEAD_SD, WALL_SD, TOLD] = [0, 1, 4, 7, 8, 9];

/** Cells of the colours, and how far they reach into the band. */
const CELL_MM = 2;
const REACH_MM = 3;

/** How far the mask's edge may lie from the real one: the band in which the photo is asked, as a blur of the mask. */
const BAND_SD_MM = 2.4;
const BAND_LOW = 0.015;
export const BAND_HIGH = 0.985;

/** `cells` is the photo's light and `person` the mask on the cells of `grid`. */
export function outlineColours(
  cells: CellLight,
  grid: CellGrid,
  person: Float32Array,
  pxPerMm: number,
): OutlineColours {
  const band = gaussianBlur(person, grid.columns, grid.rows, (BAND_SD_MM * pxPerMm) / grid.cellPx);
  const factor = Math.max(1, Math.round((CELL_MM * pxPerMm) / grid.cellPx));
  const { light, grid: coarse } = coarsened(cells, grid, factor);
  const { cellPx } = coarse;
  const inside = new Float32Array(coarse.columns * coarse.rows);
  const outside = new Float32Array(inside.length);
  for (let j = 0; j < coarse.rows; j++) {
    for (let i = 0; i < coarse.columns; i++) {
      const m = readAt(band, grid, grid.leftPx + (i + 0.5) * cellPx, grid.topPx + (j + 0.5) * cellPx);
      inside[j * coarse.columns + i] = m > BAND_HIGH ? 1 : 0;
      outside[j * coarse.columns + i] = m < BAND_LOW ? 1 : 0;
    }
  }
  const isDoubtful = doubtful(inside, outside, coarse);
  const sd = (REACH_MM * pxPerMm) / cellPx;
  const around = (where: Float32Array): Surroundings => {
    const near = localMeans(light, where, coarse, sd);
    // Where the nearest sure place is farther than that, one further away must do.
    for (const farther of [4, 16]) {
      if (!near.colour[0].some((v, k) => v < 0 && isDoubtful[k] === 1)) break;
      const far = localMeans(light, where, coarse, farther * sd);
      for (let k = 0; k < where.length; k++) {
        if (near.colour[0][k] >= 0) continue;
        near.variance[k] = far.variance[k];
        for (let c = 0; c < 3; c++) near.colour[c][k] = far.colour[c][k];
      }
    }
    return near;
  };
  const [head, wall] = [around(inside), around(outside)];
  return { grid: coarse, band, head: head.colour, signs: signsOf(head, wall) };
}

/** 1 for cells of the band and those beside them: nothing is asked of others. */
function doubtful(inside: Float32Array, outside: Float32Array, { columns, rows }: CellGrid): Uint8Array {
  const is = new Uint8Array(columns * rows);
  for (let k = 0; k < is.length; k++) {
    if (inside[k] + outside[k] > 0) continue;
    const [i, j] = [k % columns, Math.floor(k / columns)];
    for (let y = Math.max(0, j - 1); y <= Math.min(rows - 1, j + 1); y++)
      is.fill(1, y * columns + Math.max(0, i - 1), y * columns + Math.min(columns, i + 2));
  }
  return is;
}

interface Surroundings {
  readonly colour: readonly [Float32Array, Float32Array, Float32Array];
  /** Of square roots of light, all channels together. */
  readonly variance: Float32Array;
}

/** Mean light around each cell over the cells of `where`, three planes; -1 where none is within reach. */
function localMeans(
  light: OutlineColours['head'],
  where: Float32Array,
  { columns, rows }: CellGrid,
  sd: number,
): Surroundings {
  const whole = gaussianBlur(where, columns, rows, sd);
  const meanOf = (value: (k: number) => number): Float32Array => {
    const own = new Float32Array(where.length);
    for (let k = 0; k < own.length; k++) if (where[k] > 0) own[k] = value(k);
    const mean = gaussianBlur(own, columns, rows, sd);
    for (let k = 0; k < mean.length; k++) mean[k] = whole[k] > 1e-3 ? mean[k] / whole[k] : -1;
    return mean;
  };
  const mean = (plane: Float32Array): Float32Array => meanOf((k) => plane[k]);
  const colour = [mean(light[0]), mean(light[1]), mean(light[2])] as const;
  // The square of a root is the light again.
  const variance = new Float32Array(where.length);
  light.forEach((plane, c) => {
    const root = meanOf((k) => Math.sqrt(plane[k]));
    for (let k = 0; k < root.length; k++) variance[k] += Math.max(0, colour[c][k] - root[k] * root[k]);
  });
  return { colour, variance };
}

/**
 * Differences of head and wall (in square roots of light, near to how they look) below which the mask decides, and above
 * which the photo.
 */
const ALIKE = 0.05;
const DISTINCT = 0.16;
/** The same in units of how uneven the wall is, by itself and by the grain of any photo. */
const ALIKE_SD = 2.5;
const DISTINCT_SD = 5;
const GRAIN = 0.012;
/** Nearer to the wall's colour than the first a pixel is wall, whatever the head beside it varies by. */
const OF_WALL_SD = 3;
const OFF_WALL_SD = 6;
/** The band from which a pixel may be head at all, 2 mm out, and as much as the photo says. */
const OUTER = [0.2, 0.4] as const;

function signsOf(head: Surroundings, wall: Surroundings): Float32Array {
  const cells = head.variance.length;
  const signs = new Float32Array(SIGNS * cells);
  for (let k = 0, s = 0; k < cells; k++, s += SIGNS) {
    if (!(head.colour[0][k] >= 0 && wall.colour[0][k] >= 0)) continue;
    let apart = head.variance[k];
    for (let c = 0; c < 3; c++) {
      const [h, w] = [Math.sqrt(head.colour[c][k]), Math.sqrt(wall.colour[c][k])];
      signs[s + HEAD + c] = h;
      signs[s + WALL + c] = w;
      apart += (h - w) * (h - w);
    }
    const way = Math.sqrt(apart);
    const wallSd = Math.sqrt(wall.variance[k] / 3) + GRAIN;
    signs[s + KNOWN] = 1;
    signs[s + HEAD_SD] = Math.sqrt(head.variance[k]);
    signs[s + WALL_SD] = wallSd;
    signs[s + TOLD] = Math.max(smoothstep(ALIKE, DISTINCT, way), smoothstep(ALIKE_SD, DISTINCT_SD, way / wallSd));
  }
  return signs;
}

/** What rounding leaves of 1. */
const ALL_KNOWN = 1 - 1e-6;

/** Square roots of the light of each code. */
const ROOT_OF_CODE = LIGHT_OF_CODE.map(Math.sqrt);

/** Share of head, 0..1, in the pixel at (x, y), from the mask and the band there. */
export function outlineShare(
  photo: Pixels,
  colours: OutlineColours,
  x: number,
  y: number,
  mask: number,
  band: number,
): number {
  const share = new Float64Array(1);
  outlineShares(photo, colours, x, y, Float64Array.of(mask), Float64Array.of(band), share);
  return share[0];
}

/** The same for as many pixels of a row as there are in `share`, from (x0, y) on. Cheap outside the band. */
export function outlineShares(
  photo: Pixels,
  { grid, signs }: OutlineColours,
  x0: number,
  y: number,
  mask: Float64Array,
  band: Float64Array,
  share: Float64Array,
): void {
  const { row, first } = signsOfRow(signs, grid, x0, y, share.length);
  for (let n = 0; n < share.length; n++) {
    if (band[n] >= BAND_HIGH || band[n] <= BAND_LOW) {
      share[n] = band[n] >= BAND_HIGH ? 1 : 0;
      continue;
    }
    const column = clamp(columnAt(grid, x0 + n), 0, grid.columns - 1) - first;
    const a = SIGNS * (column | 0);
    const b = a + SIGNS;
    const way = column - (column | 0);
    if (row[a + KNOWN] + (row[b + KNOWN] - row[a + KNOWN]) * way < ALL_KNOWN) {
      share[n] = smoothstep(0.6, 0.9, mask[n]);
      continue;
    }
    const p = 4 * (y * photo.widthPx + x0 + n);
    let fromWall = 0;
    let fromHead = 0;
    for (let c = 0; c < 3; c++) {
      const here = ROOT_OF_CODE[photo.rgba[p + c]];
      const offHead = here - row[a + HEAD + c] - (row[b + HEAD + c] - row[a + HEAD + c]) * way;
      const offWall = here - row[a + WALL + c] - (row[b + WALL + c] - row[a + WALL + c]) * way;
      fromHead += offHead * offHead;
      fromWall += offWall * offWall;
    }
    const headSd = row[a + HEAD_SD] + (row[b + HEAD_SD] - row[a + HEAD_SD]) * way;
    const wallSd = row[a + WALL_SD] + (row[b + WALL_SD] - row[a + WALL_SD]) * way;
    const told = row[a + TOLD] + (row[b + TOLD] - row[a + TOLD]) * way;
    const away = Math.sqrt(fromWall);
    const offWall = Math.max(1e-6, away - GRAIN);
    const offHead = Math.max(0, Math.sqrt(fromHead) - headSd - GRAIN);
    const byPhoto =
      smoothstep(0.1, 0.9, offWall / (offWall + offHead)) * smoothstep(OF_WALL_SD, OFF_WALL_SD, away / wallSd);
    const byMask = smoothstep(0.3, 0.6, mask[n]);
    const is = byMask + (byPhoto - byMask) * told;
    // Towards the band's ends the mask has the word again.
    share[n] = Math.min(Math.max(is, smoothstep(0.92, BAND_HIGH, band[n])), smoothstep(OUTER[0], OUTER[1], band[n]));
  }
}

/** Where x of the photo lies among the centres of the columns. */
const columnAt = ({ leftPx, cellPx }: CellGrid, x: number): number => (x - leftPx - (cellPx - 1) / 2) / cellPx;

/** The signs at the height of row y, from the column `first` before x0 to the one behind the last pixel. */
function signsOfRow(
  signs: Float32Array,
  grid: CellGrid,
  x0: number,
  y: number,
  count: number,
): { readonly row: Float64Array; readonly first: number } {
  const { cell, down, fy } = cellPlaceAt(grid, x0, y);
  const first = cell % grid.columns;
  const last = Math.min(grid.columns - 1, Math.floor(columnAt(grid, x0 + count)) + 1);
  const above = SIGNS * cell;
  const below = above + SIGNS * down;
  const row = new Float64Array(SIGNS * (last - first + 2));
  const end = row.length - SIGNS;
  for (let m = 0; m < end; m++) row[m] = signs[above + m] * (1 - fy) + signs[below + m] * fy;
  row.copyWithin(end, end - SIGNS);
  return { row, first };
}
