import { describe, expect, it } from 'vitest';
import { takeZoneTape } from '../head/zone-tape.ts';
import { designDensity } from './design-density.ts';
import { judgeDesign } from './judge-design.ts';
import type { HairlineDesign, Presentation, ScalpMark } from './scalp-design.ts';

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
    const whole = judgeDesign({ sex: 'm', ageYears: 45 }, { kind: 'full' }, hairline(80), designDensity(3));
    expect(whole[0].text).toMatch(/^The whole scalp/);
  });

  it('says that of several whorls the last counts', () => {
    const whorl: ScalpMark = { kind: 'whorl', centreMm: [0, 110, -70] };
    const said = (...marks: ScalpMark[]): string[] =>
      judgeDesign({ sex: 'm', ageYears: 45 }, { kind: 'full' }, hairline(80), designDensity(3), marks).map(
        ({ code }) => code,
      );
    expect(said(whorl)).not.toContain('whorls-several');
    expect(said(whorl, whorl)).toContain('whorls-several');
  });

  it('says when tapes over the bald part, or its outline, change nothing', () => {
    const unused = (presentation: Presentation, marks: ScalpMark[], tapes = [takeZoneTape('bald-length', 140)]) =>
      judgeDesign({ sex: 'm', ageYears: 45 }, presentation, hairline(80), designDensity(3), marks, tapes)
        .map(({ code }) => code)
        .filter((code) => code.endsWith('-unused'));
    const bald: ScalpMark = {
      kind: 'bald',
      outlineMm: [
        [0, 120, 40],
        [40, 120, 0],
        [-40, 120, 0],
      ],
    };
    expect(unused({ kind: 'norwood', stage: 4 }, [])).toEqual([]);
    expect(unused({ kind: 'norwood', stage: 3 }, [])).toEqual(['tapes-unused']);
    expect(unused({ kind: 'ludwig', stage: 2 }, [])).toEqual(['tapes-unused']);
    expect(unused({ kind: 'norwood', stage: 4 }, [bald])).toEqual(['tapes-unused']);
    expect(unused({ kind: 'ludwig', stage: 2 }, [bald], [])).toEqual([]);
    expect(unused({ kind: 'full' }, [bald])).toEqual(['tapes-unused', 'outline-unused']);
    expect(unused({ kind: 'hairline' }, [bald], [])).toEqual(['outline-unused']);
  });
});

describe('judgeDesign of scars, patches and marks', () => {
  const said = (
    presentation: Presentation,
    marks: readonly ScalpMark[] = [],
    sex: 'm' | 'f' = 'm',
    line = hairline(sex === 'm' ? 80 : 60),
  ) => judgeDesign({ sex, ageYears: 45 }, presentation, line, designDensity(3), marks);
  const codesOf = (...args: Parameters<typeof said>): string[] => said(...args).map(({ code }) => code);
  const mole = (marginMm: number): ScalpMark => ({
    kind: 'keep-out',
    what: 'mole',
    centreMm: [0, 130, 0],
    radiusMm: 2,
    marginMm,
  });
  const outlineMm = [
    [10, 130, 0],
    [0, 130, 10],
    [-10, 130, 0],
  ] as const;

  it('asks for scars that have settled and for a doctor before new patches, and never for clipped hair there', () => {
    expect(codesOf({ kind: 'fut-scar' })).toEqual(['template-extent', 'scar-age', 'scar-holds-less']);
    expect(codesOf({ kind: 'fue-scars' })).toEqual(['template-extent', 'scar-age', 'scar-holds-less']);
    expect(codesOf({ kind: 'patch' })).toEqual(['template-extent', 'patch-see-doctor']);
    expect(codesOf({ kind: 'patch' }, [{ kind: 'patch', outlineMm }])).toEqual(['patch-see-doctor']);
  });

  it('says what marks beside another presentation mean', () => {
    const marks: ScalpMark[] = [{ kind: 'repair', outlineMm }, mole(5), mole(2)];
    expect(codesOf({ kind: 'full' }, marks)).toEqual([
      'template-extent',
      'repair-lighter',
      'keep-outs',
      'mole-gap',
      'hair-must-be-clipped',
    ]);
    const text = said({ kind: 'full' }, marks)
      .map((statement) => statement.text)
      .join(' ');
    expect(text).toContain('2 places are kept free');
    expect(said({ kind: 'full' }, [{ kind: 'keep-out-area', outlineMm }]).map(({ text: one }) => one)).toContainEqual(
      expect.stringContaining('One place is kept free'),
    );
    expect(text).toContain('a gap of 2 mm');
  });

  it('considers the lateral hump in stages VI and VII, rebuilt or respected, and temples that are rebuilt', () => {
    expect(codesOf({ kind: 'norwood', stage: 5 })).not.toContain('hump-rebuilt');
    expect(codesOf({ kind: 'norwood', stage: 6 })).toContain('hump-rebuilt');
    expect(codesOf({ kind: 'norwood', stage: 7, hump: 'respected' })).toContain('hump-respected');
    expect(codesOf({ kind: 'norwood', stage: 2, temples: 'rebuilt' })).toContain('temples-rebuilt');
  });

  it("names a man's corners that lie below the middle, not a woman's and not level ones", () => {
    const line = (cornerY: number): HairlineDesign => ({
      ...hairline(80),
      controlsMm: [
        [-60, 60, 60],
        [-45, cornerY, 75],
        [-20, 110, 85],
        [0, 110, 90],
        [20, 110, 85],
        [45, cornerY, 75],
        [60, 60, 60],
      ],
    });
    expect(codesOf({ kind: 'full' }, [], 'm', line(100))).toContain('corners-low');
    expect(codesOf({ kind: 'full' }, [], 'm', line(108))).not.toContain('corners-low');
    expect(codesOf({ kind: 'full' }, [], 'f', line(100))).not.toContain('corners-low');
  });

  it('never claims to cover, cure or know what a patch is', () => {
    const all = [
      ...said({ kind: 'patch' }, [mole(1), { kind: 'repair', outlineMm }]),
      ...said({ kind: 'fut-scar' }),
      ...said({ kind: 'norwood', stage: 7 }),
    ];
    for (const { text } of all) {
      expect(text).not.toMatch(/alopecia|diagnos|cure|guarantee|invisible|permanent|completely/i);
      expect(text).toMatch(/^[A-Z].*[.]$/);
    }
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
