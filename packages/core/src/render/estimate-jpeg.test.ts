import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { estimateJpeg } from './estimate-jpeg.ts';
import { lumaSteps, throughJpeg } from './testing/through-jpeg.ts';

/** Skin-like: noise of several widths, no structure. */
function skinOf(widthPx: number, heightPx: number): Pixels {
  const random = seededGenerator(21);
  const plane = new Float32Array(widthPx * heightPx);
  for (const [sd, codes] of [
    [0, 2],
    [0.8, 12],
    [2.5, 40],
  ] as const) {
    const noise = Float32Array.from(plane, () => codes * (random() + random() - 1));
    gaussianBlur(noise, widthPx, heightPx, sd).forEach((v, k) => (plane[k] += v));
  }
  const rgba = Uint8ClampedArray.from({ length: 4 * plane.length }, (_, i) =>
    i % 4 === 3 ? 255 : 150 + plane[i >> 2],
  );
  return { widthPx, heightPx, rgba };
}
const all = ({ widthPx, heightPx }: Pixels) => ({ leftPx: 0, topPx: 0, widthPx, heightPx });
const skin = skinOf(224, 168);

describe('estimateJpeg', () => {
  it.each([0.3, 0.45, 0.6])('reads the steps of a photo compressed at %f of the standard table', (scale) => {
    const truth = lumaSteps(scale);
    const photo = throughJpeg(skin, truth);
    const found = estimateJpeg(photo, all(photo))!;
    expect([found.leftPx, found.topPx]).toEqual([0, 0]);
    // The first two rows of low frequencies: what skin has enough of to be read, and what is drawn into it.
    for (const k of [1, 2, 3, 8, 9, 10, 16, 17]) expect([k, found.steps[k]]).toEqual([k, truth[k]]);
    // All others that the photo has anything of, or as the rest of the table says.
    found.steps.forEach((step, k) => {
      if (k > 0)
        expect([k, truth[k], step, Math.abs(step - truth[k]) <= 0.15 * truth[k] + 1]).toEqual([
          k,
          truth[k],
          step,
          true,
        ]);
    });
  });

  it('finds the blocks of a photo that was turned upright, which end at its far corner', () => {
    const turned = skinOf(221, 163);
    const photo = throughJpeg(turned, lumaSteps(0.5), 221 % 8, 163 % 8);
    const found = estimateJpeg(photo, all(photo))!;
    expect([found.leftPx, found.topPx]).toEqual([221 % 8, 163 % 8]);
  });

  it('says nothing of a photo that never was compressed, or so finely that nothing shows', () => {
    expect(estimateJpeg(skin, all(skin))).toBeNull();
    const fine = throughJpeg(skin, lumaSteps(0.02));
    expect(estimateJpeg(fine, all(fine))).toBeNull();
    const flat = { ...skin, rgba: new Uint8ClampedArray(skin.rgba.length).fill(140) };
    expect(estimateJpeg(flat, all(flat))).toBeNull();
  });

  it('says nothing of a photo that was made larger since', () => {
    const small = throughJpeg(skin, lumaSteps(0.5));
    const [widthPx, heightPx] = [300, 220];
    const rgba = new Uint8ClampedArray(4 * widthPx * heightPx).fill(255);
    for (let k = 0; k < widthPx * heightPx; k++) {
      const [x, y] = [((k % widthPx) * 222) / 300, (Math.floor(k / widthPx) * 166) / 220];
      const at = (i: number, j: number): number => small.rgba[4 * ((Math.floor(y) + j) * 224 + Math.floor(x) + i)];
      const [fx, fy] = [x % 1, y % 1];
      rgba.fill(
        (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy,
        4 * k,
        4 * k + 3,
      );
    }
    expect(estimateJpeg({ widthPx, heightPx, rgba }, { leftPx: 0, topPx: 0, widthPx, heightPx })).toBeNull();
  });
});
