import { describe, expect, it } from 'vitest';
import { relativeEstimate } from './estimate.ts';

describe('relativeEstimate', () => {
  it('spans 1.96 standard deviations on either side', () => {
    const { value, low, high, source } = relativeEstimate(200, 0.05, 'soft tape');
    expect(value).toBe(200);
    expect(low).toBeCloseTo(180.4, 9);
    expect(high).toBeCloseTo(219.6, 9);
    expect(source).toBe('soft tape');
  });

  it('is a point without error, and never reaches below nothing', () => {
    expect(relativeEstimate(7, 0, 'count')).toEqual({ value: 7, low: 7, high: 7, source: 'count' });
    expect(relativeEstimate(7, 0.8, 'guess').low).toBe(0);
  });
});
