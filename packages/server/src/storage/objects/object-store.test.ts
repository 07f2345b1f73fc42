import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyDestroyed } from '../keys/key-ring.ts';
import { masterKeyOf } from '../keys/master-key.ts';
import { SealBroken } from '../keys/seal.ts';
import { type Storage, storageOf } from '../storage.ts';
import { addStudio, testDatabase, testId, testRunFolder } from '../testing/test-database.ts';
import { BlobMissing, blobNameOf } from './object-store.ts';
import { type TestBucket, openTestBucket } from './testing/bucket.ts';

const SCALP = Buffer.from('a photo of a scalp, as far as this test can tell');
const at = new Date('2026-11-25T10:00:00Z');

let bucket: TestBucket;
let folder: string;
const storages: Record<string, Storage> = {};

beforeAll(async () => {
  bucket = await openTestBucket();
  folder = mkdtempSync(join(testRunFolder(), 'objects-'));
  const database = await testDatabase();
  const master = masterKeyOf(randomBytes(32));
  storages.folder = storageOf(database, master, pathToFileURL(folder).href);
  storages.bucket = storageOf(database, master, bucket.address);
});
afterAll(() => bucket.close());

async function addClient(storage: Storage, studioId: string): Promise<string> {
  const ownerId = testId();
  await storage.inStudio(studioId, (tx) =>
    storage.keys.create(tx, { studioId, ownerId, purpose: 'care' }, testId(), at),
  );
  return ownerId;
}

async function addPhoto(storage: Storage, studioId: string, ownerId: string, bytes = SCALP): Promise<string> {
  const id = testId();
  await storage.inStudio(studioId, async (tx) => {
    const key = await storage.keys.get(tx, { studioId, ownerId, purpose: 'care' });
    await storage.files.put(tx, key, { studioId, id, mediaType: 'image/jpeg', bytes, at });
  });
  return id;
}

const read = (storage: Storage, studioId: string, id: string) =>
  storage.inStudio(studioId, (tx) => storage.files.get(tx, studioId, id));

