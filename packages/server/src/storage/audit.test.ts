import { type RawBuilder, sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, appendAudit, verifyAudit } from './audit.ts';
import type { Storage } from './storage.ts';
import { addStudio, testId, testStorage } from './testing/test-database.ts';

let storage: Storage;
let studioId: string;

beforeEach(async () => {
  storage ??= await testStorage();
  studioId = await addStudio(storage);
});

const entry = (n: number, studio = studioId): AuditEntry => ({
  studioId: studio,
  at: new Date(Date.UTC(2026, 10, 25, 10, 0, n, 123)),
  actorKind: n % 2 ? 'account' : 'system',
  actorId: n % 2 ? testId() : null,
  action: 'client.create',
  subjectKind: 'client',
  subjectId: testId(),
  detail: { n, list: [1.5, 'ü', null], zero: 0 },
});

const append = (n: number) => storage.inStudio(studioId, (tx) => appendAudit(tx, entry(n)));
const verify = (known?: Parameters<typeof verifyAudit>[2]) =>
  storage.inStudio(studioId, (tx) => verifyAudit(tx, studioId, known));
const asOwner = (statement: RawBuilder<unknown>) => storage.inEveryStudio((tx) => statement.execute(tx));

/** What only somebody who is the owner and means it can do. */
const forged = (statement: RawBuilder<unknown>) =>
  storage.inEveryStudio(async (tx) => {
    await sql`alter table audit_entries disable trigger audit_entries_stay`.execute(tx);
    await statement.execute(tx);
    await sql`alter table audit_entries enable trigger audit_entries_stay`.execute(tx);
  });

