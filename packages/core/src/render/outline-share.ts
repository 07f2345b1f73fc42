/**
 * How much of each pixel at the outline is head?
 *
 * The person mask is a few pixels wide at its edge and may lie millimetres beside the real one, which shows as a thin rim of
 * untouched skin or a tinted wall. In a band around it the photo itself is asked, by what the head and the wall look like near
 * by (tell-head.ts). Where the two look alike (dark hair, dark wall) the mask decides.
 *
 * It is asked twice. Whole cells, evened out, say where the outline runs; near it each pixel says how much of it is head, held
 * to that outline: pixels by themselves, mistaken for a few, would leave specks on the wall and a ragged edge. Hue is
 * read evened out over blocks (even-hue.ts), and work ends no more sharply than the photo is soft. The answer never leaves
 * the band that the mask allows.
 */
import { exp } from '../num/elementary.ts';
import { smoothstep } from '../num/range.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { coarsened, readAt } from './cell-grid.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';
import { evenHue, lumaOf, writeRoots } from './even-hue.ts';
import type { EvenHue } from './even-hue.ts';
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
  /** Hue of the band. */
  readonly hue: EvenHue;
  readonly fade: OutlineFade;
}

/** The evened outline, 0.5 at it, as limits of a smooth step: */
export interface OutlineFade {
  /** work fades out over a pixel or two, and no more sharply than a soft photo's head, whatever single pixels say, */
  readonly out: readonly [low: number, high: number];
  /** and well inside, above the second, none is left out. */
  readonly fill: readonly [low: number, high: number];
}

/** Cells of the colours, and how far they reach into the band. */
const CELL_MM = 2;
const REACH_MM = 3;
/** So many times as far the wall is looked over for more colours than one. */
const ABOUT = 4;

/** How far the mask's edge may lie from the real one: the band in which the photo is asked, as a blur of the mask. */
const BAND_SD_MM = 2.4;
const BAND_LOW = 0.015;
const BAND_HIGH = 0.985;

/** `cells` is the photo's light and `person` the mask on the cells of `grid`; `blurPx` is how soft the photo is, sd. */
export function outlineColours(
  cells: CellLight,
  grid: CellGrid,
  person: Float32Array,
  pxPerMm: number,
  blurPx: number,
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
  const signs = signsOf(head, wall, localMeans(light, outside, coarse, ABOUT * sd).variance);
  const evenedPx = Math.max(EVENED_MM * pxPerMm, EVENED_PX);
  const hue = evenHue(cells, grid, bandOf(band));
  return {
    grid: coarse,
    band,
    head: head.colour,
    signs,
    outline: outlineByCells(cells, hue, person, band, signs, coarse, evenedPx),
    hue,
    fade: fadeOf(blurPx, evenedPx, pxPerMm),
  };
}

/** Over how far the outline is evened out, sd: a cell, or a block of the photo's compression, is as easily mistaken as a pixel. */
const EVENED_MM = 1;
/** At least the width of a block in which hue is kept, sd. */
const EVENED_PX = 4.6;

function outlineByCells(
  [red, green, blue]: CellLight,
  hue: EvenHue,
  person: Float32Array,
  band: Float32Array,
  signs: Float32Array,
  coarse: CellGrid,
  evenedPx: number,
): Float32Array {
  const { columns, rows, leftPx, topPx, cellPx } = hue.grid;
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
      const luma = lumaOf(Math.sqrt(red[k]), Math.sqrt(green[k]), Math.sqrt(blue[k]));
      writeRoots(luma, hue.red[k], hue.blue[k], roots, i);
      tellHead(roots, row, signOf, wayOf, i, i + 1, share, 0);
    }
    // Towards the band's ends the mask has the word again.
    for (let i = 0, k = first; i < columns; i++, k++) {
      const is = Math.max(share[i], smoothstep(0.92, BAND_HIGH, band[k]));
      outline[k] = Math.min(is, smoothstep(OUTER[0], OUTER[1], band[k]));
    }
  }
  return gaussianBlur(outline, columns, rows, evenedPx / cellPx);
}

