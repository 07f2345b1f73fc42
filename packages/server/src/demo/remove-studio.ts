/**
 * Deletes a studio and everything in it, its audit included: for the demo. The bytes of its objects go with the next
 * sweep, as those of no row; without their keys they are noise already.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Storage } from '../storage/storage.ts';

export async function removeStudio(storage: Storage, studioId: string): Promise<void> {
  await storage.inEveryStudio(async (tx) => {
    await sql`select set_config('stipple.removed_studio', ${studioId}, true)`.execute(tx);
    for (const table of await tablesChildrenFirst(tx))
      await sql`delete from ${sql.table(table)} where studio_id = ${studioId}`.execute(tx);
    await tx.deleteFrom('studios').where('id', '=', studioId).execute();
  });
}

/** Every table with a studio, those that refer to others first: as the database knows them, so that none is forgotten. */
async function tablesChildrenFirst(tx: Parameters<RawBuilder<unknown>['execute']>[0]): Promise<string[]> {
  const { rows } = await sql<{ table: string; parents: string[] }>`
    select relname as table, coalesce(array_agg(confrelid::regclass::text) filter (where confrelid <> pg_class.oid), '{}') as parents
    from pg_class
    join pg_attribute on attrelid = pg_class.oid and attname = 'studio_id' and not attisdropped
    left join pg_constraint on conrelid = pg_class.oid and contype = 'f'
    where relkind = 'r' and relnamespace = 'public'::regnamespace
    group by relname`.execute(tx);
  const left = new Map(rows.map(({ table, parents }) => [table, parents]));
  const ordered: string[] = [];
  while (left.size > 0) {
    const free = [...left.keys()].filter((table) => ![...left.values()].some((parents) => parents.includes(table)));
    if (free.length === 0) throw new RangeError('tables refer to each other in a circle');
    for (const table of free) {
      left.delete(table);
      ordered.push(table);
    }
  }
  return ordered;
}
