import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from './backup/back-up.ts';
import { restoreStudio } from './backup/restore-studio.ts';
import { clientConfig } from './connection.ts';
import { type EmbeddedCluster, startCluster } from './embedded/embedded-cluster.ts';
import { readPostmaster } from './embedded/postmaster.ts';
import { settleMasterKey } from './keys/master-key.ts';
import { readRecoverySheet, writeRecoverySheet } from './keys/recovery-sheet.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';
import { type StorageSettings, readStorageSettings } from './storage-settings.ts';
import { addStudio, ownerOf, testRunFolder } from './testing/test-database.ts';

function settingsIn(folder: string, env: Record<string, string> = {}): StorageSettings {
  return readStorageSettings(folder, { env, platform: 'linux', home: '/nowhere', isRoot: false });
}

function newFolder(): string {
  const folder = mkdtempSync(join(testRunFolder(), 'storage-'));
  chmodSync(folder, 0o755);
  return folder;
}

const open = new Set<Storage>();
afterAll(async () => {
  for (const storage of open) await storage.close();
});
async function opened(settings: StorageSettings): Promise<Storage> {
  const storage = await openStorage(settings);
  open.add(storage);
  return storage;
}
async function close(storage: Storage): Promise<void> {
  open.delete(storage);
  await storage.close();
}

const countStudios = async (storage: Storage): Promise<number> =>
  (await storage.inEveryStudio((tx) => tx.selectFrom('studios').select('id').execute())).length;

describe('storage in a folder', () => {
  const folder = newFolder();
  const settings = settingsIn(folder);
  const postmaster = () => readPostmaster(join(folder, 'pg18'));

  it('starts from nothing, is shared while several use it, and stops with the last of them', async () => {
    const first = await opened(settings);
    const studioId = await addStudio(first);
    const second = await opened(settings);
    const { pid } = postmaster()!;
    await close(first);
    expect(postmaster()?.pid).toBe(pid);
    expect(await second.inStudio(studioId, (tx) => tx.selectFrom('studios').select('id').execute())).toHaveLength(1);
    await close(second);
    expect(postmaster()).toBeNull();
  });

  it('is there again after a start, and comes back by itself when its server is killed', async () => {
    const storage = await opened(settings);
    expect(await countStudios(storage)).toBe(1);
    for (let round = 0; round < 3; round++) {
      const { pid } = postmaster()!;
      process.kill(pid, 'SIGKILL');
      // A process of the dead server may answer once more; a statement that meets it dying fails; a later one finds
      // the new server.
      for (let tries = 0; ; tries++) {
        const count = await countStudios(storage).catch(() => null);
        if (count === 1 && postmaster()?.pid !== pid) break;
        expect(tries).toBeLessThan(300);
        await new Promise((done) => setTimeout(done, 100));
      }
      await addStudio(storage);
      await storage.inEveryStudio(async (tx) => {
        const [one] = await tx.selectFrom('studios').select('id').orderBy('createdAt', 'desc').limit(1).execute();
        await tx.deleteFrom('keys').where('studioId', '=', one!.id).execute();
        await tx.deleteFrom('studios').where('id', '=', one!.id).execute();
      });
    }
    await close(storage);
    expect(postmaster()).toBeNull();
  });

  it('refuses to start without its key or with another, and opens with the one from the sheet', async () => {
    const { keyFile } = settings;
    const storage = await opened(settings);
    const sheet = writeRecoverySheet(storage.master.bytes, '2026-11-25');
    await close(storage);
    renameSync(keyFile, `${keyFile}.away`);
    await expect(openStorage(settings)).rejects.toThrow(/key file .* is missing.*recover-key/);
    expect(existsSync(keyFile)).toBe(false);
    settleMasterKey(keyFile, randomBytes(32));
    await expect(openStorage(settings)).rejects.toThrow(/is not the one that these records are sealed with/);
    renameSync(keyFile, `${keyFile}.wrong`);
    settleMasterKey(keyFile, readRecoverySheet(sheet));
    await close(await opened(settings));
    expect(postmaster()).toBeNull();
  });

  it('refuses a database that a newer Stipple wrote, and stops it again', async () => {
    const storage = await opened(settings);
    const owner = await storage.database.connectOwner();
    await owner.query(`insert into schema_migrations (name, sha256) values ('9999-future', 'x')`);
    await close(storage);
    await expect(openStorage(settings)).rejects.toThrow(/newer Stipple .*9999-future.*update Stipple/);
    await owner.end().catch(() => {});
    expect(postmaster()).toBeNull();
  });
});

