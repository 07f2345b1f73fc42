import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { dayIndexAt, instantInDays, instantOf, localDays, localTimeAt } from './local-time.ts';
import { addDays } from './plain-day.ts';
import type { ZoneRules } from './zone-rules.ts';

/** An oracle of its own: the engine's time zone data, asked through Intl in the test only. */
function zoneOf(timeZone: string): ZoneRules {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetMsAt = (instantMs: number): number => {
    const wholeMs = Math.floor(instantMs / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(wholeMs)) part[type] = Number(value);
    return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - wholeMs;
  };
  const unused = (): never => {
    throw new Error('local times come from the offset alone');
  };
  return { offsetMsAt, dayAt: unused, hourOf: unused };
}

const iso = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 16);

describe('instantOf', () => {
  it.each([
    // Summer time begins: 02:30 does not exist and is the instant of the change.
    ['Europe/Berlin', '2027-03-28', 119, '2027-03-28T00:59'],
    ['Europe/Berlin', '2027-03-28', 150, '2027-03-28T01:00'],
    ['Europe/Berlin', '2027-03-28', 180, '2027-03-28T01:00'],
    ['Europe/Berlin', '2027-03-28', 615, '2027-03-28T08:15'],
    ['America/New_York', '2027-03-14', 150, '2027-03-14T07:00'],
    // It ends: 02:30 is there twice and means the first.
    ['Europe/Berlin', '2027-10-31', 150, '2027-10-31T00:30'],
    ['Europe/Berlin', '2027-10-31', 180, '2027-10-31T02:00'],
    ['America/New_York', '2027-11-07', 90, '2027-11-07T05:30'],
    // The south changes the other way round.
    ['Australia/Sydney', '2027-10-03', 150, '2027-10-02T16:00'],
    ['Australia/Sydney', '2027-04-04', 150, '2027-04-03T15:30'],
    ['America/Santiago', '2027-09-05', 0, '2027-09-05T04:00'],
    // Half hours and quarters, and a change of half an hour.
    ['Asia/Kolkata', '2028-02-29', 605, '2028-02-29T04:35'],
    ['Asia/Kathmandu', '2027-12-31', 1440, '2027-12-31T18:15'],
    ['Australia/Lord_Howe', '2027-10-03', 135, '2027-10-02T15:30'],
    ['Australia/Lord_Howe', '2027-04-04', 105, '2027-04-03T14:45'],
    // Samoa had no 30 December 2011.
    ['Pacific/Apia', '2011-12-30', 600, '2011-12-30T10:00'],
  ])('in %s reads %s, minute %i, as %s', (timeZone, day, minute, instant) => {
    expect(iso(instantOf(zoneOf(timeZone), day, minute))).toBe(instant);
  });

  it('takes no minute outside the day', () => {
    for (const minute of [-1, 1441, 0.5, NaN]) {
      expect(() => instantOf(zoneOf('Etc/UTC'), '2027-05-01', minute)).toThrow(RangeError);
    }
  });
});

describe('localTimeAt', () => {
  it('undoes instantOf wherever the clock shows that time, in nine zones round two years (seed 21)', () => {
    const random = seededGenerator(21);
    for (const timeZone of [
      'Europe/Berlin',
      'America/New_York',
      'America/St_Johns',
      'Australia/Sydney',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Auckland',
      'Africa/Casablanca',
      'Pacific/Honolulu',
    ]) {
      const zone = zoneOf(timeZone);
      let skipped = 0;
      for (let i = 0; i < 400; i++) {
        const day = addDays('2027-01-01', Math.floor(random() * 730));
        const minute = Math.floor(random() * 1440);
        const { day: shown, minute: at } = localTimeAt(zone, instantOf(zone, day, minute));
        if (shown !== day || at !== minute) skipped++;
      }
      expect(skipped, timeZone).toBeLessThan(4);
    }
  });
});

describe('localDays', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata'])(
    'agrees with instantOf on every quarter of an hour of 400 days in %s',
    (timeZone) => {
      const zone = zoneOf(timeZone);
      const table = localDays(zone, '2027-02-20', 400);
      let lengths = 0;
      let wrong = 0;
      table.days.forEach((day, i) => {
        lengths += table.startsMs[i + 1] - table.startsMs[i];
        const step = Number.isNaN(table.offsetsMs[i]) ? 15 : 285;
        for (let minute = 0; minute <= 1440; minute += step) {
          if (instantInDays(table, i, minute) !== instantOf(zone, day, minute)) wrong++;
        }
      });
      expect(wrong).toBe(0);
      expect(lengths).toBe(instantOf(zone, addDays('2027-02-20', 400), 0) - instantOf(zone, '2027-02-20', 0));
    },
  );

  it('knows the day of an instant, and what lies outside', () => {
    const table = localDays(zoneOf('Europe/Berlin'), '2027-03-27', 3);
    const midnight = Date.parse('2027-03-26T23:00Z');
    expect(
      [midnight - 1, midnight, Date.parse('2027-03-28T21:59Z'), Date.parse('2027-03-28T22:00Z')].map((ms) =>
        dayIndexAt(table, ms),
      ),
    ).toEqual([-1, 0, 1, 2]);
    expect(dayIndexAt(table, Date.parse('2027-03-29T22:00Z'))).toBe(3);
  });
});
