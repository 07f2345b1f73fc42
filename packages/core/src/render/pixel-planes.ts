/**
 * What the work has to respect at every pixel: how much of it is open to work, what is dark there already, the highlight
 * above the pigment, the photo's own grain.
 *
 * Everything smooth comes as planes of cells and is read bilinearly. A row of pixels is walked from one column of cells
 * to the next, so that a cell is read once for all its pixels; inside the outline, away from ears and given hair, where
 * most pixels are, nothing is asked that is known for the whole cell. 35 ns a pixel.
 */
import { clamp, smoothstep } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { cellRowOf, spansAbove } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';
import { BAND_HIGH, outlineShare } from './outline-share.ts';
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
  const saturation = shading.light[0].map((r, k) => (r > 0 ? shading.light[2][k] / r : 1));
  const isInside = cellsInside(cells);
  const pixels = pixelWords(photo.rgba);
  const lumaAround = lumaReader(photo, pixels, leftPx - 1, leftPx + widthPx + 1);
  const mostDetail = Math.min(31, 3 * quality.noiseCodes);
  const half = (cellPx - 1) / 2;
  // Where a column's pixels begin: behind its centre; those of the first at the edge.
  const startOf = (i: number): number => (i === 0 ? 0 : cellPx === 1 ? i : Math.floor(i * cellPx + half) + 1);
  const line = (): Float64Array => new Float64Array(columns + 1);
  const [tone, mask, doubt, free, plain, blueOverRed, shade, inner, facing] = Array.from({ length: 9 }, line);
  const spans = spansAbove(cells.veil, grid, LEAST_TONE);
  for (let y = 0; y < heightPx; y++) {
    const { from, to } = spans[y];
    if (from >= to) continue;
    const rows = cellRowsAt(grid, y);
    const first = Math.max(0, Math.floor((from - half) / cellPx) - 1);
    const last = Math.min(columns - 1, Math.ceil((to - half) / cellPx));
    readCells(cells.veil, rows, first, last, tone);
    readCells(cells.person, rows, first, last, mask);
    readCells(outline.band, rows, first, last, doubt);
    readCells(cells.clear, rows, first, last, free);
    readCells(shading.luminance, rows, first, last, plain);
    readCells(saturation, rows, first, last, blueOverRed);
    readCells(cells.shadow, rows, first, last, shade);
    readCells(cells.domain, rows, first, last, inner);
    readCells(cells.facing, rows, first, last, facing);
    const [lumaAbove, luma, lumaBelow] = lumaAround(topPx + y);
    const isInnerRow = topPx + y > 0 && topPx + y < photo.heightPx - 1;
    for (let i = first; i <= last; i++) {
      const start = Math.max(from, startOf(i));
      const end = i === columns - 1 ? to : Math.min(to, startOf(i + 1));
      if (tone[i] < LEAST_TONE - ROUNDING && tone[i + 1] < LEAST_TONE - ROUNDING) continue;
      const right = Math.min(i + 1, columns - 1);
      const isWhollyInside =
        isInside[rows.above + i] === 1 &&
        isInside[rows.above + right] === 1 &&
        isInside[rows.below + i] === 1 &&
        isInside[rows.below + right] === 1;
      const centre = i * cellPx + half;
      const toneStep = (tone[i + 1] - tone[i]) / cellPx;
      const plainStep = (plain[i + 1] - plain[i]) / cellPx;
      for (let x = start; x < end; x++) {
        const dx = x > centre ? x - centre : 0;
        const od = Math.fround(tone[i] + toneStep * dx);
        if (!(od > LEAST_TONE)) continue;
        let openness = 255;
        let seen = 1;
        if (!isWhollyInside) {
          const at = (line: Float64Array): number => Math.fround(line[i] + ((line[i + 1] - line[i]) / cellPx) * dx);
          const clear = at(free);
          if (!(clear > 0)) continue;
          openness = Math.round(255 * outlineShare(photo, outline, leftPx + x, topPx + y, at(mask), at(doubt)) * clear);
          if (openness === 0) continue;
          seen = at(inner);
        }
        const k = y * widthPx + x;
        const at = (topPx + y) * photo.widthPx + leftPx + x;
        changed[at] = 1;
        veil[k] = od;
        open[k] = openness;
        crisp[k] = seen >= 1 ? 255 : Math.round(255 * smoothstep(0.5, 1, seen));
        if (isInnerRow && leftPx + x > 0 && leftPx + x < photo.widthPx - 1) {
          // Rows of luma begin one pixel to the left of the grid.
          const around =
            lumaAbove[x] +
            lumaAbove[x + 1] +
            lumaAbove[x + 2] +
            luma[x] +
            luma[x + 2] +
            lumaBelow[x] +
            lumaBelow[x + 1] +
            lumaBelow[x + 2];
          detail[k] = Math.round(4 * clamp(luma[x + 1] - around / 8, -mostDetail, mostDetail));
        }
        // Beyond the model's outline there is no plain skin to compare with.
        const bare = Math.fround(plain[i] + plainStep * dx);
        if (!(bare > 0) || seen < 0.5) continue;
        const pixel = pixels[at];
        const r = LIGHT_OF_CODE[pixel & 255];
        const g = LIGHT_OF_CODE[(pixel >>> 8) & 255];
        const b = LIGHT_OF_CODE[(pixel >>> 16) & 255];
        const ratio = luminance(r, g, b) / bare;
        if (ratio < PLAIN_SHARE) {
          const shadow = Math.fround(shade[i] + ((shade[i + 1] - shade[i]) / cellPx) * dx);
          present[k] = Math.round(255 * (1 - shadow) * clamp(1 - ratio / PLAIN_SHARE, 0, 1));
        }
        if (ratio > 1) {
          const ofSkin = Math.fround(blueOverRed[i] + ((blueOverRed[i + 1] - blueOverRed[i]) / cellPx) * dx);
          if (ofSkin >= 0.95) continue;
          // Light the same in all channels that brings the rest back to the skin's ratio of blue to red.
          const white = (b - ofSkin * r) / (1 - ofSkin);
          const turned = Math.fround(facing[i] + ((facing[i + 1] - facing[i]) / cellPx) * dx);
          const kept =
            HIGHLIGHT_KEPT *
            smoothstep(SEEN_LEAST, SEEN_WELL, turned) *
            smoothstep(1, 1.35, ratio) *
            clamp(white, 0, 0.6 * Math.min(g, b, r));
          highlight[k] = Math.round(65535 * kept);
        }
      }
    }
  }
  return { veil, open, crisp, present, highlight, detail, changed };
}

