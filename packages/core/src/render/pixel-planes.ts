/**
 * What the work has to respect at every pixel: how much of it is open to work, what is dark there already, the highlight
 * above the pigment, the photo's own grain.
 *
 * Everything smooth comes as planes of cells and is read bilinearly. A row of pixels is walked from one column of cells
 * to the next, so that a cell is read once for all its pixels; inside the outline, away from ears and given hair, where
 * most pixels are, nothing is asked that is known for the whole cell.
 */
import { clamp, smoothstep } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellRowOf, cellRunsAbove } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';
import { BAND_HIGH, outlineShares } from './outline-share.ts';
import type { OutlineColours } from './outline-share.ts';
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
  readonly person: Float32Array;
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
  const { widthPx, heightPx, leftPx, topPx, cellPx, columns } = grid;
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
  const isWhole = (i: number, { above, below }: CellRows): boolean => {
    const right = Math.min(i + 1, columns - 1);
    return (isInside[above + i] & isInside[above + right] & isInside[below + i] & isInside[below + right]) === 1;
  };
  const pixels = pixelWords(photo.rgba);
  const mostDetail = Math.min(31, 3 * quality.noiseCodes);
  const half = (cellPx - 1) / 2;
  // Where a column's pixels begin: behind its centre, which may lie beyond the grid; those of the first at the edge.
  const startOf = (i: number): number => (i === 0 ? 0 : Math.min(widthPx, Math.ceil((i + 0.5) * cellPx)));
  // The column of each pixel, and how far it is on the way to the next.
  const columnOf = Int32Array.from({ length: widthPx }, (_, x) => Math.max(0, Math.floor((x - half) / cellPx)));
  const wayOf = Float64Array.from(columnOf, (i, x) => Math.max(0, (x - half) / cellPx - i));
  const line = (): Float64Array => new Float64Array(columns + 1);
  const [tone, mask, doubt, free, plain, blueOverRed, shade, inner, facing] = Array.from({ length: 9 }, line);
  const openness = new Float64Array(widthPx);
  const [headOf, bandOf] = [new Float64Array(widthPx), new Float64Array(widthPx)];
  const runs = cellRunsAbove(cells.veil, grid, LEAST_TONE);
  for (let y = 0; y < heightPx; y++) {
    const rows = cellRowsAt(grid, y);
    const row = (topPx + y) * photo.widthPx + leftPx;
    for (const { first, last } of runs[rows.j]) {
      const [from, to] = [startOf(first), startOf(last + 1)];
      stretches.push(y, from, to);
      readDetail(photo, pixels, leftPx + from, topPx + y, to - from, mostDetail, detail, y * widthPx + from);
      readCells(cells.veil, rows, first, last, tone);
      readCells(bareSkin, rows, first, last, plain);
      readCells(saturation, rows, first, last, blueOverRed);
      readCells(cells.shadow, rows, first, last, shade);
      readCells(inside, rows, first, last, inner);
      readCells(cells.facing, rows, first, last, facing);

      openness.fill(1, from, to);
      for (let i = first; i <= last; i++) {
        if (isWhole(i, rows)) continue;
        const begin = i;
        while (i < last && !isWhole(i + 1, rows)) i++;
        readCells(cells.person, rows, begin, i, mask);
        readCells(outline.band, rows, begin, i, doubt);
        readCells(cells.clear, rows, begin, i, free);
        const [left, end] = [startOf(begin), startOf(i + 1)];
        for (let x = left; x < end; x++) {
          headOf[x] = between(mask, columnOf[x], wayOf[x]);
          bandOf[x] = between(doubt, columnOf[x], wayOf[x]);
        }
        const shares = openness.subarray(left, end);
        outlineShares(photo, outline, leftPx + left, topPx + y, headOf.subarray(left), bandOf.subarray(left), shares);
        for (let x = left; x < end; x++) openness[x] *= between(free, columnOf[x], wayOf[x]);
      }

      for (let x = from; x < to; x++) {
        const i = columnOf[x];
        const way = wayOf[x];
        const od = between(tone, i, way);
        const opened = (255 * openness[x] + 0.5) | 0;
        if (!(od > LEAST_TONE && opened > 0)) continue;
        const k = y * widthPx + x;
        changed[row + x] = 1;
        veil[k] = od;
        open[k] = opened;
        const seen = between(inner, i, way);
        crisp[k] = seen > 1 - ROUNDING ? 255 : 255 * smoothstep(0.5, 1, seen) + 0.5;
        // Beyond the model's outline there is no plain skin to compare with.
        const bare = between(plain, i, way);
        if (!(bare > 0) || seen < 0.5) continue;
        const pixel = pixels[row + x];
        const r = LIGHT_OF_CODE[pixel & 255];
        const g = LIGHT_OF_CODE[(pixel >>> 8) & 255];
        const b = LIGHT_OF_CODE[(pixel >>> 16) & 255];
        const ratio = luminance(r, g, b) / bare;
        if (ratio < PLAIN_SHARE) {
          present[k] = 255 * (1 - between(shade, i, way)) * (1 - ratio * (1 / PLAIN_SHARE)) + 0.5;
        } else if (ratio > 1) {
          const ofSkin = between(blueOverRed, i, way);
          if (ofSkin >= 0.95) continue;
          // Light the same in all channels that brings the rest back to the skin's ratio of blue to red.
          const white = (b - ofSkin * r) / (1 - ofSkin);
          const most = 0.6 * (r < g ? (r < b ? r : b) : g < b ? g : b);
          const kept =
            HIGHLIGHT_KEPT *
            smoothstep(SEEN_LEAST, SEEN_WELL, between(facing, i, way)) *
            smoothstep(1, 1.35, ratio) *
            clamp(white, 0, most);
          highlight[k] = 65535 * kept + 0.5;
        }
      }
    }
  }
  return { veil, open, crisp, present, highlight, detail, changed, stretches: Int32Array.from(stretches) };
}

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
  const known = gaussianBlur(
    plane.map((v) => (v > 0 ? 1 : 0)),
    columns,
    rows,
    GONE_ON_CELLS,
  );
  const spread = gaussianBlur(plane, columns, rows, GONE_ON_CELLS);
  return plane.map((v, k) => (v > 0 || !(known[k] > 1e-3) ? v : spread[k] / known[k]));
}

