import { describe, expect, it } from 'vitest';
import { codeOfLight } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import { cellGrid, meanLight, readAt } from './cell-grid.ts';
import { outlineColours, outlineShare } from './outline-share.ts';

const SIDE = 120;
const PX_PER_MM = 3;
const grid = cellGrid(0, 0, SIDE, SIDE, 2);

/** Head of light `head` left of x = `edge` and a wall of light `wall` right of it, the pixel between mixed. */
function photoOf(head: number, wall: number, edge: number): { photo: Pixels; share: (x: number) => number } {
  const share = (x: number): number => Math.min(1, Math.max(0, edge - x));
  const rgba = new Uint8ClampedArray(4 * SIDE * SIDE);
  for (let k = 0; k < SIDE * SIDE; k++) {
    const s = share(k % SIDE);
    for (let c = 0; c < 3; c++) rgba[4 * k + c] = Math.round(codeOfLight(head * s + wall * (1 - s)));
    rgba[4 * k + 3] = 255;
  }
  return { photo: { widthPx: SIDE, heightPx: SIDE, rgba }, share };
}

/** A person mask whose edge lies at x = `edge`, soft over a few pixels. */
const maskAt = (edge: number): Float32Array =>
  Float32Array.from({ length: grid.columns * grid.rows }, (_, k) =>
    Math.min(1, Math.max(0, 0.5 + (edge - 2 * (k % grid.columns)) / 5)),
  );

const shareAt = (photo: Pixels, mask: Float32Array, x: number): number => {
  const colours = outlineColours(meanLight(photo, grid), grid, mask, PX_PER_MM, 0.6);
  return outlineShare(photo, colours, x, 60, readAt(colours.outline, grid, x, 60));
};

describe('outlineShare', () => {
  it('finds the real edge where the mask lies beside it', () => {
    const { photo, share } = photoOf(0.45, 0.06, 60.4);
    for (const off of [-4, 0, 4]) {
      const mask = maskAt(60.4 + off);
      for (const x of [50, 55, 57, 63, 66, 72]) expect(Math.abs(shareAt(photo, mask, x) - share(x))).toBeLessThan(0.12);
      expect(shareAt(photo, mask, 60)).toBeGreaterThan(0.3);
      expect(shareAt(photo, mask, 60)).toBeLessThan(0.95);
    }
  });

  it('leaves the word to the mask where head and wall look alike', () => {
    const { photo } = photoOf(0.2, 0.2, 60);
    for (const edge of [54, 66]) {
      expect(shareAt(photo, maskAt(edge), edge - 6)).toBeGreaterThan(0.9);
      expect(shareAt(photo, maskAt(edge), edge + 6)).toBeLessThan(0.1);
    }
  });

  it('takes skin for head before a wall of two colours that lie far apart', () => {
    const { photo } = photoOf(0.45, 0.06, 60);
    for (let k = 0; k < SIDE * SIDE; k++)
      if (k % SIDE >= 60 && Math.floor(k / SIDE) % 30 < 15)
        photo.rgba.set(
          [0.1, 0.3, 0.9].map((light) => codeOfLight(light)),
          4 * k,
        );
    for (const x of [50, 55, 58]) expect(shareAt(photo, maskAt(58), x)).toBeGreaterThan(0.9);
    for (const x of [63, 68]) expect(shareAt(photo, maskAt(58), x)).toBeLessThan(0.1);
  });

  it.each([
    [63, 80],
    [66, 86],
  ])(
    'takes grey for wall where with a red stripe beside it the wall is on the whole as pink as skin: %i',
    (edge, stripe) => {
      const { photo } = photoOf(0, 0, 60);
      const [skin, grey, red] = [
        [0.64, 0.38, 0.17],
        [0.55, 0.55, 0.55],
        [0.35, 0.04, 0.04],
      ];
      for (let k = 0; k < SIDE * SIDE; k++) {
        const x = k % SIDE;
        const light = x < 60 ? skin : x < stripe ? grey : red;
        photo.rgba.set(
          light.map((v) => codeOfLight(v)),
          4 * k,
        );
      }
      for (const x of [52, 55, 57]) expect(shareAt(photo, maskAt(edge), x)).toBeGreaterThan(0.9);
      for (const x of [62, 64, 66]) expect(shareAt(photo, maskAt(edge), x)).toBeLessThan(0.1);
    },
  );

  it('takes the last of a grey wall for wall, between the head and a stripe, where it is wider not far away', () => {
    const { photo } = photoOf(0, 0, 60);
    const [skin, grey, red] = [
      [0.75, 0.5, 0.25],
      [0.58, 0.62, 0.68],
      [0.6, 0.05, 0.04],
    ];
    for (let k = 0; k < SIDE * SIDE; k++) {
      const [x, y] = [k % SIDE, Math.floor(k / SIDE)];
      const light = x < 60 ? skin : x < 78 + Math.max(0, 140 - 2 * y) ? grey : red;
      photo.rgba.set(
        light.map((v) => codeOfLight(v)),
        4 * k,
      );
    }
    const colours = outlineColours(meanLight(photo, grid), grid, maskAt(70), PX_PER_MM, 0.6);
    const at = (x: number): number => outlineShare(photo, colours, x, 95, readAt(colours.outline, grid, x, 95));
    for (const x of [52, 55, 57]) expect(at(x)).toBeGreaterThan(0.9);
    for (const x of [66, 68]) expect(at(x)).toBeLessThan(0.1);
  });

  it('knows skin that has turned away from the lamp by its hue before a wall that is as light', () => {
    const { photo } = photoOf(0, 0, 60);
    const [skin, wall] = [
      [0.62, 0.5, 0.4],
      [0.44, 0.43, 0.37],
    ];
    for (let k = 0; k < SIDE * SIDE; k++) {
      const x = k % SIDE;
      const light = x < 60 ? skin.map((v) => v * (x < 50 ? 1 : 0.85)) : wall;
      photo.rgba.set(
        light.map((v) => codeOfLight(v)),
        4 * k,
      );
    }
    for (const x of [52, 55, 57]) expect(shareAt(photo, maskAt(66), x)).toBeGreaterThan(0.9);
    for (const x of [63, 66]) expect(shareAt(photo, maskAt(66), x)).toBeLessThan(0.1);
  });

  it('never leaves the band that the mask allows', () => {
    const { photo } = photoOf(0.45, 0.06, 60);
    const mask = maskAt(20);
    expect(shareAt(photo, mask, 58)).toBe(0);
    expect(shareAt(photo, maskAt(100), 62)).toBe(1);
  });
});
