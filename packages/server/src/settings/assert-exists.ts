import type { Transaction } from 'kysely';
import { refused } from '../request/refused.ts';
import type { Tables } from '../storage/tables.ts';

/** @throws 'not-found' unless the studio has it */
export async function assertExists(
  tx: Transaction<Tables>,
  table: 'locations' | 'rooms' | 'practitioners' | 'clients',
  studioId: string,
  id: string,
): Promise<void> {
  const row = await tx
    .selectFrom(table)
    .select('id')
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
}
