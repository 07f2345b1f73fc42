import { describe, expect, it } from 'vitest';
import { expandRule, type RecurrenceRule } from './expand-rule.ts';

const RULE: RecurrenceRule = {
  freq: 'DAILY',
  interval: 1,
  count: null,
  untilMs: null,
  weekStart: 1,
  months: [],
  weeks: [],
  yearDays: [],
  monthDays: [],
  weekdays: [],
  hours: [],
  minutes: [],
  seconds: [],
  positions: [],
};
const ms = (text: string): number => Date.parse(`${text}Z`);
const expand = (rule: Partial<RecurrenceRule>, start: string, from = '1990-01-01T00:00', to = '2040-01-01T00:00') =>
  expandRule({ ...RULE, ...rule }, ms(start), ms(from), ms(to))?.map((at) => new Date(at).toISOString().slice(0, 16));
const on = (weekday: number, nth = 0) => ({ weekday, nth });

// The dates are those that RFC 5545 prints in 3.8.5.3, New York time.
describe('a recurrence rule', () => {
  it('gives the days of the examples of RFC 5545', () => {
    expect(expand({ count: 10 }, '1997-09-02T09:00')!.at(-1)).toBe('1997-09-11T09:00');
    expect(expand({ freq: 'WEEKLY', interval: 2, weekdays: [on(2), on(4)], count: 8 }, '1997-09-02T09:00')).toEqual(
      ['09-02', '09-04', '09-16', '09-18', '09-30', '10-02', '10-14', '10-16'].map((day) => `1997-${day}T09:00`),
    );
    expect(expand({ freq: 'MONTHLY', count: 3, weekdays: [on(5, 1)] }, '1997-09-05T09:00')).toEqual([
      '1997-09-05T09:00',
      '1997-10-03T09:00',
      '1997-11-07T09:00',
    ]);
    expect(expand({ freq: 'MONTHLY', count: 3, monthDays: [-3] }, '1997-09-28T09:00')).toEqual([
      '1997-09-28T09:00',
      '1997-10-29T09:00',
      '1997-11-28T09:00',
    ]);
    expect(expand({ freq: 'YEARLY', interval: 3, count: 5, yearDays: [1, 100, 200] }, '1997-01-01T09:00')).toEqual([
      '1997-01-01T09:00',
      '1997-04-10T09:00',
      '1997-07-19T09:00',
      '2000-01-01T09:00',
      '2000-04-09T09:00',
    ]);
    expect(expand({ freq: 'YEARLY', count: 3, weekdays: [on(1, 20)] }, '1997-05-19T09:00')).toEqual([
      '1997-05-19T09:00',
      '1998-05-18T09:00',
      '1999-05-17T09:00',
    ]);
    expect(expand({ freq: 'YEARLY', count: 3, weeks: [20], weekdays: [on(1)] }, '1997-05-12T09:00')).toEqual([
      '1997-05-12T09:00',
      '1998-05-11T09:00',
      '1999-05-17T09:00',
    ]);
    // Friday the thirteenth; the start counts though it is none.
    expect(expand({ freq: 'MONTHLY', count: 3, weekdays: [on(5)], monthDays: [13] }, '1997-09-02T09:00')).toEqual([
      '1997-09-02T09:00',
      '1998-02-13T09:00',
      '1998-03-13T09:00',
    ]);
    // The last working day of a month.
    const workdays = [1, 2, 3, 4, 5].map((day) => on(day));
    expect(expand({ freq: 'MONTHLY', count: 3, weekdays: workdays, positions: [-1] }, '1997-09-30T09:00')).toEqual([
      '1997-09-30T09:00',
      '1997-10-31T09:00',
      '1997-11-28T09:00',
    ]);
    // The week begins on the day that is named.
    const weekly = { freq: 'WEEKLY', interval: 2, count: 4, weekdays: [on(2), on(0)] };
    expect(expand({ ...weekly, weekStart: 1 }, '1997-08-05T09:00')!.at(-1)).toBe('1997-08-24T09:00');
    expect(expand({ ...weekly, weekStart: 0 }, '1997-08-05T09:00')!.at(-1)).toBe('1997-08-31T09:00');
  });

  it('ends where its day does not exist', () => {
    const noDay = { freq: 'YEARLY', months: [2], monthDays: [30] };
    expect(expand(noDay, '2020-01-15T10:00')).toEqual(['2020-01-15T10:00']);
    expect(expand({ freq: 'YEARLY' }, '2020-02-29T10:00', '2020-03-01T00:00', '2029-01-01T00:00')).toEqual([
      '2024-02-29T10:00',
      '2028-02-29T10:00',
    ]);
    expect(expand({ freq: 'MONTHLY' }, '2027-01-31T10:00', '2027-01-01T00:00', '2027-06-01T00:00')).toEqual([
      '2027-01-31T10:00',
      '2027-03-31T10:00',
      '2027-05-31T10:00',
    ]);
  });

  it('skips to the window, however long ago it began', () => {
    expect(expand({ interval: 3 }, '1601-01-01T09:00', '2027-01-01T00:00', '2027-01-08T00:00')).toEqual(
      Array.from({ length: 3000 }, (_, i) => ms('1601-01-01T09:00') + (51000 + i) * 3 * 86_400_000)
        .filter((at) => at >= ms('2027-01-01T00:00') && at < ms('2027-01-08T00:00'))
        .map((at) => new Date(at).toISOString().slice(0, 16)),
    );
  });

  it('that is finer than a day, or bears no bounds, is not expanded', () => {
    expect(expand({ freq: 'SECONDLY' }, '2027-01-01T09:00')).toBeUndefined();
    expect(expand({ interval: 0 }, '2027-01-01T09:00')).toBeUndefined();
    const everySecond = Array.from({ length: 60 }, (_, i) => i);
    expect(expand({ minutes: everySecond, seconds: everySecond }, '2027-01-01T09:00')).toBeUndefined();
    expect(
      expand(
        { freq: 'YEARLY', count: 3, months: [2], monthDays: [30] },
        '1970-01-15T10:00',
        '1970-01-01T00:00',
        '2199-01-01T00:00',
      ),
    ).toEqual(['1970-01-15T10:00']);
  });
});
