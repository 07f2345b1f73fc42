import { refused } from './refused.ts';

/** @throws 'input-wrong' for a zone that the calendar does not know */
export function assertTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw refused('input-wrong', `timeZone: ${timeZone} is not a time zone such as Europe/Berlin`);
  }
}