describe('storage at an address', () => {
  let cluster: EmbeddedCluster;
  let admin: Client;
  beforeAll(async () => {
    cluster = await startCluster(newFolder(), { isThrowaway: true });
    admin = new Client(clientConfig(ownerOf(cluster, 'postgres')));
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await cluster.stop();
  });

  /** A login that is no superuser, as a hosted database gives it. */
  async function newAddress(name: string, rights: string): Promise<string> {
    await admin.query(`create role ${name} login password 'secret' ${rights}`);
    await admin.query(`create database ${name} owner ${name}`);
    return `postgres://${name}:secret@${encodeURIComponent(cluster.host)}:${cluster.port}/${name}`;
  }

  it('says what an administrator has to do where the login may not make the role', async () => {
    const url = await newAddress('humble', '');
    await expect(openStorage(settingsIn(newFolder(), { DATABASE_URL: url }))).rejects.toThrow(
      /may not make the role stipple_app; let an administrator run: create role stipple_app; grant stipple_app to "humble";/,
    );
    await admin.query('create role stipple_app; grant stipple_app to humble');
    await close(await opened(settingsIn(newFolder(), { DATABASE_URL: url })));
    await admin.query('drop database humble');
    await admin.query('drop role stipple_app');
  });

  it('works with a login that may make roles and nothing else, and sees one studio at a time', async () => {
    const url = await newAddress('hosted', 'createrole');
    const folder = newFolder();
    const storage = await opened(settingsIn(folder, { DATABASE_URL: url }));
    const [berlin, lisbon] = [await addStudio(storage), await addStudio(storage)];
    for (const id of [berlin, lisbon]) {
      const ids = await storage.inStudio(id, (tx) => tx.selectFrom('keys').select('studioId').execute());
      expect(ids).toEqual([{ studioId: id }]);
    }
    expect(await storage.db.selectFrom('keys').selectAll().execute()).toEqual([]);
    // The owner of the tables, too, sees none unless every studio is meant.
    expect(await storage.database.owner.selectFrom('keys').selectAll().execute()).toEqual([]);
    expect(await countStudios(storage)).toBe(2);
    const { folder: backup } = await backUp(storage, join(folder, 'backups'), { now: new Date() });
    await close(storage);
    // What it cannot do as no superuser, such as switching triggers off, a restore does without.
    await admin.query('create database other owner hosted');
    const other = settingsIn(folder, { DATABASE_URL: url.replace(/hosted$/, 'other') });
    expect(await restoreStudio(other, backup, null)).toMatchObject({ erased: 0 });
    const copy = await opened(other);
    expect(await countStudios(copy)).toBe(2);
    await close(copy);
  });

  it('says that nothing answers, without the password', async () => {
    const url = 'postgres://me:secret@127.0.0.1:1/none';
    await expect(openStorage(settingsIn(newFolder(), { DATABASE_URL: url }))).rejects.toThrow(
      /^the PostgreSQL at DATABASE_URL cannot be used: nothing answers there\.$/,
    );
  });
});

describe('the settings', () => {
  it('name one folder for everything unless something has an address of its own', () => {
    expect(settingsIn('/data')).toEqual({
      dataDir: '/data',
      databaseUrl: null,
      filesUrl: 'file:///data/objects',
      keyFile: '/data/keys/master.key',
      backups: { folder: '/data/backups', daysKept: 7 },
    });
    const env = {
      DATABASE_URL: 'postgres://db/x',
      FILES_URL: 's3://k:s@h/b',
      KEY_FILE: '/run/key',
      BACKUP_DAYS: '0',
      BACKUP_FOLDER: '/mnt',
    };
    expect(settingsIn('/data', env)).toMatchObject({
      filesUrl: 's3://k:s@h/b',
      keyFile: '/run/key',
      backups: { folder: '/mnt', daysKept: 0 },
    });
  });

  it.each([
    ['linux', false, { XDG_DATA_HOME: '/xdg' }, '/xdg/stipple'],
    ['linux', false, {}, '/home/me/.local/share/stipple'],
    ['linux', true, {}, '/var/lib/stipple'],
    ['darwin', false, {}, '/home/me/Library/Application Support/Stipple'],
    ['linux', false, { STIPPLE_DATA: '/srv/s' }, '/srv/s'],
  ] as const)('keep the records on %s (root: %s, %o) in %s', (platform, isRoot, env, dataDir) => {
    expect(readStorageSettings(null, { env, platform, home: '/home/me', isRoot }).dataDir).toBe(dataDir);
  });

  it('are refused with the name of what is wrong and without its value', () => {
    expect(() => settingsIn('/data', { DATABASE_URL: 'mysql://me:secret@db/x' })).toThrow(
      /^DATABASE_URL is not an address that begins with postgres:\/\//,
    );
    expect(() => settingsIn('/data', { FILES_URL: 'ftp://x' })).toThrow(/^FILES_URL/);
    expect(() => settingsIn('/data', { BACKUP_DAYS: 'many' })).toThrow(/^BACKUP_DAYS/);
  });
});
