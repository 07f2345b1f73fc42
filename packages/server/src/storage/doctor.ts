/**
 * Looks a studio's records over and says what it finds: what is well, what will become trouble, what is trouble.
 *
 * Reads only. With `isThorough` every object is opened and checked to its last byte, else it is only looked whether the
 * bytes are there.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyAudit } from './audit.ts';
import { backupsIn, readHeader, readManifest } from './backup/backup-folder.ts';
import { erasuresIn } from './backup/erasures-apart.ts';
import { foldersBehind } from './backup/known-folders.ts';
import { readMasterKey } from './keys/master-key.ts';
import { blobNameOf } from './objects/object-store.ts';
import { openExistingStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';
import type { StorageSettings } from './storage-settings.ts';

export interface Finding {
  readonly about: 'key file' | 'disk' | 'database' | 'clock' | 'objects' | 'audit' | 'backups';
  readonly state: 'good' | 'warning' | 'trouble';
  readonly text: string;
}

export interface DoctorOptions {
  readonly now: () => Date;
  readonly isThorough?: boolean;
}

const GB = 1e9;
const DAY_MS = 24 * 3_600_000;

export async function doctor(settings: StorageSettings, options: DoctorOptions): Promise<Finding[]> {
  const found: Finding[] = [keyFinding(settings), await diskFinding(settings)];
  let storage: Storage;
  try {
    storage = await openExistingStorage(settings);
  } catch (error) {
    return [...found, { about: 'database', state: 'trouble', text: (error as Error).message }];
  }
  try {
    found.push(
      await databaseFinding(storage),
      await clockFinding(storage, options.now),
      await objectsFinding(storage, options.isThorough ?? false),
      ...(await auditFindings(storage, settings)),
      backupsFinding(settings, options.now()),
      ...sameDiskFindings(settings),
      ...(await erasureFindings(storage)),
    );
  } finally {
    await storage.close();
  }
  return found;
}

function keyFinding({ keyFile, dataDir }: StorageSettings): Finding {
  const about = 'key file';
  try {
    const key = readMasterKey(keyFile);
    if (!key) return { about, state: 'warning', text: `there is none at ${keyFile} yet; the first start makes it.` };
    const isBesideData = keyFile.startsWith(join(dataDir, ''));
    return {
      about,
      state: 'good',
      text: `${keyFile} is private; its fingerprint is ${key.fingerprint}.${isBesideData ? ' Keep a printed recovery sheet: it lies on the same disk as the records.' : ''}`,
    };
  } catch (error) {
    return { about, state: 'trouble', text: (error as Error).message };
  }
}

/** The folder, or where it would be made. */
const nearestOf = (folder: string): string => (existsSync(folder) ? folder : nearestOf(dirname(folder)));

async function diskFinding({ dataDir }: StorageSettings): Promise<Finding> {
  const folder = nearestOf(dataDir);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GB;
  return {
    about: 'disk',
    state: free < 0.5 ? 'trouble' : free < 5 ? 'warning' : 'good',
    text: `${free.toFixed(1)} GB are free at ${folder}${free < 5 ? '; free some space before the database has to stop' : ''}.`,
  };
}

async function databaseFinding({ database }: Storage): Promise<Finding> {
  const owner = await database.connectOwner();
  try {
    const { rows } = await owner.query<{ version: string; bytes: number; fsync: string; applied: number }>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
              pg_database_size(current_database()) as bytes, (select count(*) from schema_migrations) as applied`,
    );
    const { version, bytes, fsync, applied } = rows[0]!;
    const facts = `PostgreSQL ${version}, ${(bytes / 1e6).toFixed(0)} MB, ${applied} migrations`;
    return fsync === 'on'
      ? { about: 'database', state: 'good', text: `${facts}.` }
      : {
          about: 'database',
          state: 'trouble',
          text: `${facts}; fsync is off, so a power cut can destroy it: set it on.`,
        };
  } finally {
    await owner.end();
  }
}

/** A clock that went back would date entries before those that are there already. */
async function clockFinding(storage: Storage, now: () => Date): Promise<Finding> {
  const latest = await storage.inEveryStudio((tx) =>
    tx
      .selectFrom('auditEntries')
      .select(({ fn }) => fn.max('at').as('at'))
      .executeTakeFirst(),
  );
  const aheadMs = (latest?.at?.getTime() ?? 0) - now().getTime();
  return aheadMs > 60_000
    ? {
        about: 'clock',
        state: 'trouble',
        text: `this computer's clock is ${Math.round(aheadMs / 60_000)} minutes behind the latest entry; set it right.`,
      }
    : { about: 'clock', state: 'good', text: `it is ${now().toISOString()}.` };
}

