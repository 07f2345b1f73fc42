import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { instantOf, only, parseCalendar } from '../exports/testing/parse-calendar.ts';
import { zoneOffsetOf } from '../exports/zone-rules-of.ts';
import { appointmentsIcs, type CalendarAppointment } from './appointments-ics.ts';
import { readBusyHours } from './read-busy-hours.ts';

const APPOINTMENT: CalendarAppointment = {
  id: '0190b0c4-0000-7000-8000-000000000001',
  kind: 'session',
  n: 2,
  sessions: 3,
  isCancelled: false,
  byVideo: false,
  startMs: Date.parse('2027-03-22T09:00:00Z'),
  endMs: Date.parse('2027-03-22T13:30:00Z'),
  timeZone: 'Europe/Berlin',
  place: 'Lane 5; back, 2nd floor',
  sequence: 0,
  createdMs: Date.parse('2027-03-01T09:00:00Z'),
  changedMs: Date.parse('2027-03-01T09:00:00Z'),
};

const eventsOf = (text: string) => parseCalendar(text)[0]!.children.filter(({ name }) => name === 'VEVENT');

describe('a calendar of appointments', () => {
  it('finds an appointment again by its UID, with a number that grows and a state that calendars honour', () => {
    const before = eventsOf(appointmentsIcs([APPOINTMENT]))[0]!;
    const after = eventsOf(appointmentsIcs([{ ...APPOINTMENT, sequence: 4, isCancelled: true }]))[0]!;
    expect(only(after, 'UID')).toEqual(only(before, 'UID'));
    expect([before, after].map((event) => [only(event, 'SEQUENCE').value, only(event, 'STATUS').value])).toEqual([
      ['0', 'CONFIRMED'],
      ['4', 'CANCELLED'],
    ]);
  });

  it('says neither who comes nor what is treated', () => {
    const kinds = ['consultation', 'session', 'touch-up', 'review'] as const;
    const text = appointmentsIcs(kinds.map((kind) => ({ ...APPOINTMENT, kind, n: kind === 'session' ? 2 : null })));
    const summaries = eventsOf(text).map((event) => only(event, 'SUMMARY').value);
    expect(summaries.toSorted()).toEqual(['Consultation', 'Review', 'Session 2 of 3', 'Touch-up']);
    expect(text).not.toMatch(/hair|scalp|pigment|smp|bald/i);
    expect(eventsOf(text).every((event) => only(event, 'CLASS').value === 'PRIVATE')).toBe(true);
  });

  it('is the same text for the same appointments, in whatever order', () => {
    const other = { ...APPOINTMENT, id: '0190b0c4-0000-7000-8000-000000000002', startMs: APPOINTMENT.startMs - 9e6 };
    expect(appointmentsIcs([APPOINTMENT, other])).toBe(appointmentsIcs([other, APPOINTMENT]));
    expect(eventsOf(appointmentsIcs([]))).toEqual([]);
  });

  it('is read back by two parsers to the minute, in every zone and on both days of a clock change', () => {
    const random = seededGenerator(5);
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'Pacific/Apia'];
    const from = Date.parse('2027-01-01T00:00:00Z');
    const appointments = Array.from({ length: 400 }, (_, i): CalendarAppointment => {
      const startMs = from + Math.floor(random() * 2 * 365 * 24 * 4) * 900_000;
      return {
        ...APPOINTMENT,
        id: `id-${i}`,
        timeZone: zones[i % zones.length]!,
        startMs,
        endMs: startMs + (1 + Math.floor(random() * 20)) * 900_000,
      };
    });
    for (const [timeZone, change] of [
      ['Europe/Berlin', '2027-10-31T00:00:00Z'],
      ['America/New_York', '2027-11-07T05:00:00Z'],
      ['Australia/Lord_Howe', '2027-04-03T14:00:00Z'],
    ] as const)
      for (let step = -4; step < 12; step++) {
        const startMs = Date.parse(change) + step * 900_000;
        appointments.push({ ...APPOINTMENT, id: `${timeZone}-${step}`, timeZone, startMs, endMs: startMs + 1_800_000 });
      }
    const text = appointmentsIcs(appointments);
    expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);

    // ical.js with the zones of the file.
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents('vtimezone'))
      ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    const byUid = new Map(
      calendar.getAllSubcomponents('vevent').map((component) => {
        const event = new ICAL.Event(component);
        return [event.uid, [event.startDate.toJSDate().getTime(), event.endDate.toJSDate().getTime()]];
      }),
    );
    // Our strict reader of tests, which knows no zones but those of the file.
    const top = parseCalendar(text)[0]!;
    const described = new Map(
      top.children.filter(({ name }) => name === 'VTIMEZONE').map((zone) => [only(zone, 'TZID').value, zone]),
    );
    const strict = new Map(
      eventsOf(text).map((event) => [
        only(event, 'UID').value,
        ['DTSTART', 'DTEND'].map((name) => {
          const { value, params } = only(event, name);
          return value.endsWith('Z')
            ? Date.parse(value.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'))
            : instantOf(described.get(params['TZID']!)!, value);
        }),
      ]),
    );
    for (const { id, startMs, endMs } of appointments) {
      expect(strict.get(`${id}@stipple`), id).toEqual([startMs, endMs]);
      expect(byUid.get(`${id}@stipple`), id).toEqual([startMs, endMs]);
    }
    // And our own reader of foreign calendars takes them for busy hours.
    const { busy, skipped } = readBusyHours(text, {
      fromMs: from - 9e9,
      toMs: from + 9e10,
      offsetAt: zoneOffsetOf('UTC'),
    });
    expect(skipped).toEqual([]);
    expect(busy.map(({ startMs }) => startMs).sort()).toEqual(appointments.map(({ startMs }) => startMs).sort());
  });
});
