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
import { OutlineReader, WELL_INSIDE } from './outline-share.ts';
import type { OutlineColours } from './outline-share.ts';
import { PhotoGrain } from './photo-grain.ts';
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
  /** Cosine between the skin and the line of sight. */
  readonly facing: Float32Array;
}

/** Optical density below which a veil changes nothing that could be seen or measured. */
const LEAST_TONE = 0.004;
/** Darker than this part of plain skin is taken for something that is there already. */
const PLAIN_SHARE = 0.86;
const HIGHLIGHT_KEPT = 0.8;
/** So much brighter than plain skin a pixel is all shine. */
const FULL_SHINE = 0.35;
/** Facing from which the fit of the shading can be trusted: at the rim it knows no more what is highlight. */
const SEEN_LEAST = 0.12;
const SEEN_WELL = 0.4;
const GONE_ON_CELLS = 1;
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
  const { widthPx, heightPx, leftPx, topPx } = grid;
  const { outline, shading } = cells;
  const size = widthPx * heightPx;
  const veil = new Float32Array(size);
  const open = new Uint8Array(size);
  const crisp = new Uint8Array(size);
  const present = new Uint8Array(size);
  const highlight = new Uint16Array(size);
  const detail = new Int8Array(size);
  const changed = new Uint8Array(photo.widthPx * photo.heightPx);
  const stretches: number[] = [];
  const bareSkin = goneOn(shading.luminance, grid);
  const saturation = blueOverRedOf(shading);
  const inside = insideShare(cells.domain, grid, quality.mmPerPxAtHairline);
  const isInside = cellsInside(cells, inside);
  const pixels = pixelWords(photo.rgba);
  const grain = new PhotoGrain(photo, Math.min(31, 3 * quality.noiseCodes));
  const startOf = startsOfColumns(grid);
  const { columnOf, wayOf } = placesOfPixels(grid);
  const [tone, edge, free] = [lineOf(grid), lineOf(grid), lineOf(grid)];
  const [plain, blueOverRed, shade, inner, facing] = [
    lineOf(grid),
    lineOf(grid),
    lineOf(grid),
    lineOf(grid),
    lineOf(grid),
  ];
  const lines = [tone, inner, plain, blueOverRed, facing, shade] as const;
  const planes = [veil, open, crisp, present, highlight] as const;
  const openness = new Float64Array(widthPx);
  const headOf = new Float64Array(widthPx);
  const reader = new OutlineReader(photo, outline);
  const runs = cellRunsAbove(cells.veil, grid, LEAST_TONE);
  const edges = new Int32Array(grid.columns + 1);
  for (let y = 0; y < heightPx; y++) {
    const { j, fy } = cellRowOf(grid, y);
    const above = j * grid.columns;
    const below = Math.min(j + 1, grid.rows - 1) * grid.columns;
    const row = (topPx + y) * photo.widthPx + leftPx;
    for (const { first, last } of runs[j]) {
      const from = startOf[first];
      const to = startOf[last + 1];
      stretches.push(y, from, to);
      grain.read(leftPx + from, topPx + y, to - from, detail, y * widthPx + from);
      readCells(cells.veil, above, below, fy, first, last, tone);
      readCells(bareSkin, above, below, fy, first, last, plain);
      readCells(saturation, above, below, fy, first, last, blueOverRed);
      readCells(cells.shadow, above, below, fy, first, last, shade);
      readCells(inside, above, below, fy, first, last, inner);
      readCells(cells.facing, above, below, fy, first, last, facing);

      openness.fill(1, from, to);
      const edgeCount = edgesOf(isInside, above, below, grid.columns, first, last, edges);
      for (let n = 0; n < edgeCount; n += 2) {
        readCells(outline.outline, above, below, fy, edges[n], edges[n + 1], edge);
        readCells(cells.clear, above, below, fy, edges[n], edges[n + 1], free);
        const left = startOf[edges[n]];
        const end = startOf[edges[n + 1] + 1];
        headOf.fill(1, left, end);
        timesBetween(edge, columnOf, wayOf, left, end, headOf);
        reader.read(leftPx + left, leftPx + end, topPx + y, leftPx, headOf, openness);
        timesBetween(free, columnOf, wayOf, left, end, openness);
      }

      planPixels(first, last, startOf, wayOf, openness, lines, pixels, row, y * widthPx, planes, changed);
    }
  }
  return { veil, open, crisp, present, highlight, detail, changed, stretches: Int32Array.from(stretches) };
}

