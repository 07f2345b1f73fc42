/**
 * Turns pictures side by side into the filtered rows that a PNG compresses, a strip at a time.
 *
 * In: images of equal height, grey, RGB or RGBA (whose alpha is dropped). Out: strips of whole rows, each row led by
 * its filter's number. The wide picture never exists in memory: three 12 megapixel panels need two rows and a strip.
 *
 * The filter of a row is the one with the least sum of absolute differences (PNG third edition, section 12.7), judged
 * on every 16th pixel: on two photos no byte worse than judged on all, in a third of the time. What is only stored, not
 * compressed, gains nothing from filters and is passed on as it is.
 *
 * Rows are gathered and filtered four bytes at a time, as 32-bit words (core/render/pixel-words.ts): 0.07 s for 12
 * megapixels, a byte at a time 0.18 s.
 */

import { pixelWords } from '@stipple/core/render/pixel-words.ts';

/** Rows from the top, 8 bits per sample. */
export interface PngImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 grey, 3 RGB, 4 RGBA with the alpha ignored. */
  readonly channels: 1 | 3 | 4;
  readonly samples: Uint8Array | Uint8ClampedArray;
  /** A rectangle inside the image that shows this instead; RGBA over RGBA. */
  readonly patch?: PngPatch;
}

export interface PngPatch {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

const NONE = 0;
const SUB = 1;
const UP = 2;
const AVERAGE = 3;

/** About this many bytes per strip; whole rows. */
const STRIP_BYTES = 1 << 20;
/** Every 16th pixel is asked which filter suits the row. */
const JUDGED_PX = 16;

/** Rows of one strip of the panels, from the top; the last strip has those that are left. */
export const rowsPerStrip = (panels: readonly PngImage[]): number =>
  Math.max(1, Math.floor(STRIP_BYTES / (rowBytesOf(panels) + 1)));

export function* filterPngRows(
  panels: readonly PngImage[],
  { isStored = false } = {},
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const rows = panels[0]!.heightPx;
  const step = rowsPerStrip(panels);
  for (let y = 0; y < rows; y += step) yield filterStrip(panels, y, Math.min(rows, y + step), isStored);
}

/** The filtered rows from `first` up to `end`; the one before them is looked at too. */
export function filterStrip(
  panels: readonly PngImage[],
  first: number,
  end: number,
  isStored = false,
): Uint8Array<ArrayBuffer> {
  const bytesPerPx = bytesPerPxOf(panels);
  const rowBytes = rowBytesOf(panels);
  const sources = panels.map(sourceOf);
  let above = rowOf(rowBytes);
  let row = rowOf(rowBytes);
  const filtered = rowOf(rowBytes);
  if (first > 0) gatherRow(sources, first - 1, above);
  const strip = new Uint8Array((end - first) * (rowBytes + 1));
  for (let y = first, at = 0; y < end; y++, at += rowBytes + 1) {
    gatherRow(sources, y, row);
    const filter = isStored ? NONE : chooseFilter(row.bytes, above.bytes, rowBytes, bytesPerPx);
    strip[at] = filter;
    strip.set(applyFilter(filter, row, above, bytesPerPx, filtered).bytes.subarray(LEAD, LEAD + rowBytes), at + 1);
    [row, above] = [above, row];
  }
  return strip;
}

const bytesPerPxOf = (panels: readonly PngImage[]): number => (panels[0]!.channels === 1 ? 1 : 3);

const rowBytesOf = (panels: readonly PngImage[]): number =>
  panels.reduce((sum, panel) => sum + panel.widthPx, 0) * bytesPerPxOf(panels);

/** One row as bytes and as words. */
interface Row {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Int32Array<ArrayBuffer>;
}

/** A word of zeros stands before each row: the left neighbours of the first pixel. */
const LEAD = 4;

function rowOf(rowBytes: number): Row {
  const words = new Int32Array(1 + Math.ceil(rowBytes / 4));
  return { bytes: new Uint8Array(words.buffer), words };
}

/** A panel with its samples also as words, a pixel each, where they are RGBA. */
interface Source extends PngImage {
  readonly pixels: Int32Array | null;
  readonly patched: Int32Array | null;
}

const sourceOf = (panel: PngImage): Source => ({
  ...panel,
  pixels: panel.channels === 4 ? pixelWords(panel.samples) : null,
  patched: panel.patch ? pixelWords(panel.patch.rgba) : null,
});

/** The panels' rows `y` behind one another. */
function gatherRow(sources: readonly Source[], y: number, row: Row): void {
  let to = LEAD;
  for (const { widthPx, channels, samples, patch, pixels, patched } of sources) {
    if (pixels) {
      gatherRgb(pixels, y * widthPx, (y + 1) * widthPx, row, to);
      if (patch && patched && y >= patch.topPx && y < patch.topPx + patch.heightPx) {
        const first = (y - patch.topPx) * patch.widthPx;
        gatherRgb(patched, first, first + patch.widthPx, row, to + 3 * patch.leftPx);
      }
      to += 3 * widthPx;
    } else {
      row.bytes.set(samples.subarray(y * widthPx * channels, (y + 1) * widthPx * channels), to);
      to += widthPx * channels;
    }
  }
}

/** The pixels from `from` up to `end` as RGB at byte `to` of the row. */
function gatherRgb(pixels: Int32Array, from: number, end: number, { bytes, words }: Row, to: number): void {
  let i = from;
  let at = to;
  // Single pixels up to where one begins with a word, and those after the last four.
  for (; i < end && at % 4 !== 0; i++, at += 3) putRgb(pixels[i]!, bytes, at);
  for (let w = at >> 2; i + 4 <= end; i += 4, w += 3, at += 12) {
    const b = pixels[i + 1]!;
    const c = pixels[i + 2]!;
    words[w] = (pixels[i]! & 0xffffff) | (b << 24);
    words[w + 1] = ((b >>> 8) & 0xffff) | (c << 16);
    words[w + 2] = ((c >>> 16) & 0xff) | (pixels[i + 3]! << 8);
  }
  for (; i < end; i++, at += 3) putRgb(pixels[i]!, bytes, at);
}

function putRgb(pixel: number, bytes: Uint8Array, at: number): void {
  bytes[at] = pixel;
  bytes[at + 1] = pixel >>> 8;
  bytes[at + 2] = pixel >>> 16;
}

/** Distance of a byte from 0, going round at 256. */
const magnitude = (difference: number): number => {
  const byte = difference & 255;
  return byte < 128 ? byte : 256 - byte;
};

function chooseFilter(row: Uint8Array, above: Uint8Array, rowBytes: number, bytesPerPx: number): number {
  let none = 0;
  let sub = 0;
  let up = 0;
  let average = 0;
  for (let px = LEAD; px < LEAD + rowBytes; px += JUDGED_PX * bytesPerPx) {
    for (let i = px; i < px + bytesPerPx; i++) {
      const x = row[i]!;
      const a = row[i - bytesPerPx]!;
      const b = above[i]!;
      none += magnitude(x);
      sub += magnitude(x - a);
      up += magnitude(x - b);
      average += magnitude(x - ((a + b) >> 1));
    }
  }
  const least = Math.min(none, sub, up, average);
  // On equal terms the plainer filter: it is the faster to undo.
  return [none, sub, up, average].indexOf(least);
}

/** The row filtered, in `out` or as it is; bytes of the last word beyond the row mean nothing. */
function applyFilter(filter: number, row: Row, above: Row, bytesPerPx: number, out: Row): Row {
  if (filter === NONE) return row;
  const x = row.words;
  const b = above.words;
  const to = out.words;
  // The left neighbours of a word's bytes lie in it and in the word before.
  const back = 8 * bytesPerPx;
  const fore = 32 - back;
  switch (filter) {
    case SUB:
      for (let i = 1; i < x.length; i++) to[i] = minus(x[i]!, (x[i - 1]! >>> fore) | (x[i]! << back));
      break;
    case UP:
      for (let i = 1; i < x.length; i++) to[i] = minus(x[i]!, b[i]!);
      break;
    case AVERAGE:
      for (let i = 1; i < x.length; i++) to[i] = minus(x[i]!, mean((x[i - 1]! >>> fore) | (x[i]! << back), b[i]!));
  }
  return out;
}

const HIGH_BITS = 0x80808080 | 0;

/** Four bytes less four bytes, each by itself modulo 256. */
const minus = (x: number, y: number): number => ((x | HIGH_BITS) - (y & ~HIGH_BITS)) ^ ((x ^ ~y) & HIGH_BITS);

/** Means of four bytes and four bytes, rounded down. */
const mean = (a: number, b: number): number => (a & b) + (((a ^ b) & 0xfefefefe) >>> 1);
