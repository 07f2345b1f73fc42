/**
 * What went wrong with a call, in the one shape that screens show: a sentence that says what is wrong and one that
 * says what to do.
 *
 * The server's refusals pass through as they are. A server that does not answer, and a mistake of ours, get words here.
 */
import { ORPCError } from '@orpc/client';
import type { WireRefusal } from '@stipple/files/wire/route.ts';

export type { WireRefusal };

export const UNREACHABLE = 'unreachable';

const isRefusal = (data: unknown): data is WireRefusal =>
  typeof data === 'object' && data !== null && 'code' in data && 'reason' in data && 'remedy' in data;

export function refusalOf(error: unknown): WireRefusal {
  if (error instanceof ORPCError) {
    if (isRefusal(error.data)) return error.data;
    return {
      code: 'unexpected',
      reason: 'Stipple made a mistake.',
      remedy: 'What you typed is still here. Try once more; if it stays so, report this text.',
      detail: `${error.status} ${error.message}`,
    };
  }
  return {
    code: UNREACHABLE,
    reason: 'The studio’s computer does not answer.',
    remedy: 'See that it runs and that this device is on its network, then try again. What you typed is still here.',
    detail: null,
  };
}

/** Whether anything is known of what became of the call. */
export const isAnswered = (error: unknown): boolean => error instanceof ORPCError;
