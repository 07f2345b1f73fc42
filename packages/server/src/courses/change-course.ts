/** A course as it goes on: read, cancelled, paused, resumed, and given the sessions it lacks. */
import type { Transaction } from 'kysely';
import { assertSessionCount } from '@stipple/core/course/wanted-sessions.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { insertAppointments, selectAppointments, wireAppointments, type AppointmentRow } from './appointment-rows.ts';
import { readCourse, sessionsOf, setCourse, wireCourse, wireCourses, type CourseRow } from './course-rows.ts';
import { freeAppointment } from './free-appointment.ts';
import { assertInBook, auditedHours, daysAround, idsOf, newSessions, wishedOf } from './book-course.ts';
import { inBook, orOtherDates } from './in-book.ts';
import { judgeSessions } from './judge-sessions.ts';
import { lockCourse } from './locked.ts';
import { assertMayGiveUp } from './notice.ts';
import { readForDates, type WireProposals } from './propose-dates.ts';
import { sessionPlaces } from './propose-move.ts';
import { readSituation } from './read-situation.ts';
import type { WishedBlackOut } from './studio-world-of.ts';

export const course = api.course.handler(({ input: { id }, context }) =>
  context.inStudio(async (tx) => {
    const found = await wireCourse(tx, context, id);
    assertOwn(context, found.clientId);
    return found;
  }),
);

export const clientCourses = api.clientCourses.handler(({ input: { clientId }, context }) => {
  assertOwn(context, clientId);
  const { studioId } = context;
  return context.inStudio(async (tx) => {
    const rows = await tx
      .selectFrom('courses')
      .selectAll()
      .where('studioId', '=', studioId)
      .where('clientId', '=', clientId)
      .orderBy('createdAt')
      .execute();
    const others = await selectAppointments(tx, studioId)
      .where('clientId', '=', clientId)
      .where('courseId', 'is', null)
      .execute();
    const items = await wireCourses(tx, context, rows);
    const apart = await wireAppointments(tx, context, others);
    const all = [...items.flatMap(({ appointments }) => appointments), ...apart];
    const places = await tx
      .selectFrom('locations')
      .select(['id', 'name', 'address', 'timeZone'])
      .where('studioId', '=', studioId)
      .where((of) => of.or([of('active', '=', true), of('id', 'in', namedIds(all, 'locationId'))]))
      .execute();
    const practitioners = await tx
      .selectFrom('practitioners')
      .select(['id', 'name'])
      .where('studioId', '=', studioId)
      .where('id', 'in', namedIds(all, 'practitionerId'))
      .execute();
    return { items, others: apart, places, practitioners };
  });
});

/** No list of ids is empty in SQL: the nil id stands for none. */
const NIL = '00000000-0000-0000-0000-000000000000';
const namedIds = <Of extends string>(rows: readonly Record<Of, string>[], of: Of): string[] => [
  ...new Set([NIL, ...rows.map((row) => row[of])]),
];

const FROM: Readonly<Record<'cancelled' | 'paused' | 'open', readonly string[]>> = {
  cancelled: ['open', 'paused'],
  paused: ['open'],
  open: ['paused', 'cancelled'],
};

/** What of the course is still to come. */
const aheadOf = (tx: Transaction<Tables>, studioId: string, { id, clientId }: CourseRow): Promise<AppointmentRow[]> =>
  selectAppointments(tx, studioId)
    .where('clientId', '=', clientId)
    .where('courseId', '=', id)
    .where('status', '=', 'booked')
    .execute();

export const changeCourse = api.changeCourse.handler(({ input, context }) =>
  inBook(context, async (tx) => {
    const { id, status, reason } = input;
    const row = await lockCourse(tx, context, input);
    if (!FROM[status].includes(row.status)) throw refused('not-in-this-state', `the course is ${row.status}`);
    const freed: AppointmentRow[] = [];
    if (status !== 'open') {
      for (const one of await aheadOf(tx, context.studioId, row)) {
        // What should have taken place already is for people to say.
        if (one.during.start < context.now()) continue;
        assertMayGiveUp(context, one.during.start.getTime());
        freed.push(await freeAppointment(tx, context, one, reason));
      }
    }
    await setCourse(tx, context, row, { status });
    return {
      answer: await wireCourse(tx, context, id),
      action: `course.${status === 'open' ? 'resume' : status === 'paused' ? 'pause' : 'cancel'}`,
      subject: { kind: 'course', id },
      detail: { freed: freed.map(({ id }) => id) },
    };
  }),
);

/** `list` as long as wished, its last entry going on. */
const stretched = (list: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => list[i] ?? list.at(-1)!);

/** The course with so many sessions, the new ones like its last. */
const grown = (row: CourseRow, sessions: number): CourseRow => ({
  ...row,
  sessions,
  minutes: stretched(row.minutes, sessions),
  gapsDays: stretched(row.gapsDays, sessions - 1),
});

