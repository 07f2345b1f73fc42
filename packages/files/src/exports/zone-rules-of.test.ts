import { describe, expect, it } from 'vitest';
import { addDays, dayFromNumber } from '@stipple/core/calendar/plain-day.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { wallClockAt, zoneOffsetOf, zoneRulesOf } from './zone-rules-of.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
  'America/Phoenix',
  'Etc/UTC',
];

const utc = (text: string): number => Date.parse(text);

describe('zoneRulesOf', () => {
  it.each([
    // Summer time begins: the hour is skipped, and is the instant of the change.
    ['Europe/Berlin', '2027-03-28', 2, '2027-03-28T01:00:00Z'],
    ['Europe/Berlin', '2027-03-28', 3, '2027-03-28T01:00:00Z'],
    ['America/New_York', '2027-03-14', 2, '2027-03-14T07:00:00Z'],
    ['Australia/Sydney', '2027-10-03', 2, '2027-10-02T16:00:00Z'],
    ['Australia/Lord_Howe', '2027-10-03', 2, '2027-10-02T15:30:00Z'],
    // It ends: the hour is repeated, and is the first of the two.
    ['Europe/Berlin', '2027-10-31', 2, '2027-10-31T00:00:00Z'],
    ['America/New_York', '2027-11-07', 1, '2027-11-07T05:00:00Z'],
    ['Australia/Sydney', '2027-04-04', 2, '2027-04-03T15:00:00Z'],
    // 06:00 on the days of a change, a leap day, a month end, a year end.
    ['Europe/Berlin', '2027-03-28', 6, '2027-03-28T04:00:00Z'],
    ['Europe/Berlin', '2027-10-31', 6, '2027-10-31T05:00:00Z'],
    ['America/New_York', '2027-03-14', 6, '2027-03-14T10:00:00Z'],
    ['America/New_York', '2027-11-07', 6, '2027-11-07T11:00:00Z'],
    ['Australia/Sydney', '2027-04-04', 6, '2027-04-03T20:00:00Z'],
    ['Australia/Sydney', '2028-02-29', 6, '2028-02-28T19:00:00Z'],
    ['Asia/Kolkata', '2027-12-31', 6, '2027-12-31T00:30:00Z'],
    ['Asia/Kathmandu', '2028-02-29', 0, '2028-02-28T18:15:00Z'],
    ['Pacific/Kiritimati', '2027-05-01', 0, '2027-04-30T10:00:00Z'],
    // A day that did not exist there at all.
    ['Pacific/Apia', '2011-12-30', 6, '2011-12-30T10:00:00Z'],
    // Midnight itself is skipped.
    ['America/Santiago', '2027-09-05', 0, '2027-09-05T04:00:00Z'],
  ])('finds the hour: %s %s %i', (timeZone, day, hour, instant) => {
    expect(new Date(zoneRulesOf(timeZone).hourOf(day, hour)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  it.each(ZONES)('agrees with a walk through every hour of two years: %s', (timeZone) => {
    const { dayAt, hourOf } = zoneRulesOf(timeZone);
    const offsetAt = zoneOffsetOf(timeZone);
    // First instant of every local whole hour, by walking in quarter hours (no zone has finer offsets today).
    const firstOf = new Map<string, number>();
    for (let at = utc('2026-12-30T00:00:00Z'); at < utc('2029-01-03T00:00:00Z'); at += 900_000) {
      const wall = wallClockAt(offsetAt, at);
      if (wall.endsWith(':00:00') && !firstOf.has(wall)) firstOf.set(wall, at);
    }
    let wrong = 0;
    let skipped = 0;
    for (let day = '2027-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
      for (const hour of [0, 1, 2, 3, 6, 10, 23]) {
        const expected = firstOf.get(`${day}T${String(hour).padStart(2, '0')}:00:00`);
        if (expected === undefined) skipped++;
        else if (hourOf(day, hour) !== expected || dayAt(expected) !== day) wrong++;
      }
    }
    expect(wrong).toBe(0);
    expect(skipped).toBeLessThanOrEqual(4);
  });

  it('gives the local date of any instant as the engine formats it (3,000 draws, seed 10)', () => {
    const random = seededGenerator(10);
    for (const timeZone of ZONES) {
      const { dayAt } = zoneRulesOf(timeZone);
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
      for (let i = 0; i < 300; i++) {
        const instant = Math.floor((random() * 200 - 30) * 365.25 * 86_400_000);
        expect(dayAt(instant), `${timeZone} ${instant}`).toBe(format.format(instant));
      }
    }
  });

  it('keeps hours and days in order and in step across ten years', () => {
    for (const timeZone of ZONES) {
      const { dayAt, hourOf } = zoneRulesOf(timeZone);
      let before = -Infinity;
      for (let number = 20500; number < 24150; number += 3) {
        const day = dayFromNumber(number);
        const opens = hourOf(day, 6);
        expect(opens).toBeGreaterThan(before);
        expect(dayAt(opens)).toBe(day);
        before = opens;
      }
    }
  });

  it('refuses a zone that does not exist', () => {
    for (const zone of ['Mars/Olympus', '', 'Europe/Berlin ']) expect(() => zoneRulesOf(zone)).toThrow(RangeError);
  });
});
