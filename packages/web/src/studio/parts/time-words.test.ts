import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { describe, expect, it } from 'vitest';
import { clockOf, dayOf, durationWords, instantAt, minuteOf, minuteOfClock, timeWords } from './time-words.ts';

const LORD_HOWE = 'Australia/Lord_Howe';

describe('time in words', () => {
  it('shows an instant on the clock of the place', () => {
    expect(timeWords('2027-01-11T23:30:00Z', 'America/St_Johns')).toBe('20:00');
    expect(dayOf('2027-01-11T23:30:00Z', LORD_HOWE)).toBe('2027-01-12');
    expect(dayWords('2027-01-11')).toBe('Mon 11 Jan 2027');
  });

  it('finds the instant of a local time on both sides of a clock change', () => {
    for (const [day, minute] of [
      ['2027-04-03', 600],
      ['2027-04-04', 600],
      ['2027-10-03', 545],
    ] as const) {
      const at = instantAt(day, minute, LORD_HOWE);
      expect([dayOf(at, LORD_HOWE), minuteOf(at, LORD_HOWE)]).toEqual([day, minute]);
    }
  });

  it('reads a clock and refuses what is none', () => {
    expect([minuteOfClock('09:05'), minuteOfClock('24:00'), minuteOfClock('0:00')]).toEqual([545, 1440, 0]);
    expect([minuteOfClock('24:01'), minuteOfClock('9.30'), minuteOfClock('10:60'), minuteOfClock('')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(clockOf(545)).toBe('09:05');
  });

  it('says durations in hours and minutes', () => {
    expect([durationWords(45), durationWords(240), durationWords(275)]).toEqual(['45 min', '4 h', '4 h 35']);
  });
});
