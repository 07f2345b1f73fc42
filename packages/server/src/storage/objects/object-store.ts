/**
 * Photos and papers: each sealed with a key of its client or studio, its row in the table `objects`, its bytes in a
 * folder or bucket.
 *
 * The object's id is authenticated, so bytes swapped between objects do not open; `get` decrypts the whole and checks
 * it before it returns a byte. The bytes are written before the row is committed: a transaction that fails leaves a
 * blob that nobody knows, which `sweep` removes later; a row without its blob cannot come about.
 */
import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { DataKey, KeyRing } from '../keys/key-ring.ts';
import { inEveryStudio } from '../in-studio.ts';
import { SealBroken, open, seal } from '../keys/seal.ts';
import type { Tables } from '../tables.ts';
import type { BlobStore } from './blob-store.ts';

export interface NewObject {
  readonly studioId: string;
  readonly id: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

export interface StoredObject {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface ObjectStore {
  put(tx: Transaction<Tables>, key: DataKey, object: NewObject): Promise<void>;
  /** Null when it is not there, deleted, or erased. @throws SealBroken, BlobMissing when the bytes are damaged or gone */
  get(tx: Transaction<Tables>, studioId: string, id: string): Promise<StoredObject | null>;
  /** Unreachable with the commit; the bytes go with the next sweep. */
  delete(tx: Transaction<Tables>, studioId: string, id: string, at: Date): Promise<void>;
  /**
   * Removes the bytes of what was deleted or erased before then, and bytes written before then that no row knows. A
   * backup that began before then is done when they go. Returns how many.
   */
  sweep(owner: Kysely<Tables>, before: Date): Promise<number>;
  readonly blobs: BlobStore;
}

/** Thrown when an object's row is there and its bytes are not. */
export class BlobMissing extends Error {
  constructor(studioId: string, id: string) {
    super(`the bytes of object ${studioId}/${id} are missing`);
    this.name = 'BlobMissing';
  }
}

/** The end of a UUID is random in every version; its start is the time in version 7. */
export const blobNameOf = (studioId: string, id: string): string => `${studioId}/${id.slice(-2)}/${id}`;
const placeOf = (studioId: string, id: string): string => `objects/${studioId}/${id}`;

export function objectStore(blobs: BlobStore, keys: KeyRing): ObjectStore {
  return {
    blobs,
    put: async (tx, key, { studioId, id, mediaType, bytes, at }) => {
      await blobs.write(blobNameOf(studioId, id), seal(key.bytes, placeOf(studioId, id), bytes));
      const sha256 = createHash('sha256').update(bytes).digest();
      await tx
        .insertInto('objects')
        .values({ studioId, id, keyId: key.id, mediaType, bytes: bytes.length, sha256, createdAt: at })
        .execute();
    },
    get: async (tx, studioId, id) => {
      const row = await tx
        .selectFrom('objects')
        .innerJoin('keys', (join) =>
          join.onRef('keys.studioId', '=', 'objects.studioId').onRef('keys.id', '=', 'objects.keyId'),
        )
        .select(['objects.mediaType', 'objects.keyId', 'objects.sha256'])
        .where('objects.studioId', '=', studioId)
        .where('objects.id', '=', id)
        .where('objects.deletedAt', 'is', null)
        .where('keys.wrapped', 'is not', null)
        .executeTakeFirst();
      if (!row) return null;
      const key = await keys.byId(tx, studioId, row.keyId);
      const sealed = await blobs.read(blobNameOf(studioId, id));
      if (!sealed) throw new BlobMissing(studioId, id);
      const bytes = open(key.bytes, placeOf(studioId, id), sealed);
      if (!createHash('sha256').update(bytes).digest().equals(row.sha256)) throw new SealBroken(placeOf(studioId, id));
      return { mediaType: row.mediaType, bytes };
    },
    delete: async (tx, studioId, id, at) => {
      await tx
        .updateTable('objects')
        .set({ deletedAt: at })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .where('deletedAt', 'is', null)
        .execute();
    },
    sweep: async (owner, before) => {
      const rows = await inEveryStudio(owner, (tx) =>
        tx
          .selectFrom('objects')
          .innerJoin('keys', (join) =>
            join.onRef('keys.studioId', '=', 'objects.studioId').onRef('keys.id', '=', 'objects.keyId'),
          )
          .select(['objects.studioId', 'objects.id'])
          .where((is) => is.or([is('objects.deletedAt', 'is', null), is('objects.deletedAt', '>=', before)]))
          .where((is) => is.or([is('keys.destroyedAt', 'is', null), is('keys.destroyedAt', '>=', before)]))
          .execute(),
      );
      const wanted = new Set(rows.map(({ studioId, id }) => blobNameOf(studioId, id)));
      let removed = 0;
      for await (const { name, changedAt } of blobs.list()) {
        if (wanted.has(name) || changedAt >= before) continue;
        await blobs.remove(name);
        removed++;
      }
      return removed;
    },
  };
}