describe('the audit chain', () => {
  it('is whole when nobody touched it, also when many wrote at once', async () => {
    await Promise.all(Array.from({ length: 24 }, (_, n) => append(n)));
    const verdict = await verify();
    expect(verdict).toMatchObject({ entries: 24, broken: null });
    expect(verdict.head?.seq).toBe(24);
    expect(verdict.head?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lets the next go on before the disk has it, and is acknowledged afterwards', async () => {
    // Test databases sync nothing by themselves; connections made from here on do.
    const syncing = await testStorage();
    const owner = await syncing.database.connectOwner();
    const named = await owner.query<{ name: string }>('select current_database() as name');
    await owner.query(`alter database ${named.rows[0]!.name} set synchronous_commit = on`);
    await owner.end();
    const own = await addStudio(syncing);
    const audited = () =>
      syncing.inStudio(own, async (tx) => {
        await appendAudit(tx, entry(1, own));
        const { rows } = await sql<{ at: string; waits: string }>`
          select pg_current_wal_insert_lsn() as at, current_setting('synchronous_commit') as waits`.execute(tx);
        return rows[0]!;
      });
    for (let i = 0; i < 20; i++) {
      const [written] = await Promise.all([audited(), audited(), audited()]);
      expect(written!.waits).toBe('off');
      const { rows } = await sql<{ isFlushed: boolean }>`
        select pg_current_wal_flush_lsn() > ${written!.at}::pg_lsn as is_flushed`.execute(syncing.db);
      expect(rows[0]!.isFlushed).toBe(true);
    }
  });

  it('grows from transactions of every isolation', async () => {
    const isolations = ['read committed', 'repeatable read', 'serializable'] as const;
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        storage.inStudio(
          studioId,
          async (tx) => {
            await tx.selectFrom('clients').selectAll().execute();
            await appendAudit(tx, entry(n));
          },
          { isolation: isolations[n % 3]! },
        ),
      ),
    );
    expect(await verify()).toMatchObject({ entries: 12, broken: null });
  });

  it('is empty and whole in a new studio, and each studio has its own', async () => {
    expect(await verify()).toEqual({ entries: 0, head: null, broken: null });
    await append(1);
    const other = await addStudio(storage);
    await storage.inStudio(other, (tx) => appendAudit(tx, entry(1, other)));
    expect(await verify()).toMatchObject({ entries: 1, broken: null });
  });

  it('has nothing of a transaction that failed', async () => {
    await append(1);
    await storage
      .inStudio(studioId, async (tx) => {
        await appendAudit(tx, entry(2));
        throw new Error('no');
      })
      .catch(() => {});
    await append(3);
    expect(await verify()).toMatchObject({ entries: 2, broken: null });
  });

  it('can be changed neither by the application nor by the owner', async () => {
    await append(1);
    for (const statement of [
      sql`update audit_entries set action = 'x'`,
      sql`delete from audit_entries`,
      sql`truncate audit_entries`,
    ]) {
      await expect(storage.inStudio(studioId, (tx) => statement.execute(tx))).rejects.toThrow(/permission denied/);
      await expect(asOwner(statement)).rejects.toThrow(/never changed or removed/);
    }
    await expect(
      storage.inStudio(studioId, async (tx) => {
        await sql`select set_config('stipple.removed_studio', ${studioId}, true)`.execute(tx);
        await sql`delete from audit_entries`.execute(tx);
      }),
    ).rejects.toThrow(/permission denied/);
    expect(await verify()).toMatchObject({ entries: 1, broken: null });
  });

  it('goes with its studio when the owner removes that, and with no other', async () => {
    await append(1);
    const other = await addStudio(storage);
    await expect(
      storage.inEveryStudio(async (tx) => {
        await sql`select set_config('stipple.removed_studio', ${other}, true)`.execute(tx);
        await tx.deleteFrom('auditEntries').where('studioId', '=', studioId).execute();
      }),
    ).rejects.toThrow(/never changed or removed/);
    await storage.inEveryStudio(async (tx) => {
      await sql`select set_config('stipple.removed_studio', ${studioId}, true)`.execute(tx);
      await tx.deleteFrom('auditEntries').where('studioId', '=', studioId).execute();
    });
    expect(await verify()).toMatchObject({ entries: 0 });
  });

  it.each([
    ['an entry was changed', 'changed', 3, sql`update audit_entries set detail = '{"n": 4}' where seq = 3`],
    [
      'an hour was changed by a microsecond',
      'changed',
      3,
      sql`update audit_entries set at = at + interval '1 us' where seq = 3`,
    ],
    ['an entry was removed', 'missing', 4, sql`delete from audit_entries where seq = 3`],
    ['the first was removed', 'missing', 2, sql`delete from audit_entries where seq = 1`],
    [
      'an entry was changed and given a hash that fits',
      'missing',
      4,
      sql`update audit_entries set action = 'x', hash = audit_hash(previous_hash, studio_id, seq, at, actor_kind,
        actor_id, 'x', subject_kind, subject_id, detail) where seq = 3`,
    ],
  ] as const)('says where it is broken when %s', async (_, why, seq, statement) => {
    // Only this studio's: the statements name no studio.
    await storage.inEveryStudio(async (tx) => {
      for (const row of await tx.selectFrom('auditEntries').select('studioId').distinct().execute()) {
        await sql`select set_config('stipple.removed_studio', ${row.studioId}, true)`.execute(tx);
        await tx.deleteFrom('auditEntries').where('studioId', '=', row.studioId).execute();
      }
    });
    for (let n = 1; n <= 5; n++) await append(n);
    expect(await verify()).toMatchObject({ broken: null });
    await forged(statement);
    expect(await verify()).toMatchObject({ broken: { seq, why } });
  });

  it('is known to be rewritten or cut off by a head that was kept elsewhere', async () => {
    for (let n = 1; n <= 4; n++) await append(n);
    const { head } = await verify();
    await append(5);
    expect(await verify([head!])).toMatchObject({ broken: null });
    expect(await verify([{ seq: 4, hash: '00'.repeat(32) }])).toMatchObject({ broken: { seq: 4, why: 'rewritten' } });
    await forged(sql`delete from audit_entries where studio_id = ${studioId} and seq >= 4`);
    expect(await verify()).toMatchObject({ entries: 3, broken: null });
    expect(await verify([head!])).toMatchObject({ broken: { seq: 4, why: 'missing' } });
  });
});
