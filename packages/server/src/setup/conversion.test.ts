import { describe, expect, it } from 'vitest';
import { halfToFloat, permute } from './conversion.ts';

describe('halfToFloat', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc500, -5],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 2 ** -14], // the smallest normal number
    [0x03ff, 1023 * 2 ** -24], // the largest below it
    [0x8001, -(2 ** -24)],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('reads %i as the number IEEE 754 gives it', (bits, value) => {
    expect(halfToFloat(bits)).toBe(value);
  });
});

describe('permute', () => {
  it('moves every element to where its dimensions go', () => {
    const shape = [2, 3, 4, 5];
    const values = Float32Array.from({ length: 120 }, (_, at) => at);
    const moved = permute({ shape, values }, [3, 0, 1, 2]);
    expect(moved.shape).toEqual([5, 2, 3, 4]);
    for (let a = 0; a < 2; a++)
      for (let b = 0; b < 3; b++)
        for (let c = 0; c < 4; c++)
          for (let d = 0; d < 5; d++)
            expect(moved.values[((d * 2 + a) * 3 + b) * 4 + c]).toBe(values[((a * 3 + b) * 4 + c) * 5 + d]);
  });
});
