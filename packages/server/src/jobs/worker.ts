/**
 * Does what is due by itself, on one of however many servers there are: pg-boss in the database's schema `jobs`.
 *
 * Every few minutes it is looked whether something is due; the queues let only one of a kind run at a time. A server
 * that dies at it leaves the job to be found expired and done again, so every job may be done twice. Runs as the owner
 * of the tables.
 */
import PgBoss from 'pg-boss';
import { forgetErased } from '../storage/backup/forget-erased.ts';
import type { Storage } from '../storage/storage.ts';
import { backUpWhenDue } from './back-up-when-due.ts';
import { JOB_SCHEMA, type JobName } from './enqueue.ts';
import { tidyUp } from './tidy-up.ts';

export interface Worker {
  /** Waits for what is being done. */
  stop(): Promise<void>;
}

export interface Job {
  readonly run: (storage: Storage, now: Date) => Promise<unknown>;
  /** Minutes, hours ... in UTC. What has to be done at a certain hour looks at the clock itself. */
  readonly cron: string;
}

const DAY_MS = 24 * 3_600_000;
const POLL_SECONDS = 2;
const STOP_TIMEOUT_MS = 30_000;

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
  const boss = new PgBoss({
    schema: JOB_SCHEMA,
    migrate: false,
    db: { executeSql: (text, values) => storage.database.ownerPool.query(text, values) },
    deleteAfterDays: 7,
  });
  boss.on('error', onTrouble);
  const started = (async () => {
    await boss.start();
    for (const [name, { run, cron }] of Object.entries(jobs)) {
      await boss.schedule(name, cron);
      await boss.work(name, { pollingIntervalSeconds: POLL_SECONDS }, async () => {
        await run(storage, now());
      });
      await boss.send(name, {});
    }
  })().catch(onTrouble);
  return {
    stop: async () => {
      await started;
      await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}
