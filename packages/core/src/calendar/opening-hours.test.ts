import { describe, expect, it } from 'vitest';
import { HOUR_MS, toyZone } from '../aftercare/testing/toy-zone.ts';
import { localDays } from './local-time.ts';
import { ALWAYS_OPEN, openIntervals, type OpeningHours } from './opening-hours.ts';

const utc = toyZone(0);
const iso = (opening: OpeningHours, zone = utc, first = '2027-03-26', count = 5): string[] =>
  openIntervals(opening, localDays(zone, first, count)).map(
    ({ startMs, endMs }) => `${new Date(startMs).toISOString().slice(5, 16)} ${(endMs - startMs) / HOUR_MS} h`,
  );

// 2027-03-26 is a Friday.
const shop: OpeningHours = {
  weekly: [
    { weekday: 5, fromMinute: 540, toMinute: 720 },
    { weekday: 5, fromMinute: 780, toMinute: 1080 },
    { weekday: 7, fromMinute: 600, toMinute: 960 },
    { weekday: 1, fromMinute: 540, toMinute: 1080 },
  ],
};

describe('openIntervals', () => {
  it('repeats the hours of the week', () => {
    expect(iso(shop)).toEqual(['03-26T09:00 3 h', '03-26T13:00 5 h', '03-28T10:00 6 h', '03-29T09:00 9 h']);
    expect(iso(shop, utc, '2027-04-02', 8)).toHaveLength(6);
  });

  it('lets an exception replace the whole day, and a later exception an earlier one', () => {
    const holiday = { firstDay: '2027-03-20', lastDay: '2027-03-28', hours: [] };
    const market = { firstDay: '2027-03-27', lastDay: '2027-03-27', hours: [{ fromMinute: 480, toMinute: 600 }] };
    expect(iso({ ...shop, exceptions: [holiday] })).toEqual(['03-29T09:00 9 h']);
    expect(iso({ ...shop, exceptions: [holiday, market] })).toEqual(['03-27T08:00 2 h', '03-29T09:00 9 h']);
    expect(iso({ ...shop, exceptions: [market, holiday] })).toEqual(['03-29T09:00 9 h']);
    expect(iso({ ...shop, exceptions: [{ ...holiday, lastDay: '2027-12-31' }] })).toEqual([]);
  });

  it('follows the wall clock over a change, and a whole day has the hours it has', () => {
    // Clocks go from +1 to +2 at 01:00 UTC on 28 March 2027.
    const spring = toyZone(1, [[Date.parse('2027-03-28T01:00Z'), 2]]);
    expect(iso(shop, spring)).toEqual(['03-26T08:00 3 h', '03-26T12:00 5 h', '03-28T08:00 6 h', '03-29T07:00 9 h']);
    expect(iso(ALWAYS_OPEN, spring, '2027-03-28', 1)).toEqual(['03-27T23:00 23 h']);
    const night: OpeningHours = { weekly: [{ weekday: 7, fromMinute: 60, toMinute: 240 }] };
    expect(iso(night, spring)).toEqual(['03-28T00:00 2 h']);
    const autumn = toyZone(2, [[Date.parse('2027-03-28T00:00Z'), 1]]);
    expect(iso(night, autumn)).toEqual(['03-27T23:00 4 h']);
    // A stretch that ends inside the repeated hour ends the first time.
    const late: OpeningHours = { weekly: [{ weekday: 7, fromMinute: 60, toMinute: 90 }] };
    expect(iso(late, autumn)).toEqual(['03-27T23:00 0.5 h']);
  });

  it('joins a night over midnight, and is open all the time without a seam', () => {
    const night: OpeningHours = {
      weekly: [
        { weekday: 5, fromMinute: 1200, toMinute: 1440 },
        { weekday: 6, fromMinute: 0, toMinute: 120 },
      ],
    };
    expect(iso(night)).toEqual(['03-26T20:00 6 h']);
    expect(iso(ALWAYS_OPEN)).toEqual(['03-26T00:00 120 h']);
  });

  it('refuses hours that are none', () => {
    for (const hours of [
      { weekday: 1, fromMinute: 600, toMinute: 600 },
      { weekday: 1, fromMinute: -1, toMinute: 600 },
      { weekday: 1, fromMinute: 600, toMinute: 1441 },
      { weekday: 8, fromMinute: 600, toMinute: 700 },
      { weekday: 0, fromMinute: 600, toMinute: 700 },
    ]) {
      expect(() => iso({ weekly: [hours] })).toThrow(RangeError);
    }
  });
});
