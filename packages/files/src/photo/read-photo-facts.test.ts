import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { verdictOn } from '@stipple/core/units/testing/verdict-on.ts';
import { readPhotoFacts, readPictureFacts } from './read-photo-facts.ts';
import {
  adobeExifBlock,
  ascii,
  exifBlock,
  exifSegment,
  iccpChunk,
  iccProfile,
  iccSegment,
  joined,
  jpegHead,
  jpegSegment,
  MATRIX_TAGS,
  pngChunk,
  pngHead,
  webp,
  webpChunk,
  webpExtended,
  withSegments,
} from './testing/photo-bytes.ts';
import { ADOBE_RGB, writeMatrixProfile } from './write-matrix-profile.ts';

const P3 = iccProfile('RGB ', MATRIX_TAGS);
const LOSSLESS_640_480 = webpChunk('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0x00]);

const refusalOf = (bytes: Uint8Array) => verdictOn(() => readPhotoFacts(bytes));

describe('readPhotoFacts', () => {
  it('reads size, orientation and focal length of a JPEG', () => {
    const bytes = withSegments(jpegHead(640, 480), exifSegment(exifBlock(6, 26)));
    expect(readPhotoFacts(bytes)).toEqual({
      type: 'jpeg',
      storedWidthPx: 640,
      storedHeightPx: 480,
      widthPx: 480,
      heightPx: 640,
      orientation: 6,
      focal35mm: 26,
      colour: 'rgb',
      bitsPerSample: 8,
      profile: null,
    });
  });

  it('reads a PNG with its profile and its EXIF behind the picture', () => {
    const parts = [iccpChunk(P3), pngChunk('IDAT', [1, 2, 3]), pngChunk('eXIf', exifBlock(3, 50, 'II'))];
    const facts = readPhotoFacts(joined(pngHead(400, 330, 16, 6), ...parts));
    expect(facts).toMatchObject({ type: 'png', widthPx: 400, heightPx: 330, orientation: 3, bitsPerSample: 16 });
    expect(facts.focal35mm).toBe(50);
    expect(facts.profile?.bytes).toEqual(P3);
  });

  it('reads a WebP, extended or bare', () => {
    const parts = [webpExtended(0x2c, 1000, 700), webpChunk('ICCP', P3), webpChunk('EXIF', exifBlock(8, 24))];
    const facts = readPhotoFacts(webp(...parts));
    expect(facts).toMatchObject({ type: 'webp', storedWidthPx: 1000, widthPx: 700, heightPx: 1000, focal35mm: 24 });
    expect(facts.profile).toEqual({ bytes: P3, model: 'rgb', isMatrix: true });
    expect(readPhotoFacts(webp(LOSSLESS_640_480))).toMatchObject({ widthPx: 640, heightPx: 480 });
    const lossy = webpChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x41]);
    expect(readPhotoFacts(webp(lossy))).toMatchObject({ widthPx: 640, heightPx: 480 });
  });

  it('puts a JPEG profile together in whatever order its parts come', () => {
    const parts = [iccSegment(3, 3, P3.subarray(700)), iccSegment(1, 3, P3.subarray(0, 300))];
    const last = iccSegment(2, 3, P3.subarray(300, 700));
    expect(readPhotoFacts(withSegments(jpegHead(640, 480), ...parts, last)).profile?.bytes).toEqual(P3);
    expect(readPhotoFacts(withSegments(jpegHead(640, 480), ...parts)).profile).toBeNull();
    expect(readPhotoFacts(withSegments(jpegHead(640, 480), ...parts, parts[0]!)).profile).toBeNull();
  });

  it('tells grey and CMYK from RGB', () => {
    expect(readPhotoFacts(jpegHead(640, 480, 1)).colour).toBe('grey');
    expect(readPhotoFacts(jpegHead(640, 480, 4)).colour).toBe('cmyk');
    expect(readPhotoFacts(pngHead(640, 480, 8, 3)).colour).toBe('rgb');
    expect(readPhotoFacts(pngHead(640, 480, 16, 4)).colour).toBe('grey');
  });

  it('refuses kinds of JPEG that not every shell opens', () => {
    const refused = [0xc3, 0xc7, 0xc9, 0xca].map((marker) => refusalOf(jpegHead(640, 480, 3, marker)));
    expect(refused.map(([code]) => code)).toEqual(Array.from({ length: 4 }, () => 'photo-type'));
    expect(refused[2]![1]).toBe('it is a JPEG with arithmetic coding');
    for (const marker of [0xc0, 0xc1, 0xc2]) expect(refusalOf(jpegHead(640, 480, 3, marker))[0]).toBe('accepted');
  });

  it('refuses a JPEG of more scans than any camera or program writes: each takes a decoder over the whole picture', () => {
    const frame = (marker: number) => jpegSegment(marker, [8, 1, 224, 2, 128, 3, 1, 17, 0, 2, 17, 0, 3, 17, 0]);
    const scan = joined(jpegSegment(0xda, [1, 1, 0, 1, 63, 0]), [0x12, 0xff, 0x00, 0xda, 0xff, 0xd0, 0x34]);
    const tables = jpegSegment(0xc4, [0xff, 0xda, 0xff, 0xd9]);
    const film = Array.from({ length: 500 }, () => [0xff, 0xda]).flat();
    const photo = (marker: number, scans: number, first = scan) => {
      const all = Array.from({ length: scans - 1 }, () => [tables, scan]).flat();
      return joined([0xff, 0xd8], frame(marker), first, ...all, [0xff, 0xd9], film);
    };
    const PROGRESSIVE = 0xc2;
    const BASELINE = 0xc0;
    const ACCEPTED = ['accepted', null];
    const ENDLESS = ['photo-unreadable', 'it has more than 100 scans'];
    expect(refusalOf(photo(PROGRESSIVE, 100))).toEqual(ACCEPTED);
    expect(refusalOf(photo(PROGRESSIVE, 101))).toEqual(ENDLESS);
    expect(refusalOf(photo(BASELINE, 101))).toEqual(ENDLESS);
    // All three colours in the first scan: decoders end with it.
    const whole = jpegSegment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    expect(refusalOf(photo(BASELINE, 101, whole))).toEqual(ACCEPTED);
    expect(refusalOf(photo(PROGRESSIVE, 3).subarray(0, 50))).toEqual(ACCEPTED);
  });

  it('gives photos that a camera says are Adobe RGB that profile, unless they carry one', () => {
    const camera = exifSegment(adobeExifBlock('MM'));
    expect(readPhotoFacts(withSegments(jpegHead(640, 480), camera)).profile?.bytes).toEqual(
      writeMatrixProfile(ADOBE_RGB),
    );
    const carried = withSegments(jpegHead(640, 480), camera, iccSegment(1, 1, P3));
    expect(readPhotoFacts(carried).profile?.bytes).toEqual(P3);
  });

  it('names what a file is instead of a photo', () => {
    const named = (...start: ArrayLike<number>[]) => refusalOf(joined(...start, new Uint8Array(64)));
    expect(refusalOf(new Uint8Array(0))).toEqual(['photo-empty', null]);
    expect(named(ascii('\0\0\0\x18ftypmsf1'))).toEqual(['photo-type', 'it is a HEIC sequence']);
    expect(named(ascii('\0\0\0\x1cftypavif'))).toEqual(['photo-type', 'it is an AVIF picture']);
    expect(named(ascii('\0\0\0\x18ftypisom'))).toEqual(['photo-type', 'it is a video']);
    expect(named(ascii('GIF89a'))).toEqual(['photo-type', 'it is a GIF']);
    expect(named(ascii('II*\0'))).toEqual(['photo-type', 'it is a TIFF or raw photo']);
    expect(named(ascii('%PDF-1.7'))).toEqual(['photo-type', 'it is a PDF']);
    expect(named(ascii('<svg xmlns='))).toEqual(['photo-type', 'it is a drawing, a web page or text']);
    expect(named([1, 2, 3])).toEqual(['photo-type', null]);
  });

  it('refuses animations', () => {
    expect(refusalOf(webp(webpExtended(0x02, 640, 480)))).toEqual(['photo-type', 'it is an animation']);
    const apng = joined(pngHead(640, 480), pngChunk('acTL', new Uint8Array(8)));
    expect(refusalOf(apng)).toEqual(['photo-type', 'it is an animation']);
  });

  it('refuses by pixels and bytes before anything is decoded', () => {
    expect(refusalOf(pngHead(60_000, 60_000))).toEqual(['photo-too-large', '60000 x 60000 pixels']);
    expect(refusalOf(pngHead(0xffffffff, 0xffffffff))[0]).toBe('photo-too-large');
    expect(refusalOf(jpegHead(65_535, 65_535))[0]).toBe('photo-too-large');
    expect(refusalOf(webp(webpExtended(0, 1 << 24, 1 << 24)))[0]).toBe('photo-too-large');
    expect(refusalOf(joined(jpegHead(640, 480), new Uint8Array(41 * 1024 * 1024)))).toEqual([
      'photo-too-large',
      '41 MB',
    ]);
    expect(readPhotoFacts(pngHead(10_000, 6000)).widthPx).toBe(10_000);
    expect(refusalOf(pngHead(10_001, 6000))[0]).toBe('photo-too-large');
  });

  it('refuses a side below 320 pixels, but not of a mask', () => {
    expect(readPhotoFacts(pngHead(320, 320)).widthPx).toBe(320);
    expect(refusalOf(pngHead(320, 319))).toEqual(['photo-too-small', '320 x 319 pixels']);
    expect(readPictureFacts(pngHead(32, 1)).widthPx).toBe(32);
    expect(refusalOf(pngHead(0, 640))[0]).toBe('photo-unreadable');
    expect(refusalOf(jpegHead(640, 0))[0]).toBe('photo-unreadable');
  });

  it('refuses a header that ends early or contradicts the standard', () => {
    expect(refusalOf(joined([0xff, 0xd8, 0xff]))[0]).toBe('photo-unreadable');
    expect(refusalOf(pngHead(640, 480).subarray(0, 20))[0]).toBe('photo-unreadable');
    expect(refusalOf(pngHead(640, 480, 3, 2))[0]).toBe('photo-unreadable');
    expect(refusalOf(pngHead(640, 480, 8, 9))[0]).toBe('photo-unreadable');
    expect(refusalOf(webp())[0]).toBe('photo-unreadable');
    expect(refusalOf(webp(webpChunk('VP8 ', [1, 2])))[0]).toBe('photo-unreadable');
  });

  it('survives lengths that lie', () => {
    const good = jpegHead(640, 480);
    expect(refusalOf(withSegments(good, joined([0xff, 0xe1, 0xff, 0xff])))[0]).toBe('photo-unreadable');
    expect(refusalOf(withSegments(good, joined([0xff, 0xe1, 0, 0])))[0]).toBe('photo-unreadable');
    const lying = joined(pngHead(640, 480), pngChunk('iCCP', [65, 0, 0], 0xffffffff));
    expect(readPhotoFacts(lying)).toMatchObject({ widthPx: 640, profile: null });
    const webpLie = webp(webpExtended(0, 640, 480), joined(ascii('ICCP'), [0xff, 0xff, 0xff, 0xff], P3));
    expect(readPhotoFacts(webpLie).profile).toBeNull();
  });

  it('never refuses a photo for broken metadata', () => {
    const blocks = [[], [0x49], ascii('MM\0*\xff\xff\xff\xff'), ascii('II*\0\x08\0\0\0\xff\xff'), ascii('Exif\0\0')];
    for (const block of blocks) {
      const facts = readPhotoFacts(withSegments(jpegHead(640, 480), exifSegment(block)));
      expect(facts).toMatchObject({ orientation: 1, focal35mm: null });
    }
    const icc = [iccSegment(1, 1, [1, 2, 3]), jpegSegment(0xe2, ascii('ICC_PROFILE\0')), iccSegment(0, 0, P3)];
    for (const segment of icc) expect(readPhotoFacts(withSegments(jpegHead(640, 480), segment)).profile).toBeNull();
    const broken = pngChunk('iCCP', joined(ascii('name\0\0'), [0x78, 0x9c, 1, 2, 3, 4, 5]));
    expect(readPhotoFacts(joined(pngHead(640, 480), broken)).profile).toBeNull();
  });

  it('stops inflating a profile at its bound', () => {
    const bomb = iccpChunk(new Uint8Array(64 * 1024 * 1024));
    expect(readPhotoFacts(joined(pngHead(640, 480), bomb)).profile).toBeNull();
    const largest = iccProfile('RGB ', MATRIX_TAGS, 4 * 1024 * 1024);
    expect(readPhotoFacts(joined(pngHead(640, 480), iccpChunk(largest))).profile?.bytes.length).toBe(largest.length);
  });

  it('gives facts or a refusal for any damage to a good file', () => {
    const random = seededGenerator(20);
    const jpeg = withSegments(jpegHead(640, 480), exifSegment(exifBlock(6, 26)), iccSegment(1, 1, P3));
    const png = joined(pngHead(640, 480), iccpChunk(P3), pngChunk('eXIf', exifBlock(6, 26)));
    const parts = [webpExtended(0x2c, 640, 480), webpChunk('ICCP', P3), webpChunk('EXIF', exifBlock(6, 26))];
    for (const good of [jpeg, png, webp(...parts)]) {
      for (let round = 0; round < 3000; round++) {
        const bytes = good.slice(0, random() < 0.3 ? Math.floor(random() * good.length) : good.length);
        for (let hits = Math.floor(random() * 8); hits > 0; hits--) {
          bytes[Math.floor(random() * Math.min(bytes.length, 220))] = Math.floor(random() * 256);
        }
        expect(refusalOf(bytes)[0]).toMatch(/^(accepted|photo-\w+(-\w+)?)$/);
      }
    }
  });
});
