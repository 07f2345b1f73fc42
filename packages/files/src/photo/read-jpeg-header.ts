/**
 * Reads a JPEG up to its first scan (ITU-T T.81 annex B; ICC profile in APP2 chunks by ICC.1 annex B).
 *
 * Walks from marker to marker and believes no length: a segment that reaches past the end ends the walk. Throws
 * RangeError when there is no frame header, Refusal 'photo-type' for a rare kind of JPEG and 'photo-unreadable' for one of
 * scans without end. Does not look into the entropy-coded data: whether it is whole only the decoder can say.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { countScans, MOST_SCANS } from './jpeg-scans.ts';
import { hasText, joinBytes, MAX_ICC_BYTES, viewOf, type PhotoHeader } from './photo-header.ts';

const PROGRESSIVE = 0xc2;
const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
const APP2 = 0xe2;

/** Start of frame, all coding processes: 0xC0 to 0xCF without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Markers that stand alone, without a length: TEM, RST0 to RST7, SOI. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

export function readJpegHeader(bytes: Uint8Array): PhotoHeader {
  const view = viewOf(bytes);
  let frame: Pick<PhotoHeader, 'widthPx' | 'heightPx' | 'bitsPerSample' | 'colour'> | null = null;
  let isProgressive = false;
  let components = 0;
  let exif: Uint8Array | null = null;
  const iccChunks: Uint8Array[] = [];
  let at = 2;
  while (at < bytes.length) {
    // Stray bytes before a marker are skipped and fill bytes allowed, as decoders do.
    if (bytes[at++] !== 0xff) continue;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    // Where the first scan has the whole picture, a decoder ends with it.
    const isInScans = marker === SOS && (isProgressive || (bytes[at + 2] ?? 0) < components);
    if (isInScans && countScans(bytes, at - 2, MOST_SCANS) > MOST_SCANS)
      throw new Refusal('photo-unreadable', `it has more than ${MOST_SCANS} scans`);
    if (marker === undefined || marker === SOS || marker === EOI) break;
    if (marker === 0 || standsAlone(marker)) continue;
    const end = at + 2 <= bytes.length ? at + view.getUint16(at) : Infinity;
    if (end < at + 2 || end > bytes.length) break;
    const body = bytes.subarray(at + 2, end);
    if (isFrame(marker)) {
      refuseRare(marker);
      frame ??= readFrame(body);
      isProgressive ||= marker === PROGRESSIVE;
      components = Math.max(components, body[5] ?? 0);
    } else if (marker === APP1 && hasText(body, 0, 'Exif\0')) exif ??= body.subarray(6);
    else if (marker === APP2 && hasText(body, 0, 'ICC_PROFILE\0')) iccChunks.push(body.subarray(12));
    at = end;
  }
  if (!frame) throw new RangeError('no frame header');
  return { ...frame, isAnimated: false, exif, icc: joinIcc(iccChunks) };
}

/** Coding processes that no camera uses and browsers do not know, so that no shell opens what another refuses. */
function refuseRare(marker: number): void {
  if (marker >= 0xc9) throw new Refusal('photo-type', 'it is a JPEG with arithmetic coding');
  if (marker === 0xc3) throw new Refusal('photo-type', 'it is a lossless JPEG');
  if (marker >= 0xc5) throw new Refusal('photo-type', 'it is a hierarchical JPEG');
}

function readFrame(body: Uint8Array): Pick<PhotoHeader, 'widthPx' | 'heightPx' | 'bitsPerSample' | 'colour'> {
  const view = viewOf(body);
  const components = view.getUint8(5);
  return {
    bitsPerSample: view.getUint8(0),
    heightPx: view.getUint16(1),
    widthPx: view.getUint16(3),
    colour: components === 1 ? 'grey' : components === 4 ? 'cmyk' : 'rgb',
  };
}

/** Chunks carry their number (from 1) and their count, and may come in any order; all must be there, none twice. */
function joinIcc(chunks: readonly Uint8Array[]): Uint8Array | null {
  const inOrder = [...chunks].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  const isWhole = inOrder.every((chunk, i) => chunk[0] === i + 1 && chunk[1] === chunks.length);
  if (chunks.length === 0 || !isWhole) return null;
  const icc = joinBytes(inOrder.map((chunk) => chunk.subarray(2)));
  return icc.length <= MAX_ICC_BYTES ? icc : null;
}