describe.each(['folder', 'bucket'])('an object in a %s', (kind) => {
  let storage: Storage;
  let studioId: string;
  let clientId: string;
  beforeAll(async () => {
    storage = storages[kind]!;
    studioId = await addStudio(storage);
    clientId = await addClient(storage, studioId);
  });

  it('comes back as it was put', async () => {
    const id = await addPhoto(storage, studioId, clientId);
    expect(await read(storage, studioId, id)).toEqual({ mediaType: 'image/jpeg', bytes: SCALP });
  });

  it('is nothing to another studio', async () => {
    const id = await addPhoto(storage, studioId, clientId);
    const other = await addStudio(storage);
    expect(await read(storage, other, id)).toBeNull();
    expect(await storage.inStudio(other, (tx) => storage.files.get(tx, studioId, id))).toBeNull();
  });

  it('does not open in the place of another of the same client', async () => {
    const [mine, other] = [await addPhoto(storage, studioId, clientId), await addPhoto(storage, studioId, clientId)];
    const blob = await storage.files.blobs.read(blobNameOf(studioId, other));
    await storage.files.blobs.write(blobNameOf(studioId, mine), blob!);
    await expect(read(storage, studioId, mine)).rejects.toThrow(SealBroken);
  });

  it('does not open with any of its bits flipped or its end cut off', async () => {
    const id = await addPhoto(storage, studioId, clientId);
    const blob = (await storage.files.blobs.read(blobNameOf(studioId, id)))!;
    for (const place of [0, 1, 13, 29, blob.length - 1]) {
      const spoilt = Buffer.from(blob);
      spoilt[place]! ^= 4;
      await storage.files.blobs.write(blobNameOf(studioId, id), spoilt);
      await expect(read(storage, studioId, id)).rejects.toThrow(SealBroken);
    }
    await storage.files.blobs.write(blobNameOf(studioId, id), blob.subarray(0, -1));
    await expect(read(storage, studioId, id)).rejects.toThrow(SealBroken);
    await storage.files.blobs.remove(blobNameOf(studioId, id));
    await expect(read(storage, studioId, id)).rejects.toThrow(BlobMissing);
  });

  it('is erased with the key of its client, and of that client alone', async () => {
    const [erased, kept] = [await addClient(storage, studioId), await addClient(storage, studioId)];
    const photo = await addPhoto(storage, studioId, erased);
    const other = await addPhoto(storage, studioId, kept);
    const owner = { studioId, ownerId: erased, purpose: 'care' } as const;
    expect(await storage.inStudio(studioId, (tx) => storage.keys.destroy(tx, owner, at))).toBe(true);
    expect(await storage.inStudio(studioId, (tx) => storage.keys.destroy(tx, owner, at))).toBe(false);
    await expect(storage.inStudio(studioId, (tx) => storage.keys.get(tx, owner))).rejects.toThrow(KeyDestroyed);
    expect(await read(storage, studioId, photo)).toBeNull();
    expect((await read(storage, studioId, other))?.bytes).toEqual(SCALP);
  });

  it('is unreachable once deleted, and its bytes go with the next sweep; so do those that no row knows', async () => {
    const [deleted, kept] = [await addPhoto(storage, studioId, clientId), await addPhoto(storage, studioId, clientId)];
    await storage.inStudio(studioId, (tx) => storage.files.delete(tx, studioId, deleted, at));
    expect(await read(storage, studioId, deleted)).toBeNull();
    await storage
      .inStudio(studioId, async (tx) => {
        const key = await storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'care' });
        await storage.files.put(tx, key, { studioId, id: testId(), mediaType: 'image/jpeg', bytes: SCALP, at });
        throw new Error('changed my mind');
      })
      .catch(() => {});
    expect(await storage.files.sweep(storage.database.owner, new Date(0))).toBe(0);
    expect(await storage.files.sweep(storage.database.owner, new Date('2100-01-01'))).toBeGreaterThanOrEqual(2);
    expect(await storage.files.blobs.read(blobNameOf(studioId, deleted))).toBeNull();
    expect((await read(storage, studioId, kept))?.bytes).toEqual(SCALP);
    expect(await storage.files.sweep(storage.database.owner, new Date('2100-01-01'))).toBe(0);
  });

  it('shows nothing of itself to who has its bytes alone', async () => {
    const id = await addPhoto(storage, studioId, clientId);
    const blob = await storage.files.blobs.read(blobNameOf(studioId, id));
    expect(blob!.includes('scalp')).toBe(false);
  });
});

describe('the folder', () => {
  it('is private, and has nothing half-written in it', async () => {
    const studioId = await addStudio(storages.folder!);
    const id = await addPhoto(storages.folder!, studioId, await addClient(storages.folder!, studioId));
    const path = join(folder, blobNameOf(studioId, id));
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(folder, studioId)).mode & 0o077).toBe(0);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([]);
    expect(readFileSync(path).length).toBe(SCALP.length + 29);
  });

  it('says so when it cannot be written', async () => {
    const studioId = await addStudio(storages.folder!);
    const clientId = await addClient(storages.folder!, studioId);
    writeFileSync(join(folder, studioId), 'a file in the way of the folder');
    await expect(addPhoto(storages.folder!, studioId, clientId)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

describe('the bucket', () => {
  it('is asked again when it fails for a moment, and its refusal comes out', async () => {
    const { blobs } = storages.bucket!.files;
    bucket.failures.push(503, 500);
    await blobs.write('a/b', Buffer.from('x'));
    expect(bucket.objects.get('studio/a/b')?.toString()).toBe('x');
    bucket.failures.push(403);
    await expect(blobs.read('a/b')).rejects.toThrow(/answers 403/);
    bucket.failures.push(500, 500, 500, 500);
    await expect(blobs.read('a/b')).rejects.toThrow(/answers 500/);
    expect((await blobs.read('a/b'))?.toString()).toBe('x');
  });
});
