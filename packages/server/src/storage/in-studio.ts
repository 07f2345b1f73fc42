/**
 * One transaction that sees one studio.
 *
 * Row-level security shows the application the rows of the studio that its transaction names, and lets it write no
 * other; outside `inStudio` it sees none. The name ends with the transaction, so a connection that goes back to the
 * pool carries nothing over. A condition counts for the choice of an index only when its operator cannot leak what it
 * looks at (PostgreSQL's `leakproof`): equality and order of ids, numbers, days and instants can, `&&` of ranges and
 * `like` cannot. So appointments are looked for by their days.
 *
 * `work` may run more than once: when two transactions got in each other's way, or when the connection was lost before
 * the commit was asked for (then nothing of it is stored). A loss during the commit is not repeated, because it may be
 * stored; it comes out as it is. So `work` does nothing outside the transaction that must not happen twice.
 */
import type { Kysely, Transaction } from 'kysely';
import { setTimeout as delay } from 'node:timers/promises';
import { attach, send } from './batching-dialect.ts';
import { isConnectionLoss, isPlanOutdated, isSerializationFailure } from './sql-state.ts';

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';

export interface InStudioOptions {
  readonly isolation?: IsolationLevel;
}

const MOST_TRIES = 10;
/** Longer after each try, and uneven, so that those who collided do not meet again. */
const pauseMs = (tries: number): number => Math.random() * 10 * 2 ** Math.min(tries, 6);

export async function inStudio<Tables, Result>(
  db: Kysely<Tables>,
  studioId: string,
  work: (tx: Transaction<Tables>) => Promise<Result>,
  options: InStudioOptions = {},
): Promise<Result> {
  return inTransaction(db, 'stipple.studio_id', studioId, work, options);
}

/** For the owner's connection alone: a transaction that sees every studio. */
export async function inEveryStudio<Tables, Result>(
  owner: Kysely<Tables>,
  work: (tx: Transaction<Tables>) => Promise<Result>,
  options: InStudioOptions = {},
): Promise<Result> {
  return inTransaction(owner, 'stipple.every_studio', 'on', work, options);
}

async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  setting: string,
  value: string,
  work: (tx: Transaction<Tables>) => Promise<Result>,
  { isolation = 'read committed' }: InStudioOptions,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    let isCommitting = false;
    try {
      return await db
        .transaction()
        .setIsolationLevel(isolation)
        .execute(async (tx) => {
          await attach(tx);
          send(tx, 'select set_config($1, $2, true)', [setting, value]);
          const result = await work(tx);
          isCommitting = true;
          return result;
        });
    } catch (error) {
      const mayRepeat =
        isSerializationFailure(error) || isPlanOutdated(error) || (isConnectionLoss(error) && !isCommitting);
      if (!mayRepeat || tries === MOST_TRIES) throw error;
      await delay(pauseMs(tries));
    }
  }
}
