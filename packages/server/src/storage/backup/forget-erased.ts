/**
 * After an erasure: destroys what is left of the destroyed keys, in the backups and in the database's own files.
 *
 * PostgreSQL keeps the old version of a row for a while, in the table's file and in its write-ahead log. The table of
 * keys is small; rewriting it and closing the log's segments removes both. Only the embedded database lets us do the
 * latter; elsewhere the log goes by the rules of whoever runs it.
 */
import { mkdir } from 'node:fs/promises';
import type { Storage } from '../storage.ts';
import { type Erasures, erasuresIn, eraseFromBackups, unknownTo } from './erasures-apart.ts';
import { foldersElsewhere, isInReach, rememberFolder } from './known-folders.ts';

const NO_PRIVILEGE = '42501';

/**
 * Does nothing when the backups know of every key that was destroyed. Those in a folder out of reach learn of it when
 * this is run while it is there. Returns how many were new to the nightly ones.
 */
export async function forgetErased(storage: Storage): Promise<number> {
  if (!storage.backups) return 0;
  const { folder } = storage.backups;
  const erasures = await erasuresIn(storage.database.owner);
  for (const elsewhere of (await foldersElsewhere(storage)).filter(isInReach))
    // One that cannot be written to is as good as out of reach, and as such it is told (doctor.ts).
    await eraseElsewhere(storage, elsewhere, erasures).catch(() => {});
  const fresh = unknownTo(folder, erasures);
  if (fresh.length === 0) return 0;
  await rewriteKeys(storage);
  // Last, because the list beside the backups is what says that it was done.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await eraseFromBackups(folder, erasures, storage.master);
  return fresh.length;
}

async function eraseElsewhere({ database, master }: Storage, folder: string, erasures: Erasures): Promise<void> {
  if (unknownTo(folder, erasures).length === 0) return;
  await eraseFromBackups(folder, erasures, master);
  await rememberFolder(database.owner, folder, erasures);
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
