import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Pixels } from './pixels.ts';
import { photoLevels, photoPoint, sampleSquare } from './sample-square.ts';
import type { PhotoSquare } from './sample-square.ts';

function noise(widthPx: number, heightPx: number, seed: number): Pixels {
  const random = seededGenerator(seed);
  return {
    widthPx,
    heightPx,
    rgba: Uint8Array.from({ length: widthPx * heightPx * 4 }, () => Math.floor(256 * random())),
  };
}

/** Smooth waves of a few dozen pixels, each channel another. */
function waves(widthPx: number, heightPx: number): Pixels {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let k = 0; k < widthPx * heightPx; k++) {
    const x = k % widthPx;
    const y = Math.floor(k / widthPx);
    for (let c = 0; c < 3; c++)
      rgba[4 * k + c] = 128 + 100 * Math.sin(x / (31 + 7 * c) + c) * Math.cos(y / (43 - 5 * c));
    rgba[4 * k + 3] = 255;
  }
  return { widthPx, heightPx, rgba };
}

/** Mean of the photo over each turned cell, by many readings of the nearest pixel. */
function bruteForce({ widthPx, heightPx, rgba }: Pixels, square: PhotoSquare, size: number): Float32Array {
  const readings = Math.max(8, Math.ceil((3 * square.sidePx) / size));
  const out = new Float32Array(size * size * 3);
  for (let k = 0; k < size * size; k++) {
    for (let m = 0; m < readings * readings; m++) {
      const u = ((k % size) + ((m % readings) + 0.5) / readings) / size - 0.5;
      const v = (Math.floor(k / size) + (Math.floor(m / readings) + 0.5) / readings) / size - 0.5;
      const c = Math.cos(square.turnRad) * square.sidePx;
      const s = Math.sin(square.turnRad) * square.sidePx;
      const x = Math.min(widthPx - 1, Math.max(0, Math.round(square.centreXPx + u * c - v * s)));
      const y = Math.min(heightPx - 1, Math.max(0, Math.round(square.centreYPx + u * s + v * c)));
      for (let n = 0; n < 3; n++) out[3 * k + n] += rgba[4 * (y * widthPx + x) + n] / (readings * readings);
    }
  }
  return out;
}

const rms = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, v, k) => sum + (v - b[k]) * (v - b[k]), 0) / a.length);
const CODES = { low: 0, high: 255 };

describe('sampling a square of the photo', () => {
  const squares: PhotoSquare[] = [
    { centreXPx: 251.3, centreYPx: 180.8, sidePx: 333, turnRad: 0.4 },
    { centreXPx: 301, centreYPx: 222.5, sidePx: 97.7, turnRad: -2.1 },
    { centreXPx: 260, centreYPx: 205, sidePx: 361, turnRad: 0 },
  ];

  it('is the mean over each turned cell, within one code on smooth pictures, at every ratio', () => {
    const photo = waves(613, 431);
    for (const square of squares) {
      for (const size of [128, 64, 24]) {
        const fast = sampleSquare(photo, square, size, CODES);
        expect(rms(fast, bruteForce(photo, square, size))).toBeLessThan(1);
      }
    }
  });

  it('averages noise away as whole areas do', () => {
    const photo = noise(613, 431, 5);
    // 14 x 14 pixels of noise with sd 74 leave sd 5.3; reading single pixels would leave 74.
    const fast = sampleSquare(photo, squares[0], 24, CODES);
    expect(rms(fast, bruteForce(photo, squares[0], 24))).toBeLessThan(5);
    expect(rms(fast, new Float32Array(fast.length).fill(127.5))).toBeLessThan(7);
  });

  it('copies the pixels when a sample is a pixel, in the range that the network wants', () => {
    const photo = noise(64, 64, 6);
    const square = { centreXPx: 31.5, centreYPx: 31.5, sidePx: 64, turnRad: 0 };
    const out = sampleSquare(photo, square, 64, { low: -1, high: 1 });
    for (let k = 0; k < 64 * 64; k += 77) {
      for (let c = 0; c < 3; c++) expect(out[3 * k + c]).toBeCloseTo((photo.rgba[4 * k + c] * 2) / 255 - 1, 5);
    }
  });

  it('continues the rim outside the photo', () => {
    const photo = waves(100, 80);
    const out = sampleSquare(photo, { centreXPx: -60, centreYPx: -70, sidePx: 40, turnRad: 0 }, 8, CODES);
    for (let k = 0; k < 64; k++) expect(out[3 * k]).toBeCloseTo(photo.rgba[0], 3);
  });

  it('maps places of the square to the photo the way it samples', () => {
    const square = { centreXPx: 100, centreYPx: 50, sidePx: 40, turnRad: Math.PI / 2 };
    const [x, y] = photoPoint(square, 1, 0.5);
    expect(x).toBeCloseTo(100, 9);
    expect(y).toBeCloseTo(70, 9);
  });

  it('halves a photo to rounded means of 2 x 2, whatever the bytes and their alignment', () => {
    const random = seededGenerator(8);
    const bytes = Uint8Array.from({ length: 4 * 257 * 301 + 1 }, () => Math.floor(256 * random()));
    const photo = { widthPx: 257, heightPx: 301, rgba: bytes.subarray(1) };
    const half = photoLevels(photo)[1];
    expect([half.widthPx, half.heightPx]).toEqual([128, 150]);
    for (const [x, y] of [
      [0, 0],
      [127, 149],
      [63, 20],
    ]) {
      for (let c = 0; c < 4; c++) {
        const at = (dx: number, dy: number): number => photo.rgba[4 * ((2 * y + dy) * 257 + 2 * x + dx) + c];
        expect(half.rgba[4 * (128 * y + x) + c]).toBe(Math.floor((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4));
      }
    }
  });
});
