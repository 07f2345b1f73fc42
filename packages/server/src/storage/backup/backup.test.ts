import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendAudit, verifyAudit } from '../audit.ts';
import { masterKeyOf } from '../keys/master-key.ts';
import { openJson, sealJson } from '../keys/seal.ts';
import { sealedPlaces } from '../sealed-places.ts';
import { type Storage, storageOf } from '../storage.ts';
import { contentOf } from '../testing/content-of.ts';
import { AWKWARD, fillStudio } from '../testing/fill-studio.ts';
import { addStudio, testDatabase, testId, testRunFolder, testStorage } from '../testing/test-database.ts';
import { backUp } from './back-up.ts';
import { backupsIn, keyOfBackup, readHeader } from './backup-folder.ts';
import { NO_ERASURES, erasuresBeside, erasuresIn, eraseFromBackups } from './erasures-apart.ts';
import { forgetErased } from './forget-erased.ts';
import { foldersBehind, foldersOutOfReach, forgetFolder } from './known-folders.ts';
import { restoreBackup } from './restore-backup.ts';

const now = new Date('2026-11-25T02:00:00Z');
const later = new Date('2026-11-26T02:00:00Z');
const newFolder = (): string => mkdtempSync(join(testRunFolder(), 'backups-'));

let storage: Storage;
let studioId: string;

interface SomeClient {
  readonly id: string;
  readonly photo: string;
}

async function addClient(name: string): Promise<SomeClient> {
  const [id, photo, bytes] = [testId(), testId(), randomBytes(50_000)];
  await storage.inStudio(studioId, async (tx) => {
    const key = await storage.keys.create(tx, { studioId, ownerId: id, purpose: 'care' }, testId(), now);
    await storage.keys.create(tx, { studioId, ownerId: id, purpose: 'legal' }, testId(), now);
    const sealed = sealJson(key.bytes, sealedPlaces.profile(studioId, id), { name });
    await tx
      .insertInto('clients')
      .values({ studioId, id, status: 'active', sealed, change: 1, createdAt: now, updatedAt: now })
      .execute();
    await storage.files.put(tx, key, { studioId, id: photo, mediaType: 'image/jpeg', bytes, at: now });
    await appendAudit(tx, {
      studioId,
      at: now,
      actorKind: 'system',
      actorId: null,
      action: 'client.create',
      subjectKind: 'client',
      subjectId: id,
      detail: { text: AWKWARD },
    });
  });
  return { id, photo };
}

