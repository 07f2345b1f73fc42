/**
 * Between the clock on a studio's wall and instants: a plain day with a minute of it, and milliseconds of UTC.
 *
 * When a clock change repeats a local time, it means the first of the two; when it skips one, it means the instant of
 * the change. So local times keep their order as instants, and opening hours never turn inside out. The hours of a
 * day are its own: 23, 25, or 24.5 of them where the clock moves.
 *
 * A day table asks the zone once a day, since a shell's zone data are slow to ask (microseconds an answer).
 */
import { dayFromNumber, dayNumber, type PlainDay } from './plain-day.ts';
import type { ZoneRules } from './zone-rules.ts';

export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
export const DAY_MINUTES = 1440;

export interface LocalTime {
  readonly day: PlainDay;
  /** Minutes on the wall clock since 00:00, 0 to 1439; part of a minute is cut off. */
  readonly minute: number;
}

/** What the wall clock shows at an instant. */
export function localTimeAt(zone: ZoneRules, instantMs: number): LocalTime {
  const wallMs = instantMs + zone.offsetMsAt(instantMs);
  const number = Math.floor(wallMs / DAY_MS);
  return { day: dayFromNumber(number), minute: Math.floor((wallMs - number * DAY_MS) / MINUTE_MS) };
}

/** First instant in (fromMs, toMs], to the second, that has the offset of `toMs`. */
function changeBetween(zone: ZoneRules, fromMs: number, toMs: number): number {
  const after = zone.offsetMsAt(toMs);
  let low = Math.floor(fromMs / 1000);
  let high = Math.floor(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetMsAt(middle * 1000) === after) high = middle;
    else low = middle;
  }
  return high * 1000;
}

function instantOfWall(zone: ZoneRules, wallMs: number): number {
  // A change further than a day away cannot touch this time: the offset before it or after it applies.
  const before = zone.offsetMsAt(wallMs - DAY_MS);
  const after = zone.offsetMsAt(wallMs + DAY_MS);
  const instants = [wallMs - before, wallMs - after].filter((at) => at + zone.offsetMsAt(at) === wallMs);
  return instants.length > 0 ? Math.min(...instants) : changeBetween(zone, wallMs - DAY_MS, wallMs + DAY_MS);
}

/** The instant of a minute of a local day, 0 to 1440 (the end of the day). Refuses 'date-impossible'. */
export function instantOf(zone: ZoneRules, day: PlainDay, minute: number): number {
  if (!(Number.isSafeInteger(minute) && minute >= 0 && minute <= DAY_MINUTES)) {
    throw new RangeError(`${minute} is not a minute of a day`);
  }
  return instantOfWall(zone, dayNumber(day) * DAY_MS + minute * MINUTE_MS);
}

/** A run of local days with the instants at which they begin. */
export interface LocalDays {
  readonly zone: ZoneRules;
  readonly days: readonly PlainDay[];
  /** Day number of the first. */
  readonly firstNumber: number;
  /** Where each day begins; one more than there are days: the last entry ends the run. */
  readonly startsMs: Float64Array;
  /** Offset in force all day from 00:00 on; NaN on a day of a change, one that begins at 01:00 included. */
  readonly offsetsMs: Float64Array;
}

/** `count` days from `first` on. Refuses 'date-impossible' when they leave the calendar. */
export function localDays(zone: ZoneRules, first: PlainDay, count: number): LocalDays {
  const firstNumber = dayNumber(first);
  const startsMs = new Float64Array(count + 1);
  const offsetsMs = new Float64Array(count);
  let offset = zone.offsetMsAt(firstNumber * DAY_MS - DAY_MS);
  for (let i = 0; i <= count; i++) {
    const wallMs = (firstNumber + i) * DAY_MS;
    // Where the offset of the day before still holds, no earlier instant shows this midnight.
    const guess = wallMs - offset;
    const same = zone.offsetMsAt(guess) === offset;
    startsMs[i] = same ? guess : instantOfWall(zone, wallMs);
    const next = same ? offset : zone.offsetMsAt(startsMs[i]);
    if (i > 0) offsetsMs[i - 1] = next === offset && startsMs[i - 1] + offset === wallMs - DAY_MS ? offset : NaN;
    offset = next;
  }
  return {
    zone,
    days: Array.from({ length: count }, (_, i) => dayFromNumber(firstNumber + i)),
    firstNumber,
    startsMs,
    offsetsMs,
  };
}

/** {@link instantOf} for day `index` of a table. */
export function instantInDays(table: LocalDays, index: number, minute: number): number {
  if (minute === DAY_MINUTES) return table.startsMs[index + 1];
  return Number.isNaN(table.offsetsMs[index])
    ? instantOf(table.zone, table.days[index], minute)
    : table.startsMs[index] + minute * MINUTE_MS;
}

/** Index of the day that an instant falls on; -1 before the table and the number of days after it. */
export function dayIndexAt({ startsMs }: LocalDays, instantMs: number): number {
  let low = 0;
  let high = startsMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startsMs[middle] <= instantMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
