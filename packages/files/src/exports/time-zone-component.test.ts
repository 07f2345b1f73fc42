import { describe, expect, it } from 'vitest';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { calendarText } from './calendar-text.ts';
import { instantOf, parseCalendar } from './testing/parse-calendar.ts';
import { timeZoneComponent } from './time-zone-component.ts';
import { zoneRulesOf } from './zone-rules-of.ts';

const ZONES = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Jerusalem',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'America/Phoenix',
  'Pacific/Kiritimati',
  'Etc/UTC',
];

describe('timeZoneComponent', () => {
  it.each(ZONES)('gives the instant of 06:00 and 10:00 on every day of three years: %s', (timeZone) => {
    const [zone] = parseCalendar(calendarText(timeZoneComponent(timeZone, 2027, 2029)));
    const { hourOf } = zoneRulesOf(timeZone);
    let wrong = 0;
    for (let day = '2027-01-01'; day < '2030-01-01'; day = addDays(day, 1)) {
      for (const hour of [6, 10]) {
        const local = `${day.replaceAll('-', '')}T${String(hour).padStart(2, '0')}0000`;
        if (instantOf(zone!, local) !== hourOf(day, hour)) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });

  it('writes the yearly rule of a zone that has one', () => {
    const rulesOf = (timeZone: string): string[] =>
      timeZoneComponent(timeZone, 2027, 2027)
        .filter((line) => line.startsWith('RRULE'))
        .sort();
    const rule = (month: number, day: string): string => `RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=${day}`;
    expect(rulesOf('Europe/Berlin')).toEqual([rule(10, '-1SU'), rule(3, '-1SU')]);
    expect(rulesOf('America/New_York')).toEqual([rule(11, '1SU'), rule(3, '2SU')]);
    expect(rulesOf('Australia/Sydney')).toEqual([rule(10, '1SU'), rule(4, '1SU')]);
    expect(rulesOf('Asia/Kolkata')).toEqual([]);
  });

  it('names summer and standard time by the larger offset, also on the southern half', () => {
    expect(timeZoneComponent('Australia/Sydney', 2027, 2027).join(' ')).toContain(
      'BEGIN:STANDARD DTSTART:20260405T030000 RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU TZOFFSETFROM:+1100 TZOFFSETTO:+1000',
    );
  });

  it('writes one offset for a zone whose clock never changes', () => {
    expect(timeZoneComponent('Asia/Kolkata', 2027, 2028)).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Asia/Kolkata',
      'BEGIN:STANDARD',
      'DTSTART:20260101T000000',
      'TZOFFSETFROM:+0530',
      'TZOFFSETTO:+0530',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });
});
