/**
 * Decodes a PNG to opaque 8-bit RGBA: the browser's own decoder would convert colours, and a photo must stay as it is.
 *
 * In: the whole file, its type and size already bounded by `readPhotoFacts`. Out: the stored samples, row by row; no
 * gamma, no profile and no `sBIT` is applied. 16-bit samples keep their upper byte, then alpha is laid over white: the
 * same integers as the command line's decoder gives (tested against sharp).
 *
 * All of PNG (ISO/IEC 15948, third edition): grey, RGB, palette, with alpha or `tRNS`, 1 to 16 bits, Adam7. CRCs of
 * the chunks it reads are checked; a file that ends early, inflates to another size than its header says, or breaks a
 * rule is refused as 'photo-unreadable'. Inflation stops at the size announced: no bomb grows beyond it.
 * Does not read animations (APNG shows its first picture) and does not orient.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { Unzlib } from 'fflate';
import { crc32 } from './crc32.ts';
import { PNG_DEPTHS } from './read-png-header.ts';
import { unfilterRows } from './png-filter.ts';

export interface PngPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** widthPx * heightPx * 4; alpha is 255. */
  readonly rgba: Uint8Array<ArrayBuffer>;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const GREY = 0;
const RGB = 2;
const PALETTE = 3;
const GREY_ALPHA = 4;
const RGB_ALPHA = 6;
const CHANNELS: Readonly<Record<number, number>> = {
  [GREY]: 1,
  [RGB]: 3,
  [PALETTE]: 1,
  [GREY_ALPHA]: 2,
  [RGB_ALPHA]: 4,
};
/** First column and row, and steps between columns and rows, of Adam7's seven passes. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE = [[0, 0, 1, 1]] as const;
/** Compressed bytes inflated between two looks at the size: bounds what a bomb can grow to in one step. */
const PIECE_BYTES = 1 << 16;

interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly depth: number;
  readonly kind: number;
  readonly isInterlaced: boolean;
}

interface Pass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
  readonly rowBytes: number;
}

/** Throws Refusal 'photo-unreadable' for anything but a whole, valid PNG. */
export function readPng(bytes: Uint8Array): PngPicture {
  let header: Header | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  let inflater: Inflater | null = null;
  let passes: readonly Pass[] = [];
  for (const { type, data } of chunksOf(bytes)) {
    if (type === 'IHDR') {
      if (header) throw unreadable('two headers');
      header = readHeader(data);
      passes = passesOf(header);
      inflater = new Inflater(passes.reduce((sum, pass) => sum + pass.rows * (1 + pass.rowBytes), 0));
    } else if (!header || !inflater) throw unreadable('no header');
    else if (type === 'PLTE') palette = data;
    else if (type === 'tRNS') transparency = data;
    else if (type === 'IDAT') inflater.push(data);
    else if (type === 'IEND') {
      return {
        widthPx: header.widthPx,
        heightPx: header.heightPx,
        rgba: assemble(header, passes, inflater.finish(), palette, transparency),
      };
    }
  }
  throw unreadable('it ends too early');
}

const unreadable = (what: string): Refusal => new Refusal('photo-unreadable', `PNG: ${what}`);

