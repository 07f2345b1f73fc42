/**
 * A photo file without anything that says where, when, by what device or by whom it was taken, its samples untouched.
 *
 * Kept are the coded picture, its colour profile, and, written anew, the two facts Stipple uses: which way is up and
 * the lens's focal length. Everything else goes: EXIF, XMP, IPTC, comments, text chunks, thumbnails, and whatever
 * stands behind the picture (the film of a motion photo, a second picture). A list of what may stay, not of what must
 * go, so an unknown block never stays.
 *
 * JPEG, PNG and WebP. HEIC keeps its metadata among the picture's own boxes: decode it and encode it as JPEG instead.
 */
import { crc32 } from './crc32.ts';
import { endOfScan } from './jpeg-scans.ts';
import { hasText, joinBytes, viewOf } from './photo-header.ts';
import { plainExif } from './plain-exif.ts';
import { readPictureFacts, type PhotoFacts } from './read-photo-facts.ts';
import { tagJpeg } from './tag-jpeg.ts';

/** @throws Refusal as `readPictureFacts`; RangeError for HEIC */
export function stripMetadata(bytes: Uint8Array): Uint8Array {
  const facts = readPictureFacts(bytes);
  if (facts.type === 'jpeg') return stripJpeg(bytes, facts);
  if (facts.type === 'png') return stripPng(bytes, facts);
  if (facts.type === 'webp') return stripWebp(bytes, facts);
  throw new RangeError(`metadata of a ${facts.type} cannot be taken out`);
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const SOS = 0xda;
const EOI = 0xd9;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;

/** Application segments that the decoder needs: JFIF's and Adobe's say what the components are. */
function staysInJpeg(marker: number, body: Uint8Array): boolean {
  if (marker === COM) return false;
  if (marker < APP0 || marker > 0xef) return true;
  return (
    (marker === APP0 && hasText(body, 0, 'JFIF\0')) ||
    (marker === APP2 && hasText(body, 0, 'ICC_PROFILE\0')) ||
    (marker === APP14 && hasText(body, 0, 'Adobe'))
  );
}

function stripJpeg(bytes: Uint8Array, facts: PhotoFacts): Uint8Array {
  const view = viewOf(bytes);
  const pieces: Uint8Array[] = [tagJpeg(bytes.subarray(0, 2), { ...facts, icc: null })];
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at++;
    else if (marker === EOI) return joinBytes([...pieces, bytes.subarray(at, at + 2)]);
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const end = at + 4 <= bytes.length ? at + 2 + view.getUint16(at + 2) : Infinity;
      if (end < at + 4 || end > bytes.length) break;
      // The thumbnail of a JFIF head is a picture like any other.
      if (marker === APP0 && hasText(bytes, at + 4, 'JFIF\0') && end >= at + 18) pieces.push(jfifHead(bytes, at));
      else if (staysInJpeg(marker, bytes.subarray(at + 4, end))) pieces.push(bytes.subarray(at, end));
      at = end;
      if (marker === SOS) {
        const scanEnd = endOfScan(bytes, at);
        pieces.push(bytes.subarray(at, scanEnd));
        at = scanEnd;
      }
    }
  }
  // Ends early: what there is of it, as the decoder will judge.
  return joinBytes(pieces);
}

function jfifHead(bytes: Uint8Array, at: number): Uint8Array {
  const head = bytes.slice(at, at + 18);
  head.set([0, 16], 2);
  head.set([0, 0], 16);
  return head;
}

const PNG_STAYS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'cICP'];

function stripPng(bytes: Uint8Array, facts: PhotoFacts): Uint8Array {
  const view = viewOf(bytes);
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)];
  const exif = plainExif(facts);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const name = PNG_STAYS.find((chunk) => hasText(bytes, at + 4, chunk));
    if (name) pieces.push(bytes.subarray(at, end));
    if (name === 'IHDR' && exif) pieces.push(pngChunk('eXIf', exif));
    if (name === 'IEND') break;
    at = end;
  }
  return joinBytes(pieces);
}

function pngChunk(name: string, body: Uint8Array): Uint8Array {
  const chunk = joinBytes([new Uint8Array(4), ascii(name), body, new Uint8Array(4)]);
  const view = viewOf(chunk);
  view.setUint32(0, body.length);
  view.setUint32(8 + body.length, crc32(chunk, 4, 8 + body.length));
  return chunk;
}

const WEBP_STAYS = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP'];
const WEBP_EXIF_FLAG = 0x08;
const WEBP_XMP_FLAG = 0x04;

function stripWebp(bytes: Uint8Array, facts: PhotoFacts): Uint8Array {
  const view = viewOf(bytes);
  const chunks: Uint8Array[] = [];
  // Only the extended form (VP8X) has room for EXIF; a simple one never told which way is up.
  const exif = hasText(bytes, 12, 'VP8X') ? plainExif(facts) : null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    if (at + 8 + length > bytes.length) break;
    if (WEBP_STAYS.some((chunk) => hasText(bytes, at, chunk))) {
      const chunk = bytes.slice(at, end);
      if (hasText(chunk, 0, 'VP8X')) {
        chunk[8] = (chunk[8]! & ~(WEBP_EXIF_FLAG | WEBP_XMP_FLAG)) | (exif ? WEBP_EXIF_FLAG : 0);
      }
      chunks.push(chunk);
    }
    at = end;
  }
  if (exif) {
    const chunk = joinBytes([ascii('EXIF'), new Uint8Array(4), exif]);
    viewOf(chunk).setUint32(4, exif.length, true);
    chunks.push(chunk);
  }
  const file = joinBytes([ascii('RIFF'), new Uint8Array(4), ascii('WEBP'), ...chunks]);
  viewOf(file).setUint32(4, file.length - 8, true);
  return file;
}
