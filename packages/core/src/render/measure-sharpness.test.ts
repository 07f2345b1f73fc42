import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { estimateBlurPx, estimateNoiseCodes, estimateScalpBlurPx } from './measure-sharpness.ts';

const W = 220;
const H = 120;
const ALL = { leftPx: 0, topPx: 0, widthPx: W, heightPx: H };

const grey = (plane: ArrayLike<number>): Pixels => ({
  widthPx: W,
  heightPx: H,
  rgba: Uint8ClampedArray.from({ length: 4 * W * H }, (_, i) => (i % 4 === 3 ? 255 : plane[i >> 2])),
});

/** Hairs a fraction of a pixel wide across light skin, drawn four times finer and then seen by a camera of this spread. */
function brow(sd: number): Pixels {
  const random = seededGenerator(4);
  const fine = new Float32Array(16 * W * H).fill(200);
  for (let n = 0; n < 700; n++) {
    let [x, y] = [4 * W * random(), 4 * H * random()];
    const [dx, dy] = [0.5 + random(), random() - 0.3];
    for (let s = 0; s < 90; s++, x += dx, y += dy) {
      if (x < 0 || y < 0 || x >= 4 * W - 1 || y >= 4 * H - 1) continue;
      for (const k of [0, 1, 4 * W]) fine[Math.floor(y) * 4 * W + Math.floor(x) + k] = 40;
    }
  }
  const soft = gaussianBlur(fine, 4 * W, 4 * H, 4 * sd);
  return grey(
    Float32Array.from({ length: W * H }, (_, k) => {
      let sum = 0;
      for (let q = 0; q < 16; q++) sum += soft[(4 * Math.floor(k / W) + (q >> 2)) * 4 * W + 4 * (k % W) + (q & 3)];
      return sum / 16;
    }),
  );
}

describe('estimateBlurPx', () => {
  it('recovers the point spread of brows seen through cameras of known sharpness', () => {
    const truths = [0.6, 0.8, 1, 1.2, 1.4];
    const found = truths.map((sd) => estimateBlurPx(brow(sd), ALL));
    found.forEach((blur, k) => {
      expect([truths[k], blur / truths[k] > 0.9, blur / truths[k] < 1.4]).toEqual([truths[k], true, true]);
      if (k > 0) expect(blur).toBeGreaterThan(found[k - 1]);
    });
  });

  it('knows a photo that is softer still for soft', () => {
    for (const sd of [2, 3]) expect(estimateBlurPx(brow(sd), ALL)).toBeGreaterThan(1.3);
  });

  it('refuses a rectangle of which less than 12 x 12 pixels lie in the photo', () => {
    expect(() => estimateBlurPx(brow(1), { leftPx: 215, topPx: 5, widthPx: 60, heightPx: 40 })).toThrow('too few');
  });
});

describe('estimateScalpBlurPx', () => {
  /** A few hairs on skin with the grain of a camera, which is as sharp in a soft photo as in a sharp one. */
  const scalp = (sd: number): Pixels => {
    const { rgba } = brow(sd);
    const random = seededGenerator(6);
    return grey(
      Float32Array.from({ length: W * H }, (_, k) => {
        const aside = (Math.floor(k / W) % 40) - 20;
        return 150 + (rgba[4 * k] - 150) * Math.exp((-aside * aside) / 32) + 6 * (random() + random() - 1);
      }),
    );
  };

  it('tells a soft scalp from a sharp one by its hairs, where the grain between them looks sharp in both', () => {
    const found = [0.4, 0.7, 1.1].map((sd) => estimateScalpBlurPx(scalp(sd), ALL));
    expect(found[1]).toBeGreaterThan(found[0] + 0.08);
    expect(found[2]).toBeGreaterThan(found[1] + 0.05);
    expect(found[2]).toBeGreaterThan(1);
    expect(estimateBlurPx(scalp(1.1), ALL)).toBeLessThan(0.85);
  });
});

describe('estimateNoiseCodes', () => {
  it('recovers the grain of smooth skin, whatever its shading', () => {
    const random = seededGenerator(5);
    for (const sd of [1, 2.5, 5]) {
      const noisy = grey(
        Float32Array.from({ length: W * H }, (_, k) => {
          const normal = (random() + random() + random() + random() - 2) * 1.7320508;
          return 110 + 0.3 * (k % W) + sd * normal;
        }),
      );
      expect(Math.abs(estimateNoiseCodes(noisy, ALL) / sd - 1)).toBeLessThan(0.12);
    }
  });
});
