/**
 * The keys of a studio: one for itself, two for each client. They lie in the table `keys`, wrapped by the master key.
 *
 * 'care' opens profile, photos and plans; 'legal' the minimum that the law keeps (consent, lots, recall contact).
 * Destroying a key makes everything that it sealed unreadable, wherever copies of it are.
 */
import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { type MasterKey, keyedHash } from './master-key.ts';
import { open, seal } from './seal.ts';

/** Of whom and for what; the owner of a studio's own key is the studio. */
export interface KeyOwner {
  readonly studioId: string;
  readonly ownerId: string;
  readonly purpose: 'studio' | 'care' | 'legal';
}

export interface DataKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Thrown when what is asked for was erased. */
export class KeyDestroyed extends Error {
  constructor() {
    super('the key was destroyed; what it sealed is erased');
    this.name = 'KeyDestroyed';
  }
}

export interface KeyRing {
  /** Makes a new key and stores it; `id` and `at` are the caller's. */
  create(tx: Transaction<Tables>, owner: KeyOwner, id: string, at: Date): Promise<DataKey>;
  /** @throws KeyDestroyed, RangeError when there never was one */
  get(tx: Transaction<Tables>, owner: KeyOwner): Promise<DataKey>;
  /** The same by the key's id. */
  byId(tx: Transaction<Tables>, studioId: string, id: string): Promise<DataKey>;
  /** Of many owners at once, such as for a list of clients; those destroyed are missing. */
  ofMany(
    tx: Transaction<Tables>,
    studioId: string,
    ownerIds: readonly string[],
    purpose: KeyOwner['purpose'],
  ): Promise<Map<string, DataKey>>;
  /** Of a row of the table that was read already. @throws KeyDestroyed */
  unwrap(row: { readonly studioId: string; readonly id: string; readonly wrapped: Buffer | null }): DataKey;
  /** For good. Returns false when it was destroyed before. */
  destroy(tx: Transaction<Tables>, owner: KeyOwner, at: Date): Promise<boolean>;
  /** For finding something without keeping it: the same text gives the same bytes, in this studio and for this use. */
  hash(studioId: string, use: string, text: string): Buffer;
}

const KEY_BYTES = 32;
const placeOf = (studioId: string, id: string): string => `keys/${studioId}/${id}`;

export function keyRing(master: MasterKey): KeyRing {
  const wrapping = master.derive('wrap');

  const unwrap = (row: { studioId: string; id: string; wrapped: Buffer | null } | undefined): DataKey => {
    if (!row) throw new RangeError('there is no such key');
    if (!row.wrapped) throw new KeyDestroyed();
    return { id: row.id, bytes: open(wrapping, placeOf(row.studioId, row.id), row.wrapped) };
  };

  return {
    create: async (tx, { studioId, ownerId, purpose }, id, at) => {
      const bytes = randomBytes(KEY_BYTES);
      await tx
        .insertInto('keys')
        .values({
          studioId,
          id,
          ownerKind: purpose === 'studio' ? 'studio' : 'client',
          ownerId,
          purpose,
          wrapped: seal(wrapping, placeOf(studioId, id), bytes),
          createdAt: at,
        })
        .execute();
      return { id, bytes };
    },
    get: async (tx, { studioId, ownerId, purpose }) =>
      unwrap(
        await tx
          .selectFrom('keys')
          .select(['studioId', 'id', 'wrapped'])
          .where('studioId', '=', studioId)
          .where('ownerId', '=', ownerId)
          .where('purpose', '=', purpose)
          .executeTakeFirst(),
      ),
    byId: async (tx, studioId, id) =>
      unwrap(
        await tx
          .selectFrom('keys')
          .select(['studioId', 'id', 'wrapped'])
          .where('studioId', '=', studioId)
          .where('id', '=', id)
          .executeTakeFirst(),
      ),
    ofMany: async (tx, studioId, ownerIds, purpose) => {
      if (ownerIds.length === 0) return new Map();
      const rows = await tx
        .selectFrom('keys')
        .select(['studioId', 'id', 'ownerId', 'wrapped'])
        .where('studioId', '=', studioId)
        .where('ownerId', 'in', ownerIds)
        .where('purpose', '=', purpose)
        .where('wrapped', 'is not', null)
        .execute();
      return new Map(rows.map((row) => [row.ownerId, unwrap(row)]));
    },
    unwrap,
    destroy: async (tx, { studioId, ownerId, purpose }, at) => {
      const { numUpdatedRows } = await tx
        .updateTable('keys')
        .set({ wrapped: null, destroyedAt: at })
        .where('studioId', '=', studioId)
        .where('ownerId', '=', ownerId)
        .where('purpose', '=', purpose)
        .where('wrapped', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    hash: (studioId, use, text) => keyedHash(master, studioId, use, text),
  };
}
