import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { maskFromPhoto } from './mask-from-photo.ts';

const WIDTH = 60;
const HEIGHT = 40;
const byHalves = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, k) => (k % WIDTH >= 30 ? 255 : 0));
const random = seededGenerator(9);
const noise = Uint8Array.from({ length: WIDTH * HEIGHT }, () => Math.floor(256 * random()));

describe('a mask of the photo on the samples of another', () => {
  it('keeps the square, and takes the mean of what a sample covers', () => {
    const square = { leftPx: 20, topPx: 10, sidePx: 20, size: 4 };
    const mask = maskFromPhoto(byHalves, WIDTH, HEIGHT, square);
    expect(mask).toMatchObject(square);
    // Samples of 5 pixels: the border at x = 30 falls between the second and the third.
    expect([...mask.values.subarray(4, 8)]).toEqual([0, 0, 255, 255]);
    const shifted = maskFromPhoto(byHalves, WIDTH, HEIGHT, { ...square, leftPx: 18 });
    // Of pixels 28 to 32 three are hair.
    expect([...shifted.values.subarray(4, 8)]).toEqual([0, 0, 153, 255]);
  });

  it('is the mean by brute force, for samples of 1, 2 and 5 pixels', () => {
    for (const step of [1, 2, 5]) {
      const size = 6;
      const mask = maskFromPhoto(noise, WIDTH, HEIGHT, { leftPx: 7, topPx: 3, sidePx: step * size, size });
      mask.values.forEach((value, k) => {
        let sum = 0;
        for (let y = 0; y < step; y++) {
          for (let x = 0; x < step; x++) {
            sum += noise[(3 + Math.floor(k / size) * step + y) * WIDTH + 7 + (k % size) * step + x];
          }
        }
        expect(value).toBe(Math.round(sum / (step * step)));
      });
    }
  });

  it('uses every pixel once when a sample is a broken number of pixels, and the nearest when it is less than one', () => {
    const square = { leftPx: 7, topPx: 3, sidePx: 33, size: 13 };
    const marks = Array.from({ length: 33 * 33 }, (_, k) => (3 + Math.floor(k / 33)) * WIDTH + 7 + (k % 33));
    for (const at of [marks[0], marks[500], marks[33 * 33 - 1]]) {
      const one = new Uint8Array(WIDTH * HEIGHT);
      one[at] = 255;
      expect(maskFromPhoto(one, WIDTH, HEIGHT, square).values.filter((v) => v > 0)).toHaveLength(1);
    }
    const finer = maskFromPhoto(byHalves, WIDTH, HEIGHT, { leftPx: 29, topPx: 5, sidePx: 2, size: 8 });
    expect([...finer.values.subarray(0, 8)]).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
  });

  it('is 0 beyond the rim of the photo', () => {
    const all = new Uint8Array(WIDTH * HEIGHT).fill(255);
    const mask = maskFromPhoto(all, WIDTH, HEIGHT, { leftPx: -10, topPx: -10, sidePx: 80, size: 8 });
    expect([...mask.values.subarray(8, 16)]).toEqual([0, 255, 255, 255, 255, 255, 255, 0]);
    expect([...mask.values.subarray(0, 8)]).toEqual(Array(8).fill(0));
    expect([...mask.values.subarray(40, 48)]).toEqual(Array(8).fill(0));
    // Half of a sample beyond the rim is no hair.
    expect(maskFromPhoto(all, WIDTH, HEIGHT, { leftPx: -5, topPx: 0, sidePx: 20, size: 2 }).values[0]).toBe(128);
  });

  it('throws at a mask of another size than the photo', () => {
    const square = { leftPx: 0, topPx: 0, sidePx: 4, size: 4 };
    expect(() => maskFromPhoto(byHalves, HEIGHT + 1, WIDTH, square)).toThrow(RangeError);
  });
});
