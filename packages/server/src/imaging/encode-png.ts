/**
 * Writes pictures as PNG on the threads of Node, so that both cores work while the next rows are filtered.
 *
 * The strips of `filterStrip` are deflated apart, each ended on a byte boundary, and laid behind one another: that is
 * one valid zlib stream (RFC 1950 and 1951, the way of pigz), 0.04 % longer than a single one. Few strips are in flight
 * at once, so memory holds the compressed picture and a few megabytes. 12 megapixels take 0.35 s of processor time, less
 * on the clock. Samples, profile and framing: write-png.ts.
 *
 * Pictures of one photo differ only where their patches lie: with a `KeptStrips` the strips beside a patch are
 * compressed for the first picture, or before there is one, and taken over by the next.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib';
import { filterStrip, rowsPerStrip, type PngImage } from '@stipple/files/exports/filter-png-rows.ts';
import { framePng, pngPanels, type DeflateLevel, type PngPicture } from '@stipple/files/exports/write-png.ts';

const deflate: (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array> = promisify(deflateRaw);

/** More than the threads of Node's pool keep busy; the filters run between. */
const STRIPS_IN_FLIGHT = 6;
/** Level 1 takes a fifth less time for 2 to 4 % more bytes, level 6 six times as long for 17 % fewer. */
const LEVEL: DeflateLevel = 2;

interface Strip {
  readonly packed: Promise<Uint8Array>;
  readonly checksum: number;
  readonly bytes: number;
}

/** Strips that need not be packed again; none that a patch touches. */
export interface KeptStrips {
  readonly get: (first: number, end: number) => Strip | undefined;
  readonly keep: (first: number, end: number, strip: Strip) => void;
}

/** The strips of one photo, by their first row. */
export function stripsOfPhoto(): KeptStrips {
  const strips = new Map<number, Strip>();
  return { get: (first) => strips.get(first), keep: (first, _end, strip) => void strips.set(first, strip) };
}

/** The strips of a picture that is black but from row `top` up to `bottom`: elsewhere all of a height are alike. */
export function blackBeside(top: number, bottom: number): KeptStrips {
  const strips = new Map<number, Strip>();
  // A strip is filtered by the row before it.
  const isBlack = (first: number, end: number): boolean => end <= top || first > bottom;
  return {
    get: (first, end) => (isBlack(first, end) ? strips.get(end - first) : undefined),
    keep: (first, end, strip) => {
      if (isBlack(first, end)) strips.set(end - first, strip);
    },
  };
}

/**
 * `kept` belongs to the photo under the picture's patch; it is read and filled.
 * @throws RangeError when panels do not fit one another or their samples
 */
export async function beginPng(
  picture: PngPicture,
  icc: Uint8Array | null,
  kept: KeptStrips = stripsOfPhoto(),
): Promise<BegunPng> {
  const panels = pngPanels(picture);
  const rows = panels[0]!.heightPx;
  const step = rowsPerStrip(panels);
  const strips: Strip[] = [];
  let checksum = 1;
  for (let first = 0; first < rows; first += step) {
    const end = Math.min(rows, first + step);
    const isPatched = panels.some((panel) => touches(panel, first, end));
    let strip = isPatched ? undefined : kept.get(first, end);
    if (!strip) {
      await strips.at(-STRIPS_IN_FLIGHT)?.packed;
      strip = pack(filterStrip(panels, first, end));
      if (!isPatched) kept.keep(first, end, strip);
    }
    checksum = checksumOfBoth(checksum, strip.checksum, strip.bytes);
    strips.push(strip);
  }
  const framed = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const packed = await Promise.all(strips.map((strip) => strip.packed));
    return framePng(panels, icc, [ZLIB_HEADER, ...packed, zlibEnd(checksum)], crcOf);
  };
  return { file: framed() };
}

