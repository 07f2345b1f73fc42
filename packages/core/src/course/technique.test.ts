import { describe, expect, it } from 'vitest';
import { WORK_EFFORT } from './session-hours.ts';
import { techniqueFor, type Place } from './technique.ts';

const PLACES: Place[] = ['hairline', ...(Object.keys(WORK_EFFORT) as Place[])];

describe('techniqueFor', () => {
  it.each(PLACES)('stays inside published ranges: %s', (place) => {
    const { needle, depthMm, dotDiameterMm } = techniqueFor(place);
    for (const { value, low, high, source } of [depthMm, dotDiameterMm]) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
      expect(source).toContain('estimate');
    }
    // Upper dermis: below the epidermis, above what blurs (facts 1.2).
    expect(depthMm.low).toBeGreaterThanOrEqual(0.2);
    expect(depthMm.high).toBeLessThanOrEqual(1);
    expect(needle.wireMm[0]).toBeLessThanOrEqual(needle.wireMm[1]);
    // '0603': wire 06, three points.
    for (const code of needle.code.split(' or ')) expect(Number(code.slice(2))).toBe(needle.points);
  });

  it('works the hairline with the finest single dots', () => {
    const line = techniqueFor('hairline');
    expect(line.needle.points).toBe(1);
    for (const place of PLACES) {
      expect(line.dotDiameterMm.value).toBeLessThanOrEqual(techniqueFor(place).dotDiameterMm.value);
    }
  });

  it('uses a group of points on bald skin only', () => {
    expect(PLACES.filter((place) => techniqueFor(place).needle.points > 1)).toEqual(['bald']);
  });
});
