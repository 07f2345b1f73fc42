/**
 * The folders that backups were written to, so that an erasure reaches each of them, be it days later.
 *
 * A folder is in reach where a backup lies in it: the place where a stick belongs may be there without the stick. Of one
 * out of reach is known which erasures its backups have heard of, and so whether somebody erased can be read there.
 */
import { resolve } from 'node:path';
import type { Storage } from '../storage.ts';
import { backupsIn } from './backup-folder.ts';
import { type Erasures, unknownTo } from './erasures-apart.ts';

type Owner = Storage['database']['owner'];

interface KnownFolder {
  readonly folder: string;
  /** When the latest erasure was that its backups know of. */
  readonly erasedTo: Date | null;
}

const foldersOf = (owner: Owner): Promise<KnownFolder[]> =>
  owner.selectFrom('backupFolders').selectAll().orderBy('folder').execute();

export function isInReach(folder: string): boolean {
  try {
    return backupsIn(folder).length > 0;
  } catch {
    return false;
  }
}

/** @param erasures that the backups of the folder know of now */
export async function rememberFolder(owner: Owner, folder: string, { keys }: Erasures): Promise<void> {
  const latest = keys
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const erasedTo = latest === undefined ? null : new Date(latest);
  await owner
    .insertInto('backupFolders')
    .values({ folder: resolve(folder), erasedTo })
    .onConflict((on) => on.column('folder').doUpdateSet({ erasedTo }))
    .execute();
}

/** For one whose backups are gone for good. */
export const forgetFolder = async (owner: Owner, folder: string): Promise<boolean> =>
  (await owner.deleteFrom('backupFolders').where('folder', '=', resolve(folder)).executeTakeFirst()).numDeletedRows > 0;

/** All but the one that the nightly backups go to. */
export async function foldersElsewhere({
  database,
  backups,
}: Pick<Storage, 'database' | 'backups'>): Promise<string[]> {
  return (await foldersOf(database.owner)).map(({ folder }) => folder).filter((folder) => folder !== backups?.folder);
}

/** Where an erasure of now does not reach. */
export const foldersOutOfReach = async (storage: Pick<Storage, 'database' | 'backups'>): Promise<string[]> =>
  (await foldersElsewhere(storage)).filter((folder) => !isInReach(folder));

/** Where somebody erased can still be read. */
export async function foldersBehind({ database }: Pick<Storage, 'database'>, erasures: Erasures): Promise<string[]> {
  const isBehind = ({ folder, erasedTo }: KnownFolder) =>
    isInReach(folder)
      ? unknownTo(folder, erasures).length > 0
      : erasures.keys.some(({ at }) => erasedTo === null || Date.parse(at) > erasedTo.getTime());
  return (await foldersOf(database.owner)).filter(isBehind).map(({ folder }) => folder);
}
