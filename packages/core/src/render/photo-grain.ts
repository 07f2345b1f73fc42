/**
 * The photo's own grain: each pixel's luma against its neighbours, row by row.
 *
 * The luma of a row is worked out once, for the pixel itself and for the rows above and below; from whole tenths of a code
 * to quarter codes leads a table.
 */
import { clamp } from '../num/range.ts';
import type { Pixels } from '../vision/pixels.ts';
import { pixelWords } from './pixel-words.ts';

/** Tenths of a code in luma, 3 + 6 + 1, and the eight neighbours that a pixel is held against. */
const PER_CODE = 10 * 8;

/** Reads a photo's rows from the top down. */
export class PhotoGrain {
  readonly #photo: Pixels;
  readonly #pixels: Int32Array;
  readonly #quarters: Int8Array;
  /** Luma of row y of the photo stands in line y modulo 3. */
  readonly #lines: readonly Int32Array[];
  readonly #held = Int32Array.of(-1, -1, -1);

  /** Grain is held inside so many codes, 31 at most. */
  constructor(photo: Pixels, mostCodes: number) {
    this.#photo = photo;
    this.#pixels = pixelWords(photo.rgba);
    this.#quarters = quartersUpTo(mostCodes);
    this.#lines = [new Int32Array(photo.widthPx), new Int32Array(photo.widthPx), new Int32Array(photo.widthPx)];
  }

  /**
   * Quarter codes of `count` pixels from (x0, y) on against the mean of their eight neighbours; at the photo's edge `out`
   * stays as it is.
   */
  read(x0: number, y: number, count: number, out: Int8Array, to: number): void {
    const { widthPx, heightPx } = this.#photo;
    if (y === 0 || y === heightPx - 1) return;
    const from = Math.max(x0, 1);
    const end = Math.min(x0 + count, widthPx - 1);
    const lines = [this.#line(y - 1), this.#line(y), this.#line(y + 1)] as const;
    compare(...lines, from, end, this.#quarters, out, to + from - x0);
  }

  #line(y: number): Int32Array {
    const line = this.#lines[y % 3];
    if (this.#held[y % 3] !== y) readLuma(this.#pixels, y * this.#photo.widthPx, line);
    this.#held[y % 3] = y;
    return line;
  }
}

function compare(
  above: Int32Array,
  line: Int32Array,
  below: Int32Array,
  from: number,
  end: number,
  quarters: Int8Array,
  out: Int8Array,
  to: number,
): void {
  const most = quarters.length >> 1;
  let before = above[from - 1] + line[from - 1] + below[from - 1];
  let here = above[from] + line[from] + below[from];
  for (let x = from, k = to; x < end; x++, k++) {
    const after = above[x + 1] + line[x + 1] + below[x + 1];
    const off = 9 * line[x] - before - here - after;
    out[k] = quarters[(off < -most ? -most : off > most ? most : off) + most];
    before = here;
    here = after;
  }
}

/** In tenths of a code. */
function readLuma(pixels: Int32Array, from: number, line: Int32Array): void {
  for (let x = 0; x < line.length; x++) {
    const pixel = pixels[from + x];
    line[x] = 3 * (pixel & 255) + 6 * ((pixel >>> 8) & 255) + ((pixel >>> 16) & 255);
  }
}

/** Rounded quarter codes of each whole number from -n to n, in the tenths of a code that eight neighbours together are off. */
function quartersUpTo(mostCodes: number): Int8Array {
  const n = Math.ceil(mostCodes * PER_CODE);
  const most = 4 * mostCodes;
  const quarters = new Int8Array(2 * n + 1);
  for (let k = -n; k <= n; k++) quarters[k + n] = Math.floor(clamp(k * (4 / PER_CODE), -most, most) + 0.5);
  return quarters;
}
