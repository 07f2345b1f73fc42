/**
 * How a route refuses: a code of core's table, under the HTTP status that fits it.
 *
 * Screens and programs read `code` and `data`; people read `reason` and `remedy`. A Refusal that core throws comes out
 * the same way (see implementer.ts), so no handler has to translate one.
 */
import { ORPCError } from '@orpc/server';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { WireRefusal } from '@stipple/files/wire/route.ts';

const STATUS: Partial<Record<RefusalCode, number>> = {
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'changed-meanwhile': 409,
  'practitioner-busy': 409,
  'room-busy': 409,
  'client-busy': 409,
  'too-soon': 409,
  'key-used-otherwise': 409,
  'too-many-tries': 429,
  'storage-unavailable': 503,
};

/** To be thrown. `data` is what the caller needs to go on, such as other free hours. */
export function refused(
  code: RefusalCode,
  detail: string | null = null,
  data?: unknown,
): ORPCError<string, WireRefusal> {
  return fromRefusal(new Refusal(code, detail), data);
}

export function fromRefusal(refusal: Refusal, data?: unknown): ORPCError<string, WireRefusal> {
  const { code, reason, remedy, detail } = refusal;
  return new ORPCError(code, {
    status: STATUS[code] ?? 422,
    message: refusal.message,
    data: { code, reason, remedy, detail, ...(data === undefined ? {} : { data }) },
  });
}

const FAULT = 'fault';

/** To be thrown for an error of ours that people must know something about; the log has its cause. */
export const faultOfOurs = (words: string, cause: unknown): Error =>
  new ORPCError(FAULT, { status: 500, message: words, cause });

/** What people must know about it; null for any other error. */
export const wordsOfFault = (error: unknown): string | null =>
  error instanceof ORPCError && error.code === FAULT ? error.message : null;