/** 1 where the photo may be asked, with what is read beside it. */
function bandOf(band: Float32Array): Uint8Array {
  const is = new Uint8Array(band.length);
  for (let k = 0; k < is.length; k++) if (band[k] > 0.2 * BAND_LOW && 1 - band[k] > 0.2 * (1 - BAND_HIGH)) is[k] = 1;
  return is;
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

/** Limits of {@link OutlineFade} on a sharp photo, mm inside the outline. */
const OUT_MM = [-0.5, 0.25] as const;
const FILL_MM = [-0.2, 0.4] as const;
/** A smooth step to either side of its middle, in sd of the blur that it is as soft as. */
const PER_BLUR = 2.2;

/** Of a photo with blur of this sd, whose outline was evened out over `evenedPx`. */
function fadeOf(blurPx: number, evenedPx: number, pxPerMm: number): OutlineFade {
  const widerPx = Math.max(0, PER_BLUR * blurPx - ((OUT_MM[1] - OUT_MM[0]) / 2) * pxPerMm);
  // What the evened outline reads so far inside it, near enough.
  const evenedAt = (insidePx: number): number => 1 / (1 + exp((-1.702 * insidePx) / evenedPx));
  const at = ([low, high]: readonly [number, number]) =>
    [evenedAt(low * pxPerMm - widerPx), evenedAt(high * pxPerMm + widerPx)] as const;
  return { out: at(OUT_MM), fill: at(FILL_MM) };
}

/** The band from which a pixel may be head at all, 2 mm out, and as much as the photo says. */
const OUTER = [0.2, 0.4] as const;

/** Square roots of the light of each code. */
const ROOT_OF_CODE = LIGHT_OF_CODE.map(Math.sqrt);

/** Share of head, 0..1, in the pixel at (x, y), where the evened outline is `outline`. */
export function outlineShare(photo: Pixels, colours: OutlineColours, x: number, y: number, outline: number): number {
  const { grid, red, blue } = colours.hue;
  const at = [outline, readAt(red, grid, x, y), readAt(blue, grid, x, y)].map((v) => Float64Array.of(v));
  const share = new Float64Array(1);
  readOutline(outlineLines(photo, colours), x, x + 1, y, x, at[0], at[1], at[2], share);
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
  fade: OutlineFade,
];

export function outlineLines({ widthPx, heightPx, rgba }: Pixels, { grid, signs, fade }: OutlineColours): OutlineLines {
  const columns = columnPlaces(grid, 0, 1, widthPx);
  const rows = rowPlaces(grid, 0, 1, heightPx);
  const row = new Float64Array(SIGNS * (grid.columns + 1));
  const roots = new Float64Array(3 * widthPx);
  return [pixelWords(rgba), signs, columns.signOf, columns.wayOf, rows.signOf, rows.wayOf, row, roots, fade];
}

/**
 * Shares of head of the pixels from (x0, y) up to column `end`, from lines of outline and hue and into one, which begin with
 * the photo's column `leftPx`.
 */
export function readOutline(
  [pixels, signs, signOf, wayOf, rowOf, downOf, row, roots, fade]: OutlineLines,
  x0: number,
  end: number,
  y: number,
  leftPx: number,
  outline: Float64Array,
  hueRed: Float64Array,
  hueBlue: Float64Array,
  share: Float64Array,
): void {
  const [low, high] = fade.out;
  const wellInside = fade.fill[1];
  readSigns(signs, rowOf[y], downOf[y], signOf[x0], signOf[end - 1] + 2 * SIGNS, row);
  for (let n = x0 - leftPx; n < end - leftPx; n++) share[n] = smoothstep(low, high, outline[n]);
  const start = y * signOf.length;
  for (let x = x0; x < end; x++) {
    const first = x;
    while (x < end && outline[x - leftPx] > low && outline[x - leftPx] < wellInside) x++;
    if (x === first) continue;
    readRoots(pixels, start, first, x, leftPx, hueRed, hueBlue, roots);
    tellHead(roots, row, signOf, wayOf, first, x, share, leftPx);
    holdToOutline(outline, first - leftPx, x - leftPx, fade, share);
  }
}

function readRoots(
  pixels: Int32Array,
  start: number,
  first: number,
  end: number,
  leftPx: number,
  hueRed: Float64Array,
  hueBlue: Float64Array,
  roots: Float64Array,
): void {
  for (let x = first; x < end; x++) {
    const word = pixels[start + x];
    const luma = lumaOf(ROOT_OF_CODE[word & 255], ROOT_OF_CODE[(word >>> 8) & 255], ROOT_OF_CODE[(word >>> 16) & 255]);
    writeRoots(luma, hueRed[x - leftPx], hueBlue[x - leftPx], roots, x);
  }
}

function holdToOutline(
  outline: Float64Array,
  first: number,
  end: number,
  { out, fill }: OutlineFade,
  share: Float64Array,
): void {
  for (let n = first; n < end; n++) {
    const is = Math.max(share[n], smoothstep(fill[0], fill[1], outline[n]));
    share[n] = Math.min(is, smoothstep(out[0], out[1], outline[n]));
  }
}
