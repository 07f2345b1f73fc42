import { describe, expect, it } from 'vitest';
import { designDensity } from './design-density.ts';
import { extentOf } from './extent-source.ts';
import { judgeDesign } from './judge-design.ts';
import type { HairlineDesign } from './scalp-design.ts';

const hairline = (mm: number): HairlineDesign => ({
  midFrontalAboveGlabellaMm: mm,
  controlsMm: [],
  source: 'drawn',
  transitionMm: 8,
  macroAmplitudeMm: 4,
  macroWavelengthMm: 22,
  microJitterMm: 1.5,
  sentinelShare: 0.04,
  sentinelReachMm: 4,
});
const codes = (sex: 'm' | 'f', ageYears: number | null, mm: number, fullPerCm2 = 85): string[] =>
  judgeDesign({ sex, ageYears }, { kind: 'hairline' }, hairline(mm), { ...designDensity(3), fullPerCm2 })
    .map(({ code }) => code)
    .filter((code) => code !== 'hair-must-be-clipped');

describe('judgeDesign', () => {
  it('says nothing about a line that suits the age', () => {
    expect(codes('m', 45, 80)).toEqual([]);
    expect(codes('f', 33, 58)).toEqual([]);
  });

  it('warns of a line low for the age, below the minimum, or above the maximum', () => {
    expect(codes('m', 45, 74)).toEqual(['hairline-low-for-age']);
    expect(codes('m', 22, 59.9)).toEqual(['hairline-below-minimum']);
    expect(codes('m', 22, 60)).toEqual(['hairline-low-for-age']);
    expect(codes('f', 22, 55)).toEqual([]);
    expect(codes('f', 22, 49)).toEqual(['hairline-below-minimum']);
    expect(codes('m', 60, 101)).toEqual(['hairline-above-maximum']);
  });

  it('says that the age is not known instead of guessing silently', () => {
    expect(codes('m', null, 80)).toEqual(['age-unknown']);
    expect(codes('m', null, 70)).toEqual(['age-unknown']);
  });

  it('warns of densities above the natural one and of those that merge', () => {
    expect(codes('m', 45, 80, 100)).toEqual([]);
    expect(codes('m', 45, 80, 110)).toEqual(['density-above-cap']);
    expect(codes('m', 45, 80, 121)).toEqual(['density-dots-merge']);
  });

  it('says of every preset that its extent is a template, and of every shaved look that hair must be clipped', () => {
    const all = judgeDesign({ sex: 'm', ageYears: 45 }, { kind: 'norwood', stage: 5 }, hairline(80), designDensity(3));
    expect(all.map(({ code }) => code)).toEqual(['template-extent', 'hair-must-be-clipped']);
    const thinning = judgeDesign(
      { sex: 'f', ageYears: 45 },
      { kind: 'ludwig', stage: 1 },
      hairline(60),
      designDensity(3),
    );
    expect(thinning.map(({ code }) => code)).toEqual(['template-extent']);
  });
});

describe('extentOf', () => {
  it('leaves at least 30 % open for every stage seen from the front alone', () => {
    for (const stage of [1, 2, 3, 4, 5, 6, 7] as const) {
      const extent = extentOf({ kind: 'norwood', stage }, { source: 'age-table' });
      expect(extent.source).toBe('template');
      expect(extent.relativeSd).toBeGreaterThanOrEqual(0.3);
    }
    expect(extentOf({ kind: 'full' }, { source: 'age-table' }).relativeSd * 1.96).toBeGreaterThan(0.3);
  });

  it('calls only a drawn hairline drawn', () => {
    expect(extentOf({ kind: 'hairline' }, { source: 'drawn' }).source).toBe('drawn');
    expect(extentOf({ kind: 'hairline' }, { source: 'age-table' }).source).toBe('template');
    expect(extentOf({ kind: 'norwood', stage: 6 }, { source: 'drawn' }).source).toBe('template');
  });
});

describe('designDensity', () => {
  it('rises to the whole in every course and starts light', () => {
    for (const sessions of [2, 3, 4]) {
      const { sessionShares, fullPerCm2 } = designDensity(sessions);
      expect(sessionShares).toHaveLength(sessions);
      expect(sessionShares[sessions - 1]).toBe(1);
      sessionShares.reduce((before, share) => (expect(share).toBeGreaterThan(before), share), 0);
      expect(sessionShares[0]).toBeLessThan(0.6);
      expect(fullPerCm2).toBe(85);
    }
    expect(designDensity(3).sessionShares).toEqual([0.3, 0.7, 1]);
  });

  it('refuses one session and more than four', () => {
    for (const sessions of [0, 1, 5, 2.5]) expect(() => designDensity(sessions)).toThrow(RangeError);
  });
});
