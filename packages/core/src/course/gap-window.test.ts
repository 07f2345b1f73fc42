import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/plain-day.ts';
import { assertGapWindow, judgeGap, oneMonthGaps, preferredGaps } from './gap-window.ts';
import { DEFAULT_GAPS_DAYS, ONE_MONTH_GAPS_DAYS } from './plan-course.ts';

describe('gap windows', () => {
  it('prefer what a plan prefers, by number of sessions', () => {
    for (const sessions of [2, 3, 4] as const) {
      expect(preferredGaps(sessions).map(({ preferredDays }) => preferredDays)).toEqual(DEFAULT_GAPS_DAYS[sessions]);
    }
    expect(oneMonthGaps(3).map(({ preferredDays }) => preferredDays)).toEqual(ONE_MONTH_GAPS_DAYS);
    expect(preferredGaps(6)).toHaveLength(5);
    for (const window of [2, 3, 4, 7].flatMap((n) => [...preferredGaps(n), ...oneMonthGaps(n)])) {
      expect(() => assertGapWindow(window)).not.toThrow();
    }
  });

  it('never reach under the floor, whatever a studio writes', () => {
    for (const window of [
      { leastDays: 6, preferredDays: 14, mostDays: 28 },
      { leastDays: 10, preferredDays: 9, mostDays: 28 },
      { leastDays: 10, preferredDays: 29, mostDays: 28 },
      { leastDays: 7.5, preferredDays: 14, mostDays: 28 },
      { leastDays: 10, preferredDays: 14, mostDays: 366 },
      { leastDays: NaN, preferredDays: 14, mostDays: 28 },
    ]) {
      expect(() => assertGapWindow(window), JSON.stringify(window)).toThrow(RangeError);
    }
  });

  it('judge every gap: under the floor and over a year refused, outside the window with a name and a reason only', () => {
    const window = { leastDays: 10, preferredDays: 14, mostDays: 28 };
    const override = { by: 'Ada', reason: 'healed early' };
    for (let gap = -3; gap <= 370; gap++) {
      const kind = (given: typeof override | null): string =>
        judgeGap('2028-02-20', addDays('2028-02-20', gap), window, given).kind;
      const outside = gap < 7 ? 'too-soon' : gap > 365 ? 'too-late' : null;
      expect(kind(null), `${gap}`).toBe(outside ?? (gap >= 10 && gap <= 28 ? 'ok' : 'needs-override'));
      expect(kind(override), `${gap}`).toBe(outside ?? 'ok');
      expect(kind({ ...override, by: ' ' }), `${gap}`).toBe(kind(null));
    }
    expect(judgeGap('2028-02-20', '2028-03-05', window, override)).toMatchObject({ gapDays: 14, override: null });
  });
});
