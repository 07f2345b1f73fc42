import { weekdayOf } from './plain-day.ts';
import type { PlainDay } from './plain-day.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 'Mon 11 Jan 2027': a day as it is written wherever a person reads it. Refuses 'date-impossible'. */
export function dayWords(day: PlainDay): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${WEEKDAYS[weekdayOf(day) - 1]} ${date} ${MONTHS[month - 1]} ${year}`;
}
