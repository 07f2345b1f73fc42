import { describe, expect, it } from 'vitest';
import { takeZoneTape } from '../head/zone-tape.ts';
import { extentOf, zoneExtents } from './extent-source.ts';
import type { Presentation, ScalpMark } from './scalp-design.ts';

const USUAL = { source: 'age-table' } as const;
const DRAWN = { source: 'drawn' } as const;
const NORWOOD_5: Presentation = { kind: 'norwood', stage: 5 };
const OUTLINE = [
  [10, 130, 0],
  [0, 130, 10],
  [-10, 130, 0],
] as const;
const bald: ScalpMark = { kind: 'bald', outlineMm: OUTLINE };
const LENGTH = takeZoneTape('bald-length', 180);
const WIDTH = takeZoneTape('bald-width', 130);

describe('extentOf', () => {
  it('leaves at least 30 % open to each side for whatever nobody has drawn or taped', () => {
    const all: Presentation[] = [
      ...([1, 2, 3, 4, 5, 6, 7] as const).map((stage): Presentation => ({ kind: 'norwood', stage })),
      ...([1, 2, 3] as const).map((stage): Presentation => ({ kind: 'ludwig', stage })),
      ...(['full', 'hairline', 'fut-scar', 'fue-scars', 'patch'] as const).map((kind): Presentation => ({ kind })),
    ];
    for (const presentation of all) {
      const { source, relativeSd, why } = extentOf(presentation, USUAL);
      expect(source).toBe('template');
      expect(1.96 * relativeSd).toBeGreaterThanOrEqual(0.3);
      expect(why).toMatch(/^[A-Z].*[.]$/);
    }
  });

  it('covers the ranges of practice, stage by stage', () => {
    const usualCm2 = [10, 20, 45, 100, 150, 210, 280];
    const ranges = [
      [0, 20],
      [8, 35],
      [25, 70],
      [70, 130],
      [110, 185],
      [150, 260],
      [200, 360],
    ];
    usualCm2.forEach((usual, i) => {
      const { relativeSd } = extentOf({ kind: 'norwood', stage: (i + 1) as 1 }, USUAL);
      const half = (ranges[i][1] - ranges[i][0]) / 2;
      expect(usual * 1.96 * relativeSd).toBeGreaterThan(0.95 * half);
    });
  });

  it('is as unsure as the tape itself, where that is less sure than tapes are', () => {
    const sdOf = (sdMm?: number): number =>
      extentOf(NORWOOD_5, USUAL, [], [takeZoneTape('bald-length', 180, sdMm), WIDTH]).relativeSd;
    expect(sdOf(30)).toBeCloseTo(Math.sqrt(sdOf() ** 2 + (30 ** 2 - 6 ** 2) / 180 ** 2), 12);
    expect(sdOf(2)).toBe(sdOf());
    const crown = (sdMm: number): number =>
      zoneExtents([{ id: 'crown' }], NORWOOD_5, USUAL, [], [takeZoneTape('bald-length', 180, sdMm)])[0].relativeSd;
    expect(crown(40)).toBeGreaterThan(1.2 * crown(6));
  });

  it('is surer the more was measured: template, tape, both tapes, outline', () => {
    for (const stage of [4, 5, 6, 7] as const) {
      const presentation: Presentation = { kind: 'norwood', stage };
      const sds = [
        extentOf(presentation, USUAL),
        extentOf(presentation, USUAL, [], [WIDTH]),
        extentOf(presentation, USUAL, [], [LENGTH, WIDTH]),
      ];
      expect(sds.map(({ source }) => source)).toEqual(['template', 'taped', 'taped']);
      expect(sds[1].relativeSd).toBeLessThan(sds[0].relativeSd);
      expect(sds[2].relativeSd).toBeLessThanOrEqual(sds[1].relativeSd);
      expect(extentOf(presentation, USUAL, [bald], [LENGTH]).source).toBe('drawn');
    }
    expect(extentOf({ kind: 'norwood', stage: 3 }, USUAL, [], [LENGTH, WIDTH]).source).toBe('template');
  });

  it('calls only a drawn hairline, scar or patch drawn', () => {
    expect(extentOf({ kind: 'hairline' }, DRAWN).source).toBe('drawn');
    expect(extentOf({ kind: 'norwood', stage: 6 }, DRAWN).source).toBe('template');
    const patch: ScalpMark = { kind: 'patch', outlineMm: OUTLINE };
    expect(extentOf({ kind: 'patch' }, USUAL, [patch]).source).toBe('drawn');
    expect(extentOf({ kind: 'fut-scar' }, USUAL, [patch]).source).toBe('template');
    // An outline of the bald part says nothing about a patch.
    expect(extentOf({ kind: 'patch' }, USUAL, [bald]).source).toBe('template');
  });
});

describe('zoneExtents', () => {
  const ids = ['front', 'temple-l', 'mid', 'crown', 'scar', 'repair'].map((id) => ({ id }));

  it('leaves the crown of a Norwood V a template of 30 % or more, even where the front was drawn', () => {
    for (const hairline of [USUAL, DRAWN]) {
      const [front, temple, , crown] = zoneExtents(ids, NORWOOD_5, hairline);
      expect(front.source).toBe(hairline === DRAWN ? 'drawn' : 'template');
      for (const zone of [temple, crown]) {
        expect(zone.source).toBe('template');
        expect(1.96 * zone.relativeSd).toBeGreaterThanOrEqual(0.3);
      }
    }
  });

  it('is less sure of temples of a Norwood VI that run back to the hair than of rebuilt ones, taped or not', () => {
    for (const tapes of [[], [LENGTH], [LENGTH, WIDTH]]) {
      const [own, rebuilt] = (['own', 'rebuilt'] as const).map(
        (temples) => zoneExtents(ids, { kind: 'norwood', stage: 6, temples }, USUAL, [], tapes)[1],
      );
      expect(own.relativeSd).toBeGreaterThan(1.3 * rebuilt.relativeSd);
    }
  });

  it('calls taped what tapes reach, drawn what was drawn', () => {
    const taped = zoneExtents(ids, NORWOOD_5, USUAL, [], [LENGTH, WIDTH]);
    expect(taped.map(({ source }) => source)).toEqual(['template', 'taped', 'taped', 'taped', 'template', 'drawn']);
    // The front of a Norwood IV is beyond the tapes over its crown.
    const four = zoneExtents(ids.slice(0, 4), { kind: 'norwood', stage: 4 }, USUAL, [], [LENGTH, WIDTH]);
    expect(four.map(({ source }) => source)).toEqual(['template', 'template', 'template', 'taped']);
    const drawn = zoneExtents(ids.slice(0, 4), NORWOOD_5, USUAL, [bald]);
    expect(drawn.every(({ source }) => source === 'drawn')).toBe(true);
  });
});
