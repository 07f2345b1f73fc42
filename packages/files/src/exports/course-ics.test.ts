import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aftercareRules, dayOpensAt } from '@stipple/core/aftercare/aftercare-rules.ts';
import type { ProtocolName } from '@stipple/core/aftercare/aftercare-rule.ts';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import type { CourseDesign } from '@stipple/core/course/course-design.ts';
import { planCourse } from '@stipple/core/course/plan-course.ts';
import { courseIcs, type CourseIcsInput } from './course-ics.ts';
import { instantOf, only, parseCalendar, unescapeText, wallMsOf, type Component } from './testing/parse-calendar.ts';
import { zoneRulesOf } from './zone-rules-of.ts';

const hours = (value: number) => ({ value, low: value * 0.6, high: value * 1.7 });

function input(
  rest: Partial<CourseIcsInput> & { readonly start?: string | null; readonly gapsDays?: number[] } = {},
): CourseIcsInput {
  const { start = '2027-01-11', gapsDays = [14, 28], timeZone = 'Europe/Berlin', ...others } = rest;
  const sessions = (gapsDays.length + 1) as CourseDesign['sessions'];
  const course = planCourse({ sessions, start, timeZone, gapsDays, reason: 'small scar' });
  return {
    course,
    hours: course.sessions.map(({ n }) => hours(3.5 - n / 2)),
    timeZone,
    protocol: 'strict',
    planId: '9f86d081884c7d65',
    sequence: 0,
    ...others,
  };
}

const calendarOf = (text: string): Component => parseCalendar(text)[0]!;
const entriesOf = (calendar: Component): Component[] => calendar.children.filter(({ name }) => name !== 'VTIMEZONE');
const value = (component: Component, name: string): string => unescapeText(only(component, name).value);
const entry = (calendar: Component, id: string): Component =>
  entriesOf(calendar).find((component) => value(component, 'UID') === `9f86d081884c7d65.${id}@stipple`)!;

const PROTOCOLS: ProtocolName[] = ['strict', 'article'];
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Asia/Kolkata',
  'America/Phoenix',
  'Africa/Casablanca',
];
/** Courses over both clock changes of each zone, a leap day, a month end and a year end. */
const STARTS = [
  '2027-03-10',
  '2027-03-27',
  '2027-04-01',
  '2027-09-30',
  '2027-10-29',
  '2027-11-05',
  '2027-12-20',
  '2028-02-15',
];

const everyCalendar = PROTOCOLS.flatMap((protocol) =>
  ZONES.flatMap((timeZone) => [...STARTS, null].map((start) => ({ protocol, timeZone, start }))),
);

