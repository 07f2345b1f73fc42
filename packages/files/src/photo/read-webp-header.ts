/**
 * Reads the chunks of a WebP that say what it stores (RFC 9649): VP8X, VP8, VP8L, ICCP, EXIF.
 *
 * Walks from chunk to chunk; one that reaches past the end ends the walk after its head was read, as the picture's
 * own chunk does in a truncated file. Throws RangeError when no picture is announced.
 */
import { hasText, MAX_ICC_BYTES, viewOf, withoutExifPrefix, type PhotoHeader } from './photo-header.ts';

const ANIMATION_FLAG = 0x02;

export function readWebpHeader(bytes: Uint8Array): PhotoHeader {
  const view = viewOf(bytes);
  let size: readonly [widthPx: number, heightPx: number] | null = null;
  let isAnimated = false;
  let exif: Uint8Array | null = null;
  let icc: Uint8Array | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (hasText(bytes, at, 'VP8X')) {
      const extended = viewOf(body);
      isAnimated = (extended.getUint8(0) & ANIMATION_FLAG) !== 0;
      // 24 bits each, one less than the size.
      size ??= [(extended.getUint32(4, true) & 0xffffff) + 1, (extended.getUint32(6, true) >>> 8) + 1];
    } else if (hasText(bytes, at, 'VP8 ')) size ??= lossySize(body);
    else if (hasText(bytes, at, 'VP8L')) size ??= losslessSize(body);
    else if (body.length === length && hasText(bytes, at, 'ICCP')) icc ??= length <= MAX_ICC_BYTES ? body : null;
    else if (body.length === length && hasText(bytes, at, 'EXIF')) exif ??= withoutExifPrefix(body);
    at += 8 + length + (length & 1);
  }
  if (!size) throw new RangeError('no picture');
  return { widthPx: size[0], heightPx: size[1], colour: 'rgb', bitsPerSample: 8, isAnimated, exif, icc };
}

/** RFC 6386 section 9.1: three bytes of tag, the start code, then two sizes of 14 bits. */
function lossySize(body: Uint8Array): readonly [number, number] {
  if (!hasText(body, 3, '\x9d\x01\x2a')) throw new RangeError('no key frame');
  const view = viewOf(body);
  return [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
}

/** RFC 9649 section 3.4: a signature byte, then two sizes of 14 bits, one less each. */
function losslessSize(body: Uint8Array): readonly [number, number] {
  const view = viewOf(body);
  if (view.getUint8(0) !== 0x2f) throw new RangeError('no lossless picture');
  const bits = view.getUint32(1, true);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}
