import { describe, expect, it } from 'vitest';
import { luminance } from '../pigment/lab.ts';
import { seededGenerator } from '../random/generator.ts';
import { cellGrid } from './cell-grid.ts';
import { findShine } from './find-shine.ts';

const SIDE = 60;
const PX_PER_MM = 2;
const grid = cellGrid(0, 0, SIDE, SIDE, 1);
const SKIN = [0.5, 0.31, 0.22] as const;
const flat = (value: number): Float32Array => new Float32Array(SIDE * SIDE).fill(value);
const shading = {
  light: [flat(SKIN[0]), flat(SKIN[1]), flat(SKIN[2])] as const,
  luminance: flat(luminance(...SKIN)),
  spread: 0,
};
const MIDDLE = 30 * SIDE + 30;

/** What is found where the skin's light is so many times plain skin's and this much white comes to it. */
const found = (times: (k: number) => number, white: (k: number) => number, facing = 1): Float32Array => {
  const [red, green, blue] = SKIN.map((v) => flat(0).map((_, k) => v * times(k) + white(k)));
  return findShine([red, green, blue], shading, flat(facing), grid, PX_PER_MM);
};
const inSpot = (k: number): boolean => Math.hypot((k % SIDE) - 30, Math.floor(k / SIDE) - 30) < 10;

describe('findShine', () => {
  it('finds most of a highlight, and none where there is none', () => {
    const shine = found(
      () => 1,
      (k) => (inSpot(k) ? 0.2 : 0),
    );
    expect(shine[MIDDLE]).toBeGreaterThan(0.12);
    expect(shine[MIDDLE]).toBeLessThan(0.2);
    expect(shine[0]).toBe(0);
  });

  it('takes skin that is lit more strongly for skin', () => {
    const shine = found(
      () => 1.5,
      () => 0,
    );
    expect(Math.max(...shine)).toBeLessThan(0.01);
  });

  it('takes little of the grain of skin for shine, and spares no single pixel of it', () => {
    const random = seededGenerator(3);
    const grain = Array.from({ length: SIDE * SIDE }, () => 0.12 * (random() - 0.5));
    const shine = found(
      () => 1,
      (k) => grain[k],
    );
    expect(Math.max(...shine)).toBeLessThan(0.02);
  });

  it('trusts no highlight where the skin turns away', () => {
    expect(
      found(
        () => 1,
        () => 0.2,
        0.1,
      )[MIDDLE],
    ).toBe(0);
  });
});
