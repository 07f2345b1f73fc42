import { dayNumber, type PlainDay } from '@stipple/core/calendar/plain-day.ts';

const DAY_MS = 86_400_000;
const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** 'Mon 11 Jan 2027', as the studio's pages write a day. */
export const dayWords = (day: PlainDay): string => FORMAT.format(dayNumber(day) * DAY_MS).replace(',', '');
