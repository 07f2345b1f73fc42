import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { appendAudit } from './audit.ts';
import { addStudio, testStorage } from './testing/test-database.ts';

it('what was audited is on its way to the disk before it is acknowledged, by one sync for many', async () => {
  const storage = await testStorage();
  // Test databases sync nothing by themselves; connections made from here on do.
  const owner = await storage.database.connectOwner();
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  await owner.query(`alter database ${rows[0]!.name} set synchronous_commit = on`);
  await owner.end();
  const studioId = await addStudio(storage);
  const audited = () =>
    storage.inStudio(studioId, async (tx) => {
      const entry = {
        actorKind: 'system',
        actorId: null,
        action: 'test',
        subjectKind: 'test',
        subjectId: null,
      } as const;
      await appendAudit(tx, { studioId, at: new Date(), ...entry, detail: {} });
      const { rows } = await sql<{ at: string; waits: string }>`
        select pg_current_wal_insert_lsn() as at, current_setting('synchronous_commit') as waits`.execute(tx);
      return rows[0]!;
    });
  for (let i = 0; i < 20; i++) {
    const [written] = await Promise.all([audited(), audited(), audited()]);
    expect(written!.waits).toBe('off');
    const { rows } = await sql<{ isFlushed: boolean }>`
      select pg_current_wal_flush_lsn() > ${written!.at}::pg_lsn as is_flushed`.execute(storage.db);
    expect(rows[0]!.isFlushed).toBe(true);
  }
});
