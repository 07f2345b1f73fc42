/** Builds and damages photo files byte by byte, hostile ones first of all. Test code only. */
import { zlibSync } from 'fflate';
import { joinBytes } from '../photo-header.ts';

export const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const u16 = (n: number): number[] => [(n >>> 8) & 255, n & 255];
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n)];
const littleEndian = (bytes: readonly number[]): number[] => [...bytes].reverse();

export const joined = (...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> => joinBytes(parts);

/** Orientation in the first directory, the focal length in the Exif directory after it. */
export function exifBlock(orientation: number, focal35mm: number, order: 'II' | 'MM' = 'MM'): Uint8Array<ArrayBuffer> {
  const turn = (bytes: number[]): number[] => (order === 'MM' ? bytes : littleEndian(bytes));
  const entry = (tag: number, type: 3 | 4, value: number): number[] => [
    ...turn(u16(tag)),
    ...turn(u16(type)),
    ...turn(u32(1)),
    ...(type === 3 ? [...turn(u16(value)), 0, 0] : turn(u32(value))),
  ];
  return joined(
    ascii(order),
    turn(u16(42)),
    turn(u32(8)),
    turn(u16(2)),
    entry(0x0112, 3, orientation),
    entry(0x8769, 4, 38),
    turn(u32(0)),
    turn(u16(1)),
    entry(0xa405, 3, focal35mm),
    turn(u32(0)),
  );
}

/** The same, and what a camera says of its colours: `index` R03 is Adobe RGB, R98 sRGB. */
export function adobeExifBlock(order: 'II' | 'MM', index = 'R03'): Uint8Array<ArrayBuffer> {
  const turn = (bytes: number[]): number[] => (order === 'MM' ? bytes : littleEndian(bytes));
  const entry = (tag: number, type: number, count: number, value: number[]): number[] => [
    ...turn(u16(tag)),
    ...turn(u16(type)),
    ...turn(u32(count)),
    ...value,
  ];
  const short = (value: number): number[] => [...turn(u16(value)), 0, 0];
  const directory = (...entries: number[][]): number[] => [...turn(u16(entries.length)), ...entries.flat(), 0, 0, 0, 0];
  return joined(
    ascii(order),
    turn(u16(42)),
    turn(u32(8)),
    directory(entry(0x0112, 3, 1, short(1)), entry(0x8769, 4, 1, turn(u32(38)))),
    directory(entry(0xa001, 3, 1, short(0xffff)), entry(0xa005, 4, 1, turn(u32(80))), entry(0xa405, 3, 1, short(26))),
    directory(entry(0x0001, 2, 4, ascii(`${index}\0`))),
  );
}

export const jpegSegment = (marker: number, body: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  joined([0xff, marker], u16(body.length + 2), body);

export const exifSegment = (tiff: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  jpegSegment(0xe1, joined(ascii('Exif\0\0'), tiff));

/** Part `number` of `count` of a profile. */
export const iccSegment = (number: number, count: number, part: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  jpegSegment(0xe2, joined(ascii('ICC_PROFILE\0'), [number, count], part));

/** The JPEG with segments put in right behind its start. */
export const withSegments = (jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  joined(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));

/** A JPEG as far as its first scan, with nothing behind it. */
export const jpegHead = (widthPx: number, heightPx: number, components = 3, marker = 0xc0): Uint8Array<ArrayBuffer> => {
  const parts = Array.from({ length: components }, (_, i) => [i + 1, 0x11, 0]).flat();
  const frame = jpegSegment(marker, [8, ...u16(heightPx), ...u16(widthPx), components, ...parts]);
  return joined([0xff, 0xd8], frame, [0xff, 0xda]);
};

/** Checksums are left at zero: readers of facts do not ask for them. */
export const pngChunk = (type: string, body: ArrayLike<number>, length = body.length): Uint8Array<ArrayBuffer> =>
  joined(u32(length), ascii(type), body, [0, 0, 0, 0]);

export const pngHead = (widthPx: number, heightPx: number, bits = 8, colourType = 2): Uint8Array<ArrayBuffer> =>
  joined(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk('IHDR', [...u32(widthPx), ...u32(heightPx), bits, colourType, 0, 0, 0]),
  );

export const iccpChunk = (profile: Uint8Array): Uint8Array<ArrayBuffer> =>
  pngChunk('iCCP', joined(ascii('any name\0\0'), zlibSync(profile)));

export const webpChunk = (type: string, body: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  joined(ascii(type), littleEndian(u32(body.length)), body, body.length & 1 ? [0] : []);

export const webp = (...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const body = joined(ascii('WEBP'), ...chunks);
  return joined(ascii('RIFF'), littleEndian(u32(body.length)), body);
};

export const webpExtended = (flags: number, widthPx: number, heightPx: number): Uint8Array<ArrayBuffer> => {
  const u24 = (n: number): number[] => littleEndian(u32(n)).slice(0, 3);
  return webpChunk('VP8X', [flags, 0, 0, 0, ...u24(widthPx - 1), ...u24(heightPx - 1)]);
};

/** A profile of so many bytes with the tags named, in which nothing but header and tag table means anything. */
export function iccProfile(model: string, tags: readonly string[], length = 1000): Uint8Array<ArrayBuffer> {
  const profile = Uint8Array.from({ length }, (_, i) => (i * 31) & 255);
  profile.set(u32(length), 0);
  profile.set(ascii(model), 16);
  profile.set(ascii('acsp'), 36);
  profile.set(u32(tags.length), 128);
  tags.forEach((tag, i) => profile.set([...ascii(tag), ...u32(500), ...u32(20)], 132 + 12 * i));
  return profile;
}

export const MATRIX_TAGS = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'] as const;
