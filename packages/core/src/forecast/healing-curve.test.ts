import { describe, expect, it } from 'vitest';
import { contrastWhileHealing, HEALED_DAY, HEALING_CURVE } from './healing-curve.ts';

describe('contrastWhileHealing', () => {
  it('goes through its published days and on straight lines between them', () => {
    for (const [day, contrast] of HEALING_CURVE) expect(contrastWhileHealing(day)).toBeCloseTo(contrast, 12);
    expect(contrastWhileHealing(5)).toBeCloseTo(0.75, 12);
    expect(contrastWhileHealing(10.5)).toBeCloseTo(0.575, 12);
  });

  it('is darkest on the first day, palest when the scabs leave, and settled from day 42', () => {
    const hours = Array.from({ length: 24 * 60 }, (_, i) => contrastWhileHealing(i / 24));
    expect(Math.max(...hours)).toBe(contrastWhileHealing(0));
    expect(Math.min(...hours)).toBe(contrastWhileHealing(7));
    for (const day of [HEALED_DAY, 43, 400, 1e6]) expect(contrastWhileHealing(day)).toBe(0.65);
  });

  it('has no jump', () => {
    for (let day = 0; day < 50; day += 0.01) {
      expect(Math.abs(contrastWhileHealing(day + 0.01) - contrastWhileHealing(day))).toBeLessThan(0.0011);
    }
  });

  it('knows nothing of the days before the session', () => {
    for (const day of [-0.001, -1, NaN]) expect(() => contrastWhileHealing(day)).toThrow(RangeError);
  });
});
