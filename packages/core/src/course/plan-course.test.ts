import { describe, expect, it } from 'vitest';
import { daysBetween } from '../calendar/plain-day.ts';
import { verdictOn } from '../units/testing/verdict-on.ts';
import type { CourseDesign } from './course-design.ts';
import { defaultCourse, ONE_MONTH_GAPS_DAYS, planCourse, type CoursePlan } from './plan-course.ts';

const design = (gapsDays: readonly number[], rest: Partial<CourseDesign> = {}): CourseDesign => ({
  sessions: (gapsDays.length + 1) as 2 | 3 | 4,
  start: '2027-01-11',
  timeZone: 'Europe/Berlin',
  gapsDays,
  reason: 'small scar',
  ...rest,
});

const refusalOf = (act: () => unknown): string => verdictOn(act)[0];
const datesOf = (plan: CoursePlan): (string | null)[] => plan.sessions.map(({ date }) => date);

describe('planCourse', () => {
  it('refuses every gap from -10 to 6 and 366 to 400, and plans every gap from 7 to 365, in each place of the course', () => {
    for (let gap = -10; gap <= 400; gap++) {
      const expected = gap < 7 ? 'gap-too-short' : gap > 365 ? 'gap-too-long' : 'accepted';
      for (const gaps of [[gap], [gap, 28], [28, gap], [14, gap, 28], [14, 28, gap]]) {
        expect(
          refusalOf(() => planCourse(design(gaps))),
          `${gaps}`,
        ).toBe(expected);
        expect(
          refusalOf(() => planCourse(design(gaps, { start: null }))),
          `${gaps} undated`,
        ).toBe(expected);
      }
    }
  });

  it('refuses gaps that are not whole days', () => {
    for (const gap of [7.5, 6.999, NaN, -Infinity])
      expect(refusalOf(() => planCourse(design([gap, 28])))).toBe('gap-too-short');
    for (const gap of [Infinity, 365.5]) expect(refusalOf(() => planCourse(design([gap, 28])))).toBe('gap-too-long');
  });

  it('refuses one session, five, and a number of gaps that does not fit', () => {
    for (const [sessions, gaps] of [
      [1, []],
      [5, [14, 28, 28, 28]],
      [0, []],
      [3, [14]],
      [3, [14, 28, 28]],
    ] as const) {
      const wrong = { ...design(gaps), sessions } as unknown as CourseDesign;
      expect(
        refusalOf(() => planCourse(wrong)),
        `${sessions}`,
      ).toBe('sessions-count');
    }
    expect(refusalOf(() => defaultCourse(1 as 2, null, 'Europe/Berlin', 'asked for'))).toBe('sessions-count');
  });

  it('plans two sessions only with a reason in words, and prints it', () => {
    expect(refusalOf(() => defaultCourse(2, null, 'Europe/Berlin'))).toBe('sessions-count');
    expect(refusalOf(() => defaultCourse(2, null, 'Europe/Berlin', ' \n'))).toBe('sessions-count');
    const plan = planCourse(defaultCourse(2, null, 'Europe/Berlin', 'scar of 3 cm'));
    expect(plan.notices.map(({ code, text }) => [code, text.includes('scar of 3 cm')])).toEqual([
      ['two-sessions', true],
    ]);
  });

  it('prefers 14, then 28 and 28 days, and reviews photos six weeks after the last', () => {
    const plan = planCourse(defaultCourse(3, '2027-01-11', 'Europe/Berlin'));
    expect(datesOf(plan)).toEqual(['2027-01-11', '2027-01-25', '2027-02-22']);
    expect(plan.reviewDate).toBe('2027-04-05');
    expect(plan.elapsedDays).toBe(42);
    expect(plan.notices).toEqual([]);
    expect(planCourse(defaultCourse(4, '2028-02-01', 'Asia/Kolkata')).elapsedDays).toBe(70);
  });

  it('fits three sessions into a month without a notice', () => {
    const plan = planCourse(design(ONE_MONTH_GAPS_DAYS));
    expect(plan.elapsedDays).toBeLessThanOrEqual(31);
    expect(plan.notices).toEqual([]);
  });

  it('names gaps outside what studios use, by the place of the gap', () => {
    const codes = (gaps: number[]): string[] => planCourse(design(gaps)).notices.map(({ code }) => code);
    for (let gap = 7; gap <= 365; gap++) {
      expect(codes([gap, 28])).toEqual(gap < 10 ? ['gap-short'] : gap > 28 ? ['gap-long'] : []);
      expect(codes([14, gap])).toEqual(gap < 14 ? ['gap-short'] : gap > 42 ? ['gap-long'] : []);
    }
    expect(codes([7, 60, 7])).toEqual(['gap-short', 'gap-long', 'gap-short']);
  });

  it('counts local dates, so that zone, leap day and clock changes leave a gap as it is', () => {
    for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata']) {
      // Clocks change on 28 March and 31 October (Berlin), 14 March and 7 November (New York), 4 April and 3 October (Sydney).
      for (const start of [
        '2027-03-07',
        '2027-03-24',
        '2027-03-31',
        '2027-09-28',
        '2027-10-25',
        '2027-11-01',
        '2028-02-23',
      ]) {
        const plan = planCourse(design([7, 7, 7], { start, timeZone }));
        const dates = datesOf(plan) as string[];
        expect(dates.slice(1).map((date, i) => daysBetween(dates[i]!, date))).toEqual([7, 7, 7]);
      }
    }
    expect(datesOf(planCourse(design([7, 7], { start: '2028-02-22' })))).toEqual([
      '2028-02-22',
      '2028-02-29',
      '2028-03-07',
    ]);
  });

  it('plans an undated course with gaps and without dates', () => {
    const plan = planCourse(design([14, 28], { start: null }));
    expect(datesOf(plan)).toEqual([null, null, null]);
    expect(plan.reviewDate).toBeNull();
    expect(plan.sessions.map(({ gapDays }) => gapDays)).toEqual([null, 14, 28]);
  });

  it('refuses a start that does not exist and a course that runs out of the calendar', () => {
    for (const start of ['2027-02-29', '2027-13-01', 'tomorrow', '', '2199-12-01']) {
      expect(
        refusalOf(() => planCourse(design([14, 28], { start }))),
        start,
      ).toBe('date-impossible');
    }
  });
});