describe('course.ics', () => {
  it('is valid line by line: CR LF, 75 octets, one calendar, what RFC 5545 requires of each component', () => {
    for (const kind of everyCalendar) {
      const text = courseIcs(input(kind));
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      const calendars = parseCalendar(text);
      expect(calendars.map(({ name }) => name)).toEqual(['VCALENDAR']);
      const calendar = calendars[0]!;
      expect(value(calendar, 'VERSION')).toBe('2.0');
      only(calendar, 'PRODID');
      const zones = calendar.children.filter(({ name }) => name === 'VTIMEZONE');
      expect(zones.length).toBe(kind.start === null ? 0 : 1);
      const uids = entriesOf(calendar).map((component) => value(component, 'UID'));
      expect(new Set(uids).size).toBe(uids.length);
      for (const component of entriesOf(calendar)) {
        expect(component.name).toBe(kind.start === null ? 'VTODO' : 'VEVENT');
        for (const name of ['DTSTAMP', 'SUMMARY', 'DESCRIPTION', 'SEQUENCE', 'CLASS']) only(component, name);
        for (const { params } of component.properties) {
          if (params['TZID']) expect(params['TZID']).toBe(value(zones[0]!, 'TZID'));
        }
        if (kind.start !== null) {
          expect(wallMsOf(value(component, 'DTEND'))).toBeGreaterThan(wallMsOf(value(component, 'DTSTART')));
        }
      }
    }
  });

  it('puts sessions at 10:00 local for their hours, tentatively', () => {
    for (const kind of everyCalendar.filter(({ start }) => start !== null)) {
      const given = input(kind);
      const calendar = calendarOf(courseIcs(given));
      const zone = calendar.children.find(({ name }) => name === 'VTIMEZONE')!;
      const rules = zoneRulesOf(kind.timeZone);
      given.course.sessions.forEach(({ n, date }, i) => {
        const session = entry(calendar, `session-${n}`);
        expect(value(session, 'SUMMARY')).toBe(`Session ${n} of 3`);
        expect(value(session, 'STATUS')).toBe('TENTATIVE');
        expect(value(session, 'DTSTART')).toBe(`${date!.replaceAll('-', '')}T100000`);
        const start = instantOf(zone, value(session, 'DTSTART'));
        expect(start).toBe(rules.hourOf(date!, 10));
        expect(instantOf(zone, value(session, 'DTEND')) - start).toBe(given.hours[i]!.value * 3_600_000);
      });
    }
  });

  it('opens each day of aftercare at 06:00 local, n x 24 hours after the session or later, and before the next session', () => {
    for (const kind of everyCalendar.filter(({ start }) => start !== null)) {
      const given = input(kind);
      const calendar = calendarOf(courseIcs(given));
      const zone = calendar.children.find(({ name }) => name === 'VTIMEZONE')!;
      const rules = zoneRulesOf(kind.timeZone);
      given.course.sessions.forEach(({ n, date }, i) => {
        const end = rules.hourOf(date!, 10) + given.hours[i]!.value * 3_600_000;
        const next = given.course.sessions[i + 1];
        const phase = next ? 'between' : 'after-last';
        const days = new Set(
          aftercareRules(kind.protocol)
            .filter((rule) => rule.phase === 'both' || rule.phase === phase)
            .map(({ fromDay }) => fromDay),
        );
        for (const day of days) {
          const opens = dayOpensAt(day, end, rules);
          const found = entry(calendar, `aftercare-${n}-${day}`);
          if (next && opens >= rules.hourOf(next.date!, 10)) {
            expect(found).toBeUndefined();
            continue;
          }
          expect(instantOf(zone, value(found, 'DTSTART'))).toBe(opens);
          if (day > 0) expect(value(found, 'DTSTART')).toMatch(/T060000$/);
          expect(opens).toBeGreaterThanOrEqual(end + day * 86_400_000);
        }
      });
    }
  });

  it('says from a day on what opens, what is still forbidden, and when to call a doctor', () => {
    const calendar = calendarOf(courseIcs(input()));
    const [opened, still] = value(entry(calendar, 'aftercare-1-5'), 'DESCRIPTION').split('Still not:');
    expect(opened).toContain('Shampoo: Baby shampoo');
    expect(opened).not.toContain('Razor');
    expect(still).toContain('Razor: No razor.');
    expect(still).toContain('Swimming: No swimming');
    expect(still).toContain('Call a doctor');
    const start = value(entry(calendar, 'aftercare-1-0'), 'DESCRIPTION');
    expect(start).toContain('Strict protocol');
    expect(start).toContain('Keep taking every medicine');
    expect(start).toContain('blood service');
  });

  it('prepares on whole days before each session and reviews photos six weeks after the last', () => {
    const given = input();
    const calendar = calendarOf(courseIcs(given));
    for (const { n, date } of given.course.sessions) {
      for (const daysBefore of [7, 3, 1, 0]) {
        const start = only(entry(calendar, `preparation-${n}-${daysBefore}`), 'DTSTART');
        expect(start.params).toEqual({ VALUE: 'DATE' });
        expect(start.value).toBe(addDays(date!, -daysBefore).replaceAll('-', ''));
      }
    }
    expect(value(entry(calendar, 'review'), 'DTSTART')).toBe(
      addDays(given.course.sessions[2]!.date!, 42).replaceAll('-', ''),
    );
  });

  it('never shows on a lock screen what is treated, and keeps every entry private', () => {
    for (const kind of everyCalendar) {
      const calendar = calendarOf(courseIcs(input(kind)));
      const shown = [
        value(calendar, 'NAME'),
        value(calendar, 'X-WR-CALNAME'),
        ...entriesOf(calendar).map((e) => value(e, 'SUMMARY')),
      ];
      expect(shown.join('\n')).not.toMatch(/hair|scalp|head|skin|tattoo|pigment|dots?\b|bald|shav|clinic|treat/i);
      for (const component of entriesOf(calendar)) expect(value(component, 'CLASS')).toBe('PRIVATE');
    }
  });

  it('is the same bytes for the same plan, and keeps its UIDs when the course moves', () => {
    expect(courseIcs(input())).toBe(courseIcs(input()));
    const uidsOf = (rest: Parameters<typeof input>[0]): string[] =>
      entriesOf(calendarOf(courseIcs(input(rest)))).map((component) => value(component, 'UID'));
    expect(uidsOf({ start: '2027-05-03', sequence: 1 })).toEqual(uidsOf({}));
    expect(uidsOf({ planId: 'another' })).not.toContain(uidsOf({})[0]);
    const moved = calendarOf(courseIcs(input({ start: '2027-05-03', sequence: 1 })));
    expect(value(entry(moved, 'session-1'), 'DTSTAMP')).toBe('20270503T000000Z');
    expect(value(entry(moved, 'session-1'), 'SEQUENCE')).toBe('1');
  });

  it('becomes undated to-dos when no start was chosen, with every session, preparation and aftercare in it', () => {
    const calendar = calendarOf(courseIcs(input({ start: null })));
    for (const component of entriesOf(calendar)) {
      expect(component.properties.some(({ name }) => ['DTSTART', 'DTEND', 'DUE'].includes(name))).toBe(false);
    }
    expect(value(entry(calendar, 'session-2'), 'DESCRIPTION')).toContain('14 days after session 1');
    expect(value(entry(calendar, 'preparation-1'), 'DESCRIPTION')).toContain('14 days before: No tanning');
    expect(value(entry(calendar, 'aftercare-between'), 'DESCRIPTION')).toContain(
      'Days 0 to 3: Water on the treated skin: Keep',
    );
    expect(value(entry(calendar, 'aftercare-after-last'), 'DESCRIPTION')).toContain('From day 28: Swimming');
    expect(entry(calendar, 'review')).toBeDefined();
  });

  it('carries any plan id as text, and refuses what does not fit together', () => {
    const odd = calendarOf(courseIcs(input({ planId: 'a;b,c\\d\n✂' })));
    expect(value(entriesOf(odd)[0]!, 'UID')).toMatch(/^a;b,c\\d\n✂[.]/);
    expect(() => courseIcs(input({ hours: [hours(3)] }))).toThrow(RangeError);
    expect(() => courseIcs(input({ sequence: -1 }))).toThrow(RangeError);
    expect(() => courseIcs({ ...input(), timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });
});

const SAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/data/ics/ical4j');

describe('the reader these tests use', () => {
  it('refuses broken nesting and broken lines', () => {
    for (const text of ['BEGIN:A\r\nEND:B\r\n', 'BEGIN:A\r\n', 'END:A\r\n', 'BEGIN:A\r\nno colon\r\nEND:A\r\n']) {
      expect(() => parseCalendar(text)).toThrow();
    }
  });

  it.runIf(existsSync(SAMPLES))('reads published calendars and finds every component in them', () => {
    const names = readdirSync(SAMPLES).filter((name) => name.includes('__valid__'));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const text = readFileSync(join(SAMPLES, name), 'utf8');
      const count = (components: readonly Component[]): number =>
        components.reduce((sum, { children }) => sum + 1 + count(children), 0);
      expect(count(parseCalendar(text)), name).toBe(text.match(/^BEGIN:/gm)?.length ?? 0);
    }
  });
});
