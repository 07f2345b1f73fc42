/**
 * How much of each pixel at the outline is head?
 *
 * The person mask is a few pixels wide at its edge and may lie millimetres beside the real one, which shows as a thin rim of
 * untouched skin or a tinted wall. In a band around it the photo itself is asked, by what the head and the wall look like near
 * by (tell-head.ts). Where the two look alike (dark hair, dark wall) the mask decides.
 *
 * It is asked twice. Whole cells, evened out, say where the outline runs; near it each pixel says how much of it is head, held
 * to that outline: pixels by themselves, mistaken for a few, would leave specks on the wall and a ragged edge. The
 * answer never leaves the band that the mask allows.
 */
import { smoothstep } from '../num/range.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { coarsened, readAt } from './cell-grid.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';
import { pixelWords } from './pixel-words.ts';
import { SIGNS, columnPlaces, readSigns, rowPlaces, signsOf, tellHead } from './tell-head.ts';
import type { Surroundings } from './tell-head.ts';

export interface OutlineColours {
  readonly grid: CellGrid;
  /** The person mask, widened to the band of doubt, on the scene's cells. */
  readonly band: Float32Array;
  /** Local light of the head near its outline, red, green, blue on the grid's cells. */
  readonly head: readonly [Float32Array, Float32Array, Float32Array];
  /** What a pixel of the band is judged by: {@link SIGNS} numbers a cell. */
  readonly signs: Float32Array;
  /** Share of head by the light of whole cells, evened out, on the scene's cells: far from its edge no pixel has a say. */
  readonly outline: Float32Array;
}

/** Cells of the colours, and how far they reach into the band. */
const CELL_MM = 2;
const REACH_MM = 3;

/** How far the mask's edge may lie from the real one: the band in which the photo is asked, as a blur of the mask. */
const BAND_SD_MM = 2.4;
const BAND_LOW = 0.015;
const BAND_HIGH = 0.985;

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
  markSides(band, grid, coarse, inside, outside);
  const isDoubtful = doubtful(inside, outside, coarse);
  const sd = (REACH_MM * pxPerMm) / cellPx;
  const [head, wall] = [
    surroundings(light, inside, isDoubtful, coarse, sd),
    surroundings(light, outside, isDoubtful, coarse, sd),
  ];
  const signs = signsOf(head, wall);
  return {
    grid: coarse,
    band,
    head: head.colour,
    signs,
    outline: outlineByCells(cells, grid, person, band, signs, coarse, pxPerMm),
  };
}

/** Over how far the outline is evened out, sd: a cell, or a block of the photo's compression, is as easily mistaken as a pixel. */
const EVENED_MM = 1;

function outlineByCells(
  [red, green, blue]: CellLight,
  { columns, rows, leftPx, topPx, cellPx }: CellGrid,
  person: Float32Array,
  band: Float32Array,
  signs: Float32Array,
  coarse: CellGrid,
  pxPerMm: number,
): Float32Array {
  const outline = new Float32Array(band.length);
  const row = new Float64Array(SIGNS * (coarse.columns + 1));
  const roots = new Float64Array(3 * columns);
  const share = new Float64Array(columns);
  const { signOf, wayOf } = columnPlaces(coarse, leftPx + (cellPx - 1) / 2, cellPx, columns);
  const { signOf: rowOf, wayOf: downOf } = rowPlaces(coarse, topPx + (cellPx - 1) / 2, cellPx, rows);
  for (let j = 0; j < rows; j++) {
    const first = j * columns;
    readSigns(signs, rowOf[j], downOf[j], 0, row.length, row);
    for (let i = 0, k = first; i < columns; i++, k++) {
      share[i] = smoothstep(0.3, 0.6, person[k]);
      if (!(band[k] > BAND_LOW && band[k] < BAND_HIGH)) continue;
      roots[3 * i] = Math.sqrt(red[k]);
      roots[3 * i + 1] = Math.sqrt(green[k]);
      roots[3 * i + 2] = Math.sqrt(blue[k]);
      tellHead(roots, row, signOf, wayOf, i, i + 1, share, 0);
    }
    // Towards the band's ends the mask has the word again.
    for (let i = 0, k = first; i < columns; i++, k++) {
      const is = Math.max(share[i], smoothstep(0.92, BAND_HIGH, band[k]));
      outline[k] = Math.min(is, smoothstep(OUTER[0], OUTER[1], band[k]));
    }
  }
  return gaussianBlur(outline, columns, rows, (EVENED_MM * pxPerMm) / cellPx);
}

/** 1 for the cells of `coarse` whose middle is surely head, or surely none. */
function markSides(
  band: Float32Array,
  grid: CellGrid,
  { cellPx, columns, rows }: CellGrid,
  inside: Float32Array,
  outside: Float32Array,
): void {
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      const m = readAt(band, grid, grid.leftPx + (i + 0.5) * cellPx, grid.topPx + (j + 0.5) * cellPx);
      if (m > BAND_HIGH) inside[k] = 1;
      else if (m < BAND_LOW) outside[k] = 1;
    }
  }
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

/** {@link localMeans}; where the nearest sure place is farther than they reach, one further away does. */
function surroundings(
  light: OutlineColours['head'],
  where: Float32Array,
  isDoubtful: Uint8Array,
  grid: CellGrid,
  sd: number,
): Surroundings {
  const near = localMeans(light, where, grid, sd);
  for (const farther of [4, 16]) {
    if (!isLacking(near, isDoubtful)) break;
    const far = localMeans(light, where, grid, farther * sd);
    for (let k = 0; k < where.length; k++) {
      if (near.colour[0][k] >= 0) continue;
      near.variance[k] = far.variance[k];
      for (let c = 0; c < 3; c++) near.colour[c][k] = far.colour[c][k];
    }
  }
  return near;
}