/**
 * How far a place lies inside the model's outline, 0.5 at it: no dot is drawn beyond, so that single dots would run out
 * along a line there; the veil takes over a little before.
 */
export const insideShare = (domain: Float32Array, { columns, rows, cellPx }: CellGrid, mmPerPx: number): Float32Array =>
  gaussianBlur(domain, columns, rows, Math.max(LEAST_FADE_PX, FADE_MM / mmPerPx) / cellPx);

/** 1 for cells that are surely head, free of ears and hair, and seen by the model. */
function cellsInside({ clear, outline: { band } }: CellPlanes, inside: Float32Array): Uint8Array {
  const isInside = new Uint8Array(band.length);
  for (let k = 0; k < band.length; k++)
    if (band[k] > BAND_HIGH + ROUNDING && clear[k] === 1 && inside[k] > 1 - ROUNDING) isInside[k] = 1;
  return isInside;
}

/** The rows of cells above and below a row of pixels: number and first cell, and the weight of the lower. */
interface CellRows {
  readonly j: number;
  readonly above: number;
  readonly below: number;
  readonly fy: number;
}

function cellRowsAt(grid: CellGrid, y: number): CellRows {
  const { j, fy } = cellRowOf(grid, y);
  return { j, above: j * grid.columns, below: Math.min(j + 1, grid.rows - 1) * grid.columns, fy };
}

/** A plane of cells at the height of a row of pixels, up to the column behind `last`; behind all columns the edge value goes on. */
function readCells(
  plane: Float32Array,
  { above, below, fy }: CellRows,
  first: number,
  last: number,
  out: Float64Array,
): void {
  const end = Math.min(last + 2, out.length - 1);
  for (let i = first; i < end; i++) out[i] = plane[above + i] * (1 - fy) + plane[below + i] * fy;
  if (end < last + 2) out[end] = out[end - 1];
}

/** Quarter codes of each pixel's luma against the mean of its eight neighbours, held inside `most` codes; 0 at the photo's edge. */
function readDetail(
  { widthPx, heightPx }: Pixels,
  pixels: Int32Array,
  x0: number,
  y: number,
  count: number,
  most: number,
  out: Int8Array,
  to: number,
): void {
  if (y === 0 || y === heightPx - 1) return;
  const from = Math.max(x0, 1);
  const end = Math.min(x0 + count, widthPx - 1);
  const row = y * widthPx;
  const columnAt = (x: number): number =>
    lumaOf(pixels[row + x - widthPx]) + lumaOf(pixels[row + x]) + lumaOf(pixels[row + x + widthPx]);
  let before = columnAt(from - 1);
  let here = columnAt(from);
  // In tenths; eight times the pixel's own luma less its neighbours'.
  const perQuarter = 4 / (8 * 10);
  const mostQuarters = 4 * most;
  for (let x = from; x < end; x++) {
    const after = columnAt(x + 1);
    const quarters = (9 * lumaOf(pixels[row + x]) - (before + here + after)) * perQuarter;
    out[to + x - x0] = Math.floor(clamp(quarters, -mostQuarters, mostQuarters) + 0.5);
    before = here;
    here = after;
  }
}

/** Tenths of a code. */
const lumaOf = (pixel: number): number => 3 * (pixel & 255) + 6 * ((pixel >>> 8) & 255) + ((pixel >>> 16) & 255);
