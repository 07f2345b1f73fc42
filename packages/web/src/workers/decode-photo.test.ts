import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { decodeHeifTiles } from '@stipple/files/photo/heif-tiles.ts';
import { readPhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { DISPLAY_P3, writeMatrixProfile } from '@stipple/files/photo/write-matrix-profile.ts';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto, type PhotoCodecs } from './decode-photo.ts';

const require = createRequire(import.meta.url);
const compiled = (path: string) => () => WebAssembly.compile(readFileSync(require.resolve(path)));
const WHOLE = { index: 0, of: 1 };
const CODECS: PhotoCodecs = {
  jpeg: compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
  webp: compiled('@jsquash/webp/codec/dec/webp_dec.wasm'),
  heic: (bytes, give) =>
    decodeHeifTiles(bytes, readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm')), WHOLE, give),
};

type Facts = Parameters<typeof decodePhoto>[1];
const factsOf = (type: Facts['type'], orientation: Facts['orientation'] = 1): Facts => ({
  type,
  orientation,
  colour: 'rgb',
  profile: null,
});

/** As the command line decodes. */
async function bySharp(bytes: Uint8Array): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(bytes, { ignoreIcc: true })
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const opaque = data.map((value, i) =>
    i % 4 === 3 ? 255 : Math.round((value * data[i | 3]! + 255 * (255 - data[i | 3]!)) / 255),
  );
  return { data: opaque, width: info.width, height: info.height };
}

async function largestDifference(bytes: Uint8Array, facts: Facts): Promise<number> {
  const { pixels } = await decodePhoto(bytes, facts, CODECS);
  const seen = await bySharp(bytes);
  expect([pixels.widthPx, pixels.heightPx]).toEqual([seen.width, seen.height]);
  let largest = 0;
  for (let i = 0; i < seen.data.length; i++) largest = Math.max(largest, Math.abs(seen.data[i]! - pixels.rgba[i]!));
  return largest;
}

/** A picture with soft and hard edges and some noise: what makes decoders differ. */
function drawing(width: number, height: number): Sharp {
  const random = seededGenerator(11);
  const raw = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    return Math.min(255, ((x * 3 + y * (i % 3)) % 200) + 40 * random() + (((x >> 4) + (y >> 4)) % 2) * 15);
  });
  return sharp(raw, { raw: { width, height, channels: 3 } });
}

const SAMPLES = join(require.resolve('@vladmandic/face-api/package.json'), '../demo');

describe('decodePhoto', () => {
  it('gives the samples of the command line for JPEGs from cameras', async () => {
    const names = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.jpg')) : [];
    expect(names.length).toBeGreaterThanOrEqual(6);
    for (const name of names)
      expect(await largestDifference(readFileSync(join(SAMPLES, name)), factsOf('jpeg')), name).toBe(0);
  });

  it.each(['4:2:0', '4:4:4'])(
    'gives the samples of the command line for a JPEG with %s colour, progressive, odd size',
    async (chromaSubsampling) => {
      const bytes = await drawing(203, 157).jpeg({ quality: 82, chromaSubsampling, progressive: true }).toBuffer();
      expect(await largestDifference(bytes, factsOf('jpeg'))).toBe(0);
    },
  );

  it('gives the samples of the command line for a grey JPEG', async () => {
    expect(await largestDifference(await drawing(64, 48).greyscale().jpeg().toBuffer(), factsOf('jpeg'))).toBe(0);
  });

  it('gives the samples of the command line for WebP, lossy, lossless and with alpha', async () => {
    const alpha = await drawing(90, 70).ensureAlpha(0.4).webp({ lossless: true }).toBuffer();
    for (const bytes of [
      await drawing(90, 70).webp({ quality: 80 }).toBuffer(),
      await drawing(91, 70).webp({ lossless: true }).toBuffer(),
      alpha,
    ]) {
      expect(await largestDifference(bytes, factsOf('webp'))).toBe(0);
    }
  });

  it("decodes a phone's HEIC upright and hands its profile on", async () => {
    const bytes = readFileSync(join(import.meta.dirname, '../../../files/fixtures/mannequin.heic'));
    const { pixels, icc } = await decodePhoto(bytes, readPhotoFacts(bytes), CODECS);
    expect([pixels.widthPx, pixels.heightPx, Uint8Array.from(icc!)]).toEqual([
      720,
      900,
      writeMatrixProfile(DISPLAY_P3),
    ]);
    const original = await sharp(join(import.meta.dirname, '../../public/mannequin.jpg'))
      .resize(720, 900)
      .ensureAlpha();
    let sum = 0;
    (await original.raw().toBuffer()).forEach((value, i) => (sum += Math.abs(value - pixels.rgba[i]!)));
    expect(sum / pixels.rgba.length).toBeLessThan(3);
  });

  it('gives the samples of the command line for a photo with a film behind it', async () => {
    const photo = await drawing(203, 157).jpeg().toBuffer();
    const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(5000, 0xd8)]);
    expect(await largestDifference(Buffer.concat([photo, film]), factsOf('jpeg'))).toBe(0);
    expect(await largestDifference(Buffer.concat([photo, photo]), factsOf('jpeg'))).toBe(0);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('turns EXIF orientation %i upright', async (orientation) => {
    const bytes = await drawing(83, 57).withMetadata({ orientation }).jpeg().toBuffer();
    expect(await largestDifference(bytes, factsOf('jpeg', orientation))).toBe(0);
  });

  it('refuses files that end early or are not what they claim', async () => {
    const jpeg = await drawing(300, 200).jpeg().toBuffer();
    const webp = await drawing(300, 200).webp().toBuffer();
    const cases: readonly [Uint8Array, Facts['type']][] = [
      [jpeg.subarray(0, jpeg.length >> 1), 'jpeg'],
      [jpeg.subarray(0, 200), 'jpeg'],
      [webp.subarray(0, webp.length >> 1), 'webp'],
      [webp, 'jpeg'],
      [jpeg, 'webp'],
    ];
    for (const [bytes, type] of cases) {
      const error = await decodePhoto(bytes, factsOf(type), CODECS).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Refusal);
      expect((error as Refusal).code).toBe('photo-unreadable');
    }
  });
});
