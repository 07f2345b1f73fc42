import { Client } from 'pg';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, forget, send } from './batching-dialect.ts';
import { sendRows } from './send-rows.ts';
import { duplicateOf } from './sql-state.ts';
import type { Storage } from './storage.ts';
import { addStudio, testId, testStorage } from './testing/test-database.ts';

let storage: Storage;
let studioId: string;

beforeAll(async () => {
  storage = await testStorage();
  studioId = await addStudio(storage);
});

type Tx = Parameters<Parameters<Storage['inStudio']>[1]>[0];
const location = (id: string) => ({ studioId, id, name: 'Shop', timeZone: 'Europe/Berlin', opening: {} });
const isThere = (id: string) =>
  storage.inStudio(studioId, async (tx) => {
    const rows = await tx.selectFrom('locations').select('id').where('id', '=', id).execute();
    return rows.length === 1;
  });
const addTwice = (tx: Tx, id: string): void => {
  sendRows(tx, 'locations', [location(id)]);
  sendRows(tx, 'locations', [location(id)]);
};
const isTaken = (error: unknown): boolean => duplicateOf(error) === 'locations_pkey';

describe('a transaction', () => {
  it('that waits for one answer goes to the database twice, its start and what it sends included', async () => {
    const query = vi.spyOn(Client.prototype, 'query');
    try {
      await storage.inStudio(studioId, async (tx) => {
        sendRows(tx, 'locations', [location(testId())]);
        const count = ask<{ count: number }>(tx, 'select count(*) from locations', []);
        const [zone] = await ask<{ zone: string }>(tx, `select current_setting('timezone') as zone`, [])();
        expect(zone!.zone).toBe('UTC');
        expect((await count())[0]!.count).toBeGreaterThan(0);
        sendRows(tx, 'locations', [location(testId())]);
      });
      expect(query).toHaveBeenCalledTimes(2);
    } finally {
      query.mockRestore();
    }
  });

  it('ends badly, and with the cause, when something it sent failed', async () => {
    const [kept, id] = [testId(), testId()];
    await expect(
      storage.inStudio(studioId, async (tx) => {
        sendRows(tx, 'locations', [location(kept)]);
        addTwice(tx, id);
      }),
    ).rejects.toSatisfy(isTaken);
    expect(await isThere(kept)).toBe(false);
  });

  it('hears of it at the next statement that it waits for, and cannot go on', async () => {
    const id = testId();
    await expect(
      storage.inStudio(studioId, async (tx) => {
        addTwice(tx, id);
        await expect(tx.selectFrom('locations').selectAll().execute()).rejects.toSatisfy(isTaken);
        // Who goes on all the same gets no commit.
      }),
    ).rejects.toSatisfy(isTaken);
    expect(await isThere(id)).toBe(false);
  });

  it('goes on after a failure behind a savepoint', async () => {
    const [before, after] = [testId(), testId()];
    await storage.inStudio(studioId, async (tx) => {
      sendRows(tx, 'locations', [location(before)]);
      await sql`savepoint here`.execute(tx);
      addTwice(tx, testId());
      await expect(sql`release savepoint here`.execute(tx)).rejects.toSatisfy(isTaken);
      await sql`rollback to savepoint here`.execute(tx);
      sendRows(tx, 'locations', [location(after)]);
    });
    expect([await isThere(before), await isThere(after)]).toEqual([true, true]);
  });

  it('forgets what it sent behind a savepoint, for who goes back to it', async () => {
    const [before, after] = [testId(), testId()];
    let asked: (() => Promise<unknown[]>) | null = null;
    await storage.inStudio(studioId, async (tx) => {
      sendRows(tx, 'locations', [location(before)]);
      await sql`savepoint here`.execute(tx);
      addTwice(tx, testId());
      asked = ask(tx, 'select 1', []);
      forget(tx);
      await expect(asked()).rejects.toThrow('rolled back before it was done');
      await sql`rollback to savepoint here`.execute(tx);
      sendRows(tx, 'locations', [location(after)]);
    });
    expect([await isThere(before), await isThere(after)]).toEqual([true, true]);
  });

  it('takes nothing more once it is over, however it ended', async () => {
    const kept: Tx[] = [];
    const late: (() => Promise<unknown>)[] = [];
    await storage.inStudio(studioId, async (tx) => void kept.push(tx));
    const failing = storage.inStudio(studioId, async (tx) => {
      kept.push(tx);
      late.push(ask(tx, 'select 1', []));
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(kept).toHaveLength(2);
    for (const tx of kept)
      for (const use of [send, ask])
        expect(() => use(tx, 'select 1', [])).toThrow(new TypeError('the transaction is over'));
    // What was asked and never sent is not waited for in vain.
    await expect(late[0]!()).rejects.toThrow(new TypeError('the transaction is over'));
  });

  it('is committed although an answer that came with it cannot be read, which fails for itself', async () => {
    const id = testId();
    // No number of ours.
    const unreadable = 'select 9007199254740993::bigint as n';
    await storage.inStudio(studioId, async (tx) => {
      const [count, one] = [ask(tx, unreadable, []), ask(tx, 'select 1 as one', [])];
      expect(await one()).toEqual([{ one: 1 }]);
      await expect(count()).rejects.toThrow(RangeError);
      sendRows(tx, 'locations', [location(id)]);
      ask(tx, unreadable, []);
    });
    expect(await isThere(id)).toBe(true);
  });

  it('takes a statement without words for one that is done', async () => {
    await storage.inStudio(studioId, async (tx) => {
      const [empty, one] = [ask(tx, '', []), ask(tx, 'select 1 as one', [])];
      expect(await Promise.all([one(), empty()])).toEqual([[{ one: 1 }], []]);
    });
  });

  it('prepares anew what was left out behind a failure', async () => {
    const text = `select 'left out' as what, $1::int as n`;
    for (let i = 0; i < 2; i++) await storage.inStudio(studioId, (tx) => ask(tx, text, [i])());
    // On every connection, prepared there or not.
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const failing = storage.inStudio(studioId, async (tx) => {
          addTwice(tx, testId());
          send(tx, text, [1]);
        });
        await expect(failing).rejects.toSatisfy(isTaken);
        expect(await storage.inStudio(studioId, (tx) => ask(tx, text, [2])())).toEqual([{ what: 'left out', n: 2 }]);
      }),
    );
  });

  it('is refused at once a value that cannot travel', async () => {
    const round: { self?: unknown } = {};
    round.self = round;
    const id = testId();
    await expect(
      storage.inStudio(studioId, async (tx) => {
        sendRows(tx, 'locations', [location(id)]);
        expect(() => send(tx, 'select $1::jsonb', [round])).toThrow(TypeError);
        throw new Error('given up');
      }),
    ).rejects.toThrow('given up');
    expect(await isThere(id)).toBe(false);
  });

  it('is repeated when a table changed since the connection planned its statement', async () => {
    const names = async () =>
      Object.keys(
        (await storage.inStudio(studioId, (tx) =>
          tx.selectFrom('studios').selectAll().where('id', '=', studioId).executeTakeFirstOrThrow(),
        )) as object,
      );
    for (let i = 0; i < 3; i++) await names();
    await storage.inEveryStudio((tx) => sql`alter table studios add column motto text`.execute(tx));
    expect(await names()).toContain('motto');
    await storage.inEveryStudio((tx) => sql`alter table studios drop column motto`.execute(tx));
    expect(await names()).not.toContain('motto');
  });
});

