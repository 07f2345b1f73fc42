import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { zoneOffsetOf } from '../exports/zone-rules-of.ts';
import { readBusyHours } from './read-busy-hours.ts';

const WINDOW = {
  fromMs: Date.parse('2027-03-01T00:00Z'),
  toMs: Date.parse('2028-09-01T00:00Z'),
  offsetAt: zoneOffsetOf('Europe/Berlin'),
};
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:e1', ...lines, 'END:VEVENT'].join('\r\n');
const read = (...events: string[]) => {
  const { busy, skipped } = readBusyHours(calendar(...events), WINDOW);
  return {
    busy: busy.map(
      ({ startMs, endMs }) =>
        `${new Date(startMs).toISOString().slice(0, 16)}/${new Date(endMs).toISOString().slice(0, 16)}`,
    ),
    skipped: skipped.map(({ why }) => why),
  };
};

describe('the busy hours of a foreign calendar', () => {
  it('are those of its events, whatever way their time is written', () => {
    const events = [
      ['DTSTART:20270310T090000Z', 'DTEND:20270310T100000Z'],
      ['DTSTART;TZID=America/New_York:20270311T090000', 'DURATION:PT1H30M'],
      ['DTSTART:20270312T090000', 'DTEND:20270312T100000'],
      ['DTSTART;VALUE=DATE:20270313', 'DTEND;VALUE=DATE:20270315'],
      ['DTSTART;VALUE=DATE:20270320'],
      ['DTSTART;TZID=/example.org/Europe/Paris:20270330T090000', 'DURATION:PT1H'],
      ['DTSTART;TZID=W. Europe Standard Time:20270331T090000', 'DURATION:PT1H'],
    ].map((lines, i) => event(...lines).replace('UID:e1', `UID:e${i}`));
    expect(read(...events).busy).toEqual([
      '2027-03-10T09:00/2027-03-10T10:00',
      '2027-03-11T14:00/2027-03-11T15:30',
      '2027-03-12T08:00/2027-03-12T09:00',
      '2027-03-12T23:00/2027-03-14T23:00',
      '2027-03-19T23:00/2027-03-20T23:00',
      '2027-03-30T07:00/2027-03-30T08:00',
      '2027-03-31T07:00/2027-03-31T08:00',
    ]);
  });

  it('of a series keep the clock on the wall over a clock change, without what was excepted', () => {
    const { busy } = read(
      event(
        'DTSTART;TZID=Europe/Berlin:20270322T090000',
        'DTEND;TZID=Europe/Berlin:20270322T093000',
        'RRULE:FREQ=WEEKLY;UNTIL=20270412T070000Z',
        'EXDATE;TZID=Europe/Berlin:20270405T090000',
      ),
    );
    expect(busy).toEqual([
      '2027-03-22T08:00/2027-03-22T08:30',
      '2027-03-29T07:00/2027-03-29T07:30',
      '2027-04-12T07:00/2027-04-12T07:30',
    ]);
  });

  it('of a changed occurrence are its new ones, and none where it was called off', () => {
    const { busy } = read(
      event('DTSTART:20270310T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID:20270311T090000Z', 'DTSTART:20270311T150000Z', 'DURATION:PT2H'),
      event('RECURRENCE-ID:20270312T090000Z', 'DTSTART:20270312T090000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'),
    );
    expect(busy).toEqual(['2027-03-10T09:00/2027-03-10T10:00', '2027-03-11T15:00/2027-03-11T17:00']);
  });

  it('come from a zone that the file itself describes', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Our own',
      'BEGIN:STANDARD',
      'DTSTART:19701025T030000',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZOFFSETFROM:+0300',
      'TZOFFSETTO:+0200',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700329T020000',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0300',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ].join('\r\n');
    const at = (time: string, uid: string) =>
      event(`DTSTART;TZID=Our own:${time}`, 'DURATION:PT1H').replace('UID:e1', `UID:${uid}`);
    expect(read(zone, at('20270327T100000', 'a'), at('20270329T100000', 'b')).busy).toEqual([
      '2027-03-27T08:00/2027-03-27T09:00',
      '2027-03-29T07:00/2027-03-29T08:00',
    ]);
  });

  it('leave out what blocks no time, and say of everything else why it does not count', () => {
    expect(
      read(
        event('DTSTART:20270310T090000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'),
        event('DTSTART:20270310T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=SECONDLY'),
        event('DTSTART;TZID=Middle-earth:20270310T090000', 'DURATION:PT1H'),
        event('DTSTART:20270399T090000Z', 'DURATION:PT1H'),
        event('DTSTART:20270310T090000Z', 'RRULE:FREQ=FOO'),
        event('SUMMARY:nothing'),
        event('DTSTART:20270310T090000Z', 'DTEND:20270309T090000Z'),
      ),
    ).toEqual({
      busy: [],
      skipped: [
        'it blocks no time',
        'it repeats in a way that is not followed',
        'its time zone Middle-earth is not known',
        'its time cannot be read',
        'it cannot be read',
        'it has no start',
        'it ends before it starts',
      ],
    });
  });

  it('of what is no calendar are refused', () => {
    for (const text of ['', 'hello', '<html>', '\u0000\u0001'])
      expect(() => readBusyHours(text, WINDOW)).toThrow(Refusal);
  });

  it('are found quickly in series that are made to last for ever', () => {
    const started = performance.now();
    const rules = [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=DAILY;COUNT=1000000000',
      'FREQ=YEARLY;INTERVAL=1;COUNT=99999;BYDAY=60MO',
      'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9',
      'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    ];
    for (const rule of rules) read(event('DTSTART:16010101T000000Z', 'DURATION:PT1M', `RRULE:${rule}`));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

const foreign = join(import.meta.dirname, '../../../../../shared/data/ics');
it.runIf(existsSync(foreign))('of every calendar at hand are read, or refused in so many words', () => {
  const files = readdirSync(foreign, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ics'));
  expect(files.length).toBeGreaterThan(0);
  // Most of them are of these years.
  const wide = { ...WINDOW, fromMs: Date.parse('2005-01-01Z'), toMs: Date.parse('2012-01-01Z') };
  let busyFiles = 0;
  for (const name of files) {
    const text = readFileSync(join(foreign, name), 'utf8');
    for (const window of [WINDOW, wide]) {
      try {
        const { events, busy, skipped } = readBusyHours(text, window);
        if (window === wide && busy.length > 0) busyFiles++;
        expect(skipped.length).toBeLessThanOrEqual(events);
        for (const { startMs, endMs } of busy) expect(endMs).toBeGreaterThan(startMs);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.code).toBe('file-unusable');
      }
    }
  }
  expect(busyFiles).toBeGreaterThan(files.length / 8);
});
