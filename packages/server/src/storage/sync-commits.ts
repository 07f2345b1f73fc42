/**
 * Commits that let go of their locks before the disk has them, and the wait for the disk that has to follow.
 *
 * The audit chain of a studio is one queue: whoever writes into it holds it until the commit. A commit that waits for
 * the disk would hold it that long, and a studio could do no more than the disk syncs in a row. So such a commit does
 * not wait (synchronous_commit off, for it alone); its answer does, for the sync of a commit after it, which takes all
 * before it along. Many wait for one sync. Nothing is acknowledged that is not on the disk, and what another sees
 * unsynced is synced before the other is answered.
 */
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';

// Whatever tables the database has.
type AnyDatabase = Kysely<never>;

const unsynced = new WeakSet<object>();

/** Of a transaction that sets synchronous_commit off for itself: `synced` must be awaited after its commit. */
export const commitsUnsynced = (tx: object): void => void unsynced.add(tx);

interface Syncs {
  running: Promise<void>;
  /** Begins when the one that is under way is over; null while nobody waits for it. */
  next: Promise<void> | null;
}

const syncsOf = new WeakMap<AnyDatabase, Syncs>();

/** After the commit: everything the transaction wrote is on the disk. Throws when that cannot be known. */
export function synced<Tables>(db: Kysely<Tables>, tx: Transaction<Tables>): Promise<void> {
  if (!unsynced.has(tx)) return Promise.resolve();
  const database = db as unknown as AnyDatabase;
  let syncs = syncsOf.get(database);
  if (!syncs) {
    syncs = { running: Promise.resolve(), next: null };
    syncsOf.set(database, syncs);
  }
  const own = syncs;
  // One that is under way may have begun before the commit: it does not count.
  own.next ??= own.running
    .catch(() => {})
    .then(() => {
      own.running = own.next!;
      own.next = null;
      return sync(database);
    });
  return own.next;
}

const SYNC = CompiledQuery.raw(`select pg_logical_emit_message(true, 'stipple', '')`);

/** An empty message in the log is the smallest commit that waits for the disk. */
async function sync(database: AnyDatabase): Promise<void> {
  await database.executeQuery(SYNC);
}
