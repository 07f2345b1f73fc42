import { describe, expect, it } from 'vitest';
import { OUTLINE_SD, SIMULATED_LUDWIG, SIMULATED_NORWOOD, SIMULATED_TAPED } from './extent-spread.ts';
import type { Presentation } from './scalp-design.ts';
import { drawnTooWide, templateSpread } from './testing/template-spread.ts';

const CLIENTS = 40;
/** Forty clients tell a standard deviation to 11 %, with long tails: three of that, and the rounding. */
const isAbout = (stated: number, simulated: number): boolean =>
  Math.abs(simulated - stated) <= Math.max(0.02, 0.33 * stated);

describe('stated spreads', () => {
  it.each([2, 4, 5, 7] as const)('of Norwood %i are what a simulation finds again', (stage) => {
    const found = templateSpread({ kind: 'norwood', stage }, [], CLIENTS, 2);
    const { whole, zones } = SIMULATED_NORWOOD[stage - 1];
    expect([whole, found.whole, isAbout(whole, found.whole)]).toEqual([whole, found.whole, true]);
    expect(Object.keys(zones).toSorted()).toEqual(Object.keys(found.zones).toSorted());
    for (const [id, sd] of Object.entries(found.zones)) {
      expect([id, zones[id], sd, isAbout(zones[id], sd)]).toEqual([id, zones[id], sd, true]);
    }
  });

  it('of Ludwig II are what a simulation finds again', () => {
    const found = templateSpread({ kind: 'ludwig', stage: 2 }, [], CLIENTS, 2);
    expect(isAbout(SIMULATED_LUDWIG[1].whole, found.whole)).toBe(true);
  });

  it('with tapes are what a simulation finds again, and two tapes leave about half of what none does', () => {
    for (const [which, kinds] of [
      ['width', ['bald-width']],
      ['both', ['bald-length', 'bald-width']],
    ] as const) {
      for (const stage of [4, 6] as const) {
        const found = templateSpread({ kind: 'norwood', stage }, kinds, CLIENTS, 2);
        const stated = SIMULATED_TAPED[which][stage - 4].whole;
        expect([which, stage, stated, found.whole, isAbout(stated, found.whole)]).toEqual([
          which,
          stage,
          stated,
          found.whole,
          true,
        ]);
        expect(Math.abs(found.bias)).toBeLessThan(0.05);
      }
    }
    for (const stage of [4, 5, 6, 7]) {
      const left = SIMULATED_TAPED.both[stage - 4].whole / SIMULATED_NORWOOD[stage - 1].whole;
      expect(left).toBeGreaterThan(0.4);
      expect(left).toBeLessThan(0.6);
    }
  });

  it('of a drawn outline are those of 2 mm all round, and never below 5 %', () => {
    const all: Presentation[] = [
      ...([1, 2, 3, 4, 5, 6, 7] as const).map((stage): Presentation => ({ kind: 'norwood', stage })),
      ...([1, 2, 3] as const).map((stage): Presentation => ({ kind: 'ludwig', stage })),
    ];
    const stated = [...OUTLINE_SD.norwood, ...OUTLINE_SD.ludwig];
    all.forEach((presentation, i) => {
      const found = Math.max(0.05, drawnTooWide(presentation, 2));
      expect(Math.abs(found / stated[i] - 1)).toBeLessThan(0.1);
    });
  });
});
