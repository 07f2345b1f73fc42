/**
 * Counts tries in the database, so that a limit holds however many servers there are.
 *
 * A window begins with the first try and ends by itself; nobody can stretch it by going on. What is counted is a keyed
 * hash of names such as an address, which are not kept.
 */
import { sql } from 'kysely';
import type { Storage } from '../storage/storage.ts';
import { refused } from './refused.ts';

export interface Limit {
  /** What is limited, such as 'sign-in of an account'. */
  readonly what: string;
  readonly most: number;
  readonly perMinutes: number;
}

const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Counts one try.
 * @returns whether it is within the limit
 */
export async function withinLimit(storage: Storage, limit: Limit, of: string, now: Date): Promise<boolean> {
  const { what, most, perMinutes } = limit;
  const key = storage.keys.hash(NIL, `tries ${what}`, of);
  const until = new Date(now.getTime() + perMinutes * 60_000);
  const { rows } = await sql<{ count: number }>`
    insert into tries (key, count, until) values (${key}, 1, ${until})
    on conflict (key) do update set
      count = case when tries.until <= ${now} then 1 else least(tries.count + 1, 1000000) end,
      until = case when tries.until <= ${now} then excluded.until else tries.until end
    returning count`.execute(storage.db);
  return rows[0]!.count <= most;
}

/** Counts one try. @throws 'too-many-tries' */
export async function limitTries(storage: Storage, limit: Limit, of: string, now: Date): Promise<void> {
  if (!(await withinLimit(storage, limit, of, now))) throw refused('too-many-tries');
}

/** After a success: those before it no longer count. */
export async function forgetTries(storage: Storage, limit: Limit, of: string): Promise<void> {
  await storage.db
    .deleteFrom('tries')
    .where('key', '=', storage.keys.hash(NIL, `tries ${limit.what}`, of))
    .execute();
}
