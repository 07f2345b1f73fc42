/**
 * Blobs as files of a folder. A file is written beside its place, synced, renamed, and its folder synced: after a power
 * cut it is there whole or not at all.
 */
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import { makingName } from '../making-name.ts';

export function folderBlobStore(root: string): BlobStore {
  return {
    write: async (name, bytes) => {
      const path = join(root, name);
      const making = makingName(path);
      const firstMade = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        const file = await open(making, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(making, path);
      } catch (error) {
        await rm(making, { force: true });
        throw error;
      }
      await syncFolders(dirname(path), firstMade ? dirname(firstMade) : dirname(path));
    },
    read: async (name) => {
      try {
        return await readFile(join(root, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    remove: (name) => rm(join(root, name), { force: true }),
    list: async function* () {
      let entries;
      try {
        entries = await readdir(root, { withFileTypes: true, recursive: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const found = await stat(path).catch(() => null);
        if (found) yield { name: relative(root, path).split(sep).join('/'), bytes: found.size, changedAt: found.mtime };
      }
    },
  };
}

/** From the inner folder out to the one that was there before, so that new folders last too. */
async function syncFolders(inner: string, outer: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (let folder = inner; ; folder = dirname(folder)) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === outer || folder === dirname(folder)) return;
  }
}
