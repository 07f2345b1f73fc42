/** A whole course: its dates proposed, all of its sessions booked or none. */
import type { Transaction } from 'kysely';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { becomeActive } from '../clients/client-record.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient, readableOf } from './appointment-notes.ts';
import { insertAppointments, wireWith } from './appointment-rows.ts';
import { insertCourse, wireCourseOf, type CourseRow, type WireCourse } from './course-rows.ts';
import { shapeCourse, wantedFrom, type AskedCourse } from './course-wish.ts';
import { inBook, orOtherDates, type Deed } from './in-book.ts';
import { judgeSessions, type PlacedSession, type WishedSession } from './judge-sessions.ts';
import { notBeforeMs } from './notice.ts';
import { plannedMinutes } from './planned-minutes.ts';
import { proposeDates, readForDates, type WireProposals } from './propose-dates.ts';
import { readSituation, type Situation } from './read-situation.ts';
import type { ClientWishes, WishedBlackOut } from './studio-world-of.ts';
import { takeTurns } from '../request/take-turns.ts';

interface WishedCourse extends AskedCourse, ClientWishes {
  readonly clientId: string;
  readonly locationId: string;
  readonly skill: string;
  readonly blackOuts: readonly WishedBlackOut[];
  readonly quoteId?: string | undefined;
  readonly earliest?: PlainDay | undefined;
  readonly practitionerId?: string | undefined;
}

/** What the plan of the quote says, where the lengths were left to it. */
const plannedFor = (
  tx: Transaction<Tables>,
  context: StudioContext,
  { clientId, quoteId, sessions, minutes }: Pick<WishedCourse, 'clientId' | 'quoteId' | 'sessions' | 'minutes'>,
): Promise<number[] | null> | null =>
  quoteId && !minutes ? plannedMinutes(tx, context, { clientId, quoteId, sessions }) : null;

export interface Choice {
  readonly n: number;
  readonly start: string;
  readonly practitionerId: string;
  readonly roomId: string;
}

/** Days on which instants may fall, whatever the zone. */
export const daysAround = (instants: readonly number[]): PlainDay[] =>
  instants.flatMap((ms) => {
    const day = new Date(ms).toISOString().slice(0, 10);
    return [addDays(day, -1), day, addDays(day, 1)];
  });

export const idsOf = (choices: readonly Omit<Choice, 'n' | 'start'>[]): string[] =>
  choices.flatMap(({ practitionerId, roomId }) => [practitionerId, roomId]);

export const wishedOf = (choices: readonly Choice[], minutes: readonly number[]): WishedSession[] =>
  choices.map(({ n, start, practitionerId, roomId }) => {
    const startMs = Date.parse(start);
    return { n, startMs, endMs: startMs + (minutes[n - 1] ?? NaN) * 60_000, practitionerId, roomId };
  });

/** @throws 'not-in-this-state' for somebody who is in the book no more */
export function assertInBook(situation: Situation): void {
  const status = situation.client?.status;
  if (status !== 'active' && status !== 'enquiry') throw refused('not-in-this-state', `the client is ${status}`);
}

async function proposeWhole(
  tx: Transaction<Tables>,
  context: StudioContext,
  wish: WishedCourse,
  most: number,
): Promise<WireProposals> {
  const { studioId, now } = context;
  const { clientId, locationId, earliest, skill, practitionerId, blackOuts, suits } = wish;
  const situation = await readForDates(tx, { studioId, locationId, clientId, now: now() }, earliest);
  assertInBook(situation);
  return proposeDates(situation, {
    need: { skill },
    sessions: wantedFrom(shapeCourse(context.caller, wish, situation.gapsDays, await plannedFor(tx, context, wish))),
    previous: null,
    wishes: { blackOuts, suits },
    practitionerId,
    earliest: earliest ?? situation.today,
    notBeforeMs: notBeforeMs(context),
    most,
  });
}

export const proposeCourse = api.proposeCourse.handler(({ input, context }) => {
  assertOwn(context, input.clientId);
  return context.inStudio((tx) => proposeWhole(tx, context, input, input.most));
});

