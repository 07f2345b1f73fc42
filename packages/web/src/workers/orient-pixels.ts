/**
 * Turns decoded pixels upright by EXIF orientation (1 to 8, TIFF 6.0 tag 274): exact, every pixel only moves.
 * Orientations 5 to 8 exchange width and height.
 */
import type { Pixels } from '@stipple/core/vision/pixels.ts';

export function orientPixels(pixels: Pixels, orientation: number): Pixels {
  if (orientation < 2 || orientation > 8) return pixels;
  const { widthPx, heightPx, rgba } = pixels;
  const from = new Uint32Array(rgba.buffer, rgba.byteOffset, widthPx * heightPx);
  const to = new Uint32Array(from.length);
  const isTransposed = orientation >= 5;
  const [outWidth, outHeight] = isTransposed ? [heightPx, widthPx] : [widthPx, heightPx];
  // Where the stored picture's columns and rows run backwards, seen from the upright one.
  const isMirroredX = [2, 3, 7, 8].includes(orientation);
  const isMirroredY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [column, row] = isTransposed ? [y, x] : [x, y];
      const fromX = isMirroredX ? widthPx - 1 - column : column;
      const fromY = isMirroredY ? heightPx - 1 - row : row;
      to[y * outWidth + x] = from[fromY * widthPx + fromX]!;
    }
  }
  return { widthPx: outWidth, heightPx: outHeight, rgba: new Uint8Array(to.buffer) };
}