/** What is read of a row's cells, and what is told of its pixels: tuples, whose kind outlives a scene with what is compiled for it. */
type Lines = readonly [
  tone: Float64Array,
  inner: Float64Array,
  plain: Float64Array,
  blueOverRed: Float64Array,
  facing: Float64Array,
  shade: Float64Array,
];
type Planes = readonly [
  veil: Float32Array,
  open: Uint8Array,
  crisp: Uint8Array,
  present: Uint8Array,
  highlight: Uint16Array,
];

/** A run of columns in one row, which begins at pixel `row` of the photo and at `start` of the planes. */
function planPixels(
  first: number,
  last: number,
  startOf: Int32Array,
  wayOf: Float64Array,
  openness: Float64Array,
  lines: Lines,
  pixels: Int32Array,
  row: number,
  start: number,
  planes: Planes,
  changed: Uint8Array,
): void {
  const [tone, inner, plain, blueOverRed, facing, shade] = lines;
  const [veil, open, crisp, present, highlight] = planes;
  for (let i = first; i <= last; i++) {
    // At the column's centre, and by how much more at the next.
    const od0 = tone[i];
    const odBy = tone[i + 1] - od0;
    const seen0 = inner[i];
    const seenBy = inner[i + 1] - seen0;
    const bare0 = plain[i];
    const bareBy = plain[i + 1] - bare0;
    const skin0 = blueOverRed[i];
    const skinBy = blueOverRed[i + 1] - skin0;
    const facing0 = facing[i];
    const facingBy = facing[i + 1] - facing0;
    for (let x = startOf[i], end = startOf[i + 1]; x < end; x++) {
      const way = wayOf[x];
      const od = od0 + odBy * way;
      const opened = (255 * openness[x] + 0.5) | 0;
      if (!(od > LEAST_TONE && opened > 0)) continue;
      const k = start + x;
      changed[row + x] = 1;
      veil[k] = od;
      open[k] = opened;
      const seen = seen0 + seenBy * way;
      crisp[k] = seen > 1 - ROUNDING ? 255 : 255 * smoothstep(0.5, 1, seen) + 0.5;
      // Beyond the model's outline there is no plain skin to compare with.
      const bare = bare0 + bareBy * way;
      if (!(bare > 0) || seen < 0.5) continue;
      const pixel = pixels[row + x];
      const red = pixel & 255;
      const green = (pixel >>> 8) & 255;
      const blue = (pixel >>> 16) & 255;
      const r = LIGHT_OF_CODE[red];
      const b = LIGHT_OF_CODE[blue];
      const ratio = luminance(r, LIGHT_OF_CODE[green], b) / bare;
      if (ratio < PLAIN_SHARE) {
        present[k] = 255 * (1 - between(shade, i, way)) * (1 - ratio * (1 / PLAIN_SHARE)) + 0.5;
        continue;
      }
      const ofSkin = skin0 + skinBy * way;
      if (ofSkin >= 0.95) continue;
      // Grain brings half of all pixels to either side of 1 and of no white: nothing below branches on that.
      const shine = Math.min(1, orNone(ratio - 1) * (1 / FULL_SHINE));
      // Light the same in all channels that brings the rest back to the skin's ratio of blue to red.
      const white = orNone(b - ofSkin * r) / (1 - ofSkin);
      const most = 0.6 * LIGHT_OF_CODE[red < green ? (red < blue ? red : blue) : green < blue ? green : blue];
      const faced = smoothstep(SEEN_LEAST, SEEN_WELL, facing0 + facingBy * way);
      const kept = HIGHLIGHT_KEPT * faced * (shine * shine * (3 - 2 * shine)) * (white < most ? white : most);
      highlight[k] = 65535 * kept + 0.5;
    }
  }
}

