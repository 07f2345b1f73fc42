import { describe, expect, it } from 'vitest';
import { forecastFade } from './fade-forecast.ts';
import { contrastWhileHealing, HEALED_DAY } from './healing-curve.ts';
import { contrastWithinMeasured, LARGEST_MEASURED_DROP, lookAt } from './look.ts';

const fresh = lookAt({ kind: 'fresh' });
const healed = lookAt({ kind: 'healed' });

describe('lookAt', () => {
  it('makes the healed look the unit of all others', () => {
    expect(healed).toEqual({ name: 'healed', contrast: 1, dotScale: 1, softness: 1 });
  });

  it('makes fresh work darker by the healing curve, wider and crisper', () => {
    expect(fresh.contrast * contrastWhileHealing(HEALED_DAY)).toBeCloseTo(contrastWhileHealing(0), 12);
    expect(fresh.dotScale).toBeGreaterThan(1);
    expect(fresh.softness).toBeLessThan(1);
  });

  it('pales by the forecast band while dots widen and soften, never suddenly', () => {
    for (const band of ['low', 'likely', 'high'] as const) {
      let before = lookAt({ kind: 'years', years: 0, band });
      expect([before.contrast, before.dotScale, before.softness]).toEqual([1, 1, 1]);
      for (let years = 0.25; years <= 30; years += 0.25) {
        const look = lookAt({ kind: 'years', years, band });
        expect(look.contrast).toBe(forecastFade(years)[band]);
        expect(look.dotScale).toBeGreaterThanOrEqual(before.dotScale);
        expect(look.dotScale - before.dotScale).toBeLessThan(0.011);
        expect(look.softness).toBeGreaterThanOrEqual(before.softness);
        before = look;
      }
      expect(before.dotScale).toBeCloseTo(1.13, 12);
    }
  });

  it('pales by what drives it', () => {
    for (const band of ['low', 'likely', 'high'] as const) {
      const { contrast } = lookAt({ kind: 'years', years: 3, band, factors: ['scar', 'smoker'] });
      expect(contrast).toBe(forecastFade(3, ['scar', 'smoker'])[band]);
      expect(contrast).toBeLessThan(lookAt({ kind: 'years', years: 3, band }).contrast);
    }
  });

  it('names each look so that no two share a file', () => {
    expect(lookAt({ kind: 'years', years: 5, band: 'low' }).name).toBe('year5-low');
    const names = [
      fresh,
      healed,
      ...[1, 3, 5].flatMap((years) =>
        (['low', 'likely', 'high'] as const).map((band) => lookAt({ kind: 'years', years, band })),
      ),
    ].map(({ name }) => name);
    expect(new Set(names).size).toBe(11);
  });

  it('refuses years the forecast does not speak of', () => {
    for (const years of [-1, 31]) expect(() => lookAt({ kind: 'years', years, band: 'low' })).toThrow(RangeError);
  });
});

describe('contrastWithinMeasured', () => {
  it('never shows work darker than real work, nor holds back healed or faded work', () => {
    for (let drop = 0.01; drop <= 0.5; drop += 0.01) {
      const shown = contrastWithinMeasured(fresh, drop);
      expect(shown).toBeGreaterThanOrEqual(1);
      expect(shown).toBeLessThanOrEqual(fresh.contrast);
      if (drop <= LARGEST_MEASURED_DROP) expect(shown * drop).toBeLessThanOrEqual(LARGEST_MEASURED_DROP + 1e-12);
      expect(contrastWithinMeasured(healed, drop)).toBe(1);
    }
    expect(contrastWithinMeasured(fresh, 0.1)).toBe(fresh.contrast);
    const faded = lookAt({ kind: 'years', years: 5, band: 'likely' });
    expect(contrastWithinMeasured(faded, 0.9)).toBe(faded.contrast);
  });
});
