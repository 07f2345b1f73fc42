/**
 * When a place is open or a person works: the same hours every week, except on named days.
 *
 * Minutes of the local day, half-open; 1440 is midnight at its end. An exception replaces the whole day, for one day
 * or a run of them: no hours means closed. Of two exceptions for a day the later in the list holds, so that a studio
 * can open one day inside a holiday. Hours over midnight are written as two stretches. On the days of a clock change
 * the hours follow the wall clock (see local-time.ts).
 */
import { unite, type Interval } from './intervals.ts';
import { DAY_MINUTES, instantInDays, type LocalDays } from './local-time.ts';
import { dayNumber, type PlainDay } from './plain-day.ts';

export interface DayHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface WeekdayHours extends DayHours {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

export interface HoursException {
  readonly firstDay: PlainDay;
  /** The last day it holds for, itself included. */
  readonly lastDay: PlainDay;
  /** Instead of the weekly hours; empty: closed. */
  readonly hours: readonly DayHours[];
}

export interface OpeningHours {
  readonly weekly: readonly WeekdayHours[];
  readonly exceptions?: readonly HoursException[];
}

/** Open all day, every day. */
export const ALWAYS_OPEN: OpeningHours = {
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: DAY_MINUTES })),
};

function assertHours({ fromMinute, toMinute }: DayHours): void {
  const isMinute = (minute: number): boolean => Number.isSafeInteger(minute) && minute >= 0 && minute <= DAY_MINUTES;
  if (!(isMinute(fromMinute) && isMinute(toMinute) && fromMinute < toMinute)) {
    throw new RangeError(`${fromMinute} to ${toMinute} are not hours of a day, in minutes`);
  }
}

/**
 * The open stretches of a run of days, in order. Throws RangeError for minutes or weekdays that do not exist, refuses
 * 'date-impossible'.
 */
export function openIntervals(opening: OpeningHours, table: LocalDays): Interval[] {
  const weekly: DayHours[][] = Array.from({ length: 7 }, () => []);
  for (const hours of opening.weekly) {
    assertHours(hours);
    const { weekday } = hours;
    if (!weekly[weekday - 1]) throw new RangeError(`${weekday} is not a weekday from 1 to 7`);
    weekly[weekday - 1].push(hours);
  }
  // 1970-01-01 was a Thursday.
  const hoursOfDay: (readonly DayHours[])[] = table.days.map(
    (_, i) => weekly[(((table.firstNumber + i + 3) % 7) + 7) % 7],
  );
  for (const { firstDay, lastDay, hours } of opening.exceptions ?? []) {
    hours.forEach(assertHours);
    const from = Math.max(0, dayNumber(firstDay) - table.firstNumber);
    const to = Math.min(table.days.length - 1, dayNumber(lastDay) - table.firstNumber);
    if (from <= to) hoursOfDay.fill(hours, from, to + 1);
  }
  return unite(
    hoursOfDay.flatMap((hours, i) =>
      hours.map(({ fromMinute, toMinute }) => ({
        startMs: instantInDays(table, i, fromMinute),
        endMs: instantInDays(table, i, toMinute),
      })),
    ),
  );
}
