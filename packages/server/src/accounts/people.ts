/**
 * Accounts in the table: an address is found by its keyed hash and kept sealed.
 *
 * Name and address of staff are sealed with the studio's key, those of a client with the client's own, so that erasing
 * the client erases them too.
 */
import type { Transaction } from 'kysely';
import { type DataKey, KeyDestroyed } from '../storage/keys/key-ring.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface AccountPlace {
  readonly studioId: string;
  readonly id: string;
  readonly clientId: string | null;
}

export const NOBODY: Person = { name: '', email: '' };

export const emailHashOf = ({ keys }: Storage, studioId: string, email: string): Buffer =>
  keys.hash(studioId, 'address of an account', email.trim().toLowerCase());

export const studioKey = (tx: Transaction<Tables>, { keys }: Storage, studioId: string): Promise<DataKey> =>
  keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });

function accountKey(tx: Transaction<Tables>, storage: Storage, { studioId, clientId }: AccountPlace): Promise<DataKey> {
  return clientId === null
    ? studioKey(tx, storage, studioId)
    : storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'care' });
}

const placeOf = ({ studioId, id }: AccountPlace): string => sealedPlaces.account(studioId, id);

export async function sealPerson(
  tx: Transaction<Tables>,
  storage: Storage,
  account: AccountPlace,
  person: Person,
): Promise<Buffer> {
  return sealJson((await accountKey(tx, storage, account)).bytes, placeOf(account), person);
}

/** Nobody when the client was erased. */
export async function openPerson(
  tx: Transaction<Tables>,
  storage: Storage,
  account: AccountPlace & { readonly sealed: Buffer },
): Promise<Person> {
  try {
    return openJson((await accountKey(tx, storage, account)).bytes, placeOf(account), account.sealed) as Person;
  } catch (error) {
    if (error instanceof KeyDestroyed) return NOBODY;
    throw error;
  }
}

export interface FoundAccount extends AccountPlace {
  readonly role: string;
  readonly status: string;
  readonly passwordHash: string | null;
  readonly hasTotp: boolean;
  readonly sealed: Buffer;
}

/** Accounts of all studios but the demo that have this address. */
export function accountsOf(storage: Storage, email: string): Promise<FoundAccount[]> {
  return storage.inEveryStudio(async (tx) => {
    const studios = await tx.selectFrom('studios').select('id').where('isDemo', '=', false).execute();
    if (studios.length === 0) return [];
    const rows = await tx
      .selectFrom('accounts')
      .select(['studioId', 'id', 'clientId', 'role', 'status', 'passwordHash', 'totpConfirmedAt', 'sealed'])
      .where((by) =>
        by.or(
          studios.map((studio) => by.and({ studioId: studio.id, emailHash: emailHashOf(storage, studio.id, email) })),
        ),
      )
      .execute();
    return rows.map(({ totpConfirmedAt, ...row }) => ({ ...row, hasTotp: totpConfirmedAt !== null }));
  });
}
