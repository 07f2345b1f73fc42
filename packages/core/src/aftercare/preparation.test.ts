import { describe, expect, it } from 'vitest';
import type { ProtocolName } from './aftercare-rule.ts';
import { allowedAt } from './aftercare-rules.ts';
import { preparation } from './preparation.ts';

const PROTOCOLS: ProtocolName[] = ['strict', 'article'];
const daysOf = (protocol: ProtocolName, gapDays: number | null): Record<string, number> =>
  Object.fromEntries(preparation(protocol, gapDays).map(({ id, daysBefore }) => [id.split('.')[1]!, daysBefore]));

describe('preparation', () => {
  it('names the article’s one line, and no more, under its name', () => {
    expect(preparation('article').map(({ text, daysBefore }) => [text, daysBefore])).toEqual([
      ['Take a shower before the session.', 0],
    ]);
  });

  it('begins with the sun, two weeks before, and ends on the day', () => {
    expect(daysOf('strict', null)).toMatchObject({ sun: 14, moisturise: 7, alcohol: 3, clip: 1, wash: 0, eat: 0 });
    for (const gap of [null, 7, 14, 28, 365]) {
      const days = preparation('strict', gap).map(({ daysBefore }) => daysBefore);
      expect(days).toEqual([...days].sort((a, b) => b - a));
      expect(days.at(-1)).toBe(0);
    }
  });

  it('never breaks the aftercare of the session before, for every gap from 7 to 365', () => {
    for (const protocol of PROTOCOLS) {
      for (let gap = 7; gap <= 365; gap++) {
        const items = preparation(protocol, gap);
        expect(items.length).toBe(preparation(protocol).length);
        for (const { daysBefore, activity } of items) {
          expect(daysBefore).toBeGreaterThanOrEqual(0);
          expect(gap - daysBefore).toBeGreaterThanOrEqual(1);
          // A session that ends in the afternoon of day 0: the morning of local day d lies in aftercare day d - 1.
          const rule = allowedAt(protocol, gap - daysBefore - 1, 'between').find((rule) => rule.activity === activity);
          expect(rule?.verdict, `${activity} at a gap of ${gap}`).not.toBe('no');
        }
      }
    }
  });

  it('keeps its usual days when the gap leaves room', () => {
    expect(daysOf('strict', 28)).toEqual(daysOf('strict', null));
    expect(daysOf('strict', 10)).toMatchObject({ sun: 9, moisturise: 4, alcohol: 3 });
    expect(daysOf('strict', 7)).toMatchObject({ sun: 6, moisturise: 1, clip: 1, wash: 0 });
  });

  it('asks about medicines and never tells a client to stop one', () => {
    const medicines = preparation('strict').find(({ id }) => id === 'strict.medicines')!;
    expect(medicines.text).toContain('Keep taking every medicine a doctor has prescribed');
    for (const { text } of preparation('strict')) expect(text).not.toMatch(/\bstop|do not take|avoid taking/i);
  });
});
