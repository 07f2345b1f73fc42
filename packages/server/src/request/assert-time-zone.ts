import { isTimeZone } from '@stipple/files/contract/is-time-zone.ts';
import { refused } from './refused.ts';

/** @throws 'input-wrong' for a zone that the calendar does not know */
export function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw refused('input-wrong', `timeZone: ${timeZone} is not a time zone such as Europe/Berlin`);
}
