/** Restores a backup to where the settings say that records are: database, objects and, with a passphrase, the key file. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readMasterKey, settleMasterKey } from '../keys/master-key.ts';
import { openBlobStore } from '../objects/open-blob-store.ts';
import { openDatabase } from '../open-database.ts';
import type { StorageSettings } from '../storage-settings.ts';
import { StorageTrouble } from '../storage-trouble.ts';
import { backupsIn, keyOfBackup, readHeader } from './backup-folder.ts';
import { erasuresBeside, joined } from './erasures-apart.ts';
import { isInReach, rememberFolder } from './known-folders.ts';
import { type RestoreReport, restoreBackup } from './restore-backup.ts';

/**
 * @param folder of one backup, or of several: then the latest
 * @throws StorageTrouble, SealBroken; then nothing is changed
 */
export async function restoreStudio(
  settings: StorageSettings,
  folder: string,
  passphrase: string | null,
): Promise<RestoreReport & { readonly backup: string }> {
  const backup = backupIn(resolve(folder));
  const header = readHeader(backup);
  const atHand = readMasterKey(settings.keyFile);
  const master = keyOfBackup(header, atHand, passphrase);
  if (atHand && atHand.fingerprint !== master.fingerprint)
    throw new StorageTrouble(
      `${settings.keyFile} holds another key (${atHand.fingerprint}) than the backup is sealed with; move it away, but keep it if anything was sealed with it.`,
    );
  const database = await openDatabase(settings.databaseUrl, settings.dataDir);
  try {
    const owner = await database.connectOwner();
    const erasures = joined(erasuresBeside(dirname(backup)), erasuresBeside(settings.backups.folder));
    try {
      const target = { owner, blobs: openBlobStore(settings.filesUrl) };
      const report = await restoreBackup(backup, header, master, erasures, target);
      settleMasterKey(settings.keyFile, master.bytes);
      const beside = dirname(backup);
      if (isInReach(beside)) await rememberFolder(database.owner, beside, erasuresBeside(beside));
      return { ...report, backup };
    } finally {
      await owner.end();
    }
  } finally {
    await database.close();
  }
}

function backupIn(folder: string): string {
  const latest = backupsIn(folder).at(-1);
  return existsSync(join(folder, 'backup.json')) || latest === undefined ? folder : join(folder, latest);
}
