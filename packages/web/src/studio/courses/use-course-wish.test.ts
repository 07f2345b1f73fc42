import { describe, expect, it } from 'vitest';
import { minuteOfClock } from '../parts/time-words.ts';
import { EVERY_WEEKDAY, wishOf, type CourseWish } from './use-course-wish.ts';

const typed = (of: Partial<CourseWish>): CourseWish => ({
  skill: 'shaved',
  sessions: '3',
  reason: '',
  locationId: 'l',
  practitionerId: '',
  earliest: '',
  hours: '',
  pace: 'studio',
  blackOuts: [],
  weekdays: EVERY_WEEKDAY,
  from: '',
  to: '',
  ...of,
});
const wish = (of: Partial<CourseWish>) => wishOf(typed(of), minuteOfClock);

describe('what a course is to be', () => {
  it('leaves to the studio whatever was not typed', () => {
    expect(wish({})).toEqual({ skill: 'shaved', sessions: 3, reason: '', blackOuts: [] });
  });

  it('gives every session the length, and every gap the month’s pace', () => {
    expect(wish({ sessions: '4', hours: '3,5', pace: 'month' })).toMatchObject({
      minutes: [210, 210, 210, 210],
      gapsDays: [14, 14, 14],
    });
  });

  it('carries a reason only where one is asked for', () => {
    const reasons = ['2', '3', '4', '5'].map((sessions) => wish({ sessions, reason: 'small area' }).reason);
    expect(reasons).toEqual(['small area', '', '', 'small area']);
  });

  it('says which hours suit as soon as one weekday or one hour does not', () => {
    expect(wish({ from: '00:00', to: '24:00' }).suits).toBeUndefined();
    expect(wish({ weekdays: [2, 6], from: '10:00' }).suits).toEqual([
      { weekday: 2, from: 600, to: 1440 },
      { weekday: 6, from: 600, to: 1440 },
    ]);
    expect(wish({ to: '15:30' }).suits).toHaveLength(7);
  });
});
