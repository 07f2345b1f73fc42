import { describe, expect, it } from 'vitest';
import { luminance } from '../pigment/lab.ts';
import { seededGenerator } from '../random/generator.ts';
import { castShadow } from './cast-shadow.ts';
import { cellGrid } from './cell-grid.ts';

const SIDE = 80;
const grid = cellGrid(0, 0, SIDE, SIDE, 1);
const SKIN = [0.5, 0.31, 0.22];
const plain = SKIN.map((v) => new Float32Array(SIDE * SIDE).fill(v)) as [Float32Array, Float32Array, Float32Array];
const shading = {
  light: plain,
  luminance: new Float32Array(SIDE * SIDE).fill(luminance(SKIN[0], SKIN[1], SKIN[2])),
  spread: 0,
};

/** Mean answer over the right half, where skin is replaced by `light`. */
function answer(light: (c: number, k: number) => number): number {
  const photo = plain.map((plane, c) => plane.map((v, k) => (k % SIDE < 40 ? v : light(c, k)))) as typeof plain;
  const shadow = castShadow(photo, shading, grid, 2);
  let sum = 0;
  for (let y = 20; y < 60; y++) for (let x = 55; x < 75; x++) sum += shadow[y * SIDE + x] / 800;
  return sum;
}

describe('castShadow', () => {
  it('takes smooth, equally coloured darkness for shadow', () => {
    expect(answer((c) => 0.35 * SKIN[c])).toBeGreaterThan(0.95);
  });

  it('takes rough darkness for hair, though it were coloured like skin', () => {
    const random = seededGenerator(1);
    const strands = Float32Array.from({ length: SIDE * SIDE }, () => (random() < 0.4 ? 0.1 : 0.6));
    expect(answer((c, k) => strands[k] * SKIN[c])).toBeLessThan(0.05);
  });

  it('takes grey darkness for hair, though it were smooth', () => {
    expect(answer(() => 0.1)).toBeLessThan(0.05);
  });

  it('says nothing where there is no head', () => {
    const nowhere = { ...shading, luminance: new Float32Array(SIDE * SIDE) };
    expect(castShadow(plain, nowhere, grid, 2).every((v) => v === 0)).toBe(true);
  });
});
