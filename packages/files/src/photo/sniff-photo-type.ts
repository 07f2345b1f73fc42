/** Which kind of file the first bytes announce: names and endings of files are never asked. */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { hasText } from './photo-header.ts';

export type PhotoType = 'jpeg' | 'png' | 'webp' | 'heic';

/** Brands of a HEIF file that may hold one HEVC picture; what it does hold, its table of contents says. */
const HEIC_STARTS = ['ftypheic', 'ftypheix', 'ftypheim', 'ftypheis', 'ftypmif1'];

/** What people do try, so that the refusal can name it: bytes at an offset. Earlier rows win. */
const OTHERS: readonly (readonly [name: string, at: number, ...starts: string[]])[] = [
  ['an AVIF picture', 4, 'ftypavi'],
  ['a HEIC sequence', 4, 'ftyphev', 'ftypmsf1'],
  ['a Canon raw photo', 4, 'ftypcrx '],
  ['a video', 4, 'ftyp', 'moov', 'mdat'],
  ['a video', 8, 'AVI LIST'],
  ['a video', 0, '\x1a\x45\xdf\xa3'],
  ['a GIF', 0, 'GIF8'],
  ['a TIFF or raw photo', 0, 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  ['a PDF', 0, '%PDF'],
  ['a BMP', 0, 'BM'],
  ['a Photoshop file', 0, '8BPS'],
  ['an icon', 0, '\0\0\x01\0', '\0\0\x02\0'],
  ['a JPEG 2000 picture', 0, '\0\0\0\x0cjP  ', '\xff\x4f\xff\x51'],
  ['a JPEG XL picture', 0, '\0\0\0\x0cJXL ', '\xff\x0a'],
  ['a ZIP archive', 0, 'PK\x03', 'PK\x05'],
  ['a drawing, a web page or text', 0, '<', '\xef\xbb\xbf<'],
];

/** @throws Refusal 'photo-empty' or 'photo-type', which names what the file is instead */
export function sniffPhotoType(bytes: Uint8Array): PhotoType {
  if (bytes.length === 0) throw new Refusal('photo-empty');
  if (hasText(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (hasText(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return 'webp';
  if (HEIC_STARTS.some((start) => hasText(bytes, 4, start))) return 'heic';
  const other = OTHERS.find(([, at, ...starts]) => starts.some((start) => hasText(bytes, at, start)));
  throw new Refusal('photo-type', other ? `it is ${other[0]}` : null);
}
