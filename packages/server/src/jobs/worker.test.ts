import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { sql } from 'kysely';
import PgBoss from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { appendAudit } from '../storage/audit.ts';
import { backupsIn } from '../storage/backup/backup-folder.ts';
import { forgetErased } from '../storage/backup/forget-erased.ts';
import { type Storage, storageOf } from '../storage/storage.ts';
import { addStudio, testCluster, testId, testRunFolder, testStorage } from '../storage/testing/test-database.ts';
import { backUpBeforeStop, backUpWhenDue } from './back-up-when-due.ts';
import { endRetention } from './end-retention.ts';
import { enqueue } from './enqueue.ts';
import { tidyUp } from './tidy-up.ts';
import { type Job, startWorker } from './worker.ts';

const NEVER = '0 0 29 2 *';
const now = () => new Date('2026-11-25T12:00:00Z');

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isTrue());) {
    if (Date.now() > end) throw new Error('it never came about');
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function storageWithBackups(daysKept: number): Promise<Storage> {
  const storage = await testStorage();
  const folder = mkdtempSync(join(testRunFolder(), 'backups-'));
  const objects = `file://${mkdtempSync(join(testRunFolder(), 'objects-'))}`;
  return storageOf(storage.database, storage.master, objects, { folder, daysKept });
}

const countOf = async (storage: Storage, queue: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from jobs.job where name = ${queue}`.execute(
    storage.database.owner,
  );
  return rows[0]!.count;
};

describe('the queue', () => {
  it('is made by the migration as the library would make it', () => {
    const migration = readFileSync(new URL('../storage/migrations/0003-jobs.sql', import.meta.url), 'utf8');
    const tidy = (text: string) => text.replaceAll(/\s+/g, ' ');
    const [, made] = /(CREATE SCHEMA[\s\S]*)COMMIT;/.exec(PgBoss.getConstructionPlans('jobs'))!;
    expect(tidy(migration)).toContain(tidy(made!).trim());
  });

  it('holds a job if and only if the transaction that put it in was committed', async () => {
    const storage = await testStorage();
    const studioId = await addStudio(storage);
    await storage.inStudio(studioId, (tx) => enqueue(tx, 'tidy-up'));
    await storage
      .inStudio(studioId, async (tx) => {
        await enqueue(tx, 'tidy-up');
        throw new Error('no');
      })
      .catch(() => {});
    expect(await countOf(storage, 'tidy-up')).toBe(1);
  });

  it('gives the application no way to touch the jobs of others', async () => {
    const storage = await testStorage();
    const studioId = await addStudio(storage);
    for (const statement of [sql`delete from jobs.job`, sql`update jobs.job set state = 'completed'`])
      await expect(storage.inStudio(studioId, (tx) => statement.execute(tx))).rejects.toThrow(/permission denied/);
  });
});

describe('the worker', () => {
  it('does each job once, on whichever of two servers, and waits for it when it is stopped', async () => {
    const storage = await testStorage();
    const studioId = await addStudio(storage);
    let [runs, atWork, mostAtWork, isDone] = [0, 0, 0, false];
    const job: Job = {
      cron: NEVER,
      run: async () => {
        runs++;
        mostAtWork = Math.max(mostAtWork, ++atWork);
        await new Promise((done) => setTimeout(done, 300));
        atWork--;
        isDone = true;
      },
    };
    const troubles: unknown[] = [];
    const workers = [1, 2].map(() => startWorker(storage, now, (error) => troubles.push(error), { 'tidy-up': job }));
    await until(() => runs >= 1);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(isDone && atWork === 0).toBe(true);
    expect(mostAtWork).toBe(1);
    await storage.inStudio(studioId, (tx) => enqueue(tx, 'tidy-up'));
    const before = runs;
    const worker = startWorker(storage, now, (error) => troubles.push(error), { 'tidy-up': job });
    await until(() => runs > before);
    await worker.stop();
    expect(troubles).toEqual([]);
  });

  it('has let go of the database once it is stopped, whatever moment that comes at', async () => {
    const storage = await testStorage();
    const { ownerPool } = storage.database;
    let [atWork, isClosed, after] = [0, false, 0];
    const slow = async (text: string, values: unknown[]) => {
      if (isClosed) after++;
      atWork++;
      await delay(60);
      return ownerPool.query(text, values).finally(() => atWork--);
    };
    const database = { ...storage.database, ownerPool: { query: slow } as never };
    const run = () => delay(40);
    const job = (): Job => ({ cron: NEVER, run });
    const random = seededGenerator(5);
    for (let round = 0; round < 6; round++) {
      isClosed = false;
      const worker = startWorker({ ...storage, database }, now, () => {}, { 'tidy-up': job(), 'back-up': job() });
      await delay(random() * 900);
      await worker.stop();
      isClosed = true;
      expect(atWork).toBe(0);
      await delay(150);
    }
    expect(after).toBe(0);
  });

  it('goes on when it cannot say that a job has ended', async () => {
    const storage = await testStorage();
    const { ownerPool } = storage.database;
    const lost = new Error('connection lost');
    const query = (text: string, values: unknown[]) =>
      Array.isArray(values?.[1]) ? Promise.reject(lost) : ownerPool.query(text, values);
    const database = { ...storage.database, ownerPool: { query } as never };
    const troubles: unknown[] = [];
    const run = () => Promise.resolve();
    const worker = startWorker({ ...storage, database }, now, (error) => troubles.push(error), {
      'tidy-up': { cron: NEVER, run },
    });
    // A promise that fails with nobody there fails the run of tests.
    await until(() => troubles.length > 0);
    await worker.stop();
    expect(troubles).toEqual([lost]);
  });

  it('tries again what fails, and puts what fails too often where somebody looks', async () => {
    const storage = await testStorage();
    await sql`update jobs.queue set retry_limit = 2, retry_delay = 0, retry_backoff = false`.execute(
      storage.database.owner,
    );
    let runs = 0;
    const job: Job = {
      cron: NEVER,
      run: () => {
        runs++;
        return Promise.reject(new Error('the disk is full'));
      },
    };
    const worker = startWorker(storage, now, () => {}, { 'sweep-objects': job });
    await until(async () => (await countOf(storage, 'failed-jobs')) === 1);
    await worker.stop();
    expect(runs).toBe(3);
    const { rows } = await sql<{ output: unknown }>`select output from jobs.job where name = 'sweep-objects'`.execute(
      storage.database.owner,
    );
    expect(JSON.stringify(rows)).toContain('the disk is full');
  });

  it('goes on after the database lost its connections', async () => {
    const storage = await testStorage();
    const studioId = await addStudio(storage);
    let runs = 0;
    const run = () => Promise.resolve(void runs++);
    const worker = startWorker(storage, now, () => {}, { 'tidy-up': { cron: NEVER, run } });
    await until(() => runs === 1);
    const owner = await storage.database.connectOwner();
    await owner.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await owner.end();
    await storage.inStudio(studioId, (tx) => enqueue(tx, 'tidy-up'));
    await until(() => runs === 2);
    await worker.stop();
  });
});

describe('the nightly backup', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour);

  it('is made once a night, or when the computer is switched on after it, and seven are kept', async () => {
    const storage = await storageWithBackups(7);
    await addStudio(storage);
    expect(await backUpWhenDue(storage, at(1, 1))).toMatchObject({ missing: [] });
    expect(await backUpWhenDue(storage, at(1, 1.5))).toBeNull();
    expect(await backUpWhenDue(storage, at(1, 9))).not.toBeNull();
    expect(await backUpWhenDue(storage, at(2, 1))).toBeNull();
    for (let day = 2; day <= 9; day++) expect(await backUpWhenDue(storage, at(day, 3))).not.toBeNull();
    const names = backupsIn(storage.backups!.folder);
    expect(names).toHaveLength(7);
    expect(names.at(-1)).toContain('2026-11-09');
    expect(names[0]).toContain('2026-11-03');
  });

  it('takes the objects with it that no backup needs any more, and no others', async () => {
    const storage = await storageWithBackups(2);
    const studioId = await addStudio(storage);
    const addObject = async () => {
      const id = testId();
      await storage.inStudio(studioId, async (tx) => {
        const key = await storage.keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });
        await storage.files.put(tx, key, { studioId, id, mediaType: 'text/plain', bytes: Buffer.from(id), at: now() });
      });
      return id;
    };
    const copies = () =>
      readdirSync(join(storage.backups!.folder, 'objects'), { recursive: true }).map((name) => String(name).slice(-36));
    const [first, second] = [await addObject(), await addObject()];
    await backUpWhenDue(storage, at(1, 3));
    await storage.inStudio(studioId, (tx) => storage.files.delete(tx, studioId, first, now()));
    await backUpWhenDue(storage, at(2, 3));
    expect(copies()).toEqual(expect.arrayContaining([first, second]));
    await backUpWhenDue(storage, at(3, 3));
    expect(copies()).toContain(second);
    expect(copies()).not.toContain(first);
  });

  it('has one beside it when the server stops after a day on which something was done, and no other', async () => {
    const storage = await storageWithBackups(7);
    const studioId = await addStudio(storage);
    const worked = (when: Date) =>
      storage.inStudio(studioId, (tx) =>
        appendAudit(tx, {
          studioId,
          at: when,
          actorKind: 'system',
          actorId: null,
          action: 'client.create',
          subjectKind: 'client',
          subjectId: testId(),
          detail: {},
        }),
      );
    let begun = 0;
    const stopAt = (when: Date) => backUpBeforeStop(storage, when, () => begun++);
    expect(await stopAt(at(1, 8))).toBeNull();
    expect(await backUpWhenDue(storage, at(1, 9))).not.toBeNull();
    await worked(at(1, 10));
    expect(await stopAt(at(1, 11))).toBeNull();
    expect(begun).toBe(0);
    expect(await stopAt(at(1, 18))).toMatchObject({ missing: [] });
    expect(begun).toBe(1);
    expect(await stopAt(at(1, 23))).toBeNull();
    expect(await backUpWhenDue(storage, at(2, 9))).not.toBeNull();
    await storage.inEveryStudio((tx) => tx.updateTable('studios').set({ isDemo: true }).execute());
    await worked(at(2, 10));
    expect(await stopAt(at(2, 18))).toBeNull();
  });

  it('is not made where none is wanted', async () => {
    expect(await backUpWhenDue(await storageWithBackups(0), at(1, 3))).toBeNull();
    expect(await backUpWhenDue(await testStorage(), at(1, 3))).toBeNull();
    expect(await backUpBeforeStop(await storageWithBackups(0), at(1, 3))).toBeNull();
  });
});

describe('an erased key', () => {
  it("is gone from the database's files and its log, and this is done once", async () => {
    const storage = await storageWithBackups(7);
    const studioId = await addStudio(storage);
    const owner = { studioId, ownerId: testId(), purpose: 'care' } as const;
    await storage.inStudio(studioId, (tx) => storage.keys.create(tx, owner, testId(), now()));
    const wrapped = await storage.inStudio(studioId, async (tx) => {
      const row = await tx
        .selectFrom('keys')
        .select('wrapped')
        .where('ownerId', '=', owner.ownerId)
        .executeTakeFirstOrThrow();
      return row.wrapped!;
    });
    const { rows } = await sql<{
      folder: string;
    }>`select current_setting('data_directory') as folder, pg_relation_filepath('keys')`.execute(
      storage.database.owner,
    );
    await sql`checkpoint`.execute(storage.database.owner);
    const traces = () =>
      readdirSync(rows[0]!.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => bytesIfThere(path).includes(wrapped.subarray(0, 40)));
    await testCluster();
    expect(traces()).not.toEqual([]);
    await storage.inStudio(studioId, (tx) => storage.keys.destroy(tx, owner, now()));
    expect(traces()).not.toEqual([]);
    expect(await forgetErased(storage)).toBe(1);
    expect(traces()).toEqual([]);
    expect(await forgetErased(storage)).toBe(0);
  });
});

/** Nothing of a file that is gone: a running database removes some between their being listed and read. */
function bytesIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Erased, with what the law wants kept until a day. */
async function addErased(storage: Storage, studioId: string, id: string, legalUntil: string): Promise<void> {
  await storage.inStudio(studioId, async (tx) => {
    await storage.keys.create(tx, { studioId, ownerId: id, purpose: 'legal' }, testId(), now());
    const kept = { status: 'erased', change: 1, legalSealed: Buffer.from('sealed'), createdAt: now() };
    await tx
      .insertInto('clients')
      .values({ studioId, id, ...kept, legalUntil, updatedAt: now() })
      .execute();
  });
}

const legalOpens = (storage: Storage, studioId: string, ownerId: string): Promise<boolean> =>
  storage
    .inStudio(studioId, (tx) => storage.keys.get(tx, { studioId, ownerId, purpose: 'legal' }))
    .then(() => true)
    .catch(() => false);

const actionsIn = (storage: Storage, studioId: string): Promise<string[]> =>
  storage.inStudio(studioId, async (tx) =>
    (await tx.selectFrom('auditEntries').select('action').execute()).map(({ action }) => action),
  );

describe('what the law wanted kept of an erased client', () => {
  it('opens until its day, and from then on no more, in the backups neither', async () => {
    const storage = await storageWithBackups(3);
    const studioId = await addStudio(storage);
    const [id, other] = [testId(), testId()];
    await addErased(storage, studioId, id, '2026-11-25');
    await addErased(storage, studioId, other, '2026-11-26');
    const open = () => Promise.all([id, other].map((of) => legalOpens(storage, studioId, of)));
    await tidyUp(storage, new Date('2026-11-24T23:59:00Z'));
    expect(await open()).toEqual([true, true]);
    await tidyUp(storage, new Date('2026-11-25T00:01:00Z'));
    expect(await open()).toEqual([false, true]);
    const row = await storage.inStudio(studioId, (tx) =>
      tx.selectFrom('clients').select(['legalSealed', 'legalUntil']).where('id', '=', id).executeTakeFirst(),
    );
    expect(row).toEqual({ legalSealed: null, legalUntil: null });
    expect(await countOf(storage, 'forget-erased')).toBe(1);
    expect(await actionsIn(storage, studioId)).toEqual(['client.retention-over']);
  });

  it('ends once, of however many workers, and not while it is just being prolonged', async () => {
    const storage = await testStorage();
    const studioId = await addStudio(storage);
    const [id, prolonged] = [testId(), testId()];
    await addErased(storage, studioId, id, '2026-11-20');
    await addErased(storage, studioId, prolonged, '2026-11-20');
    const { ending } = await storage.inStudio(studioId, async (tx) => {
      await tx.updateTable('clients').set({ legalUntil: '2030-01-01' }).where('id', '=', prolonged).execute();
      const started = [1, 2, 3].map(() => endRetention(storage, now()));
      // They have seen what was due and wait, the latest, for this transaction.
      await new Promise((go) => setTimeout(go, 400));
      return { ending: started };
    });
    expect((await Promise.all(ending)).toSorted()).toEqual([0, 0, 1]);
    expect(await actionsIn(storage, studioId)).toEqual(['client.retention-over']);
    expect(await legalOpens(storage, studioId, prolonged)).toBe(true);
    expect(await legalOpens(storage, studioId, id)).toBe(false);
  });
});
