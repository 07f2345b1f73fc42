/**
 * A day and an hour as people and programs write them: 2026-03-04, 04.03.2026, 4/3/2026, 3/4/26, "9:30 pm".
 *
 * Whether 3/4 is March or April cannot be told from one cell, so the order is settled once for a column: the one under
 * which most cells are dates; a column that two orders fit as well is ambiguous and somebody must say.
 */
import { dayNumber, type PlainDay } from '@stipple/core/calendar/plain-day.ts';

export type DayOrder = 'ymd' | 'dmy' | 'mdy';

const PARTS = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})\b/;

/** Null when the text is no date in this order, nor year-month-day. Two-digit years are of 1950 to 2049. */
export function readDay(text: string, order: DayOrder): PlainDay | null {
  const match = PARTS.exec(text.trim());
  if (!match) return null;
  const [first, second, third] = [match[1]!, match[2]!, match[3]!];
  // A year of four digits in front can mean but one thing, whatever the other cells are like.
  const isYearFirst = first.length === 4;
  if (!isYearFirst && order === 'ymd') return null;
  const [year, month, day] = isYearFirst
    ? [first, second, third]
    : order === 'dmy'
      ? [third, second, first]
      : [third, first, second];
  if (year.length !== 4 && year.length !== 2) return null;
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const plainDay = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    dayNumber(plainDay);
    return plainDay;
  } catch {
    return null;
  }
}

/** The order that reads most of the cells; 'ambiguous' when two read as many, and other days. */
export function dayOrderOf(cells: readonly string[]): DayOrder | 'ambiguous' {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const readings = (['ymd', 'dmy', 'mdy'] as const)
    .map((order) => {
      const days = filled.map((cell) => readDay(cell, order));
      return { order, days, count: days.filter((day) => day !== null).length };
    })
    .sort((a, b) => b.count - a.count);
  const [best, other] = [readings[0]!, readings[1]!];
  const isTie = best.count > 0 && best.count === other.count && best.days.some((day, i) => day !== other.days[i]);
  return isTie ? 'ambiguous' : best.order;
}

/** Minutes from midnight; null when it is no hour of the day. */
export function readMinute(text: string): number | null {
  const match = /(?:^|[T ])(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(am|pm)?/i.exec(` ${text.trim()}`);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  const half = match[3]?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