const nameOf = (from: Storage, id: string): Promise<unknown> =>
  from.inStudio(studioId, async (tx) => {
    const row = await tx
      .selectFrom('clients')
      .select(['sealed', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (!row.sealed) return row.status;
    const key = await from.keys.get(tx, { studioId, ownerId: id, purpose: 'care' });
    return openJson(key.bytes, sealedPlaces.profile(studioId, id), row.sealed);
  });

/** What the clients' route does, as far as storage is concerned. */
async function erase(id: string, at = later): Promise<void> {
  await storage.inStudio(studioId, async (tx) => {
    await storage.keys.destroy(tx, { studioId, ownerId: id, purpose: 'care' }, at);
    await tx.updateTable('clients').set({ status: 'erased', sealed: null }).where('id', '=', id).execute();
    await tx.insertInto('erasures').values({ studioId, clientId: id, at }).execute();
  });
}

async function restored(backup: string, erasures = NO_ERASURES): Promise<Storage & { erased: number }> {
  const database = await testDatabase();
  const objects = pathToFileURL(newFolder()).href;
  const target = storageOf(database, storage.master, objects);
  const owner = await database.connectOwner();
  try {
    const header = readHeader(backup);
    const { erased } = await restoreBackup(backup, header, storage.master, erasures, {
      owner,
      blobs: target.files.blobs,
    });
    return { ...target, erased };
  } finally {
    await owner.end();
  }
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

beforeAll(async () => {
  storage = await testStorage();
  studioId = await addStudio(storage);
  await fillStudio(storage, studioId);
});

describe('a backup', () => {
  it('gives every row and every object back, equal in every byte', async () => {
    const clients = await Promise.all(['Ada', AWKWARD, 'Zoë'].map(addClient));
    const folder = newFolder();
    const report = await backUp(storage, folder, { now });
    expect(report.folder).toBe(join(folder, '2026-11-25T02-00-00Z'));
    expect(report).toMatchObject({ objects: 3, newObjects: 3, missing: [] });
    const copy = await restored(report.folder);
    expect(await contentOf(copy.database)).toEqual(await contentOf(storage.database));
    for (const { id, photo } of clients) {
      expect(await nameOf(copy, id)).toEqual(await nameOf(storage, id));
      const read = (from: Storage) => from.inStudio(studioId, (tx) => from.files.get(tx, studioId, photo));
      expect(await read(copy)).toEqual(await read(storage));
    }
    expect(await copy.inStudio(studioId, (tx) => verifyAudit(tx, studioId))).toMatchObject({ broken: null });
    // The restored one goes on: sequences and security are as they were.
    await copy.inStudio(studioId, (tx) => tx.selectFrom('clients').selectAll().execute());
    expect(await copy.db.selectFrom('clients').selectAll().execute()).toEqual([]);
    await fillStudio(copy, await addStudio(copy));
    const { facts, numbers } = await copy.inEveryStudio((tx) =>
      tx
        .selectFrom('appointments')
        .select(({ fn }) => [
          fn.countAll<number>().as('facts'),
          fn.count<number>('factNumber').distinct().as('numbers'),
        ])
        .executeTakeFirstOrThrow(),
    );
    expect([facts, numbers]).toEqual([4, 4]);
  });

  it('shows nothing in the clear but its date and the fingerprint of its key', async () => {
    const folder = newFolder();
    await addClient('Rumpelstiltskin');
    await backUp(storage, folder, { now });
    const secrets = ['Rumpelstiltskin', studioId, 'client.create'];
    for (const path of filesUnder(folder))
      for (const secret of secrets)
        expect(readFileSync(path).includes(secret) && !path.includes(`${folder}/objects`), `${secret} in ${path}`).toBe(
          false,
        );
  });

  it('is refused when any of its files is altered, cut off, swapped or missing, and the database stays empty', async () => {
    const folder = newFolder();
    await addClient('Ada');
    const { folder: backup } = await backUp(storage, folder, { now });
    const files = filesUnder(backup).filter((path) => !path.endsWith('backup.json'));
    const spoil: [string, (path: string) => void][] = [
      ['altered', (path) => flip(path, -1)],
      ['cut off', (path) => writeFileSync(path, readFileSync(path).subarray(0, -1))],
      ['emptied', (path) => writeFileSync(path, '')],
      ['missing', (path) => rmSync(path)],
    ];
    const database = await testDatabase();
    const owner = await database.connectOwner();
    const blobs = storageOf(database, storage.master, pathToFileURL(newFolder()).href).files.blobs;
    for (const [n, path] of files.entries()) {
      const [how, change] = spoil[n % spoil.length]!;
      const kept = readFileSync(path);
      change(path);
      const restoring = restoreBackup(backup, readHeader(backup), storage.master, NO_ERASURES, { owner, blobs });
      await expect(restoring, `${path} ${how}`).rejects.toThrow();
      writeFileSync(path, kept);
    }
    expect((await owner.query('select from studios')).rowCount).toBe(0);
    const object = filesUnder(join(folder, 'objects'))[0]!;
    flip(object, 40);
    await expect(
      restoreBackup(backup, readHeader(backup), storage.master, NO_ERASURES, { owner, blobs }),
    ).rejects.toThrow(/is damaged/);
    flip(object, 40);
    await restoreBackup(backup, readHeader(backup), storage.master, NO_ERASURES, { owner, blobs });
    await expect(
      restoreBackup(backup, readHeader(backup), storage.master, NO_ERASURES, { owner, blobs }),
    ).rejects.toThrow(/already holds records/);
    await owner.end();
  });

  it('copies only the objects that the folder does not have yet, and says which are gone', async () => {
    const folder = newFolder();
    await addClient('Ada');
    const first = await backUp(storage, folder, { now });
    const { photo } = await addClient('Ben');
    expect(await backUp(storage, folder, { now: later })).toMatchObject({ objects: first.objects + 1, newObjects: 1 });
    expect(backupsIn(folder)).toEqual(['2026-11-25T02-00-00Z', '2026-11-26T02-00-00Z']);
    const name = (await readAll(storage.files.blobs.list())).find((of) => of.endsWith(photo))!;
    const bytes = await storage.files.blobs.read(name);
    await storage.files.blobs.remove(name);
    expect(await backUp(storage, newFolder(), { now })).toMatchObject({ missing: [name] });
    await storage.files.blobs.write(name, bytes!);
  });

  it('opens with its passphrase where the key is not, and with no other', async () => {
    const { folder } = await backUp(storage, newFolder(), { now, passphrase: 'correct horse' });
    const header = readHeader(folder);
    const other = masterKeyOf(randomBytes(32));
    expect(keyOfBackup(header, null, 'correct horse').bytes).toEqual(storage.master.bytes);
    expect(keyOfBackup(header, other, 'correct horse').bytes).toEqual(storage.master.bytes);
    expect(() => keyOfBackup(header, null, 'wrong horse')).toThrow(/not the passphrase/);
    expect(() => keyOfBackup(header, other, null)).toThrow(/the key file has .*recover-key.*passphrase/);
    expect(readFileSync(join(folder, 'backup.json')).includes(storage.master.bytes)).toBe(false);
  });

  it('leaves nothing that looks like a backup when it fails', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'objects'), 'a file where the folder should be');
    await expect(backUp(storage, folder, { now })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['objects']);
  });
});

