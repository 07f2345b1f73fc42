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
import { cellGrid, meanLight, readAt } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';

export interface OutlineColours {
  readonly grid: CellGrid;
  /** Local light of the head near its outline, red, green, blue on the grid's cells. */
  readonly head: readonly [Float32Array, Float32Array, Float32Array];
  readonly wall: readonly [Float32Array, Float32Array, Float32Array];
}

/** Cells of the colours, and how far they reach into the band. */
const CELL_MM = 2;
const REACH_MM = 3;

/** `person` is the mask on the cells of `grid`. */
export function outlineColours(photo: Pixels, grid: CellGrid, person: Float32Array, pxPerMm: number): OutlineColours {
  const cellPx = Math.max(1, Math.round(CELL_MM * pxPerMm));
  const coarse = cellGrid(grid.leftPx, grid.topPx, grid.widthPx, grid.heightPx, cellPx);
  const light = meanLight(photo, coarse);
  const inside = new Float32Array(coarse.columns * coarse.rows);
  const outside = new Float32Array(inside.length);
  for (let j = 0; j < coarse.rows; j++) {
    for (let i = 0; i < coarse.columns; i++) {
      const m = readAt(person, grid, grid.leftPx + (i + 0.5) * cellPx, grid.topPx + (j + 0.5) * cellPx);
      inside[j * coarse.columns + i] = m > 0.97 ? 1 : 0;
      outside[j * coarse.columns + i] = m < 0.03 ? 1 : 0;
    }
  }
  const sd = (REACH_MM * pxPerMm) / cellPx;
  const around = (where: Float32Array): readonly [Float32Array, Float32Array, Float32Array] => {
    const whole = gaussianBlur(where, coarse.columns, coarse.rows, sd);
    const mean = (plane: Float32Array): Float32Array => {
      const spread = gaussianBlur(plane.map((v, k) => v * where[k]), coarse.columns, coarse.rows, sd);
      return spread.map((v, k) => (whole[k] > 1e-4 ? v / whole[k] : -1));
    };
    return [mean(light[0]), mean(light[1]), mean(light[2])];
  };
  return { grid: coarse, head: around(inside), wall: around(outside) };
}

/** Differences of head and wall (in square roots of light, near to how they look) below which the mask decides, and above which the photo. */
const ALIKE = 0.05;
const DISTINCT = 0.16;

/** Share of head, 0..1, in the pixel at (x, y) whose mask value is `mask`. Cheap outside the band. */
export function outlineShare(photo: Pixels, colours: OutlineColours, x: number, y: number, mask: number): number {
  if (mask >= 0.97) return 1;
  if (mask <= 0.03) return 0;
  const byMask = smoothstep(0.3, 0.6, mask);
  const p = 4 * (y * photo.widthPx + x);
  let along = 0;
  let whole = 0;
  for (let c = 0; c < 3; c++) {
    const head = readAt(colours.head[c], colours.grid, x, y);
    const wall = readAt(colours.wall[c], colours.grid, x, y);
    if (!(head >= 0 && wall >= 0)) return byMask;
    const from = Math.sqrt(wall);
    const way = Math.sqrt(head) - from;
    along += (Math.sqrt(LIGHT_OF_CODE[photo.rgba[p + c]]) - from) * way;
    whole += way * way;
  }
  const trust = smoothstep(ALIKE, DISTINCT, Math.sqrt(whole));
  const byPhoto = whole > 0 ? Math.min(Math.max(along / whole, 0), 1) : byMask;
  const share = byMask + (byPhoto - byMask) * trust;
  return Math.min(Math.max(share, smoothstep(0.6, 0.97, mask)), smoothstep(0.03, 0.35, mask));
}
