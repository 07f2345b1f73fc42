import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { cholesky, invert, solveLinear } from './solve.ts';

const times = (a: ArrayLike<number>, x: readonly number[]): number[] =>
  x.map((_, row) => x.reduce((sum, v, col) => sum + a[row * x.length + col] * v, 0));

describe('solveLinear', () => {
  it('solves random systems of 1 to 9 unknowns and leaves its input alone', () => {
    const random = seededGenerator(1);
    for (let n = 1; n <= 9; n++) {
      for (let k = 0; k < 50; k++) {
        const a = Float64Array.from({ length: n * n }, () => random() * 2 - 1);
        const x = Array.from({ length: n }, () => random() * 20 - 10);
        const b = times(a, x);
        const kept = a.slice();
        const residual = times(a, solveLinear(a, b)).map((v, i) => Math.abs(v - b[i]));
        expect(Math.max(...residual)).toBeLessThan(1e-9);
        expect(a).toEqual(kept);
      }
    }
  });

  it('finds a pivot below a zero on the diagonal', () => {
    expect(solveLinear([0, 2, 0, 0, 0, 3, 4, 0, 0], [6, 12, 8])).toEqual([2, 3, 4]);
  });

  it('throws RangeError for a singular system, also one of zeros or with no number in it', () => {
    expect(() => solveLinear([1, 2, 2, 4], [1, 2])).toThrow(RangeError);
    expect(() => solveLinear([0, 0, 0, 0], [1, 2])).toThrow('no pivot in column 0');
    expect(() => solveLinear([NaN, 0, 0, 1], [1, 2])).toThrow(RangeError);
  });
});

describe('invert', () => {
  it('gives the matrix that undoes the other', () => {
    const random = seededGenerator(2);
    for (let k = 0; k < 50; k++) {
      const a = Float64Array.from({ length: 16 }, () => random() * 2 - 1);
      const inverse = invert(a, 4);
      for (let col = 0; col < 4; col++) {
        const column = [0, 1, 2, 3].map((row) => inverse[row * 4 + col]);
        times(a, column).forEach((v, row) => expect(v).toBeCloseTo(row === col ? 1 : 0, 8));
      }
    }
  });
});

describe('cholesky', () => {
  it('gives the lower root of a positive definite matrix, and refuses others', () => {
    const a = [4, 2, -2, 2, 10, 3, -2, 3, 6];
    const lower = cholesky(a, 3);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += lower[3 * i + k] * lower[3 * j + k];
        expect(sum).toBeCloseTo(a[3 * i + j], 12);
        if (j > i) expect(lower[3 * i + j]).toBe(0);
      }
    }
    expect(() => cholesky([1, 2, 2, 1], 2)).toThrow(RangeError);
    expect(() => cholesky([0, 0, 0, 1], 2)).toThrow(RangeError);
  });
});
