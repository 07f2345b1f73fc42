/**
 * The wall-clock times of a recurrence rule (RFC 5545, 3.3.10) that fall into a window.
 *
 * Days, weeks, months and years, with BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYHOUR, BYMINUTE, BYSECOND,
 * BYSETPOS, INTERVAL, COUNT, UNTIL and WKST. Each period's days are filtered, never stepped towards, so that a rule
 * whose day does not exist (30 February) ends like any other. Without COUNT, what lies before the window is skipped by
 * arithmetic. Rules finer than a day, and rules that give more than is bearable, are not expanded: null.
 *
 * Times are wall-clock milliseconds, as if the wall stood in UTC. Written here because the reader of the file format
 * invents days for rules that have none, and does not always end.
 */
export interface RecurrenceRule {
  readonly freq: string;
  readonly interval: number;
  readonly count: number | null;
  /** Last wall-clock time that may occur; null without. */
  readonly untilMs: number | null;
  /** 0 Sunday to 6. */
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly weekdays: readonly { readonly nth: number; readonly weekday: number }[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
}

const DAY_MS = 86_400_000;
const MOST_PERIODS = 20_000;
const MOST_TIMES = 5000;
const MOST_TIMES_A_DAY = 48;

interface DayFields {
  readonly day: number;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
  readonly monthLength: number;
  readonly yearDay: number;
  readonly yearLength: number;
}

const dayOf = (year: number, month: number, date: number): number =>
  Math.floor(Date.UTC(year, month - 1, date) / DAY_MS);
const mod = (a: number, b: number): number => ((a % b) + b) % b;

function fieldsOf(day: number): DayFields {
  const at = new Date(day * DAY_MS);
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth() + 1;
  const yearStart = dayOf(year, 1, 1);
  return {
    day,
    year,
    month,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
    monthLength: dayOf(year, month + 1, 1) - dayOf(year, month, 1),
    yearDay: day - yearStart + 1,
    yearLength: dayOf(year + 1, 1, 1) - yearStart,
  };
}

/** Number of the week a day belongs to, and how many its year has: the first week has at least four days of the year. */
function weekOf({ day, year }: DayFields, weekStart: number): { readonly week: number; readonly weeks: number } {
  const firstWeek = (of: number): number => {
    const start = dayOf(of, 1, 1);
    const into = mod(new Date(start * DAY_MS).getUTCDay() - weekStart, 7);
    return into <= 3 ? start - into : start + 7 - into;
  };
  const weekYear = day < firstWeek(year) ? year - 1 : day >= firstWeek(year + 1) ? year + 1 : year;
  const from = firstWeek(weekYear);
  return { week: Math.floor((day - from) / 7) + 1, weeks: (firstWeek(weekYear + 1) - from) / 7 };
}

/** Whether a number is in a list that may count from the end of `length`. */
const isListed = (list: readonly number[], value: number, length: number): boolean =>
  list.includes(value) || list.includes(value - length - 1);

function isOnWeekday({ weekdays }: RecurrenceRule, of: DayFields, within: 'month' | 'year' | null): boolean {
  const place = within === 'month' ? of.date : of.yearDay;
  const length = within === 'month' ? of.monthLength : of.yearLength;
  return weekdays.some(
    ({ nth, weekday }) =>
      weekday === of.weekday &&
      (nth === 0 || within === null || nth === Math.ceil(place / 7) || -nth === Math.ceil((length - place + 1) / 7)),
  );
}

/** Whether a day of a period belongs to the rule; `first` is the day it started on. */
function isDayOf(rule: RecurrenceRule, of: DayFields, first: DayFields): boolean {
  const { freq, months, weeks, yearDays, monthDays, weekdays, weekStart } = rule;
  if (months.length > 0 && !months.includes(of.month)) return false;
  if (monthDays.length > 0 && !isListed(monthDays, of.date, of.monthLength)) return false;
  if (freq === 'DAILY') return weekdays.length === 0 || isOnWeekday(rule, of, null);
  if (freq === 'WEEKLY') return weekdays.length === 0 ? of.weekday === first.weekday : isOnWeekday(rule, of, null);
  if (freq === 'MONTHLY') {
    if (weekdays.length > 0) return isOnWeekday(rule, of, 'month');
    return monthDays.length > 0 || of.date === first.date;
  }
  if (yearDays.length > 0 && !isListed(yearDays, of.yearDay, of.yearLength)) return false;
  if (weeks.length > 0) {
    const { week, weeks: most } = weekOf(of, weekStart);
    if (!isListed(weeks, week, most)) return false;
  }
  if (weekdays.length > 0) return isOnWeekday(rule, of, weeks.length > 0 ? null : months.length > 0 ? 'month' : 'year');
  if (weeks.length > 0) return of.weekday === first.weekday;
  if (yearDays.length > 0 || monthDays.length > 0) return true;
  return of.date === first.date && (months.length > 0 || of.month === first.month);
}

interface Periods {
  /** First day of period `k`, and of the one after it. */
  readonly span: (k: number) => readonly [from: number, to: number];
  /** The period that a day is in, rounded down. */
  readonly at: (day: number) => number;
}

function periodsOf({ freq, interval, weekStart }: RecurrenceRule, first: DayFields): Periods | null {
  const weekStartDay = first.day - mod(first.weekday - weekStart, 7);
  switch (freq) {
    case 'DAILY':
      return {
        span: (k) => [first.day + k * interval, first.day + k * interval + 1],
        at: (day) => Math.floor((day - first.day) / interval),
      };
    case 'WEEKLY':
      return {
        span: (k) => [weekStartDay + k * interval * 7, weekStartDay + k * interval * 7 + 7],
        at: (day) => Math.floor((day - weekStartDay) / (7 * interval)),
      };
    case 'MONTHLY':
      return {
        span: (k) => [
          dayOf(first.year, first.month + k * interval, 1),
          dayOf(first.year, first.month + k * interval + 1, 1),
        ],
        at: (day) => {
          const { year, month } = fieldsOf(day);
          return Math.floor(((year - first.year) * 12 + month - first.month) / interval);
        },
      };
    case 'YEARLY':
      return {
        span: (k) => [dayOf(first.year + k * interval, 1, 1), dayOf(first.year + k * interval + 1, 1, 1)],
        at: (day) => Math.floor((fieldsOf(day).year - first.year) / interval),
      };
    default:
      return null;
  }
}

/** Milliseconds into the day at which each day's occurrences stand. */
function timesOfDay(rule: RecurrenceRule, startMs: number): number[] | null {
  const own = new Date(startMs);
  const pick = (list: readonly number[], other: number): readonly number[] => (list.length > 0 ? list : [other]);
  const times = pick(rule.hours, own.getUTCHours()).flatMap((hour) =>
    pick(rule.minutes, own.getUTCMinutes()).flatMap((minute) =>
      pick(rule.seconds, own.getUTCSeconds()).map((second) => ((hour * 60 + minute) * 60 + second) * 1000),
    ),
  );
  const distinct = [...new Set(times)].sort((a, b) => a - b);
  return distinct.length > MOST_TIMES_A_DAY || distinct.at(-1)! >= DAY_MS ? null : distinct;
}

function atPositions(times: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return times;
  const picked = positions.map((place) => times[place > 0 ? place - 1 : times.length + place]);
  return [...new Set(picked.filter((time) => time !== undefined))].sort((a, b) => a - b);
}

/**
 * Occurrences in [fromMs, toMs), in order. The start is always the first of a rule, whether it fits it or not.
 * Null for a rule that is not expanded; see above.
 */
export function expandRule(rule: RecurrenceRule, startMs: number, fromMs: number, toMs: number): number[] | null {
  if (!(Number.isSafeInteger(rule.interval) && rule.interval > 0 && rule.interval < 1e6)) return null;
  const first = fieldsOf(Math.floor(startMs / DAY_MS));
  const periods = periodsOf(rule, first);
  const times = timesOfDay(rule, startMs);
  if (!periods || !times) return null;

  const lastMs = Math.min(toMs - 1, rule.untilMs ?? Infinity);
  const found = startMs >= fromMs && startMs <= lastMs ? [startMs] : [];
  let left = (rule.count ?? Infinity) - 1;
  const begin = rule.count === null ? Math.max(0, periods.at(Math.floor(fromMs / DAY_MS)) - 1) : 0;
  for (let k = begin; left > 0; k++) {
    const [fromDay, toDay] = periods.span(k);
    if (fromDay * DAY_MS > lastMs) return found;
    if (k - begin > MOST_PERIODS) return null;
    const ofPeriod: number[] = [];
    for (let day = fromDay; day < toDay; day++)
      if (isDayOf(rule, fieldsOf(day), first)) for (const time of times) ofPeriod.push(day * DAY_MS + time);
    for (const at of atPositions(ofPeriod, rule.positions)) {
      if (at <= startMs) continue;
      if (at > lastMs || left <= 0) return found;
      left--;
      if (at >= fromMs) found.push(at);
    }
    if (found.length > MOST_TIMES) return null;
  }
  return found;
}
