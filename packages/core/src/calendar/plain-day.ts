/**
 * Days as people write them in an appointment book: YYYY-MM-DD in the Gregorian calendar, without time or zone.
 *
 * A gap between sessions is one local date minus another, so a clock change never makes it shorter. There is no
 * 'today' here: it is always a parameter. Day numbers count from 1970-01-01 (Hinnant, civil calendar algorithms,
 * 2013: exact whole-number arithmetic). Years 1900 to 2199, so that a mistyped year is refused.
 */
import { Refusal } from '../units/refusal.ts';

/** 'YYYY-MM-DD'; text of this form compares in the order of time. */
export type PlainDay = string;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : MONTH_DAYS[month - 1];

function fieldsOf(text: string): readonly [year: number, month: number, day: number] | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const exists =
    year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? [year, month, day] : null;
}

/** True for a day that exists, written YYYY-MM-DD, in the years 1900 to 2199. */
export const isPlainDay = (text: string): text is PlainDay => fieldsOf(text) !== null;

/** Days since 1970-01-01. Refuses 'date-impossible'. */
export function dayNumber(day: PlainDay): number {
  const fields = fieldsOf(day);
  if (!fields) throw new Refusal('date-impossible', day);
  const [year, month, date] = fields;
  // The year starts in March, so that the leap day is its last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day that many days after 1970-01-01. Refuses 'date-impossible' outside the years 1900 to 2199. */
export function dayFromNumber(number: number): PlainDay {
  if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is not a whole number of days`);
  const z = number + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new Refusal('date-impossible', `a day in the year ${year}`);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(date)}`;
}

/** `day` plus a whole number of days, which may be negative. */
export const addDays = (day: PlainDay, days: number): PlainDay => dayFromNumber(dayNumber(day) + days);

/** The same day of the month so many months on, or the last of that month where it has no such day. */
export function addMonths(day: PlainDay, months: number): PlainDay {
  dayNumber(day);
  const [year, month, date] = day.split('-').map(Number);
  const index = year * 12 + month - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  const first = `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-01`;
  return addDays(first, Math.min(date, daysInMonth(toYear, toMonth)) - 1);
}

/** `to` minus `from` in whole days. */
export const daysBetween = (from: PlainDay, to: PlainDay): number => dayNumber(to) - dayNumber(from);

/** 1 Monday to 7 Sunday (ISO 8601). */
export const weekdayOf = (day: PlainDay): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
