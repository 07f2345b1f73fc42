/**
 * A studio to look at: people, a price, a course in progress, a week with something in it. Made through the very routes
 * that the screens use, by a clock that runs through the last weeks, so nothing in it could not have happened.
 *
 * Marked as a demo, and everybody in it as invented. Its owner is made last: a demo without one was interrupted, and is
 * made anew at the next start.
 */
import { randomBytes } from 'node:crypto';
import { createRouterClient } from '@orpc/server';
import { sql } from 'kysely';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { zoneRulesOf } from '@stipple/files/exports/zone-rules-of.ts';
import { createStudio } from '../accounts/create-studio.ts';
import { insertOwner } from '../accounts/first-owner.ts';
import { clientHandlers } from '../clients/client-handlers.ts';
import { screeningHandlers } from '../clients/screening-handlers.ts';
import { courseHandlers } from '../courses/course-handlers.ts';
import { quoteHandlers } from '../plans/quote-handlers.ts';
import type { RequestContext } from '../request/request-context.ts';
import { settingsHandlers } from '../settings/settings-handlers.ts';
import { newId as makeId } from '../storage/new-id.ts';
import type { Storage } from '../storage/storage.ts';
import { removeStudio } from './remove-studio.ts';

const DAY_MS = 86_400_000;
/** When the story of the demo begins. */
const STARTS_DAYS_AGO = 18;
const ONE_AT_A_TIME = 7_202_613;

const handlers = {
  ...settingsHandlers,
  ...clientHandlers,
  ...screeningHandlers,
  ...quoteHandlers,
  ...courseHandlers,
};

