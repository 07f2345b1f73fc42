/**
 * Makes a picture smaller, for a sheet or for a comparison side by side: whole-number reduction by the mean of each
 * block, the same integers on every engine. Columns and rows that fill no block at the right and lower edge are left
 * out. Twelve megapixels take about 15 ms.
 *
 * A look is a patch on the photo, so the photo is shrunk once and each look only where its patch lies.
 */
import type { Pixels } from '../vision/pixels.ts';
import { pixelWords } from './pixel-words.ts';
import type { LookPatch } from './render-look.ts';

export interface SmallPixels extends Pixels {
  /** Side of the blocks, px of the large picture. */
  readonly factor: number;
}

/** The picture with its longest side at most `longestSidePx`. */
export function shrinkPixels(photo: Pixels, longestSidePx: number): SmallPixels {
  const factor = Math.ceil(Math.max(photo.widthPx, photo.heightPx) / longestSidePx);
  const widthPx = Math.floor(photo.widthPx / factor);
  const heightPx = Math.floor(photo.heightPx / factor);
  const small = { widthPx, heightPx, factor, rgba: new Uint8Array(widthPx * heightPx * 4) };
  const words = pixelWords(photo.rgba);
  fillBlocks(small, 0, 0, widthPx, heightPx, (y, x0, x1, add) => add(words, y * photo.widthPx, x0, x1));
  return small;
}

/** The shrunk photo as it looks under a patch of the large one. */
export function withShrunkPatch(small: SmallPixels, photo: Pixels, patch: LookPatch): SmallPixels {
  const { factor } = small;
  const right = patch.leftPx + patch.widthPx;
  const bottom = patch.topPx + patch.heightPx;
  const out = { ...small, rgba: new Uint8Array(small.rgba) };
  const words = pixelWords(photo.rgba);
  const patched = pixelWords(patch.rgba);
  const x0 = Math.floor(patch.leftPx / factor);
  const y0 = Math.floor(patch.topPx / factor);
  const x1 = Math.min(small.widthPx, Math.ceil(right / factor));
  const y1 = Math.min(small.heightPx, Math.ceil(bottom / factor));
  fillBlocks(out, x0, y0, x1, y1, (y, from, to, add) => {
    const row = y * photo.widthPx;
    if (y < patch.topPx || y >= bottom) return add(words, row, from, to);
    add(words, row, from, Math.min(to, patch.leftPx));
    add(patched, (y - patch.topPx) * patch.widthPx - patch.leftPx, Math.max(from, patch.leftPx), Math.min(to, right));
    add(words, row, Math.max(from, right), to);
  });
  return out;
}

/** Adds the pixels x0 to x1 of a row that would begin at pixel `row`. */
type AddRow = (pixels: Int32Array, row: number, x0: number, x1: number) => void;

/** Fills the blocks from column `left` to `right` and row `top` to `bottom`; `read` is asked for each row of the photo under them. */
function fillBlocks(
  { widthPx, factor, rgba }: { widthPx: number; factor: number; rgba: Uint8Array },
  left: number,
  top: number,
  right: number,
  bottom: number,
  read: (y: number, x0: number, x1: number, add: AddRow) => void,
): void {
  const small = pixelWords(rgba);
  const redBlue = new Int32Array(widthPx * factor);
  const green = new Int32Array(widthPx * factor);
  const add: AddRow = (pixels, row, x0, x1) => addToColumns(pixels, row, x0, x1, redBlue, green);
  for (let j = top; j < bottom; j++) {
    redBlue.fill(0);
    green.fill(0);
    for (let y = j * factor; y < (j + 1) * factor; y++) read(y, left * factor, right * factor, add);
    meanOfColumns(redBlue, green, factor, left, right, small, j * widthPx);
  }
}

/** Red and blue are summed in one word, which holds 257 rows: no photo is long enough for more. */
function addToColumns(
  pixels: Int32Array,
  row: number,
  x0: number,
  x1: number,
  redBlue: Int32Array,
  green: Int32Array,
): void {
  for (let x = x0; x < x1; x++) {
    const pixel = pixels[row + x];
    redBlue[x] += pixel & 0xff00ff;
    green[x] += (pixel >>> 8) & 0xff;
  }
}

function meanOfColumns(
  redBlue: Int32Array,
  green: Int32Array,
  factor: number,
  left: number,
  right: number,
  small: Int32Array,
  row: number,
): void {
  const share = 1 / (factor * factor);
  for (let i = left, x = left * factor; i < right; i++) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (const end = x + factor; x < end; x++) {
      r += redBlue[x] & 0xffff;
      g += green[x];
      b += redBlue[x] >>> 16;
    }
    // Rounded, as numbers below 256 are.
    small[row + i] =
      (r * share + 0.5) | 0 | (((g * share + 0.5) | 0) << 8) | (((b * share + 0.5) | 0) << 16) | (255 << 24);
  }
}
