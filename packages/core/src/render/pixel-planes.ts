/**
 * What the work has to respect at every pixel: how much of it is open to work, what is dark there already, the highlight
 * above the pigment, the photo's own grain.
 *
 * Everything smooth comes as planes of cells and is read bilinearly. A row of pixels is walked from one column of cells
 * to the next, so that a cell is read once for all its pixels; inside the outline, away from ears and given hair, where
 * most pixels are, nothing is asked that is known for the whole cell.
 */
import { smoothstep } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellRowOf, cellRunsAbove } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';
import { outlineLines, readOutline } from './outline-share.ts';
import type { OutlineColours, OutlineLines } from './outline-share.ts';
import { grainQuarters, readGrain } from './photo-grain.ts';
import { pixelWords } from './pixel-words.ts';

/** Over the grid's rectangle of pixels, row by row, but `changed`. */
export interface PixelPlanes {
  /** Optical density of the healed veil (the whole area of the dots, spread). */
  readonly veil: Float32Array;
  /** 0..255: how much of a pixel may be worked on (outline, ears, hair given). */
  readonly open: Uint8Array;
  /** 0..255: how far single dots are drawn, against the veil alone: fades at the outline. */
  readonly crisp: Uint8Array;
  /** 0..255: effective coverage that is there already. */
  readonly present: Uint8Array;
  /** 0..65535: highlight, the same light in each channel. */
  readonly highlight: Uint16Array;
  /** 0..255: how much of the rest is white that the measured skin does not have. */
  readonly pale: Uint8Array;
  /** Quarter codes: the pixel's luma against its neighbours, held inside the photo's noise. */
  readonly detail: Int8Array;
  /** One byte per pixel of the photo: 1 where a planned dot may change it. */
  readonly changed: Uint8Array;
  /** Outside these stretches nothing is changed: row, first column and the column behind the last of each, from the top down. */
  readonly stretches: Int32Array;
}

/** Planes of cells. */
export interface CellPlanes {
  readonly veil: Float32Array;
  /** 1 where neither ears nor given hair are. */
  readonly clear: Float32Array;
  readonly shading: Shading;
  readonly shadow: Float32Array;
  /** How far the model sees the place, 0..1. */
  readonly domain: Float32Array;
  readonly outline: OutlineColours;
  /** Light of the highlight, the same in each channel. */
  readonly shine: Float32Array;
  /** White that the measured skin does not have, as a share of the rest. */
  readonly pale: Float32Array;
}

/** Optical density below which a veil changes nothing that could be seen or measured. */
const LEAST_TONE = 0.004;
/** Darker than this part of plain skin is taken for something that is there already. */
const PLAIN_SHARE = 0.86;
/** How far plain skin's light is known by what lies just inside the model's outline, sd in cells: nearest first, as far as veils go. */
const GONE_ON_CELLS = [1, 4] as const;
/** Over which single dots fade toward the model's outline, sd. */
const FADE_MM = 0.6;
const LEAST_FADE_PX = 1.2;
/** What interpolating may lose of a value that its four cells share. */
const ROUNDING = 1e-6;

export function pixelPlanes(
  { photo, quality }: { readonly photo: Pixels; readonly quality: PhotoQuality },
  grid: CellGrid,
  cells: CellPlanes,
): PixelPlanes {
  const size = grid.widthPx * grid.heightPx;
  const veil = new Float32Array(size);
  const open = new Uint8Array(size);
  const crisp = new Uint8Array(size);
  const present = new Uint8Array(size);
  const highlight = new Uint16Array(size);
  const pale = new Uint8Array(size);
  const detail = new Int8Array(size);
  const changed = new Uint8Array(photo.widthPx * photo.heightPx);
  const inside = insideShare(cells.domain, grid, quality.mmPerPxAtHairline);
  const places = placesOf(photo, grid);
  const stretches = stretchesOf(cellRunsAbove(cells.veil, grid, LEAST_TONE), places, grid);
  const pixels = pixelWords(photo.rgba);
  const { outline, hue } = cells.outline;
  const edges = [cellsInside(cells), outline, cells.clear, hue.red, hue.blue] as const;
  openPixels(stretches, places, edges, outlineLines(photo, cells.outline), grid.leftPx, grid.topPx, open);
  const smooth = [
    cells.veil,
    inside,
    goneOn(cells.shading.luminance, grid),
    cells.shine,
    cells.shadow,
    cells.pale,
  ] as const;
  planPixels(stretches, places, smooth, pixels, [veil, open, crisp, present, highlight, pale], changed);
  grainPixels(stretches, places, pixels, photo.widthPx, grainQuarters(Math.min(31, 3 * quality.noiseCodes)), detail);
  return { veil, open, crisp, present, highlight, pale, detail, changed, stretches };
}

