import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { verdictOn } from '../units/testing/verdict-on.ts';
import {
  addDays,
  addMonths,
  dayFromNumber,
  dayNumber,
  daysBetween,
  daysInMonth,
  isLeapYear,
  isPlainDay,
  weekdayOf,
} from './plain-day.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(1900, 0, 1) / DAY_MS;
const LAST = Date.UTC(2199, 11, 31) / DAY_MS;

const refusalOf = (act: () => unknown): string => verdictOn(act)[0];

describe('plain days', () => {
  it('agree with Date.UTC on every day from 1900 to 2199, there and back', () => {
    let wrong = 0;
    for (let number = FIRST; number <= LAST; number++) {
      const date = new Date(number * DAY_MS);
      const text = date.toISOString().slice(0, 10);
      const weekday = date.getUTCDay() || 7;
      if (dayFromNumber(number) !== text || dayNumber(text) !== number || weekdayOf(text) !== weekday) wrong++;
    }
    expect(LAST - FIRST + 1).toBe(109573);
    expect(wrong).toBe(0);
  });

  it('exist for exactly the days of the calendar, among all YYYY-MM-DD with months 00 to 13 and days 00 to 32', () => {
    const two = (n: number): string => String(n).padStart(2, '0');
    for (const year of [1899, 1900, 1999, 2000, 2024, 2026, 2100, 2199, 2200]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${two(month)}-${two(day)}`;
          const date = new Date(`${text}T00:00:00Z`);
          const exists = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
          expect(isPlainDay(text), text).toBe(exists && year >= 1900 && year <= 2199);
        }
      }
    }
  });

  it('know leap years and the length of months', () => {
    expect([1900, 2000, 2024, 2026, 2100].map(isLeapYear)).toEqual([false, true, true, false, false]);
    for (let year = 1900; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
      }
    }
  });

  it('are written in one way only', () => {
    for (const text of [
      '2027-1-11',
      '27-01-11',
      '2027/01/11',
      ' 2027-01-11',
      '2027-01-11\n',
      '2027-01-11T00:00',
      '20270111',
      '٢٠٢٧-01-11',
      '',
    ]) {
      expect(
        refusalOf(() => dayNumber(text)),
        text,
      ).toBe('date-impossible');
    }
  });

  it('are refused outside 1900 to 2199, also when days are added', () => {
    expect(addDays('2199-12-30', 1)).toBe('2199-12-31');
    expect(refusalOf(() => addDays('2199-12-31', 1))).toBe('date-impossible');
    expect(refusalOf(() => addDays('1900-01-01', -1))).toBe('date-impossible');
    expect(() => addDays('2027-01-01', 0.5)).toThrow(RangeError);
  });

  it('add and subtract as one operation, and compare as text (5,000 draws, seed 4)', () => {
    const random = seededGenerator(4);
    const draw = (): string => dayFromNumber(FIRST + Math.floor(random() * (LAST - FIRST + 1)));
    for (let i = 0; i < 5000; i++) {
      const a = draw();
      const b = draw();
      expect(addDays(a, daysBetween(a, b))).toBe(b);
      expect(daysBetween(a, b)).toBe(-daysBetween(b, a) + 0);
      expect(a < b).toBe(daysBetween(a, b) > 0);
    }
  });

  it('cross a leap day, a month end and a year end', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2027-01-31', 28)).toBe('2027-02-28');
    expect(daysBetween('2027-12-31', '2028-01-01')).toBe(1);
  });

  it('add months by the calendar, and stop at the end of a shorter one', () => {
    expect(addMonths('2027-08-31', 6)).toBe('2028-02-29');
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
    expect(addMonths('2027-11-15', 2)).toBe('2028-01-15');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
    expect(addMonths('2028-03-31', -1)).toBe('2028-02-29');
    expect(addMonths('2028-01-10', -1)).toBe('2027-12-10');
    for (let months = -40; months <= 40; months++) {
      const date = new Date(Date.UTC(2027, 4 + months, 17));
      expect(addMonths('2027-05-17', months)).toBe(date.toISOString().slice(0, 10));
    }
    expect(refusalOf(() => addMonths('2199-12-01', 1))).toBe('date-impossible');
    expect(refusalOf(() => addMonths('2027-02-30', 1))).toBe('date-impossible');
  });
});
