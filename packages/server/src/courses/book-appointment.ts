/** Consultations, touch-ups and reviews: free hours, and one of them booked. */
import type { Transaction } from 'kysely';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { ORPCError } from '@orpc/server';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient, readableOf, sealNote } from './appointment-notes.ts';
import { insertAppointments, wireWith, type WireAppointment } from './appointment-rows.ts';
import { readCourse } from './course-rows.ts';
import { assertInBook, auditedHours, daysAround } from './book-course.ts';
import { freeHours, wireHour } from './free-hours.ts';
import { inBook, orOtherDates, type Deed } from './in-book.ts';
import { judgeHour, type HourRules, type WishedHour } from './judge-hour.ts';
import { notBeforeMs } from './notice.ts';
import { readSituation, type Situation } from './read-situation.ts';
import { clientTimesOf, type WorkNeed } from './studio-world-of.ts';
import { takeTurns } from '../request/take-turns.ts';

type OtherKind = 'consultation' | 'touch-up' | 'review';

/** What a client may take by himself; the studio takes what it needs. */
const CLIENT_MOST_MINUTES: Readonly<Record<OtherKind, number>> = { consultation: 60, 'touch-up': 240, review: 60 };
/** Of a client, outside courses, still to come. */
const CLIENT_MOST_BOOKED = 3;
const OTHER_DAYS = 14;

/** A touch-up wants a certificate: for the skill of its course, or any where it belongs to none. */
export async function needOf(
  tx: Transaction<Tables>,
  studioId: string,
  { kind, clientId, courseId }: { readonly kind: string; readonly clientId: string; readonly courseId?: string | null },
): Promise<WorkNeed> {
  const course = courseId ? await readCourse(tx, studioId, courseId) : null;
  if (course && course.clientId !== clientId) throw refused('not-found');
  if (kind !== 'touch-up') return 'none';
  return course ? { skill: course.skill } : 'any';
}

interface HoursQuestion {
  readonly clientId: string;
  readonly kind: OtherKind;
  readonly locationId: string;
  readonly practitionerId?: string | undefined;
  readonly courseId?: string | undefined;
  readonly from: PlainDay;
  readonly days: number;
  readonly minutes: number;
  readonly isByVideo?: boolean;
}

async function findHours(tx: Transaction<Tables>, context: StudioContext, question: HoursQuestion) {
  const { clientId, locationId, kind, from, days } = question;
  const situation = await readSituation(tx, {
    studioId: context.studioId,
    locationId,
    clientId,
    now: context.now(),
    days: { first: from, last: addDays(from, days) },
  });
  assertInBook(situation);
  const need = await needOf(tx, context.studioId, question);
  const hours = freeHours(situation, { ...question, kind, need, notBeforeMs: notBeforeMs(context) });
  return { items: hours.map(wireHour) };
}

export const freeTimes = api.freeTimes.handler(({ input, context }) => {
  assertOwn(context, input.clientId);
  return context.inStudio((tx) => findHours(tx, context, input));
});

/** The room that was named, or the first that is free. */
function settleRoom(
  situation: Situation,
  wished: Omit<WishedHour, 'roomId'>,
  rooms: readonly (string | null)[],
  rules: HourRules,
): { readonly roomId: string | null; readonly day: PlainDay } {
  let refusal: unknown = refused('room-busy');
  for (const roomId of rooms) {
    try {
      return { roomId, day: judgeHour(situation, { ...wished, roomId }, rules) };
    } catch (error) {
      refusal = error;
      if (!(error instanceof ORPCError && error.code === 'room-busy')) break;
    }
  }
  throw refusal;
}

function assertClientMay({ caller, now }: StudioContext, situation: Situation, kind: OtherKind, minutes: number): void {
  if (!isClient(caller)) return;
  const most = CLIENT_MOST_MINUTES[kind];
  if (minutes > most) throw refused('not-allowed', `more than ${most} minutes are booked by the studio`);
  const ahead = situation.client!.entries.filter(
    ({ status, courseId, startMs }) => status === 'booked' && courseId === null && startMs > now().getTime(),
  );
  if (ahead.length >= CLIENT_MOST_BOOKED)
    throw refused('not-allowed', `${ahead.length} appointments are booked already`);
}

export const bookAppointment = api.bookAppointment.handler(({ input, context }) => {
  const { clientId, courseId = null, kind, locationId, practitionerId, roomId, byVideo, minutes, note } = input;
  const { studioId, now } = context;
  assertOwn(context, clientId);
  if (byVideo && (kind === 'touch-up' || roomId))
    throw refused('input-wrong', 'by video there is no room and no needle');
  const startMs = Date.parse(input.start);
  const endMs = startMs + minutes * 60_000;

  const book = async (tx: Transaction<Tables>): Promise<Deed<WireAppointment>> => {
    await takeTurns(tx, [clientId, practitionerId, ...(roomId ? [roomId] : [])]);
    const days = daysAround([startMs]);
    const situation = await readSituation(tx, { studioId, locationId, clientId, now: now(), days });
    assertInBook(situation);
    assertClientMay(context, situation, kind, minutes);
    const rooms = byVideo ? [null] : roomId ? [roomId] : situation.roomIds;
    const placed = settleRoom(situation, { startMs, endMs, practitionerId }, rooms, {
      kind,
      need: await needOf(tx, studioId, input),
      client: clientTimesOf(situation),
      isLast: false,
      without: new Set(),
      context,
    });
    const id = context.newId();
    const appointment = {
      id,
      clientId,
      courseId,
      kind,
      n: null,
      status: 'booked' as const,
      locationId,
      practitionerId,
      roomId: placed.roomId,
      startMs,
      endMs,
      firstDay: placed.day,
      lastDay: placed.day,
      isFact: false,
      flags: [],
      gapOverride: null,
      sealed: await sealNote(tx, context, { id, clientId }, note),
    };
    const rows = await insertAppointments(tx, context, [appointment]);
    const [hour] = auditedHours([appointment]);
    return {
      answer: wireWith(context, rows, readableOf(context, [situation.client!.sealed]))[0]!,
      action: 'appointment.book',
      subject: { kind: 'appointment', id },
      detail: { clientId, kind, start: hour!.start },
    };
  };

  return orOtherDates(
    () => inBook(context, book),
    () => {
      const from = new Date(Math.max(startMs, now().getTime())).toISOString().slice(0, 10);
      const question = { clientId, kind, locationId, courseId: input.courseId, minutes, isByVideo: byVideo };
      return context.inStudio((tx) => findHours(tx, context, { ...question, from, days: OTHER_DAYS }));
    },
  );
});
