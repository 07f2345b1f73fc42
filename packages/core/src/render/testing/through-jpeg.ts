import type { Pixels } from '../../vision/pixels.ts';
import { fromFrequencies, toFrequencies } from '../block-transform.ts';

/** ITU-T T.81 table K.1 in rows, as an encoder of this scale uses it: 1 is quality 50, 0.2 quality 90. */
export const lumaSteps = (scale: number): Float64Array =>
  Float64Array.from(
    [
      16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
      51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120,
      101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    (step) => Math.max(1, Math.round(step * scale)),
  );

/** A grey photo as it comes back from JPEG; blocks begin at (left, top), up to 7, and parts of blocks stay as they are. */
export function throughJpeg({ widthPx, heightPx, rgba }: Pixels, steps: Float64Array, left = 0, top = 0): Pixels {
  const out = Uint8ClampedArray.from(rgba);
  const block = new Float64Array(64);
  for (let y0 = top; y0 + 8 <= heightPx; y0 += 8) {
    for (let x0 = left; x0 + 8 <= widthPx; x0 += 8) {
      const at = (k: number): number => 4 * ((y0 + (k >> 3)) * widthPx + x0 + (k & 7));
      for (let k = 0; k < 64; k++) block[k] = rgba[at(k)] - 128;
      toFrequencies(block);
      for (let k = 0; k < 64; k++) block[k] = Math.round(block[k] / steps[k]) * steps[k];
      fromFrequencies(block);
      for (let k = 0; k < 64; k++) out.fill(block[k] + 128, at(k), at(k) + 3);
    }
  }
  return { widthPx, heightPx, rgba: out };
}
