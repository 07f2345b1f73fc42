import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { shrinkPixels, withShrunkPatch } from './shrink-pixels.ts';

const random = seededGenerator(23);
const noise = (pixels: number): Uint8ClampedArray<ArrayBuffer> =>
  Uint8ClampedArray.from({ length: 4 * pixels }, (_, i) => (i % 4 === 3 ? 255 : Math.floor(256 * random())));

describe('shrinkPixels', () => {
  it('gives the mean of each block and leaves out what fills none', () => {
    const rgba = Uint8Array.from(
      { length: 5 * 4 * 4 },
      (_, i) => [10 * (Math.floor(i / 4) % 5), Math.floor(i / 20), 7, 255][i % 4],
    );
    const small = shrinkPixels({ widthPx: 5, heightPx: 4, rgba }, 3);
    expect([small.widthPx, small.heightPx]).toEqual([2, 2]);
    expect([...small.rgba]).toEqual([5, 1, 7, 255, 25, 1, 7, 255, 5, 3, 7, 255, 25, 3, 7, 255]);
  });

  it('leaves a picture that is small enough as it is', () => {
    const rgba = noise(3 * 2);
    expect([...shrinkPixels({ widthPx: 3, heightPx: 2, rgba }, 3).rgba]).toEqual([...rgba]);
  });
});

describe('withShrunkPatch', () => {
  it('equals shrinking the patched photo, wherever the patch lies', () => {
    const [widthPx, heightPx] = [37, 29];
    const photo = { widthPx, heightPx, rgba: noise(widthPx * heightPx) };
    for (const longest of [37, 13, 9, 7]) {
      for (const [leftPx, topPx, w, h] of [
        [0, 0, 37, 29],
        [5, 7, 11, 3],
        [0, 20, 9, 9],
        [30, 0, 7, 29],
        [13, 13, 1, 1],
      ]) {
        const patch = { leftPx, topPx, widthPx: w, heightPx: h, rgba: noise(w * h) };
        const whole = new Uint8ClampedArray(photo.rgba);
        for (let y = 0; y < h; y++) {
          whole.set(patch.rgba.subarray(4 * y * w, 4 * (y + 1) * w), 4 * ((topPx + y) * widthPx + leftPx));
        }
        const small = withShrunkPatch(shrinkPixels(photo, longest), photo, patch);
        expect(small).toEqual(shrinkPixels({ ...photo, rgba: whole }, longest));
      }
    }
  });
});
