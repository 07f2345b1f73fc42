/**
 * After an erasure: destroys what is left of the destroyed keys, in the backups and in the database's own files.
 *
 * PostgreSQL keeps the old version of a row for a while, in the table's file and in its write-ahead log. The table of
 * keys is small; rewriting it and closing the log's segments removes both. Only the embedded database lets us do the
 * latter; elsewhere the log goes by the rules of whoever runs it.
 */
import { mkdir } from 'node:fs/promises';
import type { Storage } from '../storage.ts';
import { erasuresBeside, erasuresIn, eraseFromBackups } from './erasures-apart.ts';

const NO_PRIVILEGE = '42501';

/** Does nothing when the backups know of every key that was destroyed. Returns how many were new to them. */
export async function forgetErased(storage: Storage): Promise<number> {
  if (!storage.backups) return 0;
  const { folder } = storage.backups;
  const erasures = await erasuresIn(storage.database.owner);
  const known = new Set(erasuresBeside(folder).keys.map(({ id }) => id));
  const fresh = erasures.keys.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return 0;
  await rewriteKeys(storage);
  // Last, because the list beside the backups is what says that it was done.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await eraseFromBackups(folder, erasures, storage.master);
  return fresh.length;
}

async function rewriteKeys({ database }: Storage): Promise<void> {
  const owner = await database.connectOwner();
  try {
    await owner.query('vacuum full keys');
    for (const statement of ['select pg_switch_wal()', 'checkpoint'])
      await owner.query(statement).catch((error: { code?: string }) => {
        if (error.code !== NO_PRIVILEGE) throw error;
      });
  } finally {
    await owner.end();
  }
}