async function objectsFinding(storage: Storage, isThorough: boolean): Promise<Finding> {
  const rows = await storage.inEveryStudio((tx) =>
    tx
      .selectFrom('objects')
      .innerJoin('keys', (join) =>
        join.onRef('keys.studioId', '=', 'objects.studioId').onRef('keys.id', '=', 'objects.keyId'),
      )
      .select(['objects.studioId', 'objects.id'])
      .where('objects.deletedAt', 'is', null)
      .where('keys.wrapped', 'is not', null)
      .execute(),
  );
  const present = new Set<string>();
  for await (const { name } of storage.files.blobs.list()) present.add(name);
  const missing = rows.filter(({ studioId, id }) => !present.has(blobNameOf(studioId, id)));
  const damaged: string[] = [];
  if (isThorough)
    for (const { studioId, id } of rows.filter((row) => !missing.includes(row)))
      await storage
        .inEveryStudio((tx) => storage.files.get(tx, studioId, id))
        .catch(() => damaged.push(blobNameOf(studioId, id)));
  if (missing.length + damaged.length === 0)
    return { about: 'objects', state: 'good', text: `all ${rows.length} are there${isThorough ? ' and whole' : ''}.` };
  const names = [...missing.map(({ studioId, id }) => blobNameOf(studioId, id)), ...damaged];
  return {
    about: 'objects',
    state: 'trouble',
    text: `of ${rows.length}, ${missing.length} are missing and ${damaged.length} damaged; bring them back from a backup: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' ...' : ''}`,
  };
}

/** Compared with what the backups remember. */
export async function auditFindings(storage: Storage, { backups: { folder } }: StorageSettings): Promise<Finding[]> {
  const heads = [];
  for (const name of backupsIn(folder)) {
    const header = readHeader(join(folder, name));
    if (header.keyFingerprint === storage.master.fingerprint)
      heads.push(...(await readManifest(join(folder, name), header, storage.master)).auditHeads);
  }
  const studios = await storage.inEveryStudio((tx) => tx.selectFrom('studios').select('id').orderBy('id').execute());
  const findings: Finding[] = [];
  for (const { id } of studios) {
    const known = heads.filter(({ studioId }) => studioId === id);
    const { entries, broken, head } = await storage.inEveryStudio((tx) => verifyAudit(tx, id, known), {
      isolation: 'repeatable read',
    });
    findings.push(
      broken
        ? {
            about: 'audit',
            state: 'trouble',
            text: `the chain of studio ${id} is broken at entry ${broken.seq}: ${broken.why}.`,
          }
        : {
            about: 'audit',
            state: 'good',
            text: `the chain of studio ${id} is whole: ${entries} entries${head ? `, head ${head.hash.slice(0, 16)}` : ''}${known.length > 0 ? `, as ${known.length} backups remember it` : ''}.`,
          },
    );
  }
  return findings;
}

function backupsFinding({ backups: { folder } }: StorageSettings, now: Date): Finding {
  const about = 'backups';
  const latest = backupsIn(folder).at(-1);
  if (latest === undefined)
    return { about, state: 'warning', text: `there is none in ${folder} yet; make one with npx stipple backup.` };
  const ageDays = (now.getTime() - Date.parse(readHeader(join(folder, latest)).madeAt)) / DAY_MS;
  const unfinished = readdirSync(folder).filter((name) => name.endsWith('.part')).length;
  const rest = unfinished > 0 ? ` ${unfinished} that were interrupted may be deleted.` : '';
  return ageDays > 2
    ? { about, state: 'warning', text: `the latest in ${folder} is ${Math.floor(ageDays)} days old.${rest}` }
    : { about, state: 'good', text: `${backupsIn(folder).length} in ${folder}, the latest of ${latest}.${rest}` };
}

/** What takes the disk takes both. */
function sameDiskFindings({ databaseUrl, filesUrl, dataDir, backups: { folder } }: StorageSettings): Finding[] {
  const isHere = databaseUrl === null || filesUrl.startsWith('file:');
  if (!isHere || statSync(nearestOf(folder)).dev !== statSync(nearestOf(dataDir)).dev) return [];
  const text = `${folder} is on the same disk as the records; set BACKUP_FOLDER to another disk, or carry a backup away with npx stipple backup --to.`;
  return [{ about: 'backups', state: 'warning', text }];
}

/** An erasure that has not come to a folder of backups yet. */
async function erasureFindings(storage: Storage): Promise<Finding[]> {
  const folders = await foldersBehind(storage, await erasuresIn(storage.database.owner));
  return folders.map((folder) => ({
    about: 'backups',
    state: 'warning',
    text: `clients erased since can still be read in ${folder}; plug it in while Stipple runs, and within a quarter of an hour they cannot. If those backups are gone for good: npx stipple backup --forget ${folder}`,
  }));
}