describe('an erased client', () => {
  it('is erased in the backups of the folder, even for who has the master key', async () => {
    const folder = newFolder();
    const [gone, kept] = [await addClient('Gone'), await addClient('Kept')];
    const { folder: backup } = await backUp(storage, folder, { now });
    await erase(gone.id);
    await eraseFromBackups(folder, await erasuresIn(storage.database.owner), storage.master);
    const copy = await restored(backup);
    await expect(nameOf(copy, gone.id)).rejects.toThrow(/destroyed/);
    expect(await copy.inStudio(studioId, (tx) => copy.files.get(tx, studioId, gone.photo))).toBeNull();
    expect(await nameOf(copy, kept.id)).toEqual({ name: 'Kept' });
    expect(readdirSync(backup).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('is erased again when a backup is restored that was carried elsewhere before', async () => {
    const [folder, elsewhere] = [newFolder(), newFolder()];
    const gone = await addClient('Gone');
    const plan = { studioId, id: testId(), clientId: gone.id, title: 'First plan for Gone', createdAt: now };
    await storage.inStudio(studioId, (tx) => tx.insertInto('plans').values(plan).execute());
    await backUp(storage, folder, { now });
    cpSync(folder, elsewhere, { recursive: true });
    await erase(gone.id);
    await backUp(storage, folder, { now: later });
    const backup = join(elsewhere, '2026-11-25T02-00-00Z');
    expect(await nameOf(await restored(backup), gone.id)).toEqual({ name: 'Gone' });
    const copy = await restored(backup, erasuresBeside(folder));
    expect(copy.erased).toBe(1);
    expect(await nameOf(copy, gone.id)).toBe('erased');
    // What was typed beside the record, too.
    const titles = await copy.inStudio(studioId, (tx) => tx.selectFrom('plans').select('title').execute());
    expect(JSON.stringify(titles)).not.toContain('Gone');
    await expect(
      copy.inStudio(studioId, (tx) => copy.keys.get(tx, { studioId, ownerId: gone.id, purpose: 'care' })),
    ).rejects.toThrow(/destroyed/);
    expect((await erasuresIn(copy.database.owner)).clients.map(({ clientId }) => clientId)).toContain(gone.id);
  });

  it('is erased in every folder that a backup was written to, in one that was away once it is there again', async () => {
    const [nightly, stick] = [newFolder(), newFolder()];
    const backups = { folder: nightly, daysKept: 7 };
    const working = storageOf(storage.database, storage.master, pathToFileURL(newFolder()).href, backups);
    const gone = await addClient('Gone');
    for (const folder of [nightly, stick]) await backUp(working, folder, { now });
    const behind = async () =>
      (await foldersBehind(working, await erasuresIn(storage.database.owner))).filter((folder) => folder === stick);
    expect(await behind()).toEqual([]);
    renameSync(stick, `${stick}-away`);
    await erase(gone.id, new Date('2026-11-27T10:00:00Z'));
    expect(await forgetErased(working)).toBeGreaterThan(0);
    expect(await foldersOutOfReach(working)).toContain(stick);
    expect(await behind()).toEqual([stick]);
    // The place where it belongs, without it.
    mkdirSync(stick);
    await forgetErased(working);
    expect(await foldersOutOfReach(working)).toContain(stick);
    rmdirSync(stick);
    renameSync(`${stick}-away`, stick);
    expect(await behind()).toEqual([stick]);
    await forgetErased(working);
    expect(await behind()).toEqual([]);
    expect(await foldersOutOfReach(working)).not.toContain(stick);
    await expect(nameOf(await restored(join(stick, backupsIn(stick)[0]!)), gone.id)).rejects.toThrow(/destroyed/);
    renameSync(stick, `${stick}-lost`);
    expect(await forgetFolder(storage.database.owner, stick)).toBe(true);
    expect(await foldersOutOfReach(working)).not.toContain(stick);
  });

  it('is in the list without a name', async () => {
    const folder = newFolder();
    const gone = await addClient('Rumpelstiltskin');
    await erase(gone.id);
    await backUp(storage, folder, { now });
    const text = readFileSync(join(folder, 'erasures.json'), 'utf8');
    expect(text).toContain(gone.id);
    expect(text).not.toContain('Rumpel');
    expect(existsSync(join(folder, 'erasures.json.part'))).toBe(false);
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

async function readAll(entries: AsyncIterable<{ name: string }>): Promise<string[]> {
  const names = [];
  for await (const { name } of entries) names.push(name);
  return names;
}
