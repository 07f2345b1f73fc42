/**
 * When the owner of a foreign calendar is busy: the events of an iCalendar file (RFC 5545) inside a window of time.
 *
 * Counted: whatever blocks time (no TRANSP:TRANSPARENT, not cancelled, not merely a note), each occurrence of a series
 * by itself, with its exceptions and changed occurrences; whole days and floating times as the studio's own zone has
 * them. Everything else is named with why, so that nothing is taken for free in silence. A file is read component by
 * component: one that cannot be read spoils no other. Series are bounded (see expand-rule.ts).
 *
 * Refuses 'file-unusable' for what is no calendar, or too large a one.
 */
import ICAL from 'ical.js';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { expandRule, type RecurrenceRule } from './expand-rule.ts';
import { describedZone, instantOfWall, namedZone, type Observance, type OffsetAt } from './wall-zone.ts';

export interface BusyHours {
  /** The same for the same occurrence in a later file. */
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface BusyReading {
  readonly events: number;
  readonly busy: readonly BusyHours[];
  readonly skipped: readonly { readonly summary: string; readonly why: string }[];
}

export interface BusyWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the studio, for whole days and times without a zone. */
  readonly offsetAt: OffsetAt;
}

const MOST_EVENTS = 20_000;
const MOST_BUSY = 20_000;
const MOST_TEXT = 10_000_000;
const DAY_MS = 86_400_000;

type Value = string | number | Record<string, unknown> | readonly unknown[];
/** jCal: name, parameters, type, values. */
type Property = readonly [string, Readonly<Record<string, string>>, string, ...Value[]];
type Component = readonly [string, readonly Property[], readonly Component[]];

/** Why an event does not count. */
class Skipped extends Error {}

/** The texts of the components of one kind, unfolded; nested ones stay inside. */
function blocksOf(lines: readonly string[], name: string): string[] {
  const blocks: string[] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const upper = line.trim().toUpperCase();
    if (upper === `BEGIN:${name}`) open = [];
    open?.push(line);
    if (upper === `END:${name}` && open) {
      blocks.push(open.join('\r\n'));
      open = null;
    }
  }
  return blocks;
}

function parsed(block: string): Component | null {
  try {
    const component: unknown = ICAL.parse(block);
    return Array.isArray(component) && typeof component[0] === 'string' ? (component as unknown as Component) : null;
  } catch {
    return null;
  }
}

const all = ([, properties]: Component, name: string): Property[] => properties.filter(([of]) => of === name);
const one = (component: Component, name: string): Property | undefined => all(component, name)[0];
const text = (component: Component, name: string): string => {
  const value = one(component, name)?.[3];
  return typeof value === 'string' ? value : '';
};

/** Wall clock of 'YYYY-MM-DD' with or without 'THH:MM:SS'; a Z at the end says nothing here. NaN for no such time. */
function wallOf(value: Value | undefined): number {
  const match = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?Z?$/.exec(value) : null;
  if (!match) return NaN;
  const [year, month, date, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, date, hour, minute, Math.min(second, 59));
  const at = new Date(ms);
  // Years below 100 mean the twentieth century to Date.UTC, and are no dates of anybody's calendar.
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return exists && hour < 24 && minute < 60 ? ms : NaN;
}

function durationOf(value: Value | undefined): number {
  const match =
    typeof value === 'string'
      ? /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value)
      : null;
  if (!match) return NaN;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (match[1] === '-' ? -1000 : 1000) * ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds);
}

const listOf = (value: unknown): number[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(Number).filter(Number.isSafeInteger);
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** @param wallOfUntil from an instant or a local time to the wall clock of the series */
function ruleOf(value: Value | undefined, wallOfUntil: (until: string) => number): RecurrenceRule | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const rule = value as Record<string, unknown>;
  const days = (Array.isArray(rule['byday']) ? rule['byday'] : rule['byday'] === undefined ? [] : [rule['byday']]).map(
    String,
  );
  // ical.js counts 1 for Sunday where it parses the start of the week.
  const wkst = rule['wkst'];
  const weekStart = typeof wkst === 'number' ? wkst - 1 : wkst === undefined ? 1 : WEEKDAYS.indexOf(String(wkst));
  const until = rule['until'] === undefined ? null : wallOfUntil(String(rule['until']));
  if (until !== null && Number.isNaN(until)) return null;
  const interval = rule['interval'] === undefined ? 1 : Number(rule['interval']);
  return {
    freq: String(rule['freq']),
    interval,
    count: rule['count'] === undefined ? null : Number(rule['count']),
    untilMs: until,
    weekStart,
    months: listOf(rule['bymonth']),
    weeks: listOf(rule['byweekno']),
    yearDays: listOf(rule['byyearday']),
    monthDays: listOf(rule['bymonthday']),
    weekdays: days.flatMap((day) => {
      const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(day);
      return match ? [{ nth: Number(match[1] ?? 0), weekday: WEEKDAYS.indexOf(match[2]!) }] : [];
    }),
    hours: listOf(rule['byhour']),
    minutes: listOf(rule['byminute']),
    seconds: listOf(rule['bysecond']),
    positions: listOf(rule['bysetpos']),
  };
}