/** A course that is done goes on when it is given more sessions. @throws 'not-in-this-state' */
function assertMayGrow({ status, sessions: before }: CourseRow, sessions: number): void {
  if (status !== 'open' && !(status === 'done' && sessions > before))
    throw refused('not-in-this-state', `the course is ${status}`);
}

/** Dates for the sessions a course lacks, or would lack with so many; what stands stays where it is. */
async function placesOfLacking(
  tx: Transaction<Tables>,
  context: StudioContext,
  row: CourseRow,
  {
    sessions = row.sessions,
    ...question
  }: { sessions?: number | undefined; earliest?: string; practitionerId?: string },
): Promise<WireProposals> {
  const { studioId, now } = context;
  assertMayGrow(row, sessions);
  const { locationId } = await placeOfCourse(tx, context, row);
  const where = { studioId, locationId, clientId: row.clientId, now: now() };
  const situation = await readForDates(tx, where, question.earliest);
  assertInBook(situation);
  const standing = sessionsOf(situation, row.id);
  const begun = Math.max(0, ...standing.filter(({ status }) => status !== 'booked').map(({ n }) => n!));
  let first = begun + 1;
  while (standing.some(({ n }) => n === first)) first++;
  if (first > sessions) throw refused('not-in-this-state', 'nothing of the course is left to place');
  const found = sessionPlaces(context, situation, grown(row, sessions), first, question);
  const lacking = found.proposals.flatMap((proposal) => {
    const stays = ({ n, start }: { n: number; start: string }) =>
      standing.some((entry) => entry.n === n && new Date(entry.startMs).toISOString() === start);
    const places = proposal.sessions.filter((one) => !stays(one));
    return places.some(({ n }) => standing.some((entry) => entry.n === n)) ? [] : [{ ...proposal, sessions: places }];
  });
  return { ...found, proposals: lacking };
}

export const proposeSessions = api.proposeSessions.handler(({ input: { id, ...question }, context }) =>
  context.inStudio(async (tx) => placesOfLacking(tx, context, await readCourse(tx, context.studioId, id), question)),
);

export const addSessions = api.addSessions.handler(({ input, context }) => {
  const { id, choices } = input;
  const { studioId, now } = context;

  const add = async (tx: Transaction<Tables>) => {
    const row = await lockCourse(tx, context, input, idsOf(choices));
    const sessions = input.sessions ?? row.sessions;
    assertMayGrow(row, sessions);
    const reason = input.reason ?? row.reason;
    assertSessionCount(sessions, reason);
    const { locationId } = await placeOfCourse(tx, context, row);
    const days = daysAround(choices.map(({ start }) => Date.parse(start)));
    const situation = await readSituation(tx, { studioId, locationId, clientId: row.clientId, now: now(), days });
    assertInBook(situation);
    const standing = sessionsOf(situation, id);
    const numbers = choices.map(({ n }) => n);
    if (
      new Set(numbers).size !== numbers.length ||
      [...numbers, ...standing.map(({ n }) => n!)].some((n) => n > sessions)
    )
      throw refused('input-wrong', `sessions are numbered from 1 to ${sessions}`);
    const { minutes, gapsDays } = grown(row, sessions);
    const placed = judgeSessions(situation, wishedOf(choices, minutes), {
      skill: row.skill,
      sessions,
      gapsDays,
      standing,
      without: new Set(),
      wishes: { blackOuts: row.blackOuts as unknown as WishedBlackOut[] },
      context,
      gapOverride: input.gapOverride ?? null,
    });
    const added = newSessions(context, row, locationId, placed);
    await insertAppointments(tx, context, added);
    await setCourse(tx, context, row, { status: 'open', sessions, reason, minutes, gapsDays });
    return {
      answer: await wireCourse(tx, context, id),
      action: 'course.add-sessions',
      subject: { kind: 'course', id },
      detail: { sessions: auditedHours(added) },
    };
  };
  return orOtherDates(
    () => inBook(context, add),
    () =>
      context.inStudio(async (tx) =>
        placesOfLacking(tx, context, await readCourse(tx, studioId, id), { sessions: input.sessions }),
      ),
  );
});

/** Where the course takes place: where its latest session was booked. */
async function placeOfCourse(
  tx: Transaction<Tables>,
  { studioId }: Pick<StudioContext, 'studioId'>,
  { id, clientId }: CourseRow,
): Promise<{ locationId: string }> {
  const row = await tx
    .selectFrom('appointments')
    .select('locationId')
    .where('studioId', '=', studioId)
    .where('clientId', '=', clientId)
    .where('courseId', '=', id)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw refused('not-in-this-state', 'the course has never had a session');
  return row;
}
