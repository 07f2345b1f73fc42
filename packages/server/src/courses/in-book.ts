/**
 * A change to the book: in one transaction, audited, with what the database holds against it said in the words of
 * refusals; and the same with other dates in the answer.
 */
import { ORPCError } from '@orpc/server';
import type { Transaction } from 'kysely';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { WireRefusal } from '@stipple/files/wire/route.ts';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { conflictOf, duplicateOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';

/** What was done: the answer, and what the audit keeps of it (see audited.ts). */
export interface Deed<T> {
  readonly answer: T;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function inBook<T>(
  context: StudioContext,
  work: (tx: Transaction<Tables>) => Promise<Deed<T>>,
): Promise<T> {
  try {
    return await context.inStudio(async (tx) => {
      const { answer, action, subject, detail } = await work(tx);
      // Last of all: from here to the commit the whole studio waits for its audit chain.
      await audited(tx, context, action, subject, detail);
      return answer;
    });
  } catch (error) {
    const conflict = conflictOf(error);
    if (conflict) throw refused(conflict);
    if (duplicateOf(error) === 'appointments_session')
      throw refused('not-in-this-state', 'this session has its place already');
    throw error;
  }
}

/** Refusals that another date would not meet. */
const OF_THE_DATE: ReadonlySet<string> = new Set<RefusalCode>([
  'too-soon',
  'practitioner-busy',
  'room-busy',
  'client-busy',
  'client-away',
  'certificate-expired',
  'outside-hours',
  'gap-not-preferred',
]);

/** Does `work`; when its date is refused, the refusal brings what `others` finds. */
export async function orOtherDates<T>(work: () => Promise<T>, others: () => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof Refusal ? refused(error.code, error.detail) : error;
    if (!(refusal instanceof ORPCError && OF_THE_DATE.has(refusal.code))) throw error;
    const { code, detail } = refusal.data as WireRefusal;
    throw refused(code as RefusalCode, detail, await others().catch(nothingIfRefused));
  }
}

function nothingIfRefused(error: unknown): undefined {
  if (error instanceof ORPCError || error instanceof Refusal) return undefined;
  throw error;
}
