/** Everything that a studio keeps, as the rest of the server sees it: database, keys, objects. */
import type { Kysely, Transaction } from 'kysely';
import { type InStudioOptions, inEveryStudio, inStudio } from './in-studio.ts';
import { type KeyRing, keyRing } from './keys/key-ring.ts';
import type { MasterKey } from './keys/master-key.ts';
import { openBlobStore } from './objects/open-blob-store.ts';
import { type ObjectStore, objectStore } from './objects/object-store.ts';
import type { Database } from './open-database.ts';
import type { BackupSettings } from './storage-settings.ts';
import type { Tables } from './tables.ts';

export interface Storage {
  /** As the application's role: sees a studio's rows inside `inStudio` alone. */
  readonly db: Kysely<Tables>;
  /** One transaction in one studio; see in-studio.ts. */
  inStudio<Result>(
    studioId: string,
    work: (tx: Transaction<Tables>) => Promise<Result>,
    options?: InStudioOptions,
  ): Promise<Result>;
  /** One transaction over every studio, as the owner of the tables: for what no single studio asks. */
  inEveryStudio<Result>(work: (tx: Transaction<Tables>) => Promise<Result>, options?: InStudioOptions): Promise<Result>;
  readonly database: Database;
  readonly keys: KeyRing;
  readonly master: MasterKey;
  readonly files: ObjectStore;
  /** Where the nightly backups go; null for none. */
  readonly backups: BackupSettings | null;
  close(): Promise<void>;
}

/** The parts put together; tests have their own database. */
export function storageOf(
  database: Database,
  master: MasterKey,
  filesUrl: string,
  backups: BackupSettings | null = null,
): Storage {
  const keys = keyRing(master);
  return {
    db: database.db,
    inStudio: (studioId, work, options) => inStudio(database.db, studioId, work, options),
    inEveryStudio: (work, options) => inEveryStudio(database.owner, work, options),
    database,
    keys,
    master,
    files: objectStore(openBlobStore(filesUrl), keys),
    backups,
    close: database.close,
  };
}
