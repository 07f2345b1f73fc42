/**
 * When a backup is made by itself: once a night, and when the day's work is over before it.
 *
 * A computer that is off at night makes the nightly one when it is switched on, which holds what was there the evening
 * before; so that a day's work is not on one disk alone until then, one is made when the server stops, too. Only what is
 * new since the last is copied, and what is interrupted leaves nothing that looks like a backup.
 */
import { join } from 'node:path';
import { readHeader, backupsIn } from '../storage/backup/backup-folder.ts';
import { backUp, type BackupReport } from '../storage/backup/back-up.ts';
import { pruneBackups } from '../storage/backup/prune-backups.ts';
import type { Storage } from '../storage/storage.ts';
import type { BackupSettings } from '../storage/storage-settings.ts';

/** When the studio sleeps; by the clock of the computer. */
const HOUR = 2;
/** Who stops and starts again makes no backup each time. */
const LEAST_AGE_MS = 4 * 3_600_000;

/**
 * Makes a backup when none was made since two o'clock of the last night, and removes those that are older than is
 * wanted. Null when none is due.
 */
export async function backUpWhenDue(storage: Storage, now: Date): Promise<BackupReport | null> {
  const backups = wantedBy(storage);
  if (!backups || latestIn(backups.folder) >= lastNight(now)) return null;
  return backUpAndPrune(storage, backups, now);
}

/**
 * Makes one when something was done since the last, and that is some hours old. Null otherwise.
 * @param onBegin told when one is begun
 */
export async function backUpBeforeStop(
  storage: Storage,
  now: Date,
  onBegin: () => void = () => {},
): Promise<BackupReport | null> {
  const backups = wantedBy(storage);
  if (!backups) return null;
  const latest = latestIn(backups.folder);
  if (now.getTime() - latest.getTime() < LEAST_AGE_MS || !(await isWorkedAtSince(storage, latest))) return null;
  onBegin();
  return backUpAndPrune(storage, backups, now);
}

const wantedBy = ({ backups }: Storage): BackupSettings | null => (backups && backups.daysKept > 0 ? backups : null);

async function backUpAndPrune(storage: Storage, { folder, daysKept }: BackupSettings, now: Date) {
  const report = await backUp(storage, folder, { now });
  await pruneBackups(folder, daysKept, storage.master);
  return report;
}

/** When the latest was made; long ago where there is none. */
function latestIn(folder: string): Date {
  const latest = backupsIn(folder).at(-1);
  return new Date(latest === undefined ? 0 : readHeader(join(folder, latest)).madeAt);
}

/** Whatever is done is in the audit. A demo is made again by itself. */
async function isWorkedAtSince(storage: Storage, since: Date): Promise<boolean> {
  const entry = await storage.inEveryStudio((tx) =>
    tx
      .selectFrom('auditEntries')
      .innerJoin('studios', 'studios.id', 'auditEntries.studioId')
      .select('seq')
      .where('at', '>', since)
      .where('isDemo', '=', false)
      .limit(1)
      .executeTakeFirst(),
  );
  return entry !== undefined;
}

function lastNight(now: Date): Date {
  const night = new Date(now);
  night.setHours(HOUR, 0, 0, 0);
  if (night > now) night.setDate(night.getDate() - 1);
  return night;
}
