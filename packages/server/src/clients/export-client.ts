/**
 * All that a studio has of a client, as one ZIP that the client may take elsewhere.
 *
 * `record.json` holds everything of the database in words of the API, `photos/` the photos as kept, `notes/` what doctors
 * wrote, `plans/` each version's plan.json and numbers. Nothing of the studio's other clients, and no secret of an
 * account, is in it. Read in one transaction, so it is one moment's state.
 *
 * What staff noted about the person belongs to it (GDPR art. 15: personal data, whoever wrote it). A quote that was
 * never sent is the studio's own draft and stays out.
 */
import { zipSync, type Zippable } from 'fflate';
import type { Transaction } from 'kysely';
import { planText } from '@stipple/files/documents/plan-text.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { openJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';
import { careKeyOf, legalKeyOf, readClient } from './client-record.ts';
import { endingOf } from './ending-of.ts';

const jsonFile = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
/** Photos are compressed already. */
const STORED = { level: 0 } as const;

export async function exportClient(tx: Transaction<Tables>, context: StudioContext, id: string): Promise<Uint8Array> {
  const { studioId, storage, now } = context;
  const client = await readClient(tx, context, id);
  if (client.status === 'erased' || client.status === 'merged') throw refused('not-in-this-state', client.status);
  const care = await storage.keys.get(tx, careKeyOf(studioId, id));
  const legal = await storage.keys.get(tx, legalKeyOf(studioId, id));
  const of = <
    Table extends 'screenings' | 'photoConsents' | 'photos' | 'quotes' | 'courses' | 'appointments' | 'plans',
  >(
    table: Table,
  ) =>
    tx
      .selectFrom(table as 'photos')
      .selectAll()
      .where('studioId', '=', studioId)
      .where('clientId', '=', id)
      .execute() as unknown as Promise<Record<string, unknown>[]>;

  const files: Zippable = {};
  const photos = await of('photos');
  for (const { id: photoId, objectId, view, stage } of photos as Record<string, string>[]) {
    const found = await storage.files.get(tx, studioId, objectId!);
    if (!found) continue;
    files[`photos/${stage}-${view}-${photoId}.${endingOf(found.mediaType)}`] = [found.bytes, STORED];
  }
  const plans = await of('plans');
  for (const { id: planId } of plans as Record<string, string>[]) {
    const versions = await tx
      .selectFrom('planVersions')
      .selectAll()
      .where('studioId', '=', studioId)
      .where('planId', '=', planId!)
      .orderBy('n')
      .execute();
    for (const { n, sealed } of versions) {
      const place = sealedPlaces.planVersion(studioId, planId!, n);
      const content = openJson(care.bytes, place, sealed) as { document: PlanDocument; summary: unknown };
      files[`plans/${planId}/${n}/plan.json`] = new TextEncoder().encode(planText(content.document));
      files[`plans/${planId}/${n}/summary.json`] = jsonFile(content.summary);
    }
  }
  const screenings = await of('screenings');
  for (const { id: screeningId, noteObjectId } of screenings as Record<string, string | null>[]) {
    const note = noteObjectId ? await storage.files.get(tx, studioId, noteObjectId) : null;
    if (note) files[`notes/${screeningId}.${endingOf(note.mediaType)}`] = [note.bytes, STORED];
  }
  files['record.json'] = jsonFile({
    exportedAt: now().toISOString(),
    client: { id, status: client.status, createdAt: client.createdAt, profile: client.profile },
    screenings: screenings.map((row) =>
      opened(row, legal.bytes, sealedPlaces.screening(studioId, row['id'] as string)),
    ),
    photoConsents: (await of('photoConsents')).map(plain),
    photos: photos.map(plain),
    plans: plans.map(plain),
    quotes: (await of('quotes')).filter(({ status }) => status !== 'draft').map(plain),
    courses: (await of('courses')).map(plain),
    appointments: (await of('appointments')).map((row) =>
      opened(row, care.bytes, sealedPlaces.appointment(studioId, row['id'] as string)),
    ),
  });
  await audited(tx, context, 'client.export', { kind: 'client', id });
  return zipSync(files);
}

/** Columns that mean something only inside the database. */
const INNER = new Set([
  'studioId',
  'clientId',
  'sealed',
  'factNumber',
  'clashes',
  'skinDays',
  'version',
  'objectId',
  'noteObjectId',
  'thumbnailId',
]);

const plain = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !INNER.has(column)));

/** The row with what it has sealed. */
const opened = (row: Record<string, unknown>, key: Uint8Array, place: string): Record<string, unknown> => ({
  ...plain(row),
  ...(row['sealed'] instanceof Uint8Array ? { content: openJson(key, place, row['sealed']) } : {}),
});
