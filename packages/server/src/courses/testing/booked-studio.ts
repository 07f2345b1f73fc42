/**
 * A studio with a book, on a database of its own, and its routes as somebody calls them.
 *
 *   const studio = await bookedStudio({ timeZone: 'Europe/Berlin' });
 *   const client = await studio.addClient();
 *   await studio.staff.bookCourse({ … });
 *   await refusalOf(studio.clientOf(client).cancelAppointment({ … }));   // { code, detail, data }
 *
 * The clock stands until a test sets it.
 */
import { randomBytes } from 'node:crypto';
import { createRouterClient, ORPCError } from '@orpc/server';
import type { WireRefusal } from '@stipple/files/wire/route.ts';
import type { Caller, RequestContext } from '../../request/request-context.ts';
import { insertClient, profileOf } from '../../clients/client-record.ts';
import { sealJson } from '../../storage/keys/seal.ts';
import { newId } from '../../storage/new-id.ts';
import { sealedPlaces } from '../../storage/sealed-places.ts';
import type { Storage } from '../../storage/storage.ts';
import { addStudio, testStorage } from '../../storage/testing/test-database.ts';
import { courseHandlers } from '../course-handlers.ts';

const WEEK = (from: number, to: number, days: readonly number[]) =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => (days.includes(day) ? [{ from, to }] : []));

export interface StudioWanted {
  readonly timeZone?: string;
  readonly practitioners?: number;
  readonly rooms?: number;
  /** Weekdays that the location is open, 1 to 7. */
  readonly openDays?: readonly number[];
  readonly openMinutes?: readonly [from: number, to: number];
  readonly maxMinutesADay?: number;
  readonly settings?: object;
  readonly now?: string;
  readonly storage?: Storage;
}

const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

export async function bookedStudio(wanted: StudioWanted = {}) {
  const {
    timeZone = 'Europe/Berlin',
    practitioners = 2,
    rooms = 2,
    openDays = ALL_DAYS,
    openMinutes = [480, 1200],
    maxMinutesADay = 600,
    settings = {},
    now = '2027-03-01T09:00:00Z',
  } = wanted;
  const storage = wanted.storage ?? (await testStorage());
  const studioId = await addStudio(storage, timeZone);
  let nowMs = Date.parse(now);
  const clock = (): Date => new Date(nowMs);
  const makeId = (): string => newId({ now: clock, randomBytes });
  const locationId = makeId();
  const weekly = WEEK(openMinutes[0], openMinutes[1], openDays);
  const practitionerIds = Array.from({ length: practitioners }, makeId).sort();
  const roomIds = Array.from({ length: rooms }, makeId).sort();

  await storage.inEveryStudio((tx) =>
    tx
      .updateTable('studios')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', studioId)
      .execute(),
  );
  await storage.inStudio(studioId, async (tx) => {
    await tx
      .insertInto('locations')
      .values({ studioId, id: locationId, name: 'Shop', timeZone, opening: JSON.stringify({ weekly, exceptions: [] }) })
      .execute();
    for (const id of roomIds) await tx.insertInto('rooms').values({ studioId, id, locationId, name: 'Room' }).execute();
    for (const id of practitionerIds) {
      await tx
        .insertInto('practitioners')
        .values({
          studioId,
          id,
          locationId,
          name: 'Ada',
          skills: ['shaved', 'density'],
          hours: JSON.stringify({ weekly }),
          maxMinutesADay,
        })
        .execute();
      await tx
        .insertInto('certificates')
        .values({
          studioId,
          id: makeId(),
          practitionerId: id,
          skill: 'smp',
          title: 'SMP',
          issuer: 'School',
          issuedOn: '2020-01-01',
          expiresOn: '2035-01-01',
        })
        .execute();
    }
  });

  const contextFor = (caller: Caller): RequestContext => ({
    caller,
    storage,
    now: clock,
    newId: makeId,
    cookies: { get: () => null, set: () => {}, clear: () => {} },
    device: 'test',
    address: '127.0.0.1',
    publicUrl: 'http://localhost',
    isSecureContext: true,
    isDesk: false,
    mail: null,
    idempotencyKey: null,
  });
  const account = (role: 'owner' | 'client' | 'front-desk', clientId: string | null): Caller => ({
    kind: 'account',
    studioId,
    accountId: makeId(),
    signInId: makeId(),
    role,
    clientId,
    practitionerId: null,
  });
  const call = (caller: Caller) => createRouterClient(courseHandlers, { context: contextFor(caller) });

  const addScreening = (clientId: string, outcome: 'clear' | 'stop'): Promise<unknown> =>
    storage.inStudio(studioId, async (tx) => {
      const id = makeId();
      const key = await storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'legal' });
      const sealed = sealJson(key.bytes, sealedPlaces.screening(studioId, id), {});
      await tx
        .insertInto('screenings')
        .values({ studioId, id, clientId, askedVersion: 1, outcome, sealed, takenAt: clock() })
        .execute();
    });

  return {
    storage,
    studioId,
    locationId,
    practitionerIds,
    roomIds,
    timeZone,
    now: clock,
    setNow: (instant: string | number) => void (nowMs = typeof instant === 'number' ? instant : Date.parse(instant)),
    makeId,
    contextFor,
    staff: call(account('front-desk', null)),
    clientOf: (clientId: string) => call(account('client', clientId)),
    anyone: call({ kind: 'anyone' }),
    as: call,
    addScreening,
    addClient: async (outcome: 'clear' | 'none' | 'stop' = 'clear', name = 'Jo Doe'): Promise<string> => {
      const id = await storage.inStudio(studioId, (tx) =>
        insertClient(tx, { studioId, storage, now: clock, newId: makeId }, 'active', profileOf({ name })),
      );
      if (outcome !== 'none') await addScreening(id, outcome);
      return id;
    },
    /** Every appointment as the database has it, in order of time. */
    rows: () =>
      storage.inStudio(studioId, (tx) => tx.selectFrom('appointments').selectAll().orderBy('during').execute()),
  };
}

export type BookedStudio = Awaited<ReturnType<typeof bookedStudio>>;

export interface Refused extends WireRefusal {
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
}

/** The refusal that a call comes to; fails when it comes to none. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError && error.data) return error.data as Refused;
    throw error;
  }
  throw new Error('nothing was refused');
}
