import { expect, it } from 'vitest';
import { dayWords } from './day-words.ts';
import { addDays } from './plain-day.ts';

it('says a day as Intl does in English, but for its longer Sept', () => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  for (let k = 0, day = '2023-12-25'; k < 900; k++, day = addDays(day, 1)) {
    const said = format.format(new Date(day)).replace(',', '').replace('Sept', 'Sep');
    expect(dayWords(day)).toBe(said);
  }
});

it('refuses a day that does not exist', () => {
  expect(() => dayWords('2027-02-29')).toThrow(expect.objectContaining({ code: 'date-impossible' }));
});
