/** The studio, its places and rooms. */
import type { Transaction } from 'kysely';
import { studioSettings } from '@stipple/files/wire/settings.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { todayIn } from '../request/zone-of.ts';
import { refused } from '../request/refused.ts';
import { asJson } from '../storage/connection.ts';
import { assertExists } from './assert-exists.ts';
import { assertTimeZone } from '../request/assert-time-zone.ts';
import { practitionerCard } from './practitioner-card.ts';
import type { Tables } from '../storage/tables.ts';

const OK = { ok: true as const };
type Span = { from: number; to: number };
type Opening = { weekly: Span[][]; exceptions: { day: string; spans: Span[] }[] };

/** The days of appointments are those of their location's clock: the floor of seven days counts by them. */
async function assertZoneMayChange(
  tx: Transaction<Tables>,
  studioId: string,
  id: string,
  timeZone: string,
  now: Date,
): Promise<void> {
  const { timeZone: before } = await tx
    .selectFrom('locations')
    .select('timeZone')
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (before === timeZone) return;
  const lately = new Date(now.getTime() - 14 * 86_400_000).toISOString().slice(0, 10);
  const standing = await tx
    .selectFrom('appointments')
    .select('id')
    .where('studioId', '=', studioId)
    .where('locationId', '=', id)
    .where('firstDay', '>=', lately)
    .where('status', 'not in', ['cancelled', 'missed'])
    .limit(1)
    .executeTakeFirst();
  if (standing)
    throw refused('not-in-this-state', 'appointments stand by the clock of this location; make a new location');
}

export const studioHandlers = {
  studio: api.studio.handler(({ context: { inStudio, studioId, now } }) =>
    inStudio(async (tx) => {
      const studio = await tx.selectFrom('studios').selectAll().where('id', '=', studioId).executeTakeFirstOrThrow();
      const locations = await tx
        .selectFrom('locations')
        .select(['id', 'name', 'timeZone', 'address', 'opening', 'active'])
        .where('studioId', '=', studioId)
        .orderBy('name')
        .orderBy('id')
        .execute();
      const rooms = await tx
        .selectFrom('rooms')
        .select(['id', 'locationId', 'name', 'active'])
        .where('studioId', '=', studioId)
        .orderBy('name')
        .orderBy('id')
        .execute();
      const practitioners = await tx
        .selectFrom('practitioners')
        .selectAll()
        .where('studioId', '=', studioId)
        .orderBy('name')
        .orderBy('id')
        .execute();
      const certificates = await tx
        .selectFrom('certificates')
        .selectAll()
        .where('studioId', '=', studioId)
        .orderBy('expiresOn', 'desc')
        .execute();
      const zoneOf = new Map(locations.map(({ id, timeZone }) => [id, timeZone]));
      return {
        id: studio.id,
        name: studio.name,
        timeZone: studio.timeZone,
        currency: studio.currency,
        isDemo: studio.isDemo,
        settings: studioSettings.parse(studio.settings),
        locations: locations.map(({ opening, ...of }) => ({ ...of, opening: opening as Opening })),
        rooms,
        practitioners: practitioners.map((row) =>
          practitionerCard(
            row,
            certificates.filter(({ practitionerId }) => practitionerId === row.id),
            todayIn(zoneOf.get(row.locationId) ?? studio.timeZone, now()),
          ),
        ),
      };
    }),
  ),

  changeStudio: api.changeStudio.handler(async ({ input, context }) => {
    const { settings, ...columns } = input;
    if (columns.timeZone) assertTimeZone(columns.timeZone);
    await context.inStudio(async (tx) => {
      const { studioId } = context;
      const studio = await tx
        .selectFrom('studios')
        .select('settings')
        .where('id', '=', studioId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const merged = studioSettings.parse({ ...(studio.settings as object), ...settings });
      await tx
        .updateTable('studios')
        .set({ ...columns, settings: asJson(merged) })
        .where('id', '=', studioId)
        .execute();
      const changed = [...Object.keys(columns), ...Object.keys(settings ?? {})];
      await audited(tx, context, 'studio.change', { kind: 'studio', id: studioId }, { changed });
    });
    return OK;
  }),

  createLocation: api.createLocation.handler(async ({ input, context }) => {
    assertTimeZone(input.timeZone);
    const id = context.newId();
    await context.inStudio(async (tx) => {
      const { opening, ...columns } = input;
      const { studioId } = context;
      await tx
        .insertInto('locations')
        .values({ ...columns, studioId, id, opening: asJson(opening) })
        .execute();
      await audited(tx, context, 'location.create', { kind: 'location', id });
    });
    return { id };
  }),

  changeLocation: api.changeLocation.handler(async ({ input: { id, opening, ...columns }, context }) => {
    if (columns.timeZone) assertTimeZone(columns.timeZone);
    await context.inStudio(async (tx) => {
      const { studioId } = context;
      await assertExists(tx, 'locations', studioId, id);
      if (columns.timeZone) await assertZoneMayChange(tx, studioId, id, columns.timeZone, context.now());
      const change = { ...columns, ...(opening ? { opening: asJson(opening) } : {}) };
      if (Object.keys(change).length > 0)
        await tx.updateTable('locations').set(change).where('studioId', '=', studioId).where('id', '=', id).execute();
      await audited(tx, context, 'location.change', { kind: 'location', id }, { changed: Object.keys(change) });
    });
    return OK;
  }),

  createRoom: api.createRoom.handler(async ({ input, context }) => {
    const id = context.newId();
    const { studioId } = context;
    await context.inStudio(async (tx) => {
      await assertExists(tx, 'locations', studioId, input.locationId);
      await tx
        .insertInto('rooms')
        .values({ ...input, studioId, id })
        .execute();
      await audited(tx, context, 'room.create', { kind: 'room', id });
    });
    return { id };
  }),

  changeRoom: api.changeRoom.handler(async ({ input: { id, ...change }, context }) => {
    const { studioId } = context;
    await context.inStudio(async (tx) => {
      await assertExists(tx, 'rooms', studioId, id);
      if (change.locationId !== undefined) {
        await assertExists(tx, 'locations', studioId, change.locationId);
        await refuseWhileBooked(tx, studioId, id);
      }
      if (Object.keys(change).length > 0)
        await tx.updateTable('rooms').set(change).where('studioId', '=', studioId).where('id', '=', id).execute();
      await audited(tx, context, 'room.change', { kind: 'room', id }, { changed: Object.keys(change) });
    });
    return OK;
  }),
};

/** A room with appointments to come does not walk to another address. */
async function refuseWhileBooked(
  tx: Parameters<typeof assertExists>[0],
  studioId: string,
  roomId: string,
): Promise<void> {
  const booked = await tx
    .selectFrom('appointments')
    .select('id')
    .where('studioId', '=', studioId)
    .where('roomId', '=', roomId)
    .where('status', '=', 'booked')
    .limit(1)
    .executeTakeFirst();
  if (booked) throw refused('not-in-this-state', 'appointments are booked in this room');
}
