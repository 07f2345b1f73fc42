import { describe, expect, it } from 'vitest';
import { readPictureFacts } from './read-photo-facts.ts';
import { plainExif } from './plain-exif.ts';
import { stripMetadata } from './strip-metadata.ts';
import { tagJpeg } from './tag-jpeg.ts';
import {
  ascii,
  exifBlock,
  exifSegment,
  iccProfile,
  iccSegment,
  jpegHead,
  jpegSegment,
  joined,
  MATRIX_TAGS,
  pngChunk,
  pngHead,
  webp,
  webpChunk,
  webpExtended,
  withSegments,
} from './testing/photo-bytes.ts';

const SECRET = 'SECRET-PLACE';
const secretExif = joined(exifBlock(6, 26), ascii(SECRET));
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const profile = iccProfile('RGB ', MATRIX_TAGS, 600);

const SCAN = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0x00, 0xff, 0xd0, 0x34];
/** Two scans with a comment between them, as a progressive photo may have. */
const jpeg = joined(
  withSegments(
    jpegHead(400, 300).subarray(0, -2),
    jpegSegment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]),
    exifSegment(secretExif),
    jpegSegment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
    jpegSegment(0xed, ascii(SECRET)),
    iccSegment(1, 1, profile),
    jpegSegment(0xee, ascii('Adobe\0d\0\0\0\0\x01')),
    jpegSegment(0xe7, ascii(SECRET)),
  ),
  SCAN,
  jpegSegment(0xfe, ascii(SECRET)),
  SCAN,
  [0xff, 0xd9],
  ascii(`....ftypmp42${SECRET}`),
);

describe('stripMetadata', () => {
  it('keeps picture, profile, turn and focal length of a JPEG and nothing else', () => {
    const plain = stripMetadata(jpeg);
    expect(textOf(plain)).not.toContain(SECRET);
    expect(textOf(plain)).not.toContain('http');
    const { orientation, focal35mm, widthPx, heightPx, profile: kept } = readPictureFacts(plain);
    expect([orientation, focal35mm, widthPx, heightPx]).toEqual([6, 26, 300, 400]);
    expect(kept!.bytes).toEqual(profile);
    expect(textOf(plain)).toContain('Adobe');
    expect(textOf(plain).split(textOf(Uint8Array.from(SCAN)))).toHaveLength(3);
    expect([...plain.subarray(-2)]).toEqual([0xff, 0xd9]);
    expect(textOf(plain)).not.toContain('\x09\x09\x09');
    expect(stripMetadata(plain)).toEqual(plain);
  });

  it('keeps a JPEG that ends early as far as it goes', () => {
    const cut = jpeg.subarray(0, jpeg.length - 60);
    expect(textOf(stripMetadata(cut))).not.toContain(SECRET);
    expect(() => readPictureFacts(stripMetadata(cut))).not.toThrow();
  });

  it('keeps the chunks of a PNG that make its picture, and closes behind them', () => {
    const png = joined(
      pngHead(20, 10),
      pngChunk('tEXt', ascii(SECRET)),
      pngChunk('eXIf', secretExif),
      pngChunk('gAMA', [0, 0, 0xb1, 0x8f]),
      pngChunk('IDAT', [1, 2, 3]),
      pngChunk('tIME', [1, 2, 3, 4, 5, 6, 7]),
      pngChunk('zzZz', ascii(SECRET)),
      pngChunk('IEND', []),
      ascii(SECRET),
    );
    const plain = stripMetadata(png);
    expect(textOf(plain)).not.toContain(SECRET);
    expect(textOf(plain).match(/IHDR|eXIf|gAMA|IDAT|IEND|tIME/g)).toEqual(['IHDR', 'eXIf', 'gAMA', 'IDAT', 'IEND']);
    expect(readPictureFacts(plain).orientation).toBe(6);
    expect(stripMetadata(plain)).toEqual(plain);
  });

  it('keeps the picture of a WebP and says in its head what is left', () => {
    const photo = webp(
      webpExtended(0x0c, 40, 30),
      webpChunk('VP8L', [0x2f, 39, 0x40, 7, 0]),
      webpChunk('EXIF', secretExif),
      webpChunk('XMP ', ascii(SECRET)),
    );
    const plain = stripMetadata(photo);
    expect(textOf(plain)).not.toContain(SECRET);
    expect(plain[20]).toBe(0x08);
    const { orientation, focal35mm, widthPx } = readPictureFacts(plain);
    expect([orientation, focal35mm, widthPx]).toEqual([6, 26, 30]);
    expect(new DataView(plain.buffer).getUint32(4, true)).toBe(plain.length - 8);
  });

  it('writes no block when there is nothing to say', () => {
    expect(plainExif({ orientation: 1, focal35mm: null })).toBeNull();
    expect(textOf(stripMetadata(joined(pngHead(9, 9), pngChunk('IEND', []))))).not.toContain('eXIf');
  });
});

describe('tagJpeg', () => {
  it('tells turn, focal length and a profile of any length to whoever reads the file', () => {
    const icc = iccProfile('RGB ', MATRIX_TAGS, 150_000);
    const facts = readPictureFacts(tagJpeg(jpegHead(400, 300), { orientation: 8, focal35mm: 77, icc }));
    expect([facts.orientation, facts.focal35mm, facts.widthPx]).toEqual([8, 77, 300]);
    expect(facts.profile!.bytes).toEqual(icc);
  });
});
