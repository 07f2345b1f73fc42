import { deflateSync } from 'node:zlib';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPng } from './read-png.ts';
import { joinBytes } from './photo-header.ts';
import { chunk, encodePng, type PngKind } from './testing/encode-png.ts';

const KINDS: readonly PngKind[] = ([0, 2, 3, 4, 6] as const).flatMap((colour) =>
  ([1, 2, 4, 8, 16] as const)
    .filter((depth) => (colour === 0 ? true : colour === 3 ? depth <= 8 : depth >= 8))
    .flatMap((depth) =>
      [false, true].flatMap((isInterlaced) =>
        (colour >= 4 ? [false] : [false, true]).map((hasTransparency) => ({
          colour,
          depth,
          isInterlaced,
          hasTransparency,
        })),
      ),
    ),
);

/** The picture as the command line's decoder sees it: 8-bit samples, opaque over white. */
async function bySharp(png: Uint8Array): Promise<Uint8Array> {
  const rgba = await sharp(png, { ignoreIcc: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
  return rgba.map((value, i) =>
    i % 4 === 3 ? 255 : Math.round((value * rgba[i | 3]! + 255 * (255 - rgba[i | 3]!)) / 255),
  );
}

const refusalOf = (png: Uint8Array): string | null => {
  try {
    readPng(png);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('readPng', () => {
  it.each(KINDS)(
    'reads colour type $colour at $depth bits as sharp does (interlaced $isInterlaced, tRNS $hasTransparency)',
    async (kind) => {
      const random = seededGenerator(kind.colour * 100 + kind.depth);
      for (const [width, height] of [
        [37, 29],
        [1, 1],
        [3, 2],
        [5, 9],
      ] as const) {
        const png = encodePng(kind, width, height, random);
        const read = readPng(png);
        expect([read.widthPx, read.heightPx]).toEqual([width, height]);
        const seen = await bySharp(png);
        expect(
          Buffer.compare(read.rgba, seen),
          `${width} x ${height}: ${[...read.rgba.subarray(0, 16)]} / ${[...seen.subarray(0, 16)]}`,
        ).toBe(0);
      }
    },
  );

  const whole = encodePng(
    { colour: 2, depth: 8, isInterlaced: false, hasTransparency: false },
    60,
    40,
    seededGenerator(5),
  );

  it('refuses a file that ends early, wherever it ends', () => {
    for (let length = 0; length < whole.length; length += 97)
      expect(refusalOf(whole.subarray(0, length)), `${length} bytes`).toBe('photo-unreadable');
    expect(refusalOf(whole)).toBeNull();
  });

  it('refuses a file with one bit turned in any chunk it reads', () => {
    for (let at = 0; at < whole.length; at += 31) {
      const damaged = whole.slice();
      damaged[at]! ^= 4;
      expect(refusalOf(damaged), `byte ${at}`).toBe('photo-unreadable');
    }
  });

  it('refuses pixels that do not fit the size, before they fill the memory', () => {
    const header = whole.subarray(0, 33);
    const bomb = deflateSync(new Uint8Array(300_000_000), { level: 9 });
    for (const idat of [
      bomb,
      deflateSync(new Uint8Array(7)),
      deflateSync(new Uint8Array(40 * 181 + 1)),
      new Uint8Array(9),
    ]) {
      expect(refusalOf(joinBytes([header, chunk('IDAT', idat), chunk('IEND', new Uint8Array(0))]))).toBe(
        'photo-unreadable',
      );
    }
  });

  it('refuses an unknown row filter and a palette that is not there', () => {
    const filter9 = new Uint8Array(40 * 181).fill(9);
    expect(
      refusalOf(
        joinBytes([whole.subarray(0, 33), chunk('IDAT', deflateSync(filter9)), chunk('IEND', new Uint8Array(0))]),
      ),
    ).toBe('photo-unreadable');
    const palette = encodePng(
      { colour: 3, depth: 8, isInterlaced: false, hasTransparency: false },
      8,
      8,
      seededGenerator(3),
    );
    expect(refusalOf(joinBytes([palette.subarray(0, 33), palette.subarray(33 + 12 + 768)]))).toBe('photo-unreadable');
  });
});
