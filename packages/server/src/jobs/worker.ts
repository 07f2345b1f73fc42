/**
 * Does what is due by itself, on one of however many servers there are: pg-boss in the database's schema `jobs`.
 *
 * Every few minutes it is looked whether something is due; the queues let only one of a kind run at a time. A server
 * that dies at it leaves the job to be found expired and done again, so every job may be done twice. Runs as the owner
 * of the tables.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import { forgetErased } from '../storage/backup/forget-erased.ts';
import type { Storage } from '../storage/storage.ts';
import { backUpWhenDue } from './back-up-when-due.ts';
import { JOB_SCHEMA, type JobName } from './enqueue.ts';
import { tidyUp } from './tidy-up.ts';

export interface Worker {
  /** Waits for what is being done; afterwards the database is not used any more. */
  stop(): Promise<void>;
}

export interface Job {
  readonly run: (storage: Storage, now: Date) => Promise<unknown>;
  /** Minutes, hours ... in UTC. What has to be done at a certain hour looks at the clock itself. */
  readonly cron: string;
}

const DAY_MS = 24 * 3_600_000;
const POLL_SECONDS = 2;
/** A job that takes longer is left: it is found expired and done again. */
const STOP_TIMEOUT_MS = 30_000;
/** For what pg-boss has begun and does not wait for. */
const SETTLE_TIMEOUT_MS = 5000;

export const JOBS: Readonly<Record<JobName, Job>> = {
  'tidy-up': { run: tidyUp, cron: '*/5 * * * *' },
  'back-up': { run: backUpWhenDue, cron: '*/10 * * * *' },
  'forget-erased': { run: forgetErased, cron: '*/15 * * * *' },
  'sweep-objects': {
    run: (storage, now) => storage.files.sweep(storage.database.owner, new Date(now.getTime() - DAY_MS)),
    cron: '40 * * * *',
  },
};

/** Starts at once and in the background; what goes wrong is told and tried again. */
export function startWorker(
  storage: Storage,
  now: () => Date,
  onTrouble: (error: unknown) => void = () => {},
  jobs: Readonly<Record<string, Job>> = JOBS,
): Worker {
  let isStopping = false;
  let isStopped = false;
  const underWay = new UnderWay();
  // Nobody waits for the word that jobs have ended (queue, ids, output): where it cannot be given it is told, since a
  // promise that fails with nobody there ends the process. Those jobs are found expired and done again.
  const executeSql: PgBoss.Db['executeSql'] = async (text, values) => {
    try {
      if (isStopped) throw new Error('the worker has stopped');
      return await underWay.add(storage.database.ownerPool.query(text, values));
    } catch (error) {
      if (!Array.isArray(values?.[1])) throw error;
      if (!isStopped) onTrouble(error);
      return { rows: [{ count: 0 }] };
    }
  };
  const boss = new PgBoss({ schema: JOB_SCHEMA, migrate: false, db: { executeSql }, deleteAfterDays: 7 });
  boss.on('error', onTrouble);
  const started = (async () => {
    await boss.start();
    for (const [name, { run, cron }] of Object.entries(jobs)) {
      if (isStopping) return;
      await boss.schedule(name, cron);
      await boss.work(name, { pollingIntervalSeconds: POLL_SECONDS }, async () => {
        await underWay.add(run(storage, now()));
      });
      await boss.send(name, {});
    }
  })().catch(onTrouble);
  return {
    stop: async () => {
      isStopping = true;
      await started;
      await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS }).catch(onTrouble);
      await underWay.settled(SETTLE_TIMEOUT_MS);
      isStopped = true;
    },
  };
}

/** What was begun and has not ended. */
class UnderWay {
  readonly #begun = new Set<Promise<unknown>>();

  add<Result>(work: Promise<Result>): Promise<Result> {
    this.#begun.add(work);
    const end = () => void this.#begun.delete(work);
    work.then(end, end);
    return work;
  }

  /** Until nothing is, and nothing came of it. */
  async settled(timeoutMs: number): Promise<void> {
    const over = delay(timeoutMs, 'over', { ref: false });
    do {
      if ((await Promise.race([Promise.allSettled(this.#begun), over])) === 'over') return;
      await nextTurn();
    } while (this.#begun.size > 0);
  }
}
