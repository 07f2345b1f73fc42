import { describe, expect, it } from 'vitest';
import { seededGenerator } from './generator.ts';

describe('seededGenerator', () => {
  it('gives the numbers that mulberry32 gives, the same for the same seed', () => {
    const draws = (seed: number): number[] => Array.from({ length: 3 }, seededGenerator(seed), 0);
    expect(draws(0).map((x) => x * 4294967296)).toEqual([1144304738, 1416247, 958946056]);
    expect(draws(7).map((x) => x * 4294967296)).toEqual([50271532, 266108690, 4195786334]);
    expect(draws(-1)).toEqual(draws(0xffffffff));
    expect(draws(7)).not.toEqual(draws(8));
  });

  it('is uniform in one and in two dimensions, and never reaches 1', () => {
    const random = seededGenerator(42);
    const boxes = new Float64Array(64 * 64);
    const count = 400_000;
    let sum = 0;
    let most = 0;
    for (let i = 0; i < count; i++) {
      const [a, b] = [random(), random()];
      sum += a;
      most = Math.max(most, a, b);
      boxes[Math.floor(a * 64) + 64 * Math.floor(b * 64)]++;
    }
    expect(most).toBeLessThan(1);
    expect(sum / count).toBeCloseTo(0.5, 2);
    const expected = count / boxes.length;
    const chiSquare = boxes.reduce((total, n) => total + ((n - expected) * (n - expected)) / expected, 0);
    // 4,095 degrees of freedom: mean 4,095, sd 90.
    expect(Math.abs(chiSquare - 4095)).toBeLessThan(4 * 90);
  });

  it('does not repeat itself early and leaves no trace from draw to draw', () => {
    const random = seededGenerator(3);
    const seen = new Set<number>();
    let product = 0;
    let last = random();
    for (let i = 0; i < 50_000; i++) {
      const x = random();
      product += (x - 0.5) * (last - 0.5);
      seen.add(x);
      last = x;
    }
    expect(seen.size).toBeGreaterThan(49_990);
    expect(Math.abs(product / 50_000) * 12).toBeLessThan(0.02);
  });
});
