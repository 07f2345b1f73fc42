/**
 * Makes a picture smaller, for a sheet or for a comparison side by side: whole-number reduction by the mean of each
 * block, the same integers on every engine. Columns and rows that fill no block at the right and lower edge are left
 * out. Twelve megapixels take about 40 ms.
 *
 * A look is a patch on the photo, so the photo is shrunk once and each look only where its patch lies.
 */
import type { Pixels } from '../vision/pixels.ts';
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
  fillBlocks(small, 0, 0, widthPx, heightPx, (y, x0, x1, add) => add(photo.rgba, y * photo.widthPx, x0, x1));
  return small;
}

/** The shrunk photo as it looks under a patch of the large one. */
export function withShrunkPatch(small: SmallPixels, photo: Pixels, patch: LookPatch): SmallPixels {
  const { factor } = small;
  const right = patch.leftPx + patch.widthPx;
  const bottom = patch.topPx + patch.heightPx;
  const out = { ...small, rgba: new Uint8Array(small.rgba) };
  // Of one kind with the photo's bytes: the inner loop then stays compiled for that kind.
  const patched = new Uint8Array(patch.rgba.buffer);
  const x0 = Math.floor(patch.leftPx / factor);
  const y0 = Math.floor(patch.topPx / factor);
  const x1 = Math.min(small.widthPx, Math.ceil(right / factor));
  const y1 = Math.min(small.heightPx, Math.ceil(bottom / factor));
  fillBlocks(out, x0, y0, x1, y1, (y, from, to, add) => {
    const row = y * photo.widthPx;
    if (y < patch.topPx || y >= bottom) return add(photo.rgba, row, from, to);
    add(photo.rgba, row, from, Math.min(to, patch.leftPx));
    add(patched, (y - patch.topPx) * patch.widthPx - patch.leftPx, Math.max(from, patch.leftPx), Math.min(to, right));
    add(photo.rgba, row, Math.max(from, right), to);
  });
  return out;
}

/** Adds the pixels x0 to x1 of a row that would begin at pixel `row` of `rgba`. */
type AddRow = (rgba: Pixels['rgba'], row: number, x0: number, x1: number) => void;

/** Fills the blocks from column `left` to `right` and row `top` to `bottom`; `read` is asked for each row of the photo under them. */
function fillBlocks(
  { widthPx, factor, rgba }: { widthPx: number; factor: number; rgba: Uint8Array },
  left: number,
  top: number,
  right: number,
  bottom: number,
  read: (y: number, x0: number, x1: number, add: AddRow) => void,
): void {
  const sums = new Uint32Array(3 * widthPx);
  const add: AddRow = (source, row, x0, x1) => {
    let block = Math.floor(x0 / factor);
    let next = (block + 1) * factor;
    for (let x = x0, at = 4 * (row + x0); x < x1; x++, at += 4) {
      if (x === next) {
        block++;
        next += factor;
      }
      sums[3 * block] += source[at];
      sums[3 * block + 1] += source[at + 1];
      sums[3 * block + 2] += source[at + 2];
    }
  };
  const share = 1 / (factor * factor);
  for (let j = top; j < bottom; j++) {
    sums.fill(0);
    for (let y = j * factor; y < (j + 1) * factor; y++) read(y, left * factor, right * factor, add);
    for (let i = left; i < right; i++) {
      const to = 4 * (j * widthPx + i);
      for (let c = 0; c < 3; c++) rgba[to + c] = Math.round(sums[3 * i + c] * share);
      rgba[to + 3] = 255;
    }
  }
}