/** A picture whose last strips may still be on the threads, so that the next one can be begun. */
export interface BegunPng {
  readonly file: Promise<Uint8Array<ArrayBuffer>>;
}

/** As {@link beginPng}, and waits for it. */
export const encodePng = async (...picture: Parameters<typeof beginPng>): Promise<Uint8Array<ArrayBuffer>> =>
  (await beginPng(...picture)).file;

/** Packs the lower half, which work on a head seldom reaches, from the bottom up and as long as it is wanted. */
export async function packAhead(picture: PngPicture, kept: KeptStrips, isWanted: () => boolean): Promise<void> {
  const panels = pngPanels(picture);
  const rows = panels[0]!.heightPx;
  const step = rowsPerStrip(panels);
  for (let first = step * Math.floor((rows - 1) / step); first >= rows / 2 && isWanted(); first -= step) {
    const end = Math.min(rows, first + step);
    const strip = pack(filterStrip(panels, first, end));
    kept.keep(first, end, strip);
    await strip.packed;
  }
}

/** Whether a patch reaches into the rows, or into the one before, by which the first is filtered. */
const touches = ({ patch }: PngImage, first: number, end: number): boolean =>
  patch !== undefined && patch.topPx < end && patch.topPx + patch.heightPx > first - 1;

const pack = (strip: Uint8Array): Strip => ({
  packed: deflate(strip, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 18 }),
  checksum: adler32(strip),
  bytes: strip.length,
});

/** Deflate with a window of 32 KB. */
const ZLIB_HEADER = Uint8Array.of(0x78, 0x5e);

/** Ten times as fast as our own. */
const crcOf = (bytes: Uint8Array, from: number, end: number): number => crc32(bytes.subarray(from, end));

/** An empty last block, then the checksum. */
function zlibEnd(checksum: number): Uint8Array {
  const end = Uint8Array.of(0x03, 0x00, 0, 0, 0, 0);
  new DataView(end.buffer).setUint32(2, checksum);
  return end;
}

/** Words that can be summed before the sum of sums of a byte's place leaves 16 bits: 255 times 1 + 2 + ... + 21. */
const ADLER_RUN = 22;
const ADLER_BASE = 65521;

/** Of a strip, which begins with its memory. */
function adler32(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  let a = 1;
  let b = 0;
  for (let first = 0; first < words.length; first += ADLER_RUN) {
    const end = Math.min(words.length, first + ADLER_RUN);
    // The first and third bytes of the words, and the second and fourth, are summed two in a number.
    let even = 0;
    let odd = 0;
    let evens = 0;
    let odds = 0;
    for (let k = first; k < end; k++) {
      const word = words[k]!;
      evens = (evens + even) | 0;
      odds = (odds + odd) | 0;
      even += word & 0xff00ff;
      odd += (word >>> 8) & 0xff00ff;
    }
    const before = (evens & 0xffff) + (evens >>> 16) + (odds & 0xffff) + (odds >>> 16);
    b =
      (b + 4 * ((end - first) * a + before + (even & 0xffff)) + 3 * (odd & 0xffff) + 2 * (even >>> 16) + (odd >>> 16)) %
      ADLER_BASE;
    a = (a + (even & 0xffff) + (odd & 0xffff) + (even >>> 16) + (odd >>> 16)) % ADLER_BASE;
  }
  for (let at = 4 * words.length; at < bytes.length; at++) {
    a = (a + bytes[at]!) % ADLER_BASE;
    b = (b + a) % ADLER_BASE;
  }
  return ((b << 16) | a) >>> 0;
}

/** Adler-32 of two pieces behind one another; the second has so many bytes. */
function checksumOfBoth(first: number, second: number, bytes: number): number {
  const before = (first & 0xffff) - 1;
  const a = (before + (second & 0xffff)) % ADLER_BASE;
  const b = ((first >>> 16) + (second >>> 16) + bytes * before) % ADLER_BASE;
  return ((b << 16) | a) >>> 0;
}
