/**
 * Takes what a picture changes through the photo's own compression.
 *
 * A photo that was stored as JPEG has lost in each block of 8 x 8 pixels what was finer than the steps of its
 * frequencies, and what is left of fine things has the blocks' shape. Work drawn into it afterwards has not, and looks
 * crisper than everything beside it. So the change of luma is brought to whole steps, block by block: what the
 * encoder would have done to it, since the photo's own frequencies are whole steps already.
 *
 * Pixels that are not `changed` stay: a block's change that spreads to them is left out.
 */
import type { Pixels } from '../vision/pixels.ts';
import { BLOCK_PX, fromFrequencies, toFrequencies } from './block-transform.ts';
import type { JpegSteps } from './estimate-jpeg.ts';

/** A rectangle of whole pixels of the photo, and its new samples, RGBA. */
export interface ChangedPatch {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8ClampedArray;
}

/** `share` of it, 0 to 1: a photo that was shrunk or stored again since shows less of its blocks than its steps say. */
export function compressChange(
  photo: Pixels,
  changed: Uint8Array,
  patch: ChangedPatch,
  jpeg: JpegSteps,
  share = 1,
): void {
  const block = new Float64Array(BLOCK_PX * BLOCK_PX);
  const before = new Float64Array(block.length);
  const { leftPx, topPx, widthPx, heightPx } = patch;
  for (let y = firstBlock(topPx, jpeg.topPx); y < topPx + heightPx; y += BLOCK_PX) {
    for (let x = firstBlock(leftPx, jpeg.leftPx); x < leftPx + widthPx; x += BLOCK_PX) {
      if (!readChange(photo, changed, patch, x, y, before)) continue;
      block.set(before);
      toFrequencies(block);
      for (let k = 0; k < block.length; k++) block[k] = Math.round(block[k] / jpeg.steps[k]) * jpeg.steps[k];
      fromFrequencies(block);
      for (let k = 0; k < block.length; k++) block[k] = share * (block[k] - before[k]);
      addLuma(photo, changed, patch, x, y, block);
    }
  }
}

const firstBlock = (start: number, offset: number): number =>
  offset + BLOCK_PX * Math.floor((start - offset) / BLOCK_PX);

/** The change of luma over the block at (x0, y0) of the photo; false when there is none. */
function readChange(
  photo: Pixels,
  changed: Uint8Array,
  patch: ChangedPatch,
  x0: number,
  y0: number,
  block: Float64Array,
): boolean {
  let any = false;
  block.fill(0);
  overBlock(photo, changed, patch, x0, y0, (k, at, p) => {
    const red = patch.rgba[p] - photo.rgba[at];
    const green = patch.rgba[p + 1] - photo.rgba[at + 1];
    const blue = patch.rgba[p + 2] - photo.rgba[at + 2];
    block[k] = 0.299 * red + 0.587 * green + 0.114 * blue;
    any ||= block[k] !== 0;
  });
  return any;
}

/** Adds the same to all three channels: colour is not compressed. */
function addLuma(
  photo: Pixels,
  changed: Uint8Array,
  patch: ChangedPatch,
  x0: number,
  y0: number,
  block: Float64Array,
): void {
  const { rgba } = patch;
  overBlock(photo, changed, patch, x0, y0, (k, _, p) => {
    const more = Math.round(block[k]);
    rgba[p] += more;
    rgba[p + 1] += more;
    rgba[p + 2] += more;
  });
}

/** Visits the changed pixels of a block: their number in it, and their first sample in photo and patch. */
function overBlock(
  photo: Pixels,
  changed: Uint8Array,
  { leftPx, topPx, widthPx, heightPx }: ChangedPatch,
  x0: number,
  y0: number,
  visit: (k: number, at: number, p: number) => void,
): void {
  const [left, right] = [Math.max(x0, leftPx), Math.min(x0 + BLOCK_PX, leftPx + widthPx)];
  const [top, bottom] = [Math.max(y0, topPx), Math.min(y0 + BLOCK_PX, topPx + heightPx)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * photo.widthPx + x;
      if (changed[at]) visit((y - y0) * BLOCK_PX + x - x0, 4 * at, 4 * ((y - topPx) * widthPx + x - leftPx));
    }
  }
}
