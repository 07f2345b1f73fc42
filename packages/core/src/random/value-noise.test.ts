import { describe, expect, it } from 'vitest';
import { seededGenerator } from './generator.ts';
import { valueNoise } from './value-noise.ts';

describe('valueNoise', () => {
  it('gives the same number at the same point for ever', () => {
    expect(valueNoise(0.3, 1.7, -2.4, 5)).toBe(0.18329243772263593);
    expect(valueNoise(10.25, -3.5, 8.125, 11)).toBe(-0.15508430951464902);
  });

  it('stays in [-1, 1], uses most of it and has no leaning', () => {
    const random = seededGenerator(1);
    let [low, high, sum] = [0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const v = valueNoise((random() - 0.5) * 200, (random() - 0.5) * 200, (random() - 0.5) * 200, 3);
      low = Math.min(low, v);
      high = Math.max(high, v);
      sum += v;
    }
    expect(low).toBeGreaterThanOrEqual(-1);
    expect(high).toBeLessThanOrEqual(1);
    expect(high - low).toBeGreaterThan(1.6);
    expect(Math.abs(sum / 40_000)).toBeLessThan(0.02);
  });

  it('has no step and no kink, at cell borders and on either side of zero', () => {
    const h = 1e-5;
    for (const axis of [0, 1, 2]) {
      for (let at = -3; at <= 3; at++) {
        const along = (t: number): number => {
          const p = [0.37, -1.21, 2.83];
          p[axis] = at + t;
          return valueNoise(p[0], p[1], p[2], 9);
        };
        expect(Math.abs(along(h) - along(-h))).toBeLessThan(1e-8);
        expect(Math.abs(along(h) - 2 * along(0) + along(-h)) / h).toBeLessThan(1e-3);
      }
    }
  });

  it('is another field for another salt', () => {
    let product = 0;
    let square = 0;
    for (let i = 0; i < 5000; i++) {
      const [x, y, z] = [i * 0.731, i * 0.417, i * 0.293];
      product += valueNoise(x, y, z, 1) * valueNoise(x, y, z, 2);
      square += valueNoise(x, y, z, 1) * valueNoise(x, y, z, 1);
    }
    expect(Math.abs(product / square)).toBeLessThan(0.08);
  });
});
