/**
 * Puts a job in the queue in the transaction of whatever wants it done: it is there if and only if that is.
 *
 * The queue lies in the database (schema `jobs`, pg-boss), so a worker on any server does it, once; what fails is tried
 * again with growing pauses, and what fails too often ends in the queue `failed-jobs`. Data are ids only.
 */
import { CompiledQuery, type Transaction } from 'kysely';
import PgBoss from 'pg-boss';
import type { Tables } from '../storage/tables.ts';

/** The queues of migrations/0003-jobs.sql. */
export type JobName = 'back-up' | 'forget-erased' | 'sweep-objects' | 'tidy-up';

export const JOB_SCHEMA = 'jobs';

/** Never started: it only knows how to write a job down. */
const writer = new PgBoss({
  schema: JOB_SCHEMA,
  db: { executeSql: () => Promise.reject(new RangeError('a job is put in by a transaction')) },
});

export interface EnqueueOptions {
  readonly startAfter?: Date;
}

export async function enqueue(
  tx: Transaction<Tables>,
  name: JobName,
  data: Readonly<Record<string, string>> = {},
  options: EnqueueOptions = {},
): Promise<void> {
  const db: PgBoss.Db = {
    executeSql: async (text, values) => ({ rows: (await tx.executeQuery(CompiledQuery.raw(text, values))).rows }),
  };
  await writer.send(name, data, { ...options, db });
}
