/**
 * Reads the chunks of a PNG that say what it stores (PNG third edition, W3C 2025): IHDR, iCCP, eXIf, acTL.
 *
 * Walks from chunk to chunk; one that reaches past the end ends the walk. A profile is inflated only up to the bound
 * of {@link MAX_ICC_BYTES}. Throws RangeError when IHDR is not what the standard allows. Checksums are left to the
 * decoder.
 */
import { Unzlib } from 'fflate';
import { hasText, joinBytes, MAX_ICC_BYTES, viewOf, withoutExifPrefix, type PhotoHeader } from './photo-header.ts';

/** Colour type to the bit depths it may have: grey, RGB, palette, grey with alpha, RGB with alpha. */
export const PNG_DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export function readPngHeader(bytes: Uint8Array): PhotoHeader {
  const view = viewOf(bytes);
  if (view.getUint32(8) !== 13 || !hasText(bytes, 12, 'IHDR')) throw new RangeError('IHDR does not come first');
  const bitsPerSample = view.getUint8(24);
  const colourType = view.getUint8(25);
  if (!PNG_DEPTHS[colourType]?.includes(bitsPerSample)) throw new RangeError('no such colour type');

  let exif: Uint8Array | null = null;
  let profile: Uint8Array | null = null;
  let isAnimated = false;
  for (let at = 33; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length || hasText(bytes, at + 4, 'IEND')) break;
    const body = bytes.subarray(at + 8, end - 4);
    if (hasText(bytes, at + 4, 'iCCP')) profile ??= body;
    else if (hasText(bytes, at + 4, 'eXIf')) exif ??= withoutExifPrefix(body);
    else if (hasText(bytes, at + 4, 'acTL')) isAnimated = true;
    at = end;
  }
  // Inflated once, whatever comes of it: a file may hold thousands of broken ones.
  const icc = profile && inflateIcc(profile);
  const colour = colourType === 0 || colourType === 4 ? 'grey' : 'rgb';
  const widthPx = view.getUint32(16);
  const heightPx = view.getUint32(20);
  return { widthPx, heightPx, colour, bitsPerSample, isAnimated, exif, icc };
}

/** Input per step: expands to at most 1032 times as much before the bound is checked again. */
const INFLATE_STEP = 1024;

/** Name, NUL, method 0, then a zlib stream; null when it is broken or inflates beyond the bound. */
function inflateIcc(body: Uint8Array): Uint8Array | null {
  const nameLength = body.indexOf(0);
  if (nameLength < 1 || nameLength > 79 || body[nameLength + 1] !== 0) return null;
  const packed = body.subarray(nameLength + 2);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const unzlib = new Unzlib((piece) => {
    length += piece.length;
    if (length > MAX_ICC_BYTES) throw new RangeError('the profile is too large');
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < packed.length; at += INFLATE_STEP) {
      unzlib.push(packed.subarray(at, at + INFLATE_STEP), at + INFLATE_STEP >= packed.length);
    }
  } catch {
    return null;
  }
  return joinBytes(pieces);
}