it('rows arrive as they were given, whatever their columns are', async () => {
  const [keyId, objectId] = [testId(), testId()];
  const at = new Date('2027-03-01T09:00:00.123Z');
  const sha256 = Buffer.from([0, 34, 92, 255]);
  const [key, object] = await storage.inStudio(studioId, async (tx) => {
    const owner = { ownerKind: 'client', ownerId: testId(), purpose: 'care' };
    sendRows(tx, 'keys', [{ studioId, id: keyId, ...owner, wrapped: sha256, createdAt: at, destroyedAt: null }]);
    const media = { mediaType: `a "type", 'quoted' \\ and ü`, bytes: 2 ** 52, sha256 };
    sendRows(tx, 'objects', [{ studioId, id: objectId, keyId, ...media, createdAt: at }]);
    return [
      await tx.selectFrom('keys').selectAll().where('id', '=', keyId).executeTakeFirstOrThrow(),
      await tx.selectFrom('objects').selectAll().where('id', '=', objectId).executeTakeFirstOrThrow(),
    ];
  });
  expect(key).toMatchObject({ wrapped: sha256, createdAt: at, destroyedAt: null });
  expect(object).toMatchObject({ mediaType: `a "type", 'quoted' \\ and ü`, bytes: 2 ** 52, sha256, deletedAt: null });
});