function isLacking({ colour: [red] }: Surroundings, isDoubtful: Uint8Array): boolean {
  for (let k = 0; k < red.length; k++) if (red[k] < 0 && isDoubtful[k] === 1) return true;
  return false;
}

/** Mean light around each cell over the cells of `where`, three planes; -1 where none is within reach. */
function localMeans(light: OutlineColours['head'], where: Float32Array, grid: CellGrid, sd: number): Surroundings {
  const whole = gaussianBlur(where, grid.columns, grid.rows, sd);
  const colour = [
    localMean(light[0], where, whole, grid, sd),
    localMean(light[1], where, whole, grid, sd),
    localMean(light[2], where, whole, grid, sd),
  ] as const;
  const variance = new Float32Array(where.length);
  const root = new Float32Array(where.length);
  for (let c = 0; c < 3; c++) {
    for (let k = 0; k < root.length; k++) root[k] = where[k] > 0 ? Math.sqrt(light[c][k]) : 0;
    const mean = localMean(root, where, whole, grid, sd);
    // The square of a root is the light again.
    for (let k = 0; k < mean.length; k++) variance[k] += Math.max(0, colour[c][k] - mean[k] * mean[k]);
  }
  return { colour, variance };
}

function localMean(
  plane: Float32Array,
  where: Float32Array,
  whole: Float32Array,
  { columns, rows }: CellGrid,
  sd: number,
): Float32Array {
  const own = new Float32Array(where.length);
  for (let k = 0; k < own.length; k++) if (where[k] > 0) own[k] = plane[k];
  const mean = gaussianBlur(own, columns, rows, sd);
  for (let k = 0; k < mean.length; k++) mean[k] = whole[k] > 1e-3 ? mean[k] / whole[k] : -1;
  return mean;
}

/** The evened outline, 0.5 at it: work fades out over a pixel or two, whatever single pixels say, */
const FADE = [0.3, 0.6] as const;
/** and well inside none is left out. */
export const WELL_INSIDE = 0.7;
const FILL = [0.45, WELL_INSIDE] as const;
/** The band from which a pixel may be head at all, 2 mm out, and as much as the photo says. */
const OUTER = [0.2, 0.4] as const;

/** Square roots of the light of each code. */
const ROOT_OF_CODE = LIGHT_OF_CODE.map(Math.sqrt);

/** Share of head, 0..1, in the pixel at (x, y), where the evened outline is `outline`. */
export function outlineShare(photo: Pixels, colours: OutlineColours, x: number, y: number, outline: number): number {
  const share = new Float64Array(1);
  readOutline(outlineLines(photo, colours), x, x + 1, y, x, Float64Array.of(outline), share);
  return share[0];
}

/** What rows of pixels are read with: a tuple, whose kind outlives a scene with what is compiled for it. */
export type OutlineLines = readonly [
  pixels: Int32Array,
  signs: Float32Array,
  signOf: Int32Array,
  wayOf: Float64Array,
  rowOf: Int32Array,
  downOf: Float64Array,
  row: Float64Array,
  roots: Float64Array,
];

export function outlineLines({ widthPx, heightPx, rgba }: Pixels, { grid, signs }: OutlineColours): OutlineLines {
  const columns = columnPlaces(grid, 0, 1, widthPx);
  const rows = rowPlaces(grid, 0, 1, heightPx);
  const row = new Float64Array(SIGNS * (grid.columns + 1));
  const roots = new Float64Array(3 * widthPx);
  return [pixelWords(rgba), signs, columns.signOf, columns.wayOf, rows.signOf, rows.wayOf, row, roots];
}

/**
 * Shares of head of the pixels from (x0, y) up to column `end`, from and into lines that begin with the photo's column
 * `leftPx`.
 */
export function readOutline(
  [pixels, signs, signOf, wayOf, rowOf, downOf, row, roots]: OutlineLines,
  x0: number,
  end: number,
  y: number,
  leftPx: number,
  outline: Float64Array,
  share: Float64Array,
): void {
  readSigns(signs, rowOf[y], downOf[y], signOf[x0], signOf[end - 1] + 2 * SIGNS, row);
  for (let n = x0 - leftPx; n < end - leftPx; n++) share[n] = smoothstep(FADE[0], FADE[1], outline[n]);
  const start = y * signOf.length;
  for (let x = x0; x < end; x++) {
    const first = x;
    while (x < end && outline[x - leftPx] > FADE[0] && outline[x - leftPx] < WELL_INSIDE) x++;
    if (x === first) continue;
    readRoots(pixels, start, first, x, roots);
    tellHead(roots, row, signOf, wayOf, first, x, share, leftPx);
    holdToOutline(outline, first - leftPx, x - leftPx, share);
  }
}

function readRoots(pixels: Int32Array, start: number, first: number, end: number, roots: Float64Array): void {
  for (let x = first; x < end; x++) {
    const word = pixels[start + x];
    roots[3 * x] = ROOT_OF_CODE[word & 255];
    roots[3 * x + 1] = ROOT_OF_CODE[(word >>> 8) & 255];
    roots[3 * x + 2] = ROOT_OF_CODE[(word >>> 16) & 255];
  }
}

function holdToOutline(outline: Float64Array, first: number, end: number, share: Float64Array): void {
  for (let n = first; n < end; n++) {
    const is = Math.max(share[n], smoothstep(FILL[0], FILL[1], outline[n]));
    share[n] = Math.min(is, smoothstep(FADE[0], FADE[1], outline[n]));
  }
}
