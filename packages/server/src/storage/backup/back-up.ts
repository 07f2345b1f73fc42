/**
 * Makes a backup while the studio works: every table in one snapshot, every object, in a folder (backup-folder.ts).
 *
 * One REPEATABLE READ transaction reads all tables by COPY, so the backup is the state of one moment, and nobody waits
 * for it. Objects never change once written, so only those are copied that no earlier backup in the folder has. The
 * backup is made under another name and renamed when everything is on the disk; what is interrupted leaves nothing that
 * looks like one.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { MasterKey } from '../keys/master-key.ts';
import { makingName } from '../making-name.ts';
import { folderBlobStore } from '../objects/folder-blob-store.ts';
import { blobNameOf } from '../objects/object-store.ts';
import type { Storage } from '../storage.ts';
import { type BackedUpTable, backedUpTables, copyOutStatement, tidySession } from './backed-up-tables.ts';
import { BACKUP_FORMAT, type BackupHeader, type Manifest, type TableRecord } from './backup-folder.ts';
import { backupName, backupsIn, fileOfTable, placeOf, protect, readHeader, readManifest } from './backup-folder.ts';
import { copyOut } from './copy-table.ts';
import { NO_ERASURES, erasuresIn, eraseFromBackups } from './erasures-apart.ts';
import { rememberFolder } from './known-folders.ts';
import { writeSealedFile } from './sealed-file.ts';

export interface BackUpOptions {
  readonly now: Date;
  /** Lets the backup be opened without the key file. */
  readonly passphrase?: string;
}

export interface BackupReport {
  readonly folder: string;
  readonly rows: number;
  readonly objects: number;
  /** Objects that no earlier backup of the folder had. */
  readonly newObjects: number;
  /** Objects whose bytes are gone from where they should be. */
  readonly missing: readonly string[];
}

/** @param folder of all backups; made if missing */
export async function backUp(storage: Storage, folder: string, options: BackUpOptions): Promise<BackupReport> {
  const final = join(folder, backupName(options.now));
  const making = makingName(final);
  const id = randomUUID();
  const { master } = storage;
  const client = await storage.database.connectOwner();
  try {
    await mkdir(join(making, 'tables'), { recursive: true, mode: 0o700 });
    await tidySession(client);
    await client.query('begin isolation level repeatable read read only');
    const tables: TableRecord[] = [];
    for (const table of await backedUpTables(client)) tables.push(await writeTable(client, table, making, id, storage));
    const copied = await copiedBefore(folder, master);
    const { objects, newObjects, missing } = await copyObjects(client, storage, join(folder, 'objects'), copied);
    const manifest: Manifest = { ...(await factsOf(client)), tables, objects };
    await client.query('commit');

    const text = [Buffer.from(JSON.stringify(manifest))];
    await writeSealedFile(join(making, 'manifest'), master.derive('backup'), placeOf(id, 'manifest'), text);
    const header: BackupHeader = {
      format: BACKUP_FORMAT,
      id,
      madeAt: options.now.toISOString(),
      keyFingerprint: master.fingerprint,
      passphrase: options.passphrase === undefined ? null : protect(master, id, options.passphrase),
    };
    await writeFile(join(making, 'backup.json'), `${JSON.stringify(header, null, 1)}\n`, { mode: 0o600, flush: true });
    for (const path of [join(making, 'tables'), making]) await syncFolder(path);
    await rename(making, final);
    await syncFolder(folder);
    const { owner } = storage.database;
    // Before the erasures, in case they do not get there.
    await rememberFolder(owner, folder, NO_ERASURES);
    const erasures = await erasuresIn(owner);
    await eraseFromBackups(folder, erasures, master);
    await rememberFolder(owner, folder, erasures);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { folder: final, rows, objects: objects.length, newObjects, missing };
  } finally {
    await client.end().catch(() => {});
    await rm(making, { recursive: true, force: true });
  }
}

async function writeTable(
  client: Client,
  table: BackedUpTable,
  backup: string,
  id: string,
  storage: Storage,
): Promise<TableRecord> {
  const tally = tallying(copyOut(client, copyOutStatement(table)));
  const file = fileOfTable(table.name);
  const place = placeOf(id, table.name);
  await writeSealedFile(join(backup, file), storage.master.derive('backup'), place, tally.content);
  return { name: table.name, columns: table.columns, rows: tally.rows(), sha256: tally.sha256() };
}

export interface Tally {
  readonly content: AsyncIterable<Buffer>;
  /** Of what was read so far. */
  rows(): number;
  sha256(): string;
}

/** Counts and hashes what passes; in COPY text every row ends with a line feed, and no value has one. */
export function tallying(content: AsyncIterable<Buffer>): Tally {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    content: (async function* () {
      for await (const part of content) {
        hash.update(part);
        for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) rows++;
        yield part;
      }
    })(),
    rows: () => rows,
    sha256: () => hash.copy().digest('hex'),
  };
}

async function factsOf(client: Client): Promise<Pick<Manifest, 'migrations' | 'sequences' | 'auditHeads'>> {
  const migrations = await client.query<{ name: string }>('select name from schema_migrations order by name');
  const names = (await backedUpTables(client)).flatMap(({ sequences }) => sequences);
  const sequences = [];
  for (const name of names) {
    const { rows } = await client.query<{ last: number; isCalled: boolean }>(
      `select last_value as last, is_called as "isCalled" from "${name}"`,
    );
    sequences.push({ name, ...rows[0]! });
  }
  const heads = await client.query<{ studioId: string; seq: number; hash: string }>(
    `select distinct on (studio_id) studio_id as "studioId", seq, encode(hash, 'hex') as hash
     from audit_entries order by studio_id, seq desc`,
  );
  return { migrations: migrations.rows.map(({ name }) => name), sequences, auditHeads: heads.rows };
}

interface CopiedObjects {
  readonly objects: Manifest['objects'];
  readonly newObjects: number;
  readonly missing: readonly string[];
}

/** Those that can still be opened: neither deleted nor erased. */
async function copyObjects(
  client: Client,
  storage: Storage,
  folder: string,
  copied: ReadonlyMap<string, string>,
): Promise<CopiedObjects> {
  const { rows } = await client.query<{ studio_id: string; id: string }>(
    `select o.studio_id, o.id from objects o join keys k on k.studio_id = o.studio_id and k.id = o.key_id
     where o.deleted_at is null and k.wrapped is not null order by 1, 2`,
  );
  const copies = folderBlobStore(folder);
  const objects: { name: string; sha256: string }[] = [];
  const missing: string[] = [];
  let newObjects = 0;
  for (const { studio_id: studioId, id } of rows) {
    const name = blobNameOf(studioId, id);
    const known = existsSync(join(folder, name)) ? copied.get(name) : undefined;
    const bytes = known === undefined ? await storage.files.blobs.read(name) : null;
    if (bytes) {
      await copies.write(name, bytes);
      newObjects++;
    }
    const sha256 = bytes ? createHash('sha256').update(bytes).digest('hex') : known;
    if (sha256 === undefined) missing.push(name);
    else objects.push({ name, sha256 });
  }
  return { objects, newObjects, missing };
}

/** Hashes of the objects that the latest backup of the folder has. */
async function copiedBefore(folder: string, master: MasterKey): Promise<Map<string, string>> {
  const latest = backupsIn(folder).at(-1);
  if (latest === undefined) return new Map();
  const header = readHeader(join(folder, latest));
  if (header.keyFingerprint !== master.fingerprint) return new Map();
  const { objects } = await readManifest(join(folder, latest), header, master);
  return new Map(objects.map(({ name, sha256 }) => [name, sha256]));
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
