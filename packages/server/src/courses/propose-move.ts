/** Where an appointment could go, and the later sessions of its course with it. */
import type { Transaction } from 'kysely';
import { addDays, daysBetween, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { MAX_GAP_DAYS, MIN_GAP_DAYS } from '@stipple/core/course/gap-window.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient } from './appointment-notes.ts';
import { assertUnbegun, readAppointment, type AppointmentRow } from './appointment-rows.ts';
import { needOf } from './book-appointment.ts';
import { assertInBook } from './book-course.ts';
import { readCourse, sessionsOf, type CourseRow } from './course-rows.ts';
import { wantedFrom } from './course-wish.ts';
import { freeHours, wireHour } from './free-hours.ts';
import { hourOf, judgeMove, minutesOf, wishedHour } from './judge-move.ts';
import { notBeforeMs } from './notice.ts';
import { proposeDates, readForDates, type WireProposals } from './propose-dates.ts';
import type { ClientEntry, Situation } from './read-situation.ts';
import type { WishedBlackOut } from './studio-world-of.ts';

interface PlacesQuestion {
  readonly id: string;
  readonly start?: string | undefined;
  readonly earliest?: PlainDay | undefined;
  readonly practitionerId?: string | undefined;
}

const MOST = 4;
const LOOK_DAYS = 28;

export async function placesFor(
  tx: Transaction<Tables>,
  context: StudioContext,
  question: PlacesQuestion,
): Promise<WireProposals> {
  const { studioId, now } = context;
  const row = await readAppointment(tx, studioId, question.id);
  assertOwn(context, row.clientId);
  const situation = await readForDates(
    tx,
    { studioId, locationId: row.locationId, clientId: row.clientId, now: now() },
    question.start === undefined ? question.earliest : addDays(question.start.slice(0, 10), -1),
  );
  assertInBook(situation);
  if (row.kind === 'session') {
    const course = await readCourse(tx, studioId, row.courseId!);
    return question.start === undefined
      ? sessionPlaces(context, situation, course, row.n!, question)
      : aroundPlace(context, situation, course, row, { ...question, start: question.start });
  }
  assertUnbegun(row);
  const need = await needOf(tx, studioId, row);
  const hour = hourOf(row);
  const hours = freeHours(situation, {
    kind: row.kind as 'consultation' | 'touch-up' | 'review',
    need,
    from: question.earliest ?? situation.today,
    days: LOOK_DAYS,
    minutes: minutesOf(hour),
    practitionerId: question.practitionerId,
    without: new Set([row.id]),
    isByVideo: row.byVideo,
    notBeforeMs: notBeforeMs(context),
  });
  // The first free hour of each of the next days.
  const ofDays = new Map(
    hours
      .filter(({ startMs, roomId }) => startMs !== hour.startMs && roomId !== null)
      .toReversed()
      .map((free) => [situation.zone.dayAt(free.startMs), free]),
  );
  const proposals = [...ofDays].reverse().slice(0, MOST);
  return {
    proposals: proposals.map(([day, free]) => ({
      sessions: [{ n: 1, day, ...wireHour(free), roomId: free.roomId! }],
      cost: 0,
      why: [],
    })),
    relax: [],
  };
}

/** For session `n` when it is booked, and the booked ones after it; or when it lost its place, and all that lack one. */
export function sessionPlaces(
  context: StudioContext,
  situation: Situation,
  course: CourseRow,
  n: number,
  { earliest, practitionerId }: Pick<PlacesQuestion, 'earliest' | 'practitionerId'>,
): WireProposals {
  const placed = sessionsOf(situation, course.id);
  const begun = placed.find((entry) => entry.n! >= n && entry.status !== 'booked');
  if (begun) throw refused('not-in-this-state', `session ${begun.n} is ${begun.status}`);
  const own = placed.find((entry) => entry.n === n);
  const wanted = wantedFrom(course, n).flatMap((session) => {
    const entry = placed.find((other) => other.n === session.n);
    if (own && !entry) return [];
    if (!entry || entry.roomId === null) return [session];
    return [
      { ...session, minutes: minutesOf(entry), current: entry === own ? null : { ...entry, roomId: entry.roomId } },
    ];
  });
  const before = placed.findLast((entry) => entry.n! < n);
  const found = proposeDates(situation, {
    need: { skill: course.skill },
    ...afterSession(situation.today, before, wanted, earliest ?? situation.today),
    wishes: { blackOuts: course.blackOuts as unknown as WishedBlackOut[] },
    without: new Set(placed.filter((entry) => entry.n! >= n).map(({ id }) => id)),
    practitionerId,
    notBeforeMs: notBeforeMs(context),
    most: MOST + 1,
  });
  const start = own && new Date(own.startMs).toISOString();
  const proposals = found.proposals.filter(({ sessions }) => sessions[0]!.start !== start).slice(0, MOST);
  return { ...found, proposals };
}

/**
 * Sessions with the gap that the first of them keeps from the one before, and the day they may begin. A window that
 * passed while the course stood still is open to what comes next.
 */
function afterSession(
  today: PlainDay,
  before: ClientEntry | undefined,
  wanted: ReturnType<typeof wantedFrom>,
  earliest: PlainDay,
): Pick<Parameters<typeof proposeDates>[1], 'sessions' | 'previous' | 'earliest'> {
  const [first, ...rest] = wanted;
  if (!first) throw refused('not-in-this-state', 'nothing of the course is left to place');
  const free = { sessions: [{ ...first, gap: null }, ...rest], previous: null, earliest };
  if (!before || !first.gap) return free;
  const floor = addDays(before.lastDay, MIN_GAP_DAYS);
  const from = earliest > floor ? earliest : floor;
  const isPassed = addDays(before.lastDay, first.gap.mostDays) < today;
  const mostDays = isPassed ? daysBetween(before.lastDay, from) + LOOK_DAYS : first.gap.mostDays;
  // After a year it is a start of its own.
  if (mostDays > MAX_GAP_DAYS) return { ...free, earliest: from };
  return {
    sessions: [{ ...first, gap: { ...first.gap, mostDays } }, ...rest],
    previous: { lastDay: before.lastDay, practitionerId: before.practitionerId },
    earliest: from,
  };
}

/** The session at one hour, as it was dragged there, and where the later ones go then. @throws why it cannot be there */
function aroundPlace(
  context: StudioContext,
  situation: Situation,
  course: CourseRow,
  row: AppointmentRow,
  question: PlacesQuestion & { readonly start: string },
): WireProposals {
  assertUnbegun(row);
  const placed = sessionsOf(situation, course.id);
  const later = placed.filter(({ n, status }) => n! > row.n! && status === 'booked');
  const without = new Set([row.id, ...later.map(({ id }) => id)]);
  const hour = wishedHour(row, question);
  if (hour.roomId === null) throw refused('room-busy');
  // Staff may sign for an unusual gap; that is asked when it is booked.
  const gapOverride = isClient(context.caller) ? null : { name: '?', reason: '?' };
  const [place] = judgeMove(situation, course, [{ ...hour, n: row.n! }], { without, context, gapOverride });
  const { day } = place!;
  const first = {
    n: row.n!,
    day,
    start: new Date(hour.startMs).toISOString(),
    end: new Date(hour.endMs).toISOString(),
    practitionerId: hour.practitionerId,
    roomId: hour.roomId,
  };
  const unusual = place!.gapOverride
    ? [{ code: 'gap-needs-override', text: 'The gap is not a preferred one: staff has to sign for it.' }]
    : [];
  if (later.length === 0) return { proposals: [{ sessions: [first], cost: 0, why: unusual }], relax: [] };
  const wanted = wantedFrom(course, row.n! + 1).flatMap((session) => {
    const entry = later.find(({ n }) => n === session.n);
    if (!entry || entry.roomId === null) return [];
    return [{ ...session, minutes: minutesOf(entry), current: { ...entry, roomId: entry.roomId } }];
  });
  const moved: ClientEntry = { ...placed.find(({ id }) => id === row.id)!, ...hour, firstDay: day, lastDay: day };
  const client = situation.client!;
  const withMoved = {
    ...situation,
    client: { ...client, entries: [...client.entries.filter(({ id }) => id !== row.id), { ...moved, id: 'moved' }] },
  };
  const found = proposeDates(withMoved, {
    need: { skill: course.skill },
    ...afterSession(situation.today, moved, wanted, addDays(day, MIN_GAP_DAYS)),
    wishes: { blackOuts: course.blackOuts as unknown as WishedBlackOut[] },
    without,
    notBeforeMs: notBeforeMs(context),
    most: MOST,
  });
  const proposals = found.proposals.map(({ sessions, cost, why }) => ({
    sessions: [first, ...sessions],
    cost,
    why: [...unusual, ...why],
  }));
  return { proposals, relax: found.relax };
}

export const proposeMove = api.proposeMove.handler(({ input, context }) =>
  context.inStudio((tx) => placesFor(tx, context, input)),
);
