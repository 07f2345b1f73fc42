import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { exifBlock, exifSegment, iccSegment, withSegments } from '@stipple/files/photo/testing/photo-bytes.ts';
import { decodePhoto } from './decode-photo.ts';

const W = 340;
const H = 330;

/** A scene with a different colour at every pixel, so that no turn can be mistaken for another. */
const samples = Uint8Array.from({ length: W * H * 3 }, (_, i) => {
  const x = Math.floor(i / 3) % W;
  const y = Math.floor(i / 3 / W);
  return [(x * 200) / W + 20, (y * 200) / H + 20, 128 + 60 * Math.sign(x - W / 3) * Math.sign(y - H / 2)][i % 3]!;
});
const scene = () => sharp(samples, { raw: { width: W, height: H, channels: 3 } });

const rgbOf = (rgba: ArrayLike<number>): Uint8Array => {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, to = 0; i < rgba.length; i += 4) for (let c = 0; c < 3; c++) rgb[to++] = rgba[i + c]!;
  return rgb;
};

async function refusalOf(bytes: Uint8Array): Promise<string> {
  try {
    await decodePhoto(bytes);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('decodePhoto', () => {
  let jpeg: Buffer;
  let p3Jpeg: Buffer;
  beforeAll(async () => {
    jpeg = await scene().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    p3Jpeg = await scene().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
  });

  it('gives the stored samples, opaque, with the fingerprint of the file', async () => {
    const png = await scene().png().toBuffer();
    const { pixels, icc, focal35mm, sha256, type } = await decodePhoto(png);
    expect([pixels.widthPx, pixels.heightPx, type, icc, focal35mm]).toEqual([W, H, 'png', null, null]);
    expect(Buffer.compare(rgbOf(pixels.rgba), samples)).toBe(0);
    expect(pixels.rgba.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await decodePhoto(jpeg)).sha256).not.toBe(sha256);
  });

  it('turns all eight orientations upright, in all three types', async () => {
    const webp = await scene().webp({ lossless: true }).toBuffer();
    const png = await scene().png().toBuffer();
    for (let orientation = 1; orientation <= 8; orientation++) {
      // Where the upright pixel (x, y) lies in the file, by the definitions of EXIF.
      const source = (x: number, y: number): readonly [number, number] => {
        switch (orientation) {
          case 2:
            return [W - 1 - x, y];
          case 3:
            return [W - 1 - x, H - 1 - y];
          case 4:
            return [x, H - 1 - y];
          case 5:
            return [y, x];
          case 6:
            return [y, H - 1 - x];
          case 7:
            return [W - 1 - y, H - 1 - x];
          case 8:
            return [W - 1 - y, x];
          default:
            return [x, y];
        }
      };
      const exif = exifBlock(orientation, 35);
      const files = [
        withSegments(jpeg, exifSegment(exif)),
        await sharp(png)
          .withExif({ IFD0: { Orientation: String(orientation) } })
          .withMetadata({ orientation })
          .png()
          .toBuffer(),
        await sharp(webp).withMetadata({ orientation }).webp({ lossless: true }).toBuffer(),
      ];
      for (const [k, file] of files.entries()) {
        const stored = k === 0 ? rgbOf((await decodePhoto(jpeg)).pixels.rgba) : samples;
        const { pixels } = await decodePhoto(file);
        const isTurned = orientation >= 5;
        expect([pixels.widthPx, pixels.heightPx]).toEqual(isTurned ? [H, W] : [W, H]);
        const upright = rgbOf(pixels.rgba);
        let wrong = 0;
        for (let y = 0; y < pixels.heightPx; y++) {
          for (let x = 0; x < pixels.widthPx; x++) {
            const [sx, sy] = source(x, y);
            for (let c = 0; c < 3; c++) {
              if (upright[3 * (y * pixels.widthPx + x) + c] !== stored[3 * (sy * W + sx) + c]) wrong++;
            }
          }
        }
        expect([orientation, k, wrong]).toEqual([orientation, k, 0]);
      }
    }
  });

  it('keeps the samples of a Display P3 photo and hands its profile on', async () => {
    const profile = (await sharp(p3Jpeg).metadata()).icc!;
    const { pixels, icc } = await decodePhoto(p3Jpeg);
    expect(Buffer.compare(icc!, profile)).toBe(0);
    const stored = await sharp(p3Jpeg, { ignoreIcc: true }).raw().toBuffer();
    expect(Buffer.compare(rgbOf(pixels.rgba), stored)).toBe(0);
    const converted = await sharp(p3Jpeg).raw().toBuffer();
    expect(Buffer.compare(converted, stored)).not.toBe(0);
  });

  it('converts CMYK to sRGB by its own profile', async () => {
    const cmyk = await scene().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
    const { pixels, icc } = await decodePhoto(cmyk);
    expect(icc).toBeNull();
    const rgb = rgbOf(pixels.rgba);
    const off = rgb.reduce((sum, value, i) => sum + Math.abs(value - samples[i]!), 0) / rgb.length;
    // The scene is more saturated than ink; inverted or unconverted samples would be off by 60 and more.
    expect(off).toBeLessThan(20);
  });

  it('gives a grey photo three equal channels and no grey profile', async () => {
    const grey = await scene().toColourspace('b-w').jpeg({ quality: 95 }).toBuffer();
    const { pixels, icc } = await decodePhoto(
      withSegments(grey, iccSegment(1, 1, (await sharp(p3Jpeg).metadata()).icc!)),
    );
    const stored = await sharp(grey).toColourspace('b-w').raw().toBuffer();
    expect(icc).toBeNull();
    expect(pixels.rgba.every((value, i) => i % 4 === 3 || value === stored[i >> 2])).toBe(true);
  });

  it('takes the upper byte of 16-bit samples', async () => {
    const deep = Uint16Array.from(samples, (value, i) => value * 256 + ((i * 37) & 255));
    const png = await sharp(deep, { raw: { width: W, height: H, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    expect(Buffer.compare(rgbOf((await decodePhoto(png)).pixels.rgba), samples)).toBe(0);
  });

  it('lays transparent pixels over white and leaves opaque ones as they are', async () => {
    const rgba = Uint8Array.from({ length: W * H * 4 }, (_, i) => (i % 4 === 3 ? [255, 0, 128][(i >> 2) % 3]! : 100));
    const png = await sharp(rgba, { raw: { width: W, height: H, channels: 4 } })
      .png()
      .toBuffer();
    const { pixels } = await decodePhoto(png);
    expect([...pixels.rgba.subarray(0, 12)]).toEqual([100, 100, 100, 255, 255, 255, 255, 255, 177, 177, 177, 255]);
  });

  it('refuses a photo that ends early, wherever it was cut', async () => {
    const photo = readFileSync(
      new URL('../../../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url),
    );
    expect(await refusalOf(photo)).toBe('accepted');
    for (const share of [0.0005, 0.01, 0.2, 0.5, 0.9, 0.99]) {
      expect(await refusalOf(photo.subarray(0, Math.floor(photo.length * share)))).toBe('photo-unreadable');
    }
    const png = await scene().png().toBuffer();
    const webp = await scene().webp().toBuffer();
    for (const file of [png, webp]) {
      for (const share of [0.05, 0.5, 0.95]) {
        expect(await refusalOf(file.subarray(0, Math.floor(file.length * share)))).toBe('photo-unreadable');
      }
    }
  });

  it('refuses a photo whose data were damaged or replaced', async () => {
    const png = await scene().png().toBuffer();
    const damaged = Uint8Array.from(png);
    damaged.fill(0x55, Math.floor(png.length * 0.4), Math.floor(png.length * 0.6));
    expect(await refusalOf(damaged)).toBe('photo-unreadable');
    expect(await refusalOf(Uint8Array.from(jpeg, (byte, i) => (i < 3 ? byte : 0)))).toBe('photo-unreadable');
  });

  it('opens a good photo whatever its metadata hold', async () => {
    const noise = Uint8Array.from({ length: 600 }, (_, i) => (i * 73) & 255);
    const segments = [exifSegment(noise), exifSegment(exifBlock(99, 99)), exifSegment([]), iccSegment(1, 1, noise)];
    for (const segment of segments) expect(await refusalOf(withSegments(jpeg, segment))).toBe('accepted');
    const loop = exifBlock(1, 26);
    new DataView(loop.buffer).setUint32(30, 8);
    new DataView(loop.buffer).setUint32(34, 8);
    expect(await refusalOf(withSegments(jpeg, exifSegment(loop)))).toBe('accepted');
  });

  it('refuses an announced giant at once', async () => {
    const giant = Uint8Array.from(await scene().png().toBuffer());
    new DataView(giant.buffer).setUint32(16, 60_000);
    new DataView(giant.buffer).setUint32(20, 60_000);
    expect(await refusalOf(giant)).toBe('photo-too-large');
  });
});
