import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { clamp, lerp, quantise, smoothstep } from './range.ts';

describe('range', () => {
  it('clamps to both ends and keeps what is between', () => {
    expect([clamp(-3, -1, 2), clamp(0.5, -1, 2), clamp(7, -1, 2)]).toEqual([-1, 0.5, 2]);
  });

  it('goes from end to end in a straight line', () => {
    expect([lerp(3, 7, 0), lerp(3, 7, 0.25), lerp(3, 7, 1)]).toEqual([3, 4, 7]);
  });

  it('rises smoothly, flat at both ends, and falls when the edges are swapped', () => {
    expect([smoothstep(2, 4, 1), smoothstep(2, 4, 3), smoothstep(2, 4, 5)]).toEqual([0, 0.5, 1]);
    expect(smoothstep(2, 4, 2 + 1e-4)).toBeLessThan(1e-8);
    let last = 0;
    for (let x = 2; x <= 4; x += 0.01) {
      expect(smoothstep(2, 4, x)).toBeGreaterThanOrEqual(last);
      last = smoothstep(2, 4, x);
      expect(smoothstep(4, 2, x)).toBeCloseTo(1 - last, 12);
    }
  });

  it('quantises to the nearest step, and what is quantised stays as it is', () => {
    const random = seededGenerator(3);
    for (let i = 0; i < 1000; i++) {
      const x = (random() - 0.5) * 400;
      const q = quantise(x, 100);
      expect(Math.abs(q - x)).toBeLessThanOrEqual(0.005 + 1e-12);
      expect(quantise(q, 100)).toBe(q);
    }
    expect(Object.is(quantise(-0.001, 100), 0)).toBe(true);
  });
});