export const newSessions = (
  context: Pick<StudioContext, 'newId'>,
  { id, clientId }: Pick<CourseRow, 'id' | 'clientId'>,
  locationId: string,
  placed: readonly PlacedSession[],
) =>
  placed.map(({ n, startMs, endMs, practitionerId, roomId, day, gapOverride }) => ({
    id: context.newId(),
    clientId,
    courseId: id,
    kind: 'session' as const,
    n,
    status: 'booked' as const,
    locationId,
    practitionerId,
    roomId,
    startMs,
    endMs,
    firstDay: day,
    lastDay: day,
    isFact: false,
    flags: [],
    gapOverride,
    sealed: null,
  }));

/** What the audit keeps of sessions: ids and hours. */
export const auditedHours = (
  rows: readonly { readonly id: string; readonly startMs: number; readonly gapOverride: unknown }[],
) =>
  rows.map(({ id, startMs, gapOverride }) => ({
    id,
    start: new Date(startMs).toISOString(),
    ...(gapOverride ? { gapOverridden: true } : {}),
  }));

/** @throws 'quote-over', 'not-in-this-state', 'not-found' */
async function assertQuote(
  tx: Transaction<Tables>,
  studioId: string,
  clientId: string,
  quoteId: string,
  today: PlainDay,
): Promise<void> {
  const quote = await tx
    .selectFrom('quotes')
    .select(['status', 'validUntil'])
    .where('studioId', '=', studioId)
    .where('id', '=', quoteId)
    .where('clientId', '=', clientId)
    .executeTakeFirst();
  if (!quote) throw refused('not-found', 'quote');
  if (quote.status === 'draft') throw refused('not-in-this-state', 'the quote has not been sent');
  if (quote.status !== 'accepted' && (quote.status !== 'sent' || quote.validUntil < today)) throw refused('quote-over');
}

export const bookCourse = api.bookCourse.handler(({ input, context }) => {
  const { clientId, locationId, skill, choices, blackOuts, suits, quoteId } = input;
  const { studioId, caller, now } = context;
  assertOwn(context, clientId);

  const book = async (tx: Transaction<Tables>): Promise<Deed<WireCourse>> => {
    await takeTurns(tx, [clientId, ...idsOf(choices)]);
    const days = daysAround(choices.map(({ start }) => Date.parse(start)));
    const situation = await readSituation(tx, { studioId, locationId, clientId, now: now(), days, only: choices });
    assertInBook(situation);
    const shape = shapeCourse(caller, input, situation.gapsDays, await plannedFor(tx, context, input));
    const numbers = choices.map(({ n }) => n).sort((a, b) => a - b);
    if (numbers.length !== shape.sessions || numbers.some((n, i) => n !== i + 1))
      throw refused('input-wrong', `a date for each of the ${shape.sessions} sessions`);
    if (quoteId) await assertQuote(tx, studioId, clientId, quoteId, situation.today);
    const placed = judgeSessions(situation, wishedOf(choices, shape.minutes), {
      ...shape,
      skill,
      standing: [],
      without: new Set(),
      wishes: { blackOuts, suits },
      context,
      gapOverride: isClient(caller) ? null : (input.gapOverride ?? null),
    });
    if (situation.client!.status === 'enquiry') becomeActive(tx, context, clientId);
    const id = context.newId();
    const course = await insertCourse(tx, context, {
      ...shape,
      id,
      clientId,
      quoteId: quoteId ?? null,
      skill,
      blackOuts,
    });
    const sessions = newSessions(context, course, locationId, placed);
    const rows = await insertAppointments(tx, context, sessions);
    return {
      answer: wireCourseOf(course, wireWith(context, rows, readableOf(context, [situation.client!.sealed]))),
      action: 'course.book',
      subject: { kind: 'course', id },
      detail: { clientId, sessions: auditedHours(sessions) },
    };
  };

  return orOtherDates(
    () => inBook(context, book),
    () => context.inStudio((tx) => proposeWhole(tx, context, input, 4)),
  );
});
