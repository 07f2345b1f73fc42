/**
 * Makes one client of two that are the same person: all that `id` has becomes `into`'s.
 *
 * The profile of `into` stays as it is, with empty fields filled from the other; the other record remains, marked, and
 * is erased with this one. What was sealed with the other's keys is sealed anew; photos keep their key, which objects
 * name. When the bookings of the two together break the floor of seven days or overlap, the database refuses and
 * nothing is merged.
 */
import type { Transaction } from 'kysely';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import { takeTurns } from '../request/take-turns.ts';
import type { StudioContext } from '../request/request-context.ts';
import { open, seal } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import { conflictOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';
import type { ClientProfile } from '@stipple/files/wire/clients.ts';
import { careKeyOf, legalKeyOf, readClient, updateClient } from './client-record.ts';

/** Tables whose rows belong to a client and name it in client_id. */
const BELONGING = [
  'photoConsents',
  'photos',
  'plans',
  'quotes',
  'courses',
  'screenings',
  'accounts',
  'messages',
] as const;

export async function mergeClients(
  tx: Transaction<Tables>,
  context: StudioContext,
  id: string,
  into: string,
): Promise<void> {
  const { studioId } = context;
  if (id === into) throw refused('input-wrong', 'a client cannot be merged into itself');
  // Nobody books for either meanwhile.
  await takeTurns(tx, [id, into]);
  const other = await readClient(tx, context, id);
  const kept = await readClient(tx, context, into);
  for (const { status } of [other, kept]) {
    if (status === 'merged' || status === 'erased') throw refused('not-in-this-state', status);
  }
  await resealFor(tx, context, id, into);
  for (const table of BELONGING) {
    await tx
      .updateTable(table as 'photos')
      .set({ clientId: into })
      .where('studioId', '=', studioId)
      .where('clientId', '=', id)
      .execute();
  }
  await tx
    .updateTable('feeds')
    .set({ subjectId: into })
    .where('studioId', '=', studioId)
    .where('kind', '=', 'client')
    .where('subjectId', '=', id)
    .execute();
  try {
    await tx
      .updateTable('appointments')
      .set({ clientId: into })
      .where('studioId', '=', studioId)
      .where('clientId', '=', id)
      .execute();
  } catch (error) {
    const conflict = conflictOf(error);
    throw conflict ? refused(conflict, 'bookings of the two records') : error;
  }
  await updateClient(tx, context, kept, { profile: filled(kept.profile, other.profile) });
  await updateClient(tx, context, other, { status: 'merged', mergedInto: into });
  await audited(tx, context, 'client.merge', { kind: 'client', id }, { into });
}

/** `kept`, with what it lacks taken from the other; notes of both. */
function filled(kept: ClientProfile, other: ClientProfile): ClientProfile {
  const notes = [kept.notes, other.notes].filter(Boolean).join('\n\n').slice(0, 10_000);
  const lacking = Object.entries(other).filter(([field]) => !kept[field as keyof ClientProfile]);
  return { ...kept, ...Object.fromEntries(lacking), notes };
}

/** Rows with an id and one sealed column, each with the key it is sealed with. */
const SEALED = [
  { table: 'appointments', keyOf: careKeyOf, placeOf: sealedPlaces.appointment },
  { table: 'accounts', keyOf: careKeyOf, placeOf: sealedPlaces.account },
  { table: 'messages', keyOf: careKeyOf, placeOf: sealedPlaces.message },
  { table: 'screenings', keyOf: legalKeyOf, placeOf: sealedPlaces.screening },
] as const;

/** What is sealed with the keys of `id` is from now on sealed with those of `into`. */
async function resealFor(tx: Transaction<Tables>, context: StudioContext, id: string, into: string): Promise<void> {
  const { studioId, storage } = context;
  const resealer = async (keyOf: typeof careKeyOf) => {
    const from = await storage.keys.get(tx, keyOf(studioId, id));
    const to = await storage.keys.get(tx, keyOf(studioId, into));
    return (place: string, sealed: Buffer): Buffer => seal(to.bytes, place, open(from.bytes, place, sealed));
  };
  for (const { table, keyOf, placeOf } of SEALED) {
    const reseal = await resealer(keyOf);
    const rows = await tx
      .selectFrom(table as 'appointments')
      .select(['id', 'sealed'])
      .where('studioId', '=', studioId)
      .where('clientId', '=', id)
      .where('sealed', 'is not', null)
      .execute();
    for (const row of rows) {
      await tx
        .updateTable(table as 'appointments')
        .set({ sealed: reseal(placeOf(studioId, row.id), row.sealed!) })
        .where('studioId', '=', studioId)
        .where('id', '=', row.id)
        .execute();
    }
  }
  const reseal = await resealer(careKeyOf);
  const plans = await tx
    .selectFrom('plans')
    .innerJoin('planVersions', (join) =>
      join.onRef('plans.studioId', '=', 'planVersions.studioId').onRef('plans.id', '=', 'planVersions.planId'),
    )
    .select(['planVersions.planId', 'planVersions.n', 'planVersions.sealed'])
    .where('plans.studioId', '=', studioId)
    .where('plans.clientId', '=', id)
    .execute();
  for (const { planId, n, sealed } of plans) {
    await tx
      .updateTable('planVersions')
      .set({ sealed: reseal(sealedPlaces.planVersion(studioId, planId, n), sealed) })
      .where('studioId', '=', studioId)
      .where('planId', '=', planId)
      .where('n', '=', n)
      .execute();
  }
}
