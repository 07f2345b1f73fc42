/**
 * Opens everything that a studio keeps: database, keys, objects.
 *
 *   const storage = await openStorage(readStorageSettings(null, surroundings));
 *   await storage.inStudio(studioId, async (tx) => ...);
 *   await storage.close();
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { POSTGRES_MAJOR } from './embedded/postgres-binaries.ts';
import { type MasterKey, readMasterKey, settleMasterKey } from './keys/master-key.ts';
import { type Database, openDatabase } from './open-database.ts';
import { type Storage, storageOf } from './storage.ts';
import type { StorageSettings } from './storage-settings.ts';
import { StorageTrouble } from './storage-trouble.ts';

/** @throws StorageTrouble with what is wrong and what to do */
export async function openStorage(settings: StorageSettings): Promise<Storage> {
  const database = await openDatabase(settings.databaseUrl, settings.dataDir);
  try {
    const master = await settleKeyFor(database, settings.keyFile);
    return storageOf(database, master, settings.filesUrl, settings.backups);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens what is there and makes nothing: for commands that would have nothing to do with an empty database. */
export async function openExistingStorage(settings: StorageSettings): Promise<Storage> {
  if (settings.databaseUrl === null && !existsSync(join(settings.dataDir, `pg${POSTGRES_MAJOR}`)))
    throw new StorageTrouble(`there are no records in ${settings.dataDir}; name their folder with --data.`);
  return openStorage(settings);
}

/** A new key only where nothing is sealed yet: another one would not open what is there. */
async function settleKeyFor(database: Database, keyFile: string): Promise<MasterKey> {
  const found = readMasterKey(keyFile);
  const client = await database.connectOwner();
  try {
    const { rows } = await client.query<{ fingerprint: string }>('select fingerprint from master_key');
    const known = rows[0]?.fingerprint;
    if (known && !found)
      throw new StorageTrouble(
        `the key file ${keyFile} is missing, and without it nothing can be read; put it back from its copy, or run npx stipple recover-key with the printed sheet.`,
      );
    if (known && found && found.fingerprint !== known)
      throw new StorageTrouble(
        `the key in ${keyFile} (${found.fingerprint}) is not the one that these records are sealed with (${known}); put the right one back, or run npx stipple recover-key with its sheet.`,
      );
    const master = found ?? settleMasterKey(keyFile);
    if (!known)
      await client.query('insert into master_key (fingerprint) values ($1) on conflict do nothing', [
        master.fingerprint,
      ]);
    return master;
  } finally {
    await client.end();
  }
}