/**
 * Where the pixels of a row are among the cells: the first pixel of each column, the column of each pixel and how far it is on the
 * way to the next. Of each row of pixels: the first cell of the row above it, how far it is on the way down to the next, and
 * its first pixel in the photo. A tuple, as the others below: their kind outlives a scene with what is compiled for it.
 */
type Places = readonly [
  startOf: Int32Array,
  columnOf: Int32Array,
  wayOf: Float64Array,
  aboveOf: Int32Array,
  downOf: Float64Array,
  photoOf: Int32Array,
];
/** Cells that are surely inside, the outline, what is free of ears and hair, and the hue. */
type Edges = readonly [
  isInside: Uint8Array,
  outline: Float32Array,
  clear: Float32Array,
  hueRed: Float32Array,
  hueBlue: Float32Array,
];
type Smooth = readonly [
  tone: Float32Array,
  inside: Float32Array,
  plain: Float32Array,
  shine: Float32Array,
  shade: Float32Array,
  pale: Float32Array,
];
type Planes = readonly [
  veil: Float32Array,
  open: Uint8Array,
  crisp: Uint8Array,
  present: Uint8Array,
  highlight: Uint16Array,
  pale: Uint8Array,
];

/** The stretches of {@link PixelPlanes} over runs of cells. */
function stretchesOf(runs: readonly Int32Array[], [startOf, , , aboveOf]: Places, { columns }: CellGrid): Int32Array {
  const stretches: number[] = [];
  for (let y = 0; y < aboveOf.length; y++) {
    const run = runs[aboveOf[y] / columns];
    for (let n = 0; n < run.length; n += 2) {
      const [from, to] = [startOf[run[n]], startOf[run[n + 1] + 1]];
      if (to > from) stretches.push(y, from, to);
    }
  }
  return Int32Array.from(stretches);
}

/** How far the pixels are open: wholly, but for those around which not all cells are inside. */
function openPixels(
  stretches: Int32Array,
  [startOf, columnOf, wayOf, aboveOf, downOf]: Places,
  [isInside, outline, clear, hueRed, hueBlue]: Edges,
  lines: OutlineLines,
  leftPx: number,
  topPx: number,
  open: Uint8Array,
): void {
  const columns = startOf.length - 1;
  const widthPx = wayOf.length;
  const edges = new Int32Array(columns + 1);
  const edge = new Float64Array(columns + 1);
  const free = new Float64Array(columns + 1);
  const reds = new Float64Array(columns + 1);
  const blues = new Float64Array(columns + 1);
  const headOf = new Float64Array(widthPx);
  const redOf = new Float64Array(widthPx);
  const blueOf = new Float64Array(widthPx);
  const share = new Float64Array(widthPx);
  for (let n = 0; n < stretches.length; n += 3) {
    const y = stretches[n];
    const above = aboveOf[y];
    const row = y * widthPx;
    open.fill(255, row + stretches[n + 1], row + stretches[n + 2]);
    const first = columnOf[stretches[n + 1]];
    const last = columnOf[stretches[n + 2] - 1];
    const count = edgesOf(isInside, above, columns, first, last, edges);
    for (let e = 0; e < count; e += 2) {
      readCells(outline, above, downOf[y], edges[e], edges[e + 1], edge);
      readCells(clear, above, downOf[y], edges[e], edges[e + 1], free);
      readCells(hueRed, above, downOf[y], edges[e], edges[e + 1], reds);
      readCells(hueBlue, above, downOf[y], edges[e], edges[e + 1], blues);
      const left = startOf[edges[e]];
      const end = startOf[edges[e + 1] + 1];
      for (let x = left; x < end; x++) {
        headOf[x] = between(edge, columnOf[x], wayOf[x]);
        redOf[x] = between(reds, columnOf[x], wayOf[x]);
        blueOf[x] = between(blues, columnOf[x], wayOf[x]);
      }
      readOutline(lines, leftPx + left, leftPx + end, topPx + y, leftPx, headOf, redOf, blueOf, share);
      for (let x = left; x < end; x++) open[row + x] = 255 * (share[x] * between(free, columnOf[x], wayOf[x])) + 0.5;
    }
  }
}

