/**
 * A backup is made while a program writes as fast as it can; everything is wiped; the backup is restored into the
 * embedded database and into Debian's PostgreSQL 15. Both hold the same, hash for hash, and what was acknowledged before
 * the backup began.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../audit.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { type StorageSettings, readStorageSettings } from '../storage-settings.ts';
import { contentOf } from '../testing/content-of.ts';
import { type DebianPostgres, startDebianPostgres } from '../testing/debian-postgres.ts';
import { fillStudio } from '../testing/fill-studio.ts';
import { bundleWriter, runWriter } from '../testing/run-writer.ts';
import { addStudio, testId, testRunFolder } from '../testing/test-database.ts';
import { backUp } from './back-up.ts';
import { restoreStudio } from './restore-studio.ts';

const OBJECTS = 60;
const BACKUPS = 3;
const cache = fileURLToPath(new URL('../../../../../.stipple/', import.meta.url));

let debian: DebianPostgres;
let bundle: string;
let program: string;

beforeAll(async () => {
  debian = startDebianPostgres();
  mkdirSync(cache, { recursive: true });
  bundle = mkdtempSync(join(cache, 'writer-'));
  program = await bundleWriter(bundle);
});
afterAll(() => {
  debian?.stop();
  rmSync(bundle, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(testRunFolder(), 'moved-'));
  chmodSync(folder, 0o755);
  return folder;
}
const settingsIn = (folder: string, env: Record<string, string> = {}): StorageSettings =>
  readStorageSettings(folder, { env, platform: 'linux', home: '/nowhere', isRoot: false });

describe('a backup under load', () => {
  it('is restored into the embedded database and into PostgreSQL 15, equal hash for hash', async () => {
    const [folder, backups] = [newFolder(), join(newFolder(), 'backups')];
    const settings = settingsIn(folder);
    const storage = await openStorage(settings);
    const studioId = await addStudio(storage);
    await fillStudio(storage, studioId);
    const objects = await addObjects(storage, studioId);
    const writer = runWriter(program, folder, studioId);
    await writer.atWork;

    let latest = '';
    let before: number[] = [];
    const durationsMs: number[] = [];
    for (let n = 0; n < BACKUPS; n++) {
      before = writer.acknowledged();
      const startedMs = performance.now();
      const report = await backUp(storage, backups, { now: new Date(Date.UTC(2026, 10, 25, 2, n)) });
      durationsMs.push(performance.now() - startedMs);
      expect(report.missing).toEqual([]);
      latest = report.folder;
    }
    const during = writer.acknowledged().length;
    expect(during).toBeGreaterThan(before.length);
    writer.child.kill('SIGKILL');
    await writer.ended;
    await storage.close();

    const copies = [settingsIn(newFolder()), settingsIn(newFolder(), { DATABASE_URL: debian.url })];
    const contents: Record<string, string>[] = [];
    for (const copy of copies) {
      // The master key travels apart from the backup.
      const withKey = { ...copy, keyFile: settings.keyFile };
      const { rows } = await restoreStudio(withKey, latest, null);
      expect(rows).toBeGreaterThan(before.length * 2);
      const restored = await openStorage(withKey);
      contents.push(await contentOf(restored.database));
      const found = await restored.inStudio(studioId, async (tx) => ({
        names: await tx.selectFrom('locations').select('name').execute(),
        audit: await verifyAudit(tx, studioId),
      }));
      const present = new Set(found.names.map(({ name }) => Number(name)));
      expect(before.filter((n) => !present.has(n))).toEqual([]);
      // Of one moment: each location that the program made has its entry, and no entry is without its location.
      expect(found.audit).toMatchObject({ entries: found.names.length - 1, broken: null });
      for (const [id, bytes] of objects)
        expect((await restored.inStudio(studioId, (tx) => restored.files.get(tx, studioId, id)))?.bytes).toEqual(bytes);
      await restored.close();
    }
    expect(contents[1]).toEqual(contents[0]);
    // oxlint-disable-next-line no-console -- a soak's figures are read by people
    console.log(
      `${during} commits while ${BACKUPS} backups took ${durationsMs.map((ms) => Math.round(ms)).join(', ')} ms, ${Object.keys(contents[0]!).length} tables equal`,
    );
  });
});

async function addObjects(storage: Storage, studioId: string): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>();
  await storage.inStudio(studioId, async (tx) => {
    const key = await storage.keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });
    for (let n = 0; n < OBJECTS; n++) {
      const [id, bytes] = [testId(), randomBytes(20_000 + n)];
      objects.set(id, bytes);
      await storage.files.put(tx, key, { studioId, id, mediaType: 'image/jpeg', bytes, at: new Date() });
    }
  });
  return objects;
}
