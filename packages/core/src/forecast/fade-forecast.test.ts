import { describe, expect, it } from 'vitest';
import {
  adviseTouchUp,
  FADE_FACTORS,
  FORECAST_LABEL,
  forecastFade,
  forecastSource,
  opposedFactors,
  TOUCH_UP_AT,
  type FadeFactor,
} from './fade-forecast.ts';

const FACTORS = Object.keys(FADE_FACTORS) as FadeFactor[];
/** Every set of factors: 2^10. */
const SETS = Array.from({ length: 2 ** FACTORS.length }, (_, bits) => FACTORS.filter((__, i) => (bits >> i) & 1));

describe('forecastFade', () => {
  it('starts with all of the healed contrast', () => {
    expect(forecastFade(0)).toEqual({ low: 1, likely: 1, high: 1 });
  });

  it('orders palest, likely and darkest inside (0, 1] for every set of factors', () => {
    for (const factors of SETS) {
      for (const years of [0, 0.5, 1, 3, 5, 10, 30]) {
        const { low, likely, high } = forecastFade(years, factors);
        expect(low).toBeGreaterThan(0);
        expect(low).toBeLessThanOrEqual(likely);
        expect(likely).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  it('only ever fades, and its band opens over the first years', () => {
    let before = forecastFade(0);
    for (let years = 0.1; years <= 30; years += 0.1) {
      const now = forecastFade(years);
      for (const outcome of ['low', 'likely', 'high'] as const) expect(now[outcome]).toBeLessThan(before[outcome]);
      if (years < 6) expect(now.high - now.low).toBeGreaterThan(before.high - before.low);
      before = now;
    }
  });

  it('holds what practitioners claim: 60 % left somewhere between 1.5 and 8 years', () => {
    expect(forecastFade(1.5).low).toBeCloseTo(0.59, 2);
    expect(forecastFade(8).high).toBeCloseTo(0.62, 2);
  });

  it('follows the exponential model within 1e-12', () => {
    for (const years of [0.25, 1, 3, 5, 17.3]) {
      expect(Math.abs(forecastFade(years).likely - Math.exp(-0.15 * years))).toBeLessThan(1e-12);
    }
  });

  it('counts a factor once, in any order, faster above one and slower below', () => {
    expect(forecastFade(5, ['scar', 'scar'])).toEqual(forecastFade(5, ['scar']));
    for (const factor of FACTORS) {
      const difference = forecastFade(5, [factor]).likely - forecastFade(5).likely;
      expect(Math.sign(difference), factor).toBe(Math.sign(1 - FADE_FACTORS[factor][0]));
    }
  });

  it('says nothing of the past or of more than 30 years', () => {
    for (const years of [-0.1, 30.1, NaN, Infinity]) expect(() => forecastFade(years)).toThrow(RangeError);
  });
});

describe('what drives fading', () => {
  it('names two that cannot both be true of a client', () => {
    expect(opposedFactors(['smoker', 'dark-skin', 'scar', 'very-fair-skin'])).toEqual(['very-fair-skin', 'dark-skin']);
    expect(opposedFactors(['smoker', 'dark-skin', 'oily-skin', 'heavy-sun'])).toBeNull();
  });

  it('is in what is said of the source, beside the band without it', () => {
    expect(forecastSource()).toMatch(/^Lost of the contrast in a year: 14 %, 6 to 30: a band that holds /);
    expect(forecastSource(['scar'])).toMatch(
      /^Lost of the contrast in a year: 26 %, 11 to 50[.] Without what drives it 14 %, 6 to 30: a band/,
    );
  });
});

describe('adviseTouchUp', () => {
  it('is the year in which the likely contrast reaches the touch-up level, to a tenth', () => {
    for (const factors of SETS) {
      const advice = adviseTouchUp(factors);
      if (advice.likelyYears > 29) continue;
      const step = Math.abs(
        forecastFade(advice.likelyYears + 0.05, factors).likely -
          forecastFade(Math.max(0, advice.likelyYears - 0.05), factors).likely,
      );
      expect(Math.abs(forecastFade(advice.likelyYears, factors).likely - TOUCH_UP_AT)).toBeLessThanOrEqual(step);
      expect(advice.fromYears).toBeLessThan(advice.likelyYears);
      expect(advice.likelyYears).toBeLessThan(advice.toYears);
      expect(advice.label).toBe(FORECAST_LABEL);
    }
  });

  it('says 2 to 6 years, likely 3.4, when nothing speaks for faster or slower', () => {
    expect(adviseTouchUp()).toEqual({ fromYears: 2, likelyYears: 3.4, toYears: 6, label: 'estimate, not measured' });
  });
});
