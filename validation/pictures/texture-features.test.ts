import { describe, expect, it } from 'vitest';
import { gaussianBlur } from '@stipple/core/render/blur.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { CROP_PX, FEATURES, textureFeatures } from './texture-features.ts';

const WIDTH = 64;
type CodeAt = (k: number) => readonly [number, number, number];
const picture = (codeAt: CodeAt): Uint8Array =>
  Uint8Array.from({ length: 4 * WIDTH * WIDTH }, (_, i) => (i % 4 === 3 ? 255 : Math.round(codeAt(i >> 2)[i % 4]!)));
const featuresOf = (codeAt: CodeAt): Record<string, number> => {
  const values = textureFeatures(picture(codeAt), WIDTH, { leftPx: 8, topPx: 8 });
  return Object.fromEntries(FEATURES.map((name, f) => [name, values[f]!]));
};
const random = seededGenerator(9);
const white = Float32Array.from({ length: WIDTH * WIDTH }, () => random() + random() + random() - 1.5);
const grey =
  (plane: ArrayLike<number>, codes: number): CodeAt =>
  (k) => {
    const v = 140 + codes * plane[k]!;
    return [v, v, v];
  };
const sparse = white.map((v) => (v > 0.9 ? -3 : 0));

describe('the features of a crop', () => {
  it('are one number for each name, finite even where nothing is to be seen', () => {
    const flat = textureFeatures(
      picture(() => [120, 110, 100]),
      WIDTH,
      { leftPx: 0, topPx: 0 },
    );
    expect(flat).toHaveLength(FEATURES.length);
    for (const value of flat) expect(Number.isFinite(value)).toBe(true);
    expect(CROP_PX).toBeLessThan(WIDTH);
  });

  it('do not know how light a crop is, nor how its light slopes', () => {
    const level = featuresOf(grey(white, 12));
    const sloping = featuresOf((k) => {
      const v = 110 + 12 * white[k]! + 0.8 * (k % WIDTH);
      return [v, v, v];
    });
    for (const name of ['contrast below 0.7 px', 'likeness 1 px apart', 'skew below 0.7 px', 'strands'])
      expect(Math.abs(level[name]! - sloping[name]!)).toBeLessThan(0.12);
  });

  it('tell sharp from soft, specks from grain, stripes from spots, grey from coloured dots', () => {
    const soft = gaussianBlur(white, WIDTH, WIDTH, 1.5).map((v) => 4 * v);
    expect(featuresOf(grey(soft, 12))['likeness 1 px apart']).toBeGreaterThan(
      featuresOf(grey(white, 12))['likeness 1 px apart']! + 0.3,
    );
    expect(featuresOf(grey(sparse, 12))['skew below 0.7 px']).toBeLessThan(-0.5);
    const striped = featuresOf((k) => {
      const v = 140 + 10 * Math.sin(k % WIDTH) + white[k]!;
      return [v, v, v];
    });
    expect(striped['directedness']).toBeGreaterThan(0.7);
    const tinted = featuresOf((k) => [160, 140 + 8 * white[k]!, 130 + 14 * white[k]!]);
    expect(Math.abs(tinted['redness with darkness']!)).toBeGreaterThan(0.3);
    expect(Math.abs(featuresOf(grey(white, 12))['redness with darkness']!)).toBeLessThan(0.05);
  });

  it('see the steps of JPEG blocks where the picture has them, wherever the crop lies', () => {
    const blocks: CodeAt = (k) => {
      const v = 120 + 9 * ((((k % WIDTH) >> 3) * 7 + (Math.floor(k / WIDTH) >> 3) * 5) % 4) + 2 * white[k]!;
      return [v, v, v];
    };
    expect(featuresOf(blocks)['step at JPEG blocks']).toBeGreaterThan(1);
    const aside = textureFeatures(picture(blocks), WIDTH, { leftPx: 5, topPx: 11 });
    expect(aside.at(-1)).toBeGreaterThan(1);
  });
});
