import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/plain-day.ts';
import {
  assertBlackOut,
  BLACK_OUT_RULES,
  forbidsDay,
  forbidsEnd,
  type BlackOut,
  type BlackOutKind,
} from './black-out.ts';

const blackOut = (kind: BlackOutKind, firstDay: string, lastDay = firstDay): BlackOut => ({
  id: kind,
  kind,
  firstDay,
  lastDay,
  rule: BLACK_OUT_RULES[kind],
});

/** The days around a black-out of 1 to 10 March 2028 that it forbids, as its first and last. */
function forbidden(kind: BlackOutKind): [string | undefined, string | undefined, boolean] {
  const days = Array.from({ length: 120 }, (_, i) => addDays('2028-01-10', i));
  const hit = days.filter((day) => forbidsDay(blackOut(kind, '2028-03-01', '2028-03-10'), day));
  const isOneRun = hit.every((day, i) => day === addDays(hit[0]!, i));
  return [hit[0], hit.at(-1), isOneRun];
}

describe('black-outs', () => {
  it('take their days, and what healing, tanning or looking one’s best needs around them', () => {
    expect(forbidden('away')).toEqual(['2028-03-01', '2028-03-10', true]);
    // Day 28 after 2 February is 1 March: swimming is allowed again.
    expect(forbidden('swimming')).toEqual(['2028-02-03', '2028-03-10', true]);
    expect(forbidden('sun')).toEqual(['2028-02-03', '2028-03-23', true]);
    expect(forbidden('wedding')).toEqual(['2028-02-17', '2028-03-10', true]);
  });

  it('let a course end before a wedding in time, and after it not at all', () => {
    const wedding = blackOut('wedding', '2028-03-01');
    expect(['2028-02-15', '2028-02-16', '2028-02-17', '2028-04-01'].map((day) => forbidsEnd(wedding, day))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(forbidsEnd(blackOut('away', '2028-03-01'), '2028-04-01')).toBe(false);
  });

  it('refuse days that run backwards and rules that take less than the days', () => {
    expect(() => assertBlackOut(blackOut('away', '2028-03-10', '2028-03-01'))).toThrow(RangeError);
    for (const rule of [
      { clearBeforeDays: 0 },
      { clearAfterDays: 0 },
      { finishBeforeDays: 0 },
      { clearBeforeDays: 1.5 },
    ]) {
      const wrong = { ...blackOut('away', '2028-03-01'), rule: { ...BLACK_OUT_RULES.away, ...rule } };
      expect(() => assertBlackOut(wrong), JSON.stringify(rule)).toThrow(RangeError);
    }
    for (const kind of Object.keys(BLACK_OUT_RULES) as BlackOutKind[])
      expect(() => assertBlackOut(blackOut(kind, '2028-03-01'))).not.toThrow();
  });
});
