import { expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { fromFrequencies, toFrequencies } from './block-transform.ts';

const random = seededGenerator(8);
const block = Float64Array.from({ length: 64 }, () => 255 * random() - 128);

/** The definition, ITU-T T.81 A.3.3. */
function defined(of: Float64Array, u: number, v: number): number {
  const weight = (k: number): number => (k === 0 ? Math.SQRT1_2 : 1);
  let sum = 0;
  for (let k = 0; k < 64; k++) {
    const [x, y] = [k % 8, Math.floor(k / 8)];
    sum += of[k] * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
  }
  return (weight(u) * weight(v) * sum) / 4;
}

it('is the transform that the JPEG standard defines', () => {
  const frequencies = block.slice();
  toFrequencies(frequencies);
  for (let k = 0; k < 64; k++) expect(frequencies[k]).toBeCloseTo(defined(block, k % 8, Math.floor(k / 8)), 9);
});

it('is undone by its inverse', () => {
  const there = block.slice();
  toFrequencies(there);
  fromFrequencies(there);
  there.forEach((v, k) => expect(v).toBeCloseTo(block[k], 9));
});
