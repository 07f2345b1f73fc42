/**
 * Erases a client: the key of profile, photos and plans is destroyed, so that no copy of them opens any more.
 *
 * What the law wants kept stays under its own key until its time is over: that a person was needled on these days,
 * consent and screening, pigment lots, and a name and contact for recalls. A client who never had a session keeps
 * nothing. Records that were merged into this one are erased with it. Future bookings must be cancelled first, so that
 * nobody waits for a person whom the book no longer knows.
 */
import { CompiledQuery, type Transaction } from 'kysely';
import { studioSettings } from '@stipple/files/wire/settings.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import { takeTurns } from '../request/take-turns.ts';
import type { StudioContext } from '../request/request-context.ts';
import { blankTypedTexts } from '../storage/backup/blank-typed-texts.ts';
import { foldersOutOfReach } from '../storage/backup/known-folders.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';
import { eraseProfile, legalKeyOf, readClient } from './client-record.ts';

export interface KeptRecord {
  readonly what: string;
  /** Null until it is destroyed by itself, when what it lies in is there again. */
  readonly until: string | null;
  readonly why: string;
}

/** @param confirmName the client's name, typed again by whoever erases */
export async function eraseClient(
  tx: Transaction<Tables>,
  context: StudioContext,
  id: string,
  confirmName: string,
): Promise<KeptRecord[]> {
  const { studioId, storage, now } = context;
  // Nobody books meanwhile.
  await takeTurns(tx, [id]);
  const { profile, status } = await readClient(tx, context, id);
  if (status === 'erased' || status === 'merged') throw refused('not-in-this-state', status);
  if (confirmName.trim() !== profile.name) throw refused('input-wrong', 'the name is not that of the record');
  const appointments = await tx
    .selectFrom('appointments')
    .select(['id', 'kind', 'status', 'lastDay'])
    .where('studioId', '=', studioId)
    .where('clientId', '=', id)
    .execute();
  const open = appointments.filter((of) => ['booked', 'in-progress'].includes(of.status));
  if (open.length > 0) throw refused('not-in-this-state', `${open.length} bookings are open: cancel them first`);

  const lastNeedled = appointments
    .filter((of) => ['done', 'interrupted'].includes(of.status) && ['session', 'touch-up'].includes(of.kind))
    .map(({ lastDay }) => lastDay)
    .sort()
    .at(-1);
  const legal = legalKeyOf(studioId, id);
  const until = lastNeedled === undefined ? null : await keepUntil(tx, studioId, lastNeedled);
  const { name, email, phone } = profile;
  await eraseRecord(tx, context, id);
  if (until === null) {
    await storage.keys.destroy(tx, legal, now());
  } else {
    const key = await storage.keys.get(tx, legal);
    const sealed = sealJson(key.bytes, sealedPlaces.recallContact(studioId, id), { name, email, phone });
    await tx
      .updateTable('clients')
      .set({ legalSealed: sealed, legalUntil: until })
      .where('studioId', '=', studioId)
      .where('id', '=', id)
      .execute();
  }
  // Backups remember who is erased, and photos go from the disk.
  await enqueue(tx, 'forget-erased');
  const folders = await foldersOutOfReach(storage);
  const unreached: KeptRecord[] = folders.map((folder) => ({
    what: `Name and answers, in the backups in ${folder}`,
    until: null,
    why: 'the folder cannot be reached now; plug it in while Stipple runs, and within a quarter of an hour they are erased there too',
  }));
  await audited(
    tx,
    context,
    'client.erase',
    { kind: 'client', id },
    { legalUntil: until, ...(folders.length > 0 && { backupsOutOfReach: folders.length }) },
  );
  if (until === null) return unreached;
  return [
    ...unreached,
    {
      what: 'Days and kinds of the sessions, consent and screening',
      until,
      why: 'proof of what was done and agreed to',
    },
    { what: 'Pigment lots used', until, why: 'a recall must find everybody who was given a lot' },
    { what: 'Name and contact, sealed', until, why: 'to be told of a recall, for nothing else' },
  ];
}

/** Name and contact of an erased client, for a recall. Null when none is kept. */
export async function recallContact(
  tx: Transaction<Tables>,
  { studioId, storage }: Pick<StudioContext, 'studioId' | 'storage'>,
  id: string,
): Promise<unknown> {
  const row = await tx
    .selectFrom('clients')
    .select('legalSealed')
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row?.legalSealed) return null;
  const key = await storage.keys.get(tx, legalKeyOf(studioId, id));
  return openJson(key.bytes, sealedPlaces.recallContact(studioId, id), row.legalSealed);
}

/** The record and all that was merged into it. */
async function eraseRecord(tx: Transaction<Tables>, context: StudioContext, id: string): Promise<void> {
  const { studioId, storage, now } = context;
  const merged = await tx
    .selectFrom('clients')
    .select('id')
    .where('studioId', '=', studioId)
    .where('mergedInto', '=', id)
    .execute();
  for (const { id: mergedId } of merged) {
    await eraseRecord(tx, context, mergedId);
    await storage.keys.destroy(tx, legalKeyOf(studioId, mergedId), now());
  }
  const photos = await tx
    .deleteFrom('photos')
    .where('studioId', '=', studioId)
    .where('clientId', '=', id)
    .returning(['objectId', 'thumbnailId'])
    .execute();
  for (const { objectId, thumbnailId } of photos) {
    await storage.files.delete(tx, studioId, objectId, now());
    await storage.files.delete(tx, studioId, thumbnailId, now());
  }
  await tx.deleteFrom('messages').where('studioId', '=', studioId).where('clientId', '=', id).execute();
  await tx.deleteFrom('accounts').where('studioId', '=', studioId).where('clientId', '=', id).execute();
  // Whoever has the secret address of the client's calendar follows it no longer.
  await tx
    .updateTable('feeds')
    .set({ revokedAt: now() })
    .where('studioId', '=', studioId)
    .where('kind', '=', 'client')
    .where('subjectId', '=', id)
    .where('revokedAt', 'is', null)
    .execute();
  await blankTypedTexts((text, values) => tx.executeQuery(CompiledQuery.raw(text, [...values])), studioId, id);
  await eraseProfile(tx, context, id);
  await tx.insertInto('erasures').values({ studioId, clientId: id, at: now() }).execute();
}

async function keepUntil(tx: Transaction<Tables>, studioId: string, lastDay: string): Promise<string> {
  const { settings } = await tx
    .selectFrom('studios')
    .select('settings')
    .where('id', '=', studioId)
    .executeTakeFirstOrThrow();
  const { retentionYears = 10 } = studioSettings.partial().parse(settings);
  const year = Number(lastDay.slice(0, 4)) + retentionYears;
  // The first of the next month: a day that every year has.
  const month = Number(lastDay.slice(5, 7));
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}