function offsetOf(component: Component, name: string): number {
  const match = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text(component, name));
  if (!match) return NaN;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -1000 : 1000) * seconds;
}

/** Zones that the file describes, by their names. */
function zonesOf(lines: readonly string[]): Map<string, Observance[]> {
  const zones = new Map<string, Observance[]>();
  for (const block of blocksOf(lines, 'VTIMEZONE')) {
    const component = parsed(block);
    if (!component) continue;
    const observances = component[2].map((part): Observance => {
      const fromMs = offsetOf(part, 'tzoffsetfrom');
      return {
        startMs: wallOf(one(part, 'dtstart')?.[3]),
        fromMs,
        toMs: offsetOf(part, 'tzoffsetto'),
        rule: ruleOf(one(part, 'rrule')?.[3], (until) => wallOf(until) + (until.endsWith('Z') ? fromMs : 0)),
        extraMs: all(part, 'rdate').flatMap((dates) => dates.slice(3).map((date) => wallOf(date as Value))),
      };
    });
    const isWhole = observances.every(
      ({ startMs, fromMs, toMs, extraMs }) => ![startMs, fromMs, toMs, ...extraMs].some(Number.isNaN),
    );
    if (isWhole) zones.set(text(component, 'tzid'), observances);
  }
  return zones;
}

interface Reader {
  readonly window: BusyWindow;
  readonly zoneNamed: (tzid: string) => OffsetAt | null;
}

interface When {
  /** As the wall of its zone shows it. */
  readonly wallMs: number;
  readonly offsetAt: OffsetAt;
  readonly isDay: boolean;
}

const UTC: OffsetAt = () => 0;

function whenOf({ window, zoneNamed }: Reader, [, params, type]: Property, value: Value | undefined): When {
  const wallMs = wallOf(value);
  if (Number.isNaN(wallMs)) throw new Skipped('its time cannot be read');
  if (type === 'date' || !String(value).includes('T')) return { wallMs, offsetAt: window.offsetAt, isDay: true };
  if (String(value).endsWith('Z')) return { wallMs, offsetAt: UTC, isDay: false };
  const tzid = params['tzid'];
  const offsetAt = tzid === undefined ? window.offsetAt : zoneNamed(tzid);
  if (!offsetAt) throw new Skipped(`its time zone ${tzid} is not known`);
  return { wallMs, offsetAt, isDay: false };
}

const instantOf = ({ wallMs, offsetAt }: When): number => instantOfWall(offsetAt, wallMs);

/** How long it lasts: for whole days and series in wall-clock time, so that a clock change does not shift its end. */
function lengthOf(reader: Reader, event: Component, start: When): number {
  const end = one(event, 'dtend');
  if (end) {
    const until = whenOf(reader, end, end[3]);
    if (until.isDay !== start.isDay) throw new Skipped('it mixes days and hours');
    return start.isDay ? until.wallMs - start.wallMs : instantOf(until) - instantOf(start);
  }
  const duration = one(event, 'duration');
  if (duration) {
    const lasts = durationOf(duration[3]);
    if (Number.isNaN(lasts)) throw new Skipped('its duration cannot be read');
    return lasts;
  }
  return start.isDay ? DAY_MS : 0;
}

interface Series {
  readonly uid: string;
  readonly start: When;
  readonly lengthMs: number;
  readonly wallTimes: readonly number[];
  /** Occurrences that are ranges of their own. */
  readonly periods: readonly BusyHours[];
}

function endOf({ start, lengthMs }: Pick<Series, 'start' | 'lengthMs'>, wallMs: number): number {
  const { offsetAt, isDay } = start;
  return isDay ? instantOfWall(offsetAt, wallMs + lengthMs) : instantOfWall(offsetAt, wallMs) + lengthMs;
}

