/**
 * How much of each pixel at the outline is head?
 *
 * The person mask is a few pixels wide at its edge, which shows as a thin rim of untouched skin or a tinted wall. In
 * that band the photo itself is asked: a pixel between the local colour of the head and the local colour of the wall is
 * so much head as it lies along the way between them. Where the two look alike (dark hair, dark wall) the mask decides.
 * The answer never leaves the band that the mask allows.
 */
import { smoothstep } from '../num/range.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellGrid, cellPlaceAt, meanLight, readAt, readPlace } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';

export interface OutlineColours {
  readonly grid: CellGrid;
  /** The person mask, widened to the band of doubt, on the scene's cells. */
  readonly band: Float32Array;
  /** Local light of the head near its outline, red, green, blue on the grid's cells. */
  readonly head: readonly [Float32Array, Float32Array, Float32Array];
  readonly wall: readonly [Float32Array, Float32Array, Float32Array];
}

/** Cells of the colours, and how far they reach into the band. */
const CELL_MM = 2;
const REACH_MM = 3;

/** How far the mask's edge may lie from the real one: the band in which the photo is asked, as a blur of the mask. */
const BAND_SD_MM = 2.4;
const BAND_LOW = 0.015;
export const BAND_HIGH = 0.985;

/** `person` is the mask on the cells of `grid`. */
export function outlineColours(photo: Pixels, grid: CellGrid, person: Float32Array, pxPerMm: number): OutlineColours {
  const band = gaussianBlur(person, grid.columns, grid.rows, (BAND_SD_MM * pxPerMm) / grid.cellPx);
  const cellPx = Math.max(1, Math.round(CELL_MM * pxPerMm));
  const coarse = cellGrid(grid.leftPx, grid.topPx, grid.widthPx, grid.heightPx, cellPx);
  const light = meanLight(photo, coarse);
  const inside = new Float32Array(coarse.columns * coarse.rows);
  const outside = new Float32Array(inside.length);
  for (let j = 0; j < coarse.rows; j++) {
    for (let i = 0; i < coarse.columns; i++) {
      const m = readAt(band, grid, grid.leftPx + (i + 0.5) * cellPx, grid.topPx + (j + 0.5) * cellPx);
      inside[j * coarse.columns + i] = m > BAND_HIGH ? 1 : 0;
      outside[j * coarse.columns + i] = m < BAND_LOW ? 1 : 0;
    }
  }
  const sd = (REACH_MM * pxPerMm) / cellPx;
  const around = (where: Float32Array): OutlineColours['head'] => {
    const near = localMeans(light, where, coarse, sd);
    // Where the nearest sure place is farther than that, one further away must do.
    const far = localMeans(light, where, coarse, 4 * sd);
    for (let c = 0; c < 3; c++) for (let k = 0; k < where.length; k++) if (near[c][k] < 0) near[c][k] = far[c][k];
    return near;
  };
  return { grid: coarse, band, head: around(inside), wall: around(outside) };
}

/** Mean light around each cell over the cells of `where`, three planes; -1 where none is within reach. */
function localMeans(
  light: OutlineColours['head'],
  where: Float32Array,
  { columns, rows }: CellGrid,
  sd: number,
): [Float32Array, Float32Array, Float32Array] {
  const whole = gaussianBlur(where, columns, rows, sd);
  const mean = (plane: Float32Array): Float32Array => {
    const spread = gaussianBlur(
      plane.map((v, k) => v * where[k]),
      columns,
      rows,
      sd,
    );
    return spread.map((v, k) => (whole[k] > 1e-3 ? v / whole[k] : -1));
  };
  return [mean(light[0]), mean(light[1]), mean(light[2])];
}

/**
 * Differences of head and wall (in square roots of light, near to how they look) below which the mask decides, and above
 * which the photo.
 */
const ALIKE = 0.05;
const DISTINCT = 0.16;

/** Share of head, 0..1, in the pixel at (x, y), from the mask and the band there. Cheap outside the band. */
export function outlineShare(
  photo: Pixels,
  colours: OutlineColours,
  x: number,
  y: number,
  mask: number,
  band: number,
): number {
  if (band >= BAND_HIGH) return 1;
  if (band <= BAND_LOW) return 0;
  const byMask = smoothstep(0.3, 0.6, mask);
  const p = 4 * (y * photo.widthPx + x);
  const place = cellPlaceAt(colours.grid, x, y);
  let along = 0;
  let whole = 0;
  for (let c = 0; c < 3; c++) {
    const head = readPlace(colours.head[c], place);
    const wall = readPlace(colours.wall[c], place);
    if (!(head >= 0 && wall >= 0)) return smoothstep(0.6, 0.9, mask);
    const from = Math.sqrt(wall);
    const way = Math.sqrt(head) - from;
    along += (Math.sqrt(LIGHT_OF_CODE[photo.rgba[p + c]]) - from) * way;
    whole += way * way;
  }
  const byPhoto = whole > 0 ? smoothstep(0.1, 0.9, along / whole) : byMask;
  const share = byMask + (byPhoto - byMask) * smoothstep(ALIKE, DISTINCT, Math.sqrt(whole));
  // Towards the band's ends the mask has the word again.
  return Math.min(Math.max(share, smoothstep(0.92, BAND_HIGH, band)), smoothstep(BAND_LOW, 0.1, band));
}
