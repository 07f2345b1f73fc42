import type { Transaction } from 'kysely';
import { send } from '../storage/batching-dialect.ts';
import type { Tables } from '../storage/tables.ts';

/** Locks of this kind; the audit chain has another. */
const TURNS = 2;
const TAKE = `select pg_advisory_xact_lock(hashtextextended(id, $2))
  from unnest($1::text[]) with ordinality as turns (id, place) order by place`;

/**
 * Changes to the book of one client, practitioner or room come one after another, from here to the commit. The database
 * holds the floor and free hours by itself; gaps, the hours of a day and the order of sessions it cannot, and they
 * would be judged from a book that somebody is just writing in. Taken in one order, so that nobody waits in a ring.
 */
export async function takeTurns(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  const sorted = [...new Set(ids)].sort();
  send(tx, TAKE, [sorted, TURNS]);
}