function seriesOf(reader: Reader, event: Component, uid: string): Series {
  const dtstart = one(event, 'dtstart');
  if (!dtstart) throw new Skipped('it has no start');
  const start = whenOf(reader, dtstart, dtstart[3]);
  const lengthMs = lengthOf(reader, event, start);
  if (lengthMs < 0) throw new Skipped('it ends before it starts');
  const { fromMs, toMs } = reader.window;
  const wallTimes = new Set<number>([start.wallMs]);
  const wallOfInstant = (instantMs: number): number => instantMs + start.offsetAt(instantMs);
  for (const property of all(event, 'rrule')) {
    const rule = ruleOf(property[3], (until) => {
      const wallMs = wallOf(until);
      if (!until.includes('T')) return wallMs + DAY_MS - 1;
      return until.endsWith('Z') ? wallOfInstant(wallMs) : wallMs;
    });
    // Two days around, since the window is of instants.
    const from = fromMs - lengthMs - 2 * DAY_MS;
    const times = rule && expandRule(rule, start.wallMs, from, toMs + 2 * DAY_MS);
    if (!times) throw new Skipped('it repeats in a way that is not followed');
    for (const wallMs of times) wallTimes.add(wallMs);
  }
  const periods: BusyHours[] = [];
  for (const property of all(event, 'rdate'))
    for (const value of property.slice(3) as Value[]) {
      if (!Array.isArray(value)) {
        wallTimes.add(wallOfInstant(instantOf(whenOf(reader, property, value))));
        continue;
      }
      const startMs = instantOf(whenOf(reader, property, value[0] as Value));
      const lasts = durationOf(value[1] as Value);
      const endMs = Number.isNaN(lasts) ? instantOf(whenOf(reader, property, value[1] as Value)) : startMs + lasts;
      periods.push({ key: `${uid}#${new Date(startMs).toISOString()}`, startMs, endMs });
    }
  for (const property of all(event, 'exdate'))
    for (const value of property.slice(3) as Value[]) {
      const except = whenOf(reader, property, value);
      // A day excepts the occurrence of that day, whatever its hour.
      if (!except.isDay || start.isDay)
        wallTimes.delete(except.isDay ? except.wallMs : wallOfInstant(instantOf(except)));
      else
        for (const wallMs of wallTimes)
          if (Math.floor(wallMs / DAY_MS) * DAY_MS === except.wallMs) wallTimes.delete(wallMs);
    }
  return { uid, start, lengthMs, wallTimes: [...wallTimes], periods };
}

/** @param calendar text of the file */
export function readBusyHours(calendar: string, window: BusyWindow): BusyReading {
  if (calendar.length > MOST_TEXT) throw new Refusal('file-unusable', 'the calendar is larger than 10 MB');
  const lines = calendar
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r\n|\n|\r/);
  if (!lines.some((line) => line.trim().toUpperCase() === 'BEGIN:VCALENDAR'))
    throw new Refusal('file-unusable', 'it is no iCalendar file');
  const blocks = blocksOf(lines, 'VEVENT');
  if (blocks.length > MOST_EVENTS) throw new Refusal('file-unusable', `more than ${MOST_EVENTS} events`);

  const described = zonesOf(lines);
  const zones = new Map<string, OffsetAt | null>();
  const reader: Reader = {
    window,
    zoneNamed: (tzid) => {
      let zone = zones.get(tzid);
      if (zone === undefined) {
        const own = described.get(tzid);
        zone = namedZone(tzid) ?? (own ? describedZone(own, window.fromMs, window.toMs) : null);
        zones.set(tzid, zone);
      }
      return zone;
    },
  };

  const skipped: { summary: string; why: string }[] = [];
  const series: Series[] = [];
  /** Occurrences that were changed or called off, by series and original instant. */
  const changed = new Set<string>();
  const busy = new Map<string, BusyHours>();
  const add = ({ key, startMs, endMs }: BusyHours): void => {
    if (endMs <= startMs || endMs <= window.fromMs || startMs >= window.toMs) return;
    busy.set(key, { key, startMs, endMs });
    if (busy.size > MOST_BUSY) throw new Refusal('file-unusable', `more than ${MOST_BUSY} busy hours`);
  };

  blocks.forEach((block, i) => {
    const event = parsed(block);
    if (!event) {
      skipped.push({ summary: summaryIn(block), why: 'it cannot be read' });
      return;
    }
    const summary = text(event, 'summary').slice(0, 200);
    const uid = text(event, 'uid') || `event-${i}`;
    try {
      const changes = one(event, 'recurrence-id');
      const originalMs = changes && instantOf(whenOf(reader, changes, changes[3]));
      if (originalMs !== undefined) changed.add(`${uid}#${originalMs}`);
      if (text(event, 'status').toUpperCase() === 'CANCELLED') throw new Skipped('it is cancelled');
      if (text(event, 'transp').toUpperCase() === 'TRANSPARENT') throw new Skipped('it blocks no time');
      const found = seriesOf(reader, event, uid);
      if (originalMs === undefined) {
        series.push(found);
        return;
      }
      const startMs = instantOf(found.start);
      add({ key: `${uid}#${new Date(originalMs).toISOString()}`, startMs, endMs: endOf(found, found.start.wallMs) });
    } catch (error) {
      if (!(error instanceof Skipped)) throw error;
      skipped.push({ summary, why: error.message });
    }
  });
  for (const { uid, start, lengthMs, wallTimes, periods } of series) {
    for (const wallMs of wallTimes) {
      const startMs = instantOfWall(start.offsetAt, wallMs);
      if (changed.has(`${uid}#${startMs}`)) continue;
      add({ key: `${uid}#${new Date(startMs).toISOString()}`, startMs, endMs: endOf({ start, lengthMs }, wallMs) });
    }
    for (const period of periods) if (!changed.has(`${uid}#${period.startMs}`)) add(period);
  }
  return { events: blocks.length, busy: [...busy.values()].sort((a, b) => a.startMs - b.startMs), skipped };
}

const summaryIn = (block: string): string => /^SUMMARY[^:\n]*:(.*)$/im.exec(block)?.[1]?.trim().slice(0, 200) ?? '';
