/**
 * Keeps a folder of backups from growing for ever: the latest backup of each of the last days that have one, and the
 * objects that those hold.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MasterKey } from '../keys/master-key.ts';
import { makingName } from '../making-name.ts';
import { folderBlobStore } from '../objects/folder-blob-store.ts';
import { backupsIn, readHeader, readManifest } from './backup-folder.ts';

/** @returns names of the backups removed */
export async function pruneBackups(folder: string, daysKept: number, master: MasterKey): Promise<string[]> {
  const names = backupsIn(folder);
  const latestOfDay = new Map(names.map((name) => [name.slice(0, 10), name]));
  const kept = new Set([...latestOfDay.values()].slice(-daysKept));
  const removed = names.filter((name) => !kept.has(name));
  for (const name of removed) {
    // Under another name first: half a backup must not look like one.
    const going = makingName(join(folder, name));
    await rename(join(folder, name), going);
    await rm(going, { recursive: true });
  }
  if (removed.length > 0) await removeObjectsOfNone(folder, [...kept], master);
  return removed;
}

async function removeObjectsOfNone(folder: string, kept: readonly string[], master: MasterKey): Promise<void> {
  const wanted = new Set<string>();
  for (const name of kept) {
    const header = readHeader(join(folder, name));
    // What another key's backup holds cannot be known, so nothing of the pool may go.
    if (header.keyFingerprint !== master.fingerprint) return;
    for (const object of (await readManifest(join(folder, name), header, master)).objects) wanted.add(object.name);
  }
  const copies = folderBlobStore(join(folder, 'objects'));
  for await (const { name } of copies.list()) if (!wanted.has(name)) await copies.remove(name);
}
