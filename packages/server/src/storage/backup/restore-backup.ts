/**
 * Puts a backup into an empty database and an object store: embedded or any PostgreSQL from 15 on, of the Stipple that
 * made it or a newer one.
 *
 * The tables are made as they were then and filled by COPY, read back and compared with the backup hash for hash, then
 * erasures that came later are applied, all in one transaction; newer migrations follow. Objects are compared by hash
 * and written before that commits. So afterwards everything is there as it was, or nothing is.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { MasterKey } from '../keys/master-key.ts';
import { migrate, readMigrations } from '../migrate.ts';
import type { BlobStore } from '../objects/blob-store.ts';
import { folderBlobStore } from '../objects/folder-blob-store.ts';
import { StorageTrouble } from '../storage-trouble.ts';
import { tallying } from './back-up.ts';
import { backedUpTables, copyInStatement, copyOutStatement, tidySession } from './backed-up-tables.ts';
import { type BackupHeader, type Manifest, KEYS_TABLE, fileOfTable, placeOf, readManifest } from './backup-folder.ts';
import { copyIn, copyOut } from './copy-table.ts';
import { type Erasures, replayErasures } from './erasures-apart.ts';
import { readSealedFile } from './sealed-file.ts';

export interface RestoreTarget {
  /** Of the role that owns the tables, outside any transaction. */
  readonly owner: Client;
  readonly blobs: BlobStore;
}

export interface RestoreReport {
  readonly rows: number;
  readonly objects: number;
  /** Clients that were erased after the backup was made, and now are again. */
  readonly erased: number;
}

/**
 * @param backup folder of the one backup
 * @param master the key it is sealed with (keyOfBackup)
 * @throws StorageTrouble, SealBroken; then the database is as empty as before
 */
export async function restoreBackup(
  backup: string,
  header: BackupHeader,
  master: MasterKey,
  erasures: Erasures,
  { owner, blobs }: RestoreTarget,
): Promise<RestoreReport> {
  const manifest = await readManifest(backup, header, master);
  await tidySession(owner);
  await refuseRecords(owner);
  await makeTablesOfThen(owner, manifest);
  await owner.query('begin');
  try {
    for (const table of manifest.tables) await owner.query(`alter table "${table.name}" no force row level security`);
    await owner.query('delete from master_key');
    await fillTables(owner, backup, header, master, manifest);
    for (const { name, last, isCalled } of manifest.sequences)
      await owner.query('select setval($1::regclass, $2, $3)', [`"${name}"`, last, isCalled]);
    await compareTables(owner, manifest);
    const erased = await replayErasures(owner, erasures);
    for (const table of manifest.tables) await owner.query(`alter table "${table.name}" force row level security`);
    await copyObjects(join(backup, '..', 'objects'), blobs, manifest);
    await owner.query('commit');
    await migrate(owner, readMigrations());
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, objects: manifest.objects.length, erased };
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    throw error;
  }
}

async function refuseRecords(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('select from studios limit 1');
  if (rowCount !== 0)
    throw new StorageTrouble(
      'the database already holds records, and a backup is restored into an empty one only; choose another data folder with --data, or another DATABASE_URL.',
    );
}

async function makeTablesOfThen(owner: Client, { migrations }: Manifest): Promise<void> {
  const known = readMigrations();
  const then = known.slice(0, migrations.length);
  if (then.length < migrations.length || then.some(({ name }, n) => name !== migrations[n]))
    throw new StorageTrouble('the backup was made by a newer Stipple; update Stipple and restore it then.');
  if (then.length === known.length) return;
  await owner.query('drop schema if exists jobs cascade; drop schema public cascade; create schema public');
  await migrate(owner, then);
}

async function fillTables(
  owner: Client,
  backup: string,
  { id }: BackupHeader,
  master: MasterKey,
  { tables }: Manifest,
): Promise<void> {
  for (const table of tables) {
    const path = join(backup, fileOfTable(table.name));
    const rows = readSealedFile(path, master.derive('backup'), placeOf(id, table.name));
    await copyIn(owner, copyInStatement(table), rows);
  }
}

/** What the database says now, against what it said then. The keys are compared by number: an erasure may have changed them. */
async function compareTables(owner: Client, { tables }: Manifest): Promise<void> {
  const present = new Map((await backedUpTables(owner)).map((table) => [table.name, table]));
  for (const { name, rows, sha256 } of tables) {
    const table = present.get(name);
    if (!table) throw new StorageTrouble(`the table ${name} of the backup is none of this Stipple's.`);
    const tally = tallying(copyOut(owner, copyOutStatement(table)));
    for await (const _ of tally.content);
    if (tally.rows() !== rows || (name !== KEYS_TABLE && tally.sha256() !== sha256))
      throw new StorageTrouble(`the table ${name} does not come back as it was; the backup is damaged.`);
  }
}

async function copyObjects(folder: string, blobs: BlobStore, { objects }: Manifest): Promise<void> {
  const copies = folderBlobStore(folder);
  for (const { name, sha256 } of objects) {
    const bytes = await copies.read(name);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new StorageTrouble(`the object ${name} of the backup is ${bytes ? 'damaged' : 'missing'}.`);
    await blobs.write(name, bytes);
  }
}
