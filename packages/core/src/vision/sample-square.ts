/**
 * What a neural network gets to see: a square of the photo, possibly turned, as n x n colour values.
 *
 * Shrinking averages areas. The photo is halved by 2 x 2 boxes until a sample is one to two pixels wide (once per photo,
 * all levels together a third more than one halving: about 20 ms for 12 megapixels); from that level each
 * sample is the mean of 2 x 2 bilinear readings. That is within 1 code rms of the exact mean over the turned cell on smooth
 * pictures, and takes white noise down as far as whole areas do.
 */
import { cos, sin } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import type { Pixels } from './pixels.ts';

/** A square over the photo, in its pixels (a pixel's centre has whole coordinates); it may reach outside. */
export interface PhotoSquare {
  readonly centreXPx: number;
  readonly centreYPx: number;
  readonly sidePx: number;
  /** Its own x axis against the photo's, towards the photo's y axis. */
  readonly turnRad: number;
}

/** How a network wants its colours: the values of code 0 and code 255. */
export interface ColourRange {
  readonly low: number;
  readonly high: number;
}

/** Below this there is nothing to gain from a further level. */
const SMALLEST_LEVEL_PX = 64;

/** Level k of a photo is halved k times. A photo's bytes are never changed once read, so they are kept with it. */
const levelsOf = new WeakMap<Pixels, readonly Pixels[]>();

/** The photo and its halvings. */
export function photoLevels(photo: Pixels): readonly Pixels[] {
  const known = levelsOf.get(photo);
  if (known) return known;
  const levels = [photo];
  for (let last = photo; Math.min(last.widthPx, last.heightPx) >= 2 * SMALLEST_LEVEL_PX; levels.push(last)) {
    last = halve(last);
  }
  levelsOf.set(photo, levels);
  return levels;
}

/** Means of 2 x 2 pixels, rounded; an odd last row or column is left out. */
function halve({ widthPx, heightPx, rgba }: Pixels): Pixels {
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  const from = new Uint32Array(aligned.buffer, aligned.byteOffset, widthPx * heightPx);
  const w = widthPx >> 1;
  const h = heightPx >> 1;
  const to = new Uint32Array(w * h);
  // Four channels at once: the sum of four bytes fits into 16 bits, so two lanes share a word.
  const LANES = 0x00ff00ff;
  const HALF = 0x00020002;
  for (let y = 0; y < h; y++) {
    let k = 2 * y * widthPx;
    for (let x = 0; x < w; x++, k += 2) {
      const a = from[k];
      const b = from[k + 1];
      const c = from[k + widthPx];
      const d = from[k + widthPx + 1];
      const even = (a & LANES) + (b & LANES) + (c & LANES) + (d & LANES) + HALF;
      const odd = ((a >>> 8) & LANES) + ((b >>> 8) & LANES) + ((c >>> 8) & LANES) + ((d >>> 8) & LANES) + HALF;
      to[y * w + x] = ((even >>> 2) & LANES) | (((odd >>> 2) & LANES) << 8);
    }
  }
  return { widthPx: w, heightPx: h, rgba: new Uint8Array(to.buffer) };
}

/** The square as size x size x RGB (NHWC), row by row. Outside, the photo's rim continues. */
export function sampleSquare(
  photo: Pixels,
  square: PhotoSquare,
  size: number,
  { low, high }: ColourRange,
): Float32Array {
  const levels = photoLevels(photo);
  let level = 0;
  let pxPerSample = square.sidePx / size;
  for (; pxPerSample >= 2 && level + 1 < levels.length; level++) pxPerSample /= 2;
  const { widthPx, heightPx, rgba } = levels[level];
  // Pixel x of a level covers pixels x 2^k to (x + 1) 2^k - 1 of the photo.
  const perPx = square.sidePx / size / pxPerSample;
  const centreX = (square.centreXPx + 0.5) / perPx - 0.5;
  const centreY = (square.centreYPx + 0.5) / perPx - 0.5;
  const c = cos(square.turnRad) * pxPerSample;
  const s = sin(square.turnRad) * pxPerSample;
  const readings = pxPerSample > 1 ? 2 : 1;
  const gain = (high - low) / 255 / (readings * readings);
  const out = new Float32Array(size * size * 3);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let m = 0; m < readings; m++) {
        const v = j + (m + 0.5) / readings - size / 2;
        for (let n = 0; n < readings; n++) {
          const u = i + (n + 0.5) / readings - size / 2;
          const x = clamp(centreX + u * c - v * s, 0, widthPx - 1);
          const y = clamp(centreY + u * s + v * c, 0, heightPx - 1);
          const x0 = Math.min(Math.floor(x), widthPx - 2);
          const y0 = Math.min(Math.floor(y), heightPx - 2);
          const fx = x - x0;
          const fy = y - y0;
          const k = 4 * (y0 * widthPx + x0);
          const below = k + 4 * widthPx;
          const a = (1 - fx) * (1 - fy);
          const b = fx * (1 - fy);
          const d = (1 - fx) * fy;
          const e = fx * fy;
          red += a * rgba[k] + b * rgba[k + 4] + d * rgba[below] + e * rgba[below + 4];
          green += a * rgba[k + 1] + b * rgba[k + 5] + d * rgba[below + 1] + e * rgba[below + 5];
          blue += a * rgba[k + 2] + b * rgba[k + 6] + d * rgba[below + 2] + e * rgba[below + 6];
        }
      }
      const at = 3 * (j * size + i);
      out[at] = low + red * gain;
      out[at + 1] = low + green * gain;
      out[at + 2] = low + blue * gain;
    }
  }
  return out;
}

/** Where sample position (x, y), in 0..1 of the square's side, lies in the photo. */
export function photoPoint(square: PhotoSquare, x: number, y: number): readonly [xPx: number, yPx: number] {
  const u = (x - 0.5) * square.sidePx;
  const v = (y - 0.5) * square.sidePx;
  const c = cos(square.turnRad);
  const s = sin(square.turnRad);
  return [square.centreXPx + u * c - v * s, square.centreYPx + u * s + v * c];
}
