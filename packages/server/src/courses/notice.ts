/** How long ahead the book may be changed: staff until the hour itself, clients until a day before. */
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { isClient } from './appointment-notes.ts';

const CLIENT_NOTICE_MS = 24 * 3_600_000;

export type NoticeContext = Pick<StudioContext, 'caller' | 'now'>;

export const notBeforeMs = ({ caller, now }: NoticeContext): number =>
  now().getTime() + (isClient(caller) ? CLIENT_NOTICE_MS : 0);

/** For an hour that is to be booked. */
export function assertNotice(context: NoticeContext, startMs: number): void {
  if (startMs >= notBeforeMs(context)) return;
  throw isClient(context.caller)
    ? refused('not-allowed', 'less than a day ahead only the studio changes the book')
    : refused('input-wrong', 'that hour is past; what happened is recorded, not booked');
}

/** For an hour that is given up: by staff at any time, as when somebody comes late; by a client a day before. */
export function assertMayGiveUp(context: NoticeContext, startMs: number): void {
  if (isClient(context.caller)) assertNotice(context, startMs);
}
