/** A course as it goes on: read, cancelled, paused, resumed, and given the sessions it lacks. */
import type { Transaction } from 'kysely';
import { assertSessionCount } from '@stipple/core/course/wanted-sessions.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { insertAppointments, selectAppointments, wireAppointments, type AppointmentRow } from './appointment-rows.ts';
import { sessionsOf, setCourse, wireCourse, wireCourses, type CourseRow } from './course-rows.ts';
import { freeAppointment } from './free-appointment.ts';
import { assertInBook, auditedHours, daysAround, idsOf, newSessions, wishedOf } from './book-course.ts';
import { inBook } from './in-book.ts';
import { judgeSessions } from './judge-sessions.ts';
import { lockCourse } from './locked.ts';
import { assertMayGiveUp } from './notice.ts';
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
      .where('id', 'in', namedIds(all, 'locationId'))
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

export const addSessions = api.addSessions.handler(({ input, context }) => {
  const { id, choices } = input;
  const { studioId, now } = context;

  const add = async (tx: Transaction<Tables>) => {
    const row = await lockCourse(tx, context, input, idsOf(choices));
    if (row.status !== 'open') throw refused('not-in-this-state', `the course is ${row.status}`);
    const sessions = input.sessions ?? row.sessions;
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
    const minutes = stretched(row.minutes, sessions);
    const gapsDays = stretched(row.gapsDays, sessions - 1);
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
    await setCourse(tx, context, row, { sessions, reason, minutes, gapsDays });
    return {
      answer: await wireCourse(tx, context, id),
      action: 'course.add-sessions',
      subject: { kind: 'course', id },
      detail: { sessions: auditedHours(added) },
    };
  };
  return inBook(context, add);
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
