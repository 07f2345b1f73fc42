/** A client's photos and what they may be used for: treatment, teaching and marketing are decided apart. */
import type { Transaction } from 'kysely';
import { PHOTO_PURPOSES, type PHOTO_VIEWS } from '@stipple/files/wire/clients.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { careKeyOf, readClient } from './client-record.ts';
import { endingOf } from './ending-of.ts';
import { keepPhoto } from './keep-photo.ts';

type PhotoView = (typeof PHOTO_VIEWS)[number];
type PhotoStage = 'before' | 'fresh' | 'healed' | 'later';

/** What the client decided last for each purpose; nothing decided is no. */
async function consentsOf(tx: Transaction<Tables>, studioId: string, clientId: string) {
  const rows = await tx
    .selectFrom('photoConsents')
    .select(['purpose', 'given'])
    .where('studioId', '=', studioId)
    .where('clientId', '=', clientId)
    .orderBy('decidedAt')
    .orderBy('id')
    .execute();
  const latest = new Map(rows.map(({ purpose, given }) => [purpose, given]));
  const [treatment, teaching, marketing] = PHOTO_PURPOSES.map((purpose) => latest.get(purpose) ?? false);
  return { treatment: treatment!, teaching: teaching!, marketing: marketing! };
}

const wireOf = (row: {
  readonly id: string;
  readonly view: string;
  readonly stage: string;
  readonly takenOn: string | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly addedAt: Date;
}) => ({
  id: row.id,
  view: row.view as PhotoView,
  stage: row.stage as PhotoStage,
  takenOn: row.takenOn,
  widthPx: row.widthPx,
  heightPx: row.heightPx,
  addedAt: row.addedAt.toISOString(),
});

/** The photo's row, when it is the caller's to see. */
async function readPhoto(tx: Transaction<Tables>, context: StudioContext, id: string) {
  const row = await tx
    .selectFrom('photos')
    .selectAll()
    .where('studioId', '=', context.studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  assertOwn(context, row.clientId);
  return row;
}

export const photoHandlers = {
  photoConsents: api.photoConsents.handler(({ input: { clientId }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => {
      await readClient(tx, context, clientId);
      return consentsOf(tx, context.studioId, clientId);
    });
  }),

  decidePhotoConsent: api.decidePhotoConsent.handler(({ input: { clientId, purpose, given }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => {
      const { studioId, newId, now, caller } = context;
      await readClient(tx, context, clientId);
      await tx
        .insertInto('photoConsents')
        .values({ studioId, id: newId(), clientId, purpose, given, decidedAt: now(), recordedBy: accountOf(caller) })
        .execute();
      await audited(tx, context, 'photo-consent.decide', { kind: 'client', id: clientId }, { purpose, given });
      return consentsOf(tx, studioId, clientId);
    });
  }),

  addPhoto: api.addPhoto.handler(async ({ input: { clientId, view, stage, takenOn, file }, context }) => {
    assertOwn(context, clientId);
    const kept = await keepPhoto(new Uint8Array(await file.arrayBuffer()));
    return context.inStudio(async (tx) => {
      const { studioId, storage, newId, now, caller } = context;
      const { status } = await readClient(tx, context, clientId);
      if (status === 'erased' || status === 'merged') throw refused('not-in-this-state', status);
      const { treatment } = await consentsOf(tx, studioId, clientId);
      if (!treatment) throw refused('consent-missing', 'photos for treatment');
      const key = await storage.keys.get(tx, careKeyOf(studioId, clientId));
      const [objectId, thumbnailId, at] = [newId(), newId(), now()];
      const { bytes, mediaType, thumbnail, widthPx, heightPx } = kept;
      await storage.files.put(tx, key, { studioId, id: objectId, mediaType, bytes, at });
      await storage.files.put(tx, key, { studioId, id: thumbnailId, mediaType: 'image/jpeg', bytes: thumbnail, at });
      const row = {
        studioId,
        id: newId(),
        clientId,
        objectId,
        thumbnailId,
        view,
        stage,
        takenOn: takenOn ?? null,
        widthPx,
        heightPx,
        addedBy: accountOf(caller),
        addedAt: at,
      };
      await tx.insertInto('photos').values(row).execute();
      await audited(tx, context, 'photo.add', { kind: 'photo', id: row.id }, { clientId, view, stage });
      return wireOf(row);
    });
  }),

  photos: api.photos.handler(({ input: { clientId }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => {
      await readClient(tx, context, clientId);
      const rows = await tx
        .selectFrom('photos')
        .selectAll()
        .where('studioId', '=', context.studioId)
        .where('clientId', '=', clientId)
        .orderBy('addedAt')
        .execute();
      return { items: rows.map(wireOf) };
    });
  }),

  photoFile: api.photoFile.handler(({ input: { id, size }, context }) =>
    context.inStudio(async (tx) => {
      const { objectId, thumbnailId, view } = await readPhoto(tx, context, id);
      const found = await context.storage.files.get(tx, context.studioId, size === 'small' ? thumbnailId : objectId);
      if (!found) throw refused('not-found');
      const { bytes, mediaType } = found;
      return new File([bytes as Uint8Array<ArrayBuffer>], `${view}.${endingOf(mediaType)}`, { type: mediaType });
    }),
  ),

  removePhoto: api.removePhoto.handler(({ input: { id }, context }) =>
    context.inStudio(async (tx) => {
      const { studioId, storage, now } = context;
      const { objectId, thumbnailId, clientId } = await readPhoto(tx, context, id);
      await tx.deleteFrom('photos').where('studioId', '=', studioId).where('id', '=', id).execute();
      await storage.files.delete(tx, studioId, objectId, now());
      await storage.files.delete(tx, studioId, thumbnailId, now());
      await audited(tx, context, 'photo.remove', { kind: 'photo', id }, { clientId });
      return { ok: true as const };
    }),
  ),
};
