import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { readPictureFacts } from '../photo/read-photo-facts.ts';
import { iccProfile, MATRIX_TAGS } from '../photo/testing/photo-bytes.ts';
import { filterPngRows, type PngImage } from './filter-png-rows.ts';
import { writePng } from './write-png.ts';

/** Pixels that make every filter the best one somewhere: flat, noisy, sloping across, down and both ways. */
function picture(widthPx: number, heightPx: number, channels: 1 | 3 | 4): PngImage & { samples: Uint8Array } {
  const random = seededGenerator(widthPx * 31 + heightPx);
  const samples = new Uint8Array(widthPx * heightPx * channels);
  for (let i = 0; i < samples.length; i++) {
    const x = Math.floor(i / channels) % widthPx;
    const y = Math.floor(i / channels / widthPx);
    const c = i % channels;
    const textures = [
      0,
      random() * 256,
      x * 3 + c * 50,
      y * 3 + c * 50 + random() * 256 * (x & 1),
      x * 5 + y * 7,
      x + y,
    ];
    samples[i] = textures[Math.floor((6 * y) / heightPx)]!;
  }
  return { widthPx, heightPx, channels, samples };
}

async function readBack(png: Uint8Array, channels: 1 | 3): Promise<Uint8Array> {
  const image = sharp(png, { ignoreIcc: true, failOn: 'warning' });
  return (channels === 1 ? image.toColourspace('b-w') : image).raw().toBuffer();
}

const withoutAlpha = ({ samples }: { readonly samples: Uint8Array }): Uint8Array =>
  Uint8Array.from(samples.filter((_, i) => i % 4 !== 3));

function chunkTypes(png: Uint8Array): string[] {
  const types: string[] = [];
  const view = new DataView(png.buffer);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    types.push(String.fromCharCode(...png.subarray(at + 4, at + 8)));
  }
  return types.filter((type, i) => type !== 'IDAT' || types[i - 1] !== 'IDAT');
}

describe('writePng', () => {
  it('is read by another decoder to the same samples, in grey and RGB, at any size', async () => {
    for (const channels of [1, 3] as const) {
      for (const [width, height] of [
        [1, 1],
        [7, 3],
        [64, 90],
        [333, 120],
        [1500, 800],
      ] as const) {
        const image = picture(width, height, channels);
        expect(Buffer.compare(await readBack(writePng(image, null, 2), channels), image.samples)).toBe(0);
      }
    }
  });

  it('uses every filter on a picture that has a place for each', () => {
    const image = picture(240, 240, 3);
    const [strip] = [...filterPngRows([image])];
    expect([...new Set(strip!.filter((_, i) => i % (240 * 3 + 1) === 0))].sort()).toEqual([0, 1, 2, 3]);
  });

  it('drops alpha', async () => {
    const image = picture(120, 60, 4);
    expect(Buffer.compare(await readBack(writePng(image, null, 2), 3), withoutAlpha(image))).toBe(0);
  });

  it('sets panels side by side as one picture', async () => {
    const panels = [picture(50, 40, 4), picture(31, 40, 4), picture(50, 40, 3)];
    const png = writePng(panels, null, 2);
    const { width, height } = await sharp(png).metadata();
    expect([width, height]).toEqual([131, 40]);
    const wide = await readBack(png, 3);
    panels.forEach((panel, k) => {
      const left = [0, 50, 81][k]!;
      const samples = panel.channels === 4 ? withoutAlpha(panel) : panel.samples;
      for (let y = 0; y < 40; y++) {
        const at = 3 * (131 * y + left);
        const row = samples.subarray(y * panel.widthPx * 3, (y + 1) * panel.widthPx * 3);
        expect(Buffer.compare(wide.subarray(at, at + row.length), row)).toBe(0);
      }
    });
  });

  it('embeds the profile byte for byte and nothing else', async () => {
    for (const profile of [iccProfile('RGB ', MATRIX_TAGS), iccProfile('RGB ', MATRIX_TAGS, 70_001)]) {
      const png = writePng(picture(20, 20, 3), profile, 2);
      expect(chunkTypes(png)).toEqual(['IHDR', 'iCCP', 'IDAT', 'IEND']);
      expect(readPictureFacts(png).profile?.bytes).toEqual(profile);
      expect(Buffer.compare(await readBack(png, 3), picture(20, 20, 3).samples)).toBe(0);
    }
    expect(chunkTypes(writePng(picture(20, 20, 3), null, 2))).toEqual(['IHDR', 'IDAT', 'IEND']);
  });

  it('stores at level 0 and shrinks at level 2', async () => {
    const image = picture(300, 200, 3);
    const stored = writePng(image, null, 0);
    expect(stored.length).toBeGreaterThan(image.samples.length);
    expect(Buffer.compare(await readBack(stored, 3), image.samples)).toBe(0);
    expect(writePng(image, null, 2).length).toBeLessThan(image.samples.length / 2);
  });

  it('refuses panels that do not fit', () => {
    expect(() => writePng([], null, 2)).toThrow(RangeError);
    expect(() => writePng([picture(5, 5, 3), picture(5, 6, 3)], null, 2)).toThrow(RangeError);
    expect(() => writePng([picture(5, 5, 3), picture(5, 5, 1)], null, 2)).toThrow(RangeError);
    expect(() => writePng({ ...picture(5, 5, 3), widthPx: 6 }, null, 2)).toThrow(RangeError);
  });
});