/** Chunks in order, with checked CRC; stops after IEND. Unknown ancillary chunks are passed over unread. */
function* chunksOf(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw unreadable('not one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const isCritical = (bytes[at + 4]! & 0x20) === 0;
    if (isCritical || type === 'tRNS') {
      if (crc32(bytes, at + 4, end) !== view.getUint32(end)) throw unreadable(`chunk ${type} is damaged`);
      if (!['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type)) throw unreadable(`chunk ${type} is not known`);
      yield { type, data: bytes.subarray(at + 8, end) };
    }
    if (type === 'IEND') return;
    at = end + 4;
  }
}

function readHeader(data: Uint8Array): Header {
  if (data.length !== 13) throw unreadable('the header is damaged');
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [widthPx, heightPx] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, compression, filter, interlace] = data.subarray(8) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (
    widthPx === 0 ||
    heightPx === 0 ||
    !PNG_DEPTHS[kind]?.includes(depth) ||
    compression !== 0 ||
    filter !== 0 ||
    interlace > 1
  ) {
    throw unreadable('the header is damaged');
  }
  return { widthPx, heightPx, depth, kind, isInterlaced: interlace === 1 };
}

function passesOf({ widthPx, heightPx, depth, kind, isInterlaced }: Header): Pass[] {
  return (isInterlaced ? ADAM7 : WHOLE)
    .map(([left, top, stepX, stepY]) => {
      const columns = Math.ceil((widthPx - left) / stepX);
      const rows = Math.ceil((heightPx - top) / stepY);
      return { left, top, stepX, stepY, columns, rows, rowBytes: Math.ceil((columns * depth * CHANNELS[kind]!) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Inflates IDAT chunk by chunk into exactly the bytes expected. */
class Inflater {
  readonly #out: Uint8Array;
  readonly #stream: Unzlib;
  #length = 0;

  constructor(expectedBytes: number) {
    this.#out = new Uint8Array(expectedBytes);
    this.#stream = new Unzlib((chunk) => {
      if (this.#length + chunk.length > this.#out.length) throw unreadable('more pixels than its size');
      this.#out.set(chunk, this.#length);
      this.#length += chunk.length;
    });
  }

  push(data: Uint8Array, isLast = false): void {
    try {
      for (let at = 0; at < data.length; at += PIECE_BYTES) this.#stream.push(data.subarray(at, at + PIECE_BYTES));
      if (isLast) this.#stream.push(new Uint8Array(0), true);
    } catch (error) {
      throw error instanceof Refusal ? error : unreadable('the compressed data is damaged');
    }
  }

  finish(): Uint8Array {
    this.push(new Uint8Array(0), true);
    if (this.#length !== this.#out.length) throw unreadable('it ends too early');
    return this.#out;
  }
}

function assemble(
  header: Header,
  passes: readonly Pass[],
  raw: Uint8Array,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): Uint8Array<ArrayBuffer> {
  const { widthPx, heightPx, depth, kind } = header;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const channels = CHANNELS[kind]!;
  const bytesPerPixel = Math.max(1, (depth * channels) >> 3);
  const write = pixelWriter(header, palette, transparency);
  let at = 0;
  for (const pass of passes) {
    const { left, top, stepX, stepY, columns, rows, rowBytes } = pass;
    const bytes = rows * (1 + rowBytes);
    const block = raw.subarray(at, at + bytes);
    if (!unfilterRows(block, rows, rowBytes, bytesPerPixel)) throw unreadable('a row has no known filter');
    for (let row = 0; row < rows; row++) {
      const from = row * (1 + rowBytes) + 1;
      const to = ((top + row * stepY) * widthPx + left) * 4;
      write(block.subarray(from, from + rowBytes), columns, rgba, to, 4 * stepX);
    }
    at += bytes;
  }
  return rgba;
}

type WriteRow = (row: Uint8Array, columns: number, rgba: Uint8Array, to: number, step: number) => void;

/** How a row of samples becomes pixels, for the kind of picture the header names. */
function pixelWriter({ depth, kind }: Header, palette: Uint8Array | null, transparency: Uint8Array | null): WriteRow {
  if (kind === PALETTE) return paletteWriter(depth, palette, transparency);
  const channels = CHANNELS[kind]!;
  const isColour = kind === RGB || kind === RGB_ALPHA;
  const hasAlpha = kind === GREY_ALPHA || kind === RGB_ALPHA;
  const max = 2 ** depth - 1;
  const clear = hasAlpha || !transparency ? null : transparentSample(transparency, isColour ? 3 : 1);
  const toByte = (value: number): number => (depth === 16 ? value >> 8 : depth === 8 ? value : (value * 255) / max);
  return (row, columns, rgba, to, step) => {
    for (let x = 0; x < columns; x++, to += step) {
      const base = x * channels;
      const r = sampleAt(row, base, depth);
      const g = isColour ? sampleAt(row, base + 1, depth) : r;
      const b = isColour ? sampleAt(row, base + 2, depth) : r;
      let alpha = 255;
      if (hasAlpha) alpha = toByte(sampleAt(row, base + channels - 1, depth));
      else if (clear && r === clear[0] && g === clear[1] && b === clear[2]) alpha = 0;
      rgba[to] = overWhite(toByte(r), alpha);
      rgba[to + 1] = overWhite(toByte(g), alpha);
      rgba[to + 2] = overWhite(toByte(b), alpha);
      rgba[to + 3] = 255;
    }
  };
}

const overWhite = (value: number, alpha: number): number =>
  alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);

function paletteWriter(depth: number, palette: Uint8Array | null, transparency: Uint8Array | null): WriteRow {
  if (!palette || palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768)
    throw unreadable('its palette is missing');
  const colours = new Uint8Array(palette.length);
  for (let i = 0; i < palette.length; i++) {
    const alpha = transparency?.[Math.floor(i / 3)] ?? 255;
    colours[i] = overWhite(palette[i]!, alpha);
  }
  return (row, columns, rgba, to, step) => {
    for (let x = 0; x < columns; x++, to += step) {
      const entry = 3 * sampleAt(row, x, depth);
      if (entry >= colours.length) throw unreadable('a colour is not in its palette');
      rgba[to] = colours[entry]!;
      rgba[to + 1] = colours[entry + 1]!;
      rgba[to + 2] = colours[entry + 2]!;
      rgba[to + 3] = 255;
    }
  };
}

/** Sample number `i` of a row, as stored. */
function sampleAt(row: Uint8Array, i: number, depth: number): number {
  if (depth === 8) return row[i]!;
  if (depth === 16) return (row[2 * i]! << 8) | row[2 * i + 1]!;
  const bit = i * depth;
  return (row[bit >> 3]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** The one colour that `tRNS` makes clear, as three samples. */
function transparentSample(transparency: Uint8Array, channels: 1 | 3): readonly number[] {
  if (transparency.length !== 2 * channels) throw unreadable('its transparency is damaged');
  const at = (i: number): number => (transparency[2 * i]! << 8) | transparency[2 * i + 1]!;
  return channels === 1 ? [at(0), at(0), at(0)] : [at(0), at(1), at(2)];
}