/** 1 for cells that are surely head, free of ears and hair, and seen by the model. */
const cellsInside = ({ clear, domain, outline }: CellPlanes): Uint8Array =>
  Uint8Array.from(outline.band, (band, k) =>
    band > BAND_HIGH + ROUNDING && clear[k] === 1 && domain[k] === 1 ? 1 : 0,
  );

/** The rows of cells above and below a row of pixels, as indices of their first cells, and the weight of the lower. */
interface CellRows {
  readonly above: number;
  readonly below: number;
  readonly fy: number;
}

function cellRowsAt(grid: CellGrid, y: number): CellRows {
  const { j, fy } = cellRowOf(grid, y);
  return { above: j * grid.columns, below: Math.min(j + 1, grid.rows - 1) * grid.columns, fy };
}

/** A plane of cells at the height of a row of pixels; beyond the last of them the edge value goes on. */
function readCells(
  plane: Float32Array,
  { above, below, fy }: CellRows,
  first: number,
  last: number,
  out: Float64Array,
) {
  for (let i = first; i <= last; i++) out[i] = plane[above + i] * (1 - fy) + plane[below + i] * fy;
  out[last + 1] = out[last];
}

type LumaRow = Float64Array;

/**
 * The luma of a row of the photo and of those above and below it, from `left` up to `right`. Asked from the top down,
 * each row is computed once. Rows and columns beyond the photo repeat those at its edge.
 */
function lumaReader(
  { widthPx, heightPx }: Pixels,
  pixels: Int32Array,
  left: number,
  right: number,
): (y: number) => readonly [LumaRow, LumaRow, LumaRow] {
  const rows = Array.from({ length: 3 }, () => ({ y: -1, luma: new Float64Array(right - left) }));
  const rowAt = (y: number): LumaRow => {
    const inside = clamp(y, 0, heightPx - 1);
    const row = rows[inside % 3];
    if (row.y === inside) return row.luma;
    row.y = inside;
    readLuma(pixels, inside * widthPx, widthPx, left, row.luma);
    return row.luma;
  };
  return (y) => [rowAt(y - 1), rowAt(y), rowAt(y + 1)];
}

/** The luma of the row that begins at pixel `row`, from column `left` on. */
function readLuma(pixels: Int32Array, row: number, widthPx: number, left: number, out: LumaRow): void {
  for (let i = 0; i < out.length; i++) {
    const pixel = pixels[row + clamp(left + i, 0, widthPx - 1)];
    out[i] = 0.3 * (pixel & 255) + 0.6 * ((pixel >>> 8) & 255) + 0.1 * ((pixel >>> 16) & 255);
  }
}
