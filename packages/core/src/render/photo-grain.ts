/**
 * The photo's own grain: each pixel's luma against its neighbours, row by row.
 *
 * The three pixels above one another are summed as words, red and blue of all three in one sum; from the whole tenths of
 * a code that their luma then is to quarter codes leads a table.
 */
import { clamp } from '../num/range.ts';

/** Tenths of a code in luma, 3 + 6 + 1, and the eight neighbours that a pixel is held against. */
const PER_CODE = 10 * 8;

/** For at most 31 codes: rounded quarter codes of each whole number from -n to n, in the tenths of a code that eight neighbours together are off. */
export function grainQuarters(mostCodes: number): Int8Array {
  const n = Math.ceil(mostCodes * PER_CODE);
  const most = 4 * mostCodes;
  const quarters = new Int8Array(2 * n + 1);
  for (let k = -n; k <= n; k++) quarters[k + n] = Math.floor(clamp(k * (4 / PER_CODE), -most, most) + 0.5);
  return quarters;
}

/**
 * Quarter codes of `count` pixels of a row, from pixel `first` of the photo on, against the mean of their eight neighbours,
 * into `out` from `to` on; at the photo's edge `out` stays as it is. `quarters` holds them inside the most.
 */
export function readGrain(
  pixels: Int32Array,
  widthPx: number,
  first: number,
  count: number,
  quarters: Int8Array,
  out: Int8Array,
  to: number,
): void {
  if (first < widthPx || first + widthPx >= pixels.length) return;
  const most = quarters.length >> 1;
  const x = first % widthPx;
  const begin = x === 0 ? first + 1 : first;
  const end = first + Math.min(count, widthPx - 1 - x);
  let before = lumaOfThree(pixels, begin - 1, widthPx);
  let here = lumaOfThree(pixels, begin, widthPx);
  for (let p = begin; p < end; p++) {
    const after = lumaOfThree(pixels, p + 1, widthPx);
    const pixel = pixels[p];
    const off = 9 * luma(pixel & 0xff00ff, (pixel >>> 8) & 255) - before - here - after;
    out[to + p - first] = quarters[(off < -most ? -most : off > most ? most : off) + most];
    before = here;
    here = after;
  }
}

/** In tenths of a code, of red and blue in the halves of a word, and green: thrice the lower and once the upper meet in the upper. */
const luma = (redAndBlue: number, green: number): number => (Math.imul(redAndBlue, 0x30001) >>> 16) + 6 * green;

/** Of a pixel and those above and below together. */
function lumaOfThree(pixels: Int32Array, p: number, widthPx: number): number {
  const above = pixels[p - widthPx];
  const pixel = pixels[p];
  const below = pixels[p + widthPx];
  return luma(
    (above & 0xff00ff) + (pixel & 0xff00ff) + (below & 0xff00ff),
    ((above >>> 8) & 255) + ((pixel >>> 8) & 255) + ((below >>> 8) & 255),
  );
}