const lineOf = ({ columns }: CellGrid): Float64Array => new Float64Array(columns + 1);

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

/** `x` where it is positive, else 0. */
const orNone = (x: number): number => 0.5 * (x + Math.abs(x));

/** What a line of cells holds at this share of the way from column `i` to the next. */
const between = (line: Float64Array, i: number, share: number): number => line[i] + (line[i + 1] - line[i]) * share;

function blueOverRedOf({ light: [red, , blue] }: Shading): Float32Array {
  const ratio = new Float32Array(red.length).fill(1);
  for (let k = 0; k < ratio.length; k++) if (red[k] > 0) ratio[k] = blue[k] / red[k];
  return ratio;
}

/**
 * A plane that is 0 where the model is not, gone on for a few cells: read between cells it would fall off at the outline,
 * and skin there would pass for highlight.
 */
function goneOn(plane: Float32Array, { columns, rows }: CellGrid): Float32Array {
  const is = new Float32Array(plane.length);
  for (let k = 0; k < is.length; k++) if (plane[k] > 0) is[k] = 1;
  const known = gaussianBlur(is, columns, rows, GONE_ON_CELLS);
  const gone = gaussianBlur(plane, columns, rows, GONE_ON_CELLS);
  for (let k = 0; k < gone.length; k++) {
    if (plane[k] > 0 || !(known[k] > 1e-3)) gone[k] = plane[k];
    else gone[k] /= known[k];
  }
  return gone;
}

/**
 * How far a place lies inside the model's outline, 0.5 at it: no dot is drawn beyond, so that single dots would run out
 * along a line there; the veil takes over a little before.
 */
export const insideShare = (domain: Float32Array, { columns, rows, cellPx }: CellGrid, mmPerPx: number): Float32Array =>
  gaussianBlur(domain, columns, rows, Math.max(LEAST_FADE_PX, FADE_MM / mmPerPx) / cellPx);

/** 1 for cells that are surely head, free of ears and hair, and seen by the model. */
function cellsInside({ clear, outline: { outline } }: CellPlanes, inside: Float32Array): Uint8Array {
  const isInside = new Uint8Array(outline.length);
  for (let k = 0; k < outline.length; k++)
    if (outline[k] > WELL_INSIDE + ROUNDING && clear[k] === 1 && inside[k] > 1 - ROUNDING) isInside[k] = 1;
  return isInside;
}

/** The columns from `first` to `last` around whose pixels not all four cells are: the first and the last of each stretch of them. */
function edgesOf(
  isInside: Uint8Array,
  above: number,
  below: number,
  columns: number,
  first: number,
  last: number,
  edges: Int32Array,
): number {
  let count = 0;
  let isBefore = true;
  for (let i = first; i <= last; i++) {
    const right = Math.min(i + 1, columns - 1);
    const isWhole =
      (isInside[above + i] & isInside[above + right] & isInside[below + i] & isInside[below + right]) === 1;
    if (!isWhole && isBefore) edges[count++] = i;
    if (isWhole && !isBefore) edges[count++] = i - 1;
    isBefore = isWhole;
  }
  if (!isBefore) edges[count++] = last;
  return count;
}

/** Multiplies the pixels from `left` up to `end` with what a line of cells holds there. */
function timesBetween(
  line: Float64Array,
  columnOf: Int32Array,
  wayOf: Float64Array,
  left: number,
  end: number,
  out: Float64Array,
): void {
  for (let x = left; x < end; x++) out[x] *= between(line, columnOf[x], wayOf[x]);
}

/** A plane of cells at the height of a row of pixels, up to the column behind `last`; behind all columns the edge value goes on. */
function readCells(
  plane: Float32Array,
  above: number,
  below: number,
  fy: number,
  first: number,
  last: number,
  out: Float64Array,
): void {
  const end = Math.min(last + 2, out.length - 1);
  for (let i = first; i < end; i++) out[i] = plane[above + i] * (1 - fy) + plane[below + i] * fy;
  if (end < last + 2) out[end] = out[end - 1];
}