function planPixels(
  stretches: Int32Array,
  [startOf, columnOf, wayOf, aboveOf, downOf, photoOf]: Places,
  smooth: Smooth,
  pixels: Int32Array,
  [veil, open, crisp, present, highlight, pale]: Planes,
  changed: Uint8Array,
): void {
  const lines = smooth.map(() => new Float64Array(startOf.length));
  const [tone, inner, plain, shine, shade, white] = lines;
  // By names of this function: in a bundle those of modules are looked up at every turn of a loop.
  const lightOf = LIGHT_OF_CODE;
  const leastTone = LEAST_TONE;
  const plainShare = PLAIN_SHARE;
  const wholly = 1 - ROUNDING;
  for (let n = 0; n < stretches.length; n += 3) {
    const y = stretches[n];
    const first = columnOf[stretches[n + 1]];
    const last = columnOf[stretches[n + 2] - 1];
    for (let m = 0; m < lines.length; m++) readCells(smooth[m], aboveOf[y], downOf[y], first, last, lines[m]);
    const start = y * wayOf.length;
    const row = photoOf[y];
    for (let i = first; i <= last; i++) {
      // At the column's centre, and by how much more at the next.
      const od0 = tone[i];
      const odBy = tone[i + 1] - od0;
      const seen0 = inner[i];
      const seenBy = inner[i + 1] - seen0;
      const bare0 = plain[i];
      const bareBy = plain[i + 1] - bare0;
      const shine0 = shine[i];
      const shineBy = shine[i + 1] - shine0;
      for (let x = startOf[i], end = startOf[i + 1]; x < end; x++) {
        const k = start + x;
        const way = wayOf[x];
        const od = od0 + odBy * way;
        if (!(od > leastTone)) open[k] = 0;
        if (open[k] === 0) continue;
        changed[row + x] = 1;
        veil[k] = od;
        const seen = seen0 + seenBy * way;
        crisp[k] = seen > wholly ? 255 : 255 * smoothstep(0.5, 1, seen) + 0.5;
        pale[k] = 255 * between(white, i, way) + 0.5;
        const bare = bare0 + bareBy * way;
        if (!(bare > 0)) continue;
        const pixel = pixels[row + x];
        const red = pixel & 255;
        const green = (pixel >>> 8) & 255;
        const blue = (pixel >>> 16) & 255;
        const light = luminance(lightOf[red], lightOf[green], lightOf[blue]);
        if (light < plainShare * bare) {
          present[k] = 255 * (1 - between(shade, i, way)) * (1 - light / (plainShare * bare)) + 0.5;
          continue;
        }
        const kept = shine0 + shineBy * way;
        if (!(kept > 0)) continue;
        const most = 0.6 * lightOf[red < green ? (red < blue ? red : blue) : green < blue ? green : blue];
        highlight[k] = 65535 * (kept < most ? kept : most) + 0.5;
      }
    }
  }
}

function grainPixels(
  stretches: Int32Array,
  [, , wayOf, , , photoOf]: Places,
  pixels: Int32Array,
  photoWidthPx: number,
  quarters: Int8Array,
  detail: Int8Array,
): void {
  for (let n = 0; n < stretches.length; n += 3) {
    const [y, from, end] = [stretches[n], stretches[n + 1], stretches[n + 2]];
    readGrain(pixels, photoWidthPx, photoOf[y] + from, end - from, quarters, detail, y * wayOf.length + from);
  }
}

function placesOf({ widthPx }: Pixels, grid: CellGrid): Places {
  const { columnOf, wayOf } = placesOfPixels(grid);
  const aboveOf = new Int32Array(grid.heightPx);
  const downOf = new Float64Array(grid.heightPx);
  const photoOf = new Int32Array(grid.heightPx);
  for (let y = 0; y < grid.heightPx; y++) {
    const { j, fy } = cellRowOf(grid, y);
    aboveOf[y] = j * grid.columns;
    downOf[y] = fy;
    photoOf[y] = (grid.topPx + y) * widthPx + grid.leftPx;
  }
  return [startsOfColumns(grid), columnOf, wayOf, aboveOf, downOf, photoOf];
}

