/**
 * A client's record in the database: the profile sealed with the client's own key, the state beside it.
 *
 * Nothing that names the person is stored outside `sealed`; destroying the key is the erasure. Each change counts the
 * studio's `client_change` up, which client-index.ts follows.
 */
import { sql, type Transaction } from 'kysely';
import type { ClientProfile } from '@stipple/files/wire/clients.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { send } from '../storage/batching-dialect.ts';
import type { DataKey, KeyOwner } from '../storage/keys/key-ring.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';

export type ClientStatus = 'enquiry' | 'active' | 'archived' | 'merged' | 'erased';

export interface ClientRecord {
  readonly id: string;
  readonly status: ClientStatus;
  readonly mergedInto: string | null;
  readonly profile: ClientProfile;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an erased client still shows. */
const ERASED: ClientProfile = {
  name: 'Erased client',
  email: null,
  phone: null,
  bornOn: null,
  sex: null,
  address: '',
  language: 'en',
  presentation: null,
  cause: '',
  notes: '',
  source: '',
};

/** A profile of what is given; the rest empty. */
export const profileOf = (given: Partial<ClientProfile> & { readonly name: string }): ClientProfile => ({
  ...ERASED,
  ...given,
});

export const careKeyOf = (studioId: string, clientId: string): KeyOwner => ({
  studioId,
  ownerId: clientId,
  purpose: 'care',
});
export const legalKeyOf = (studioId: string, clientId: string): KeyOwner => ({
  ...careKeyOf(studioId, clientId),
  purpose: 'legal',
});

export const sealProfile = (key: DataKey, studioId: string, clientId: string, profile: ClientProfile): Buffer =>
  sealJson(key.bytes, sealedPlaces.profile(studioId, clientId), profile);

/**
 * As it was sealed, which nobody but us can have done: rules for what is typed may have grown stricter since, and one
 * old record must not keep the others from being found.
 * @throws SealBroken
 */
export const openProfile = (key: DataKey, studioId: string, clientId: string, sealed: Buffer): ClientProfile => ({
  ...ERASED,
  ...(openJson(key.bytes, sealedPlaces.profile(studioId, clientId), sealed) as Partial<ClientProfile>),
});

/** The number of a change about to be made; other changes of clients of this studio wait until it is committed. */
async function nextChange(tx: Transaction<Tables>, studioId: string): Promise<number> {
  const { clientChange } = await tx
    .updateTable('studios')
    .set({ clientChange: sql`client_change + 1` })
    .where('id', '=', studioId)
    .returning('clientChange')
    .executeTakeFirstOrThrow();
  return clientChange;
}

/** Stores a new client with fresh keys; returns its id. */
export async function insertClient(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'storage' | 'now' | 'newId'>,
  status: 'enquiry' | 'active',
  profile: ClientProfile,
): Promise<string> {
  const { studioId, storage, now, newId } = context;
  const id = newId();
  const at = now();
  const key = await storage.keys.create(tx, careKeyOf(studioId, id), newId(), at);
  await storage.keys.create(tx, legalKeyOf(studioId, id), newId(), at);
  await tx
    .insertInto('clients')
    .values({
      studioId,
      id,
      status,
      sealed: sealProfile(key, studioId, id, profile),
      change: await nextChange(tx, studioId),
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  return id;
}

/** @throws 'not-found' */
export async function readClient(
  tx: Transaction<Tables>,
  { studioId, storage }: Pick<StudioContext, 'studioId' | 'storage'>,
  id: string,
): Promise<ClientRecord> {
  const row = await tx
    .selectFrom('clients')
    .selectAll()
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  const profile = row.sealed
    ? openProfile(await storage.keys.get(tx, careKeyOf(studioId, id)), studioId, id, row.sealed)
    : ERASED;
  return {
    id,
    status: row.status as ClientStatus,
    mergedInto: row.mergedInto,
    profile,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export interface ClientChange {
  readonly status?: ClientStatus;
  readonly profile?: ClientProfile;
  readonly mergedInto?: string;
}

const ACTIVATE = `
  with counted as (update studios set client_change = client_change + 1 where id = $1 returning client_change)
  update clients set status = 'active', change = client_change, version = version + 1, updated_at = $3
  from counted where studio_id = $1 and clients.id = $2 and status = 'enquiry'`;

/** Of an enquiry, once something is agreed on. Goes with the next statement that is waited for. */
export const becomeActive = (
  tx: Transaction<Tables>,
  { studioId, now }: Pick<StudioContext, 'studioId' | 'now'>,
  id: string,
): void => send(tx, ACTIVATE, [studioId, id, now().toISOString()]);

/** @throws 'changed-meanwhile' when the record is no longer at `version` */
export async function updateClient(
  tx: Transaction<Tables>,
  { studioId, storage, now }: Pick<StudioContext, 'studioId' | 'storage' | 'now'>,
  { id, version }: Pick<ClientRecord, 'id' | 'version'>,
  { status, profile, mergedInto }: ClientChange,
): Promise<void> {
  const sealed = profile
    ? sealProfile(await storage.keys.get(tx, careKeyOf(studioId, id)), studioId, id, profile)
    : undefined;
  const { numUpdatedRows } = await tx
    .updateTable('clients')
    .set({
      ...(status === undefined ? {} : { status }),
      ...(sealed === undefined ? {} : { sealed }),
      ...(mergedInto === undefined ? {} : { mergedInto }),
      change: await nextChange(tx, studioId),
      version: version + 1,
      updatedAt: now(),
    })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refused('changed-meanwhile');
}

/** The profile's key is destroyed and the row emptied; what the law keeps has its own key. */
export async function eraseProfile(
  tx: Transaction<Tables>,
  { studioId, storage, now }: Pick<StudioContext, 'studioId' | 'storage' | 'now'>,
  id: string,
): Promise<void> {
  await storage.keys.destroy(tx, careKeyOf(studioId, id), now());
  await tx
    .updateTable('clients')
    .set({
      status: 'erased',
      sealed: null,
      mergedInto: null,
      change: await nextChange(tx, studioId),
      version: sql`version + 1`,
      updatedAt: now(),
    })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .execute();
}
