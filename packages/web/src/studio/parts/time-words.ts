/**
 * Days and hours as people read them, on the clock of the place where they happen.
 *
 * Instants go in as the API's text and are shown in a named zone, whatever zone this device is in.
 */
import { instantOf, localTimeAt } from '@stipple/core/calendar/local-time.ts';
import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { dayNumber, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { ZoneRules } from '@stipple/core/calendar/zone-rules.ts';
import { zoneRulesOf } from '@stipple/files/exports/zone-rules-of.ts';

const LOCALE = 'en-GB';
const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(options: Intl.DateTimeFormatOptions, at: Date | number): string {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, options);
  formats.set(key, format);
  return format.format(at);
}

const ofDay = (day: PlainDay): number => dayNumber(day) * DAY_MS;
const UTC = { timeZone: 'UTC' } as const;

/** 'Monday 11 January' */
export const longDay = (day: PlainDay): string =>
  formatted({ ...UTC, weekday: 'long', day: 'numeric', month: 'long' }, ofDay(day)).replace(',', '');
/** 'Mon 11 Jan' */
export const shortDay = (day: PlainDay): string =>
  formatted({ ...UTC, weekday: 'short', day: 'numeric', month: 'short' }, ofDay(day)).replace(',', '');
export const monthWords = (day: PlainDay): string => formatted({ ...UTC, month: 'long', year: 'numeric' }, ofDay(day));

/** '14:30' */
export const timeWords = (instant: string | number, timeZone: string): string =>
  formatted({ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, new Date(instant));

/** 'Mon 11 Jan 2027, 14:30' */
export const instantWords = (instant: string, timeZone: string): string =>
  `${dayWords(dayOf(instant, timeZone))}, ${timeWords(instant, timeZone)}`;

const zones = new Map<string, ZoneRules>();
export function zoneOf(timeZone: string): ZoneRules {
  const zone = zones.get(timeZone) ?? zoneRulesOf(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

export const dayOf = (instant: string | number, timeZone: string): PlainDay =>
  localTimeAt(zoneOf(timeZone), new Date(instant).getTime()).day;

export const minuteOf = (instant: string | number, timeZone: string): number =>
  localTimeAt(zoneOf(timeZone), new Date(instant).getTime()).minute;

/** The API's instant of a local day and minute. */
export const instantAt = (day: PlainDay, minute: number, timeZone: string): string =>
  new Date(instantOf(zoneOf(timeZone), day, minute)).toISOString();

export const today = (timeZone: string): PlainDay => dayOf(Date.now(), timeZone);

/** '09:30' of 570; '24:00' ends a day. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** 570 of '09:30'; null for anything else. */
export function minuteOfClock(clock: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(clock.trim());
  const minute = parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN;
  return parts && Number(parts[2]) < 60 && minute <= 1440 ? minute : null;
}

/** '4 h 30' of 270. */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

export const minutesBetween = (start: string, end: string): number =>
  Math.round((new Date(end).getTime() - new Date(start).getTime()) / 60_000);

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
