import { describe, expect, it } from 'vitest';
import { project } from '../vec/camera.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import { headSquare, personMask } from './person-mask.ts';
import type { RunModel } from './pixels.ts';
import { cameraOn } from './testing/person-mask.ts';

const SIZE = 256;
const PHOTO = { widthPx: 40, heightPx: 40, rgba: new Uint8Array(6400) };
const SQUARE = { leftPx: -10, topPx: 5, sidePx: 60 };

/** A network that sees what `at` says. */
const seeing =
  (at: (i: number, j: number) => number): RunModel =>
  async (model, input, shape) => {
    expect(model).toBe('person');
    expect(input.length).toBe(shape.reduce((a, b) => a * b, 1));
    return { mask: Float32Array.from({ length: SIZE * SIZE }, (_, k) => at(k % SIZE, Math.floor(k / SIZE))) };
  };
/** 1 inside the circle, falling over 6 samples at its rim. */
const disc = (i: number, j: number, x: number, y: number, radius: number): number =>
  Math.min(1, Math.max(0, (radius + 3 - Math.hypot(i - x, j - y)) / 6));

describe('the mask of the client', () => {
  it('lies on the square it was asked for, in bytes', async () => {
    const mask = await personMask(
      PHOTO,
      seeing((i, j) => disc(i, j, 128, 128, 60)),
      SQUARE,
    );
    expect(mask).toMatchObject({ ...SQUARE, size: SIZE });
    expect(mask.values[128 * SIZE + 128]).toBe(255);
    expect(mask.values[0]).toBe(0);
    // The soft rim is kept: one half at the radius.
    expect(mask.values[128 * SIZE + 188]).toBeCloseTo(128, -1);
  });

  it('keeps the person in the middle and drops a larger one beside, each with its own soft rim', async () => {
    const mask = await personMask(
      PHOTO,
      seeing((i, j) => Math.max(disc(i, j, 128, 150, 40), disc(i, j, 30, 60, 70))),
      SQUARE,
    );
    expect(mask.values[150 * SIZE + 128]).toBe(255);
    expect(mask.values[150 * SIZE + 169]).toBeGreaterThan(60);
    expect(mask.values[60 * SIZE + 30]).toBe(0);
    expect(mask.values[60 * SIZE + 101]).toBe(0);
  });

  it('fills a highlight but not the gap that an arm leaves', async () => {
    const mask = await personMask(
      PHOTO,
      seeing((i, j) => disc(i, j, 128, 128, 100) * (1 - disc(i, j, 140, 80, 8)) * (1 - disc(i, j, 90, 160, 26))),
      SQUARE,
    );
    expect(mask.values[80 * SIZE + 140]).toBe(255);
    expect(mask.values[160 * SIZE + 90]).toBe(0);
  });

  it('is empty where nobody is', async () => {
    expect(
      (
        await personMask(
          PHOTO,
          seeing(() => 0),
          SQUARE,
        )
      ).values.every((v) => v === 0),
    ).toBe(true);
  });

  it('looks at the head with room for the crown and a part of the shoulders', () => {
    const camera = cameraOn(2200, 511.5, 1000, 10, 15, 0);
    const { leftPx, topPx, sidePx } = headSquare(camera);
    const [x, y, depth] = project(camera, CRANIUM_CENTRE);
    const headPx = (150 * camera.f) / depth;
    expect(sidePx / headPx).toBeCloseTo(2.4, 1);
    expect(Math.abs(leftPx + sidePx / 2 - 0.5 - x)).toBeLessThan(1);
    expect(y - topPx).toBeGreaterThan(0.9 * headPx);
    expect([leftPx, topPx, sidePx].every(Number.isInteger)).toBe(true);
  });
});