/** Where a column's pixels begin: at its centre, which may lie beyond the grid; those of the first at the edge. */
function startsOfColumns({ columns, widthPx, cellPx }: CellGrid): Int32Array {
  const starts = new Int32Array(columns + 1);
  for (let i = 1; i <= columns; i++) starts[i] = Math.min(widthPx, Math.ceil(i * cellPx + (cellPx - 1) / 2));
  return starts;
}

/** The column of each pixel, and how far it is on the way to the next. */
function placesOfPixels({ widthPx, cellPx }: CellGrid): { columnOf: Int32Array; wayOf: Float64Array } {
  const columnOf = new Int32Array(widthPx);
  const wayOf = new Float64Array(widthPx);
  for (let x = 0; x < widthPx; x++) {
    const at = Math.max(0, (x - (cellPx - 1) / 2) / cellPx);
    columnOf[x] = Math.floor(at);
    wayOf[x] = at - columnOf[x];
  }
  return { columnOf, wayOf };
}

/** What a line of cells holds at this share of the way from column `i` to the next. */
const between = (line: Float64Array, i: number, share: number): number => line[i] + (line[i + 1] - line[i]) * share;

/**
 * A plane that is 0 where the model is not, gone on as far as veils go: read between cells it would fall off at the outline,
 * and skin there would pass for highlight; and hair that stands up beyond would be darkened once more, in a ring.
 */
function goneOn(plane: Float32Array, { columns, rows }: CellGrid): Float32Array {
  const is = new Float32Array(plane.length);
  for (let k = 0; k < is.length; k++) if (plane[k] > 0) is[k] = 1;
  const gone = plane.slice();
  for (const sd of GONE_ON_CELLS) {
    const known = gaussianBlur(is, columns, rows, sd);
    const spread = gaussianBlur(plane, columns, rows, sd);
    for (let k = 0; k < gone.length; k++) if (!(gone[k] > 0) && known[k] > 1e-3) gone[k] = spread[k] / known[k];
  }
  return gone;
}

/**
 * How far a place lies inside the model's outline, 0.5 at it: no dot is drawn beyond, so that single dots would run out
 * along a line there; the veil takes over a little before.
 */
export const insideShare = (domain: Float32Array, { columns, rows, cellPx }: CellGrid, mmPerPx: number): Float32Array =>
  gaussianBlur(domain, columns, rows, Math.max(LEAST_FADE_PX, FADE_MM / mmPerPx) / cellPx);

/** 1 for cells that are surely head, and free of ears and hair. */
function cellsInside({ clear, outline: { outline, fade } }: CellPlanes): Uint8Array {
  const isInside = new Uint8Array(outline.length);
  const wellInside = fade.fill[1] + ROUNDING;
  for (let k = 0; k < outline.length; k++) if (outline[k] > wellInside && clear[k] === 1) isInside[k] = 1;
  return isInside;
}

/** The columns from `first` to `last` around whose pixels not all four cells are: the first and the last of each stretch of them. */
function edgesOf(
  isInside: Uint8Array,
  above: number,
  columns: number,
  first: number,
  last: number,
  edges: Int32Array,
): number {
  const below = Math.min(above + columns, isInside.length - columns);
  let count = 0;
  let isBefore = true;
  for (let i = first; i <= last; i++) {
    const right = Math.min(i + 1, columns - 1);
    const isWhole =
      (isInside[above + i] & isInside[above + right] & isInside[below + i] & isInside[below + right]) === 1;
    if (isWhole !== isBefore) edges[count++] = isWhole ? i - 1 : i;
    isBefore = isWhole;
  }
  if (!isBefore) edges[count++] = last;
  return count;
}

/** A plane of cells at the height of a row of pixels, up to the column behind `last`; behind all columns the edge value goes on. */
function readCells(
  plane: Float32Array,
  above: number,
  fy: number,
  first: number,
  last: number,
  out: Float64Array,
): void {
  const columns = out.length - 1;
  const below = Math.min(above + columns, plane.length - columns);
  const end = Math.min(last + 2, columns);
  for (let i = first; i < end; i++) out[i] = plane[above + i] * (1 - fy) + plane[below + i] * fy;
  if (end < last + 2) out[end] = out[end - 1];
}
