import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { bandContrast, finestPx } from './band-contrast.ts';

describe('fine contrast', () => {
  const side = 64;
  const all = Array.from({ length: side * side }, (_, k) => k);
  const random = seededGenerator(3);
  const noise = Float32Array.from(all, () => random() - 0.5);

  it('is nothing on a plain plane, and goes with the amplitude', () => {
    expect(bandContrast(new Float32Array(side * side).fill(0.7), side, side, all, 0.7)).toBeLessThan(1e-6);
    const once = bandContrast(noise, side, side, all, 0.7);
    const thrice = bandContrast(
      noise.map((v) => 3 * v),
      side,
      side,
      all,
      0.7,
    );
    expect(once).toBeGreaterThan(0.1);
    expect(Math.abs(thrice / once - 3)).toBeLessThan(1e-4);
  });

  it('does not count a slow change of tone', () => {
    const ramp = Float32Array.from(all, (k) => (k % side) / side);
    const middle = all.filter((k) => k % side > 20 && k % side < 44);
    expect(bandContrast(ramp, side, side, middle, 0.7)).toBeLessThan(1e-3);
  });

  it('is measured at the same millimetres on photos finer than 0.4 mm a pixel', () => {
    expect([finestPx(0.8), finestPx(0.4), finestPx(0.2), finestPx(0.1)]).toEqual([0.7, 0.7, 1.4, 2.8]);
  });
});
