import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from './storage.ts';
import { conflictOf, duplicateOf } from './sql-state.ts';
import { addStudio, testId, testStorage } from './testing/test-database.ts';

let storage: Storage;
let berlin: string;
let lisbon: string;

beforeAll(async () => {
  storage = await testStorage();
  berlin = await addStudio(storage);
  lisbon = await addStudio(storage, 'Europe/Lisbon');
});

const addLocation = (studioId: string, id = testId()) =>
  storage.inStudio(studioId, (tx) =>
    tx
      .insertInto('locations')
      .values({ studioId, id, name: 'Shop', timeZone: 'Europe/Berlin', opening: '{}' })
      .execute(),
  );
const locations = () => (tx: Parameters<Parameters<Storage['inStudio']>[1]>[0]) =>
  tx.selectFrom('locations').selectAll().execute();

describe('a transaction in a studio', () => {
  it('sees the rows of its studio and of no other', async () => {
    await addLocation(berlin);
    expect(await storage.inStudio(berlin, locations())).toHaveLength(1);
    expect(await storage.inStudio(lisbon, locations())).toHaveLength(0);
    expect(await storage.inEveryStudio(locations())).toHaveLength(1);
  });

  it('sees nothing when no studio is named, not even on a connection that had one', async () => {
    for (let n = 0; n < 30; n++) expect(await storage.db.selectFrom('locations').selectAll().execute()).toHaveLength(0);
  });

  it('cannot write into another studio', async () => {
    await expect(
      storage.inStudio(lisbon, (tx) =>
        tx
          .insertInto('locations')
          .values({ studioId: berlin, id: testId(), name: 'x', timeZone: 'UTC', opening: '{}' })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it('cannot become the owner of the tables', async () => {
    await expect(storage.inStudio(lisbon, (tx) => sql`set role stipple_owner`.execute(tx))).rejects.toThrow(
      /permission/,
    );
    await expect(
      storage.inStudio(lisbon, (tx) => sql`alter table locations disable row level security`.execute(tx)),
    ).rejects.toThrow(/owner/);
  });

  it('is repeated when it collides with another, so that both succeed', async () => {
    const id = testId();
    await addLocation(berlin, id);
    let runs = 0;
    const grow = () =>
      storage.inStudio(
        berlin,
        async (tx) => {
          runs++;
          const { name } = await tx
            .selectFrom('locations')
            .select('name')
            .where('id', '=', id)
            .executeTakeFirstOrThrow();
          await tx
            .updateTable('locations')
            .set({ name: `${name}.` })
            .where('id', '=', id)
            .execute();
        },
        { isolation: 'serializable' },
      );
    await Promise.all(Array.from({ length: 8 }, grow));
    const [row] = await storage.inStudio(berlin, (tx) =>
      tx.selectFrom('locations').select('name').where('id', '=', id).execute(),
    );
    expect(row?.name).toBe('Shop........');
    expect(runs).toBeGreaterThan(8);
  });

  it('is repeated when its connection is lost before the commit', async () => {
    let runs = 0;
    await storage.inStudio(berlin, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      if (++runs === 1) await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(storage.database.owner);
      await tx.selectFrom('locations').selectAll().execute();
    });
    expect(runs).toBe(2);
  });

  it('ends an error that repeating cannot help at once', async () => {
    const id = testId();
    await addLocation(berlin, id);
    await expect(addLocation(berlin, id)).rejects.toSatisfy((error) => duplicateOf(error) === 'locations_pkey');
    await expect(addLocation(berlin, id)).rejects.toSatisfy((error) => conflictOf(error) === null);
  });
});
