import { readHeader, backupsIn } from '../storage/backup/backup-folder.ts';
import { backUp, type BackupReport } from '../storage/backup/back-up.ts';
import { pruneBackups } from '../storage/backup/prune-backups.ts';
import type { Storage } from '../storage/storage.ts';
import { join } from 'node:path';

/** When the studio sleeps; by the clock of the computer. */
const HOUR = 2;

/**
 * Makes a backup when none was made since two o'clock of the last night, and removes those that are older than is
 * wanted. So a computer that is off at night makes it when it is switched on. Null when none is due.
 */
export async function backUpWhenDue(storage: Storage, now: Date): Promise<BackupReport | null> {
  const { backups } = storage;
  if (!backups || backups.daysKept === 0) return null;
  const latest = backupsIn(backups.folder).at(-1);
  const latestAt = latest === undefined ? 0 : Date.parse(readHeader(join(backups.folder, latest)).madeAt);
  if (latestAt >= lastNight(now).getTime()) return null;
  const report = await backUp(storage, backups.folder, { now });
  await pruneBackups(backups.folder, backups.daysKept, storage.master);
  return report;
}

function lastNight(now: Date): Date {
  const night = new Date(now);
  night.setHours(HOUR, 0, 0, 0);
  if (night > now) night.setDate(night.getDate() - 1);
  return night;
}
