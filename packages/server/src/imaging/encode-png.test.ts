import { crc32, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { writePng } from '@stipple/files/exports/write-png.ts';
import { decodePhoto } from './decode-photo.ts';
import { blackBeside, encodePng } from './encode-png.ts';

/** Large enough for several strips, noisy enough to be stored in places. */
function picture(widthPx: number, heightPx: number, channels: 1 | 3 | 4, seed: number) {
  const random = seededGenerator(seed);
  const samples = Uint8Array.from({ length: widthPx * heightPx * channels }, (_, i) =>
    (i >> 14) & 1 ? random() * 256 : (i * 5) >> 8,
  );
  return { widthPx, heightPx, channels, samples };
}

const decoded = (png: Uint8Array): Promise<Buffer> => sharp(png, { failOn: 'warning' }).raw().toBuffer();

describe('encodePng', () => {
  it('gives the same picture as the writer of the page, whatever compresses', async () => {
    for (const channels of [1, 3, 4] as const) {
      const image = picture(1200, 900, channels, 5);
      const [here, there] = [await encodePng(image, null), writePng(image, null, 2)];
      expect(Buffer.compare(await decoded(here), await decoded(there))).toBe(0);
      expect(here.length / there.length).toBeLessThan(1.15);
    }
  });

  it('survives the round trip through the photo decoder with samples and profile unchanged', async () => {
    const image = picture(700, 500, 4, 9);
    for (let i = 3; i < image.samples.length; i += 4) image.samples[i] = 255;
    const p3 = (
      await sharp(
        await sharp(image.samples, { raw: { width: 700, height: 500, channels: 4 } })
          .withIccProfile('p3')
          .png()
          .toBuffer(),
      ).metadata()
    ).icc!;
    const { pixels, icc } = await decodePhoto(await encodePng(image, p3));
    expect(Buffer.compare(icc!, p3)).toBe(0);
    expect(Buffer.compare(Buffer.from(pixels.rgba), image.samples)).toBe(0);
  });

  it('ends the stream with the checksum that strict readers ask for', async () => {
    const image = picture(1300, 1000, 3, 6);
    const png = await encodePng(image, null);
    const view = new DataView(png.buffer);
    const pieces: Uint8Array[] = [];
    for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
      const body = png.subarray(at + 8, at + 8 + view.getUint32(at));
      const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
      expect(view.getUint32(at + 8 + body.length)).toBe(crc32(body, crc32(type)));
      if (type === 'IDAT') pieces.push(body);
    }
    expect(inflateSync(Buffer.concat(pieces)).length).toBe((1300 * 3 + 1) * 1000);
  });

  it('sets panels side by side', async () => {
    const panels = [1, 2, 3].map((seed) => picture(400, 300, 3, seed));
    const wide = await decoded(await encodePng(panels, null));
    for (const [k, { samples }] of panels.entries()) {
      for (const y of [0, 137, 299]) {
        const at = 3 * (1200 * y + 400 * k);
        expect(Buffer.compare(wide.subarray(at, at + 1200), samples.subarray(1200 * y, 1200 * (y + 1)))).toBe(0);
      }
    }
  });

  it('packs what is black beside some rows once, and writes the same file', async () => {
    const [widthPx, heightPx] = [2100, 4000];
    for (const [top, bottom] of [
      [0, 700],
      [1300, 1700],
      [3500, 4000],
    ] as const) {
      const samples = new Uint8Array(widthPx * heightPx);
      samples.set(picture(widthPx, bottom - top, 1, 3).samples, top * widthPx);
      const image = { widthPx, heightPx, channels: 1, samples } as const;
      const packed = await encodePng(image, null, blackBeside(top, bottom));
      expect(Buffer.compare(packed, await encodePng(image, null))).toBe(0);
    }
  });

  it('writes the smallest pictures and several at once', async () => {
    const images = [picture(1, 1, 1, 1), picture(1, 1, 3, 2), picture(3, 700, 4, 3), picture(2000, 1, 3, 4)];
    const written = await Promise.all(images.map((image) => encodePng(image, null)));
    for (const [k, png] of written.entries()) {
      const { widthPx, heightPx } = images[k]!;
      expect(await sharp(png).metadata()).toMatchObject({ width: widthPx, height: heightPx });
      await decoded(png);
    }
  });

  it('refuses panels that do not fit', async () => {
    await expect(encodePng([picture(5, 5, 3, 1), picture(5, 6, 3, 1)], null)).rejects.toThrow(RangeError);
  });
});