/** Makes the demo where there is no studio at all, or only what is left of an interrupted demo. */
export async function makeDemoWhereEmpty(storage: Storage, now: Date, timeZone: string): Promise<void> {
  await storage.inEveryStudio(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${ONE_AT_A_TIME}) as mine`.execute(
      tx,
    );
    if (!rows[0]!.mine) return;
    const studios = await tx.selectFrom('studios').select(['id', 'isDemo']).execute();
    const owner = await tx.selectFrom('accounts').select('id').where('role', '=', 'owner').limit(1).executeTakeFirst();
    if (owner || studios.some(({ isDemo }) => !isDemo)) return;
    for (const { id } of studios) await removeStudio(storage, id);
    await makeDemo(storage, now, timeZone);
  });
}

export async function makeDemo(storage: Storage, realNow: Date, timeZone: string): Promise<string> {
  let nowMs = realNow.getTime() - STARTS_DAYS_AGO * DAY_MS;
  const now = () => new Date(nowMs);
  const newId = () => makeId({ now, randomBytes });
  const zone = zoneRulesOf(timeZone);
  const dayIn = (days: number) => addDays(zone.dayAt(realNow.getTime()), days);
  const at = (days: number, hour: number) => new Date(zone.hourOf(dayIn(days), hour)).toISOString();

  const [studioId, accountId] = [newId(), newId()];
  const { locationId, roomId } = await storage.inStudio(studioId, (tx) =>
    createStudio(
      tx,
      { storage, now, newId },
      { id: studioId, name: 'Demo studio', timeZone, currency: 'USD', isDemo: true },
    ),
  );
  const context: RequestContext = {
    caller: {
      kind: 'account',
      studioId,
      accountId,
      signInId: accountId,
      role: 'owner',
      clientId: null,
      practitionerId: null,
    },
    storage,
    now,
    newId,
    cookies: { get: () => null, set: () => {}, clear: () => {} },
    device: '',
    address: 'demo',
    publicUrl: '',
    isSecureContext: false,
    isDesk: true,
    mail: null,
    idempotencyKey: null,
  };
  const studio = createRouterClient(handlers, { context });

  await studio.createRoom({ locationId, name: 'Room 2' });
  const week = (days: readonly number[]) => ({
    weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => (days.includes(day) ? [{ from: 540, to: 1080 }] : [])),
  });
  const practitioner = async (
    name: string,
    slug: string,
    days: readonly number[],
    skills: readonly ('shaved' | 'density' | 'scars')[],
  ) => {
    const { id } = await studio.createPractitioner({
      locationId,
      name,
      slug,
      skills: [...skills],
      hours: week(days),
      maxMinutesADay: 480,
      biography: 'Invented for the demo.',
    });
    await studio.addCertificate({
      practitionerId: id,
      skill: 'smp',
      title: 'Certificate of an invented school',
      issuer: 'School of Nowhere',
      number: `DEMO-${slug}`,
      issuedOn: dayIn(-400),
      expiresOn: dayIn(330),
    });
    return id;
  };
  const dana = await practitioner('Dana Demo', 'dana-demo', [2, 3, 4, 5, 6], ['shaved', 'density', 'scars']);
  const toni = await practitioner('Toni Demo', 'toni-demo', [3, 4, 5, 6], ['shaved']);
  await studio.addAbsence({ practitionerId: toni, start: at(8, 0), end: at(11, 0), reason: 'Training' });

  const addClient = async (status: 'enquiry' | 'active', name: string, more: object) => {
    const { id } = await studio.createClient({
      status,
      evenIfKnown: true,
      profile: { name: `${name} (invented)`, email: `${name.split(' ')[0]!.toLowerCase()}@demo.invalid`, ...more },
    });
    return id!;
  };
  const screen = async (clientId: string, answers: Record<string, unknown>) => {
    const { version, questions } = await studio.questions();
    const nothing = questions.map(({ id, kind }) => [id, kind === 'day' ? 'unknown' : 'no']);
    await studio.screen({
      clientId,
      askedVersion: version,
      answers: { ...Object.fromEntries(nothing), consent: 'yes', born: '1986-05-17', ...answers },
    });
  };

  const alex = await addClient('active', 'Alex Sample', { presentation: 'norwood-5', source: 'A friend' });
  await screen(alex, {});
  const draft = await studio.createQuote({
    clientId: alex,
    style: 'shaved',
    sessions: 3,
    areaCm2: { value: 168, low: 160, high: 176, source: 'taped' },
    extentSource: 'taped',
    adjustments: [],
  });
  const sent = await studio.changeQuote({ id: draft.id, version: draft.version, status: 'sent' });
  const quote = await studio.acceptQuote({ id: sent.id, version: sent.version });
  const { proposals } = await studio.proposeCourse({
    clientId: alex,
    locationId,
    skill: 'shaved',
    sessions: 3,
    earliest: dayIn(-12),
    practitionerId: dana,
  });
  const choices = proposals[0]!.sessions.map(({ n, start, practitionerId, roomId: room }) => ({
    n,
    start,
    practitionerId,
    roomId: room,
  }));
  const course = await studio.bookCourse({
    clientId: alex,
    locationId,
    quoteId: quote.id,
    skill: 'shaved',
    sessions: 3,
    choices,
  });

  const first = course.appointments.find(({ n }) => n === 1)!;
  nowMs = Date.parse(first.start);
  const begun = await studio.startAppointment({ id: first.id, version: first.version });
  nowMs = Date.parse(first.end);
  await studio.finishAppointment({
    id: begun.id,
    version: begun.version,
    note: 'Went well; healed look to be seen at the second.',
  });

  nowMs = Math.max(nowMs, realNow.getTime() - 2 * DAY_MS);
  const kim = await addClient('enquiry', 'Kim Example', { phone: '000 000', source: 'The demo' });
  const { items } = await studio.freeTimes({
    clientId: kim,
    kind: 'consultation',
    locationId,
    from: dayIn(1),
    days: 14,
    minutes: 45,
  });
  const free = items[0];
  if (free)
    await studio.bookAppointment({
      clientId: kim,
      kind: 'consultation',
      locationId,
      practitionerId: free.practitionerId,
      roomId: free.roomId ?? roomId,
      start: free.start,
      minutes: 45,
    });
  const robin = await addClient('enquiry', 'Robin Placeholder', { source: 'The demo' });
  await screen(robin, { isotretinoin: 'now' });

  nowMs = realNow.getTime();
  await storage.inStudio(studioId, (tx) =>
    insertOwner(tx, context, {
      studioId,
      accountId,
      passwordHash: null,
      name: 'Demo owner',
      email: 'owner@demo.invalid',
    }),
  );
  return studioId;
}
