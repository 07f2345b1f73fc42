/** Courses as rows, and as the contract shows them. */
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Selectable, Transaction } from 'kysely';
import type { Contract } from '@stipple/files/wire/contract.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { JsonText, sendRows } from '../storage/send-rows.ts';
import type { Courses, Tables } from '../storage/tables.ts';
import { isActive, selectAppointments, wireAppointments, type WireAppointment } from './appointment-rows.ts';
import type { ClientEntry, Situation } from './read-situation.ts';
import type { WishedBlackOut } from './studio-world-of.ts';

export type CourseRow = Selectable<Courses>;
export type WireCourse = InferContractRouterOutputs<Contract>['course'];

/** @throws 'not-found' */
export async function readCourse(tx: Transaction<Tables>, studioId: string, id: string): Promise<CourseRow> {
  const row = await tx
    .selectFrom('courses')
    .selectAll()
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  return row;
}

export async function wireCourses(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'storage' | 'caller'>,
  rows: readonly CourseRow[],
): Promise<WireCourse[]> {
  if (rows.length === 0) return [];
  const appointments = await selectAppointments(tx, context.studioId)
    .where('clientId', 'in', [...new Set(rows.map(({ clientId }) => clientId))])
    .where(
      'courseId',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const wire = await wireAppointments(tx, context, appointments);
  return rows.map((row) =>
    wireCourseOf(
      row,
      wire.filter(({ courseId }) => courseId === row.id),
    ),
  );
}

export const wireCourseOf = (row: CourseRow, appointments: WireAppointment[]): WireCourse => ({
  id: row.id,
  clientId: row.clientId,
  quoteId: row.quoteId,
  skill: row.skill as WireCourse['skill'],
  sessions: row.sessions,
  reason: row.reason,
  gapsDays: row.gapsDays,
  minutes: row.minutes,
  blackOuts: row.blackOuts as unknown as WireCourse['blackOuts'],
  status: row.status as WireCourse['status'],
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  appointments,
});

export async function insertCourse(
  tx: Transaction<Tables>,
  { studioId, caller, now }: Pick<StudioContext, 'studioId' | 'caller' | 'now'>,
  course: Pick<CourseRow, 'id' | 'clientId' | 'quoteId' | 'skill' | 'sessions' | 'reason'> & {
    readonly gapsDays: number[];
    readonly minutes: number[];
    readonly blackOuts: readonly WishedBlackOut[];
  },
): Promise<CourseRow> {
  const row = {
    studioId,
    id: course.id,
    clientId: course.clientId,
    quoteId: course.quoteId,
    skill: course.skill,
    sessions: course.sessions,
    reason: course.reason,
    gapsDays: course.gapsDays,
    minutes: course.minutes,
    blackOuts: course.blackOuts.map((one) => ({ ...one })),
    status: 'open',
    version: 1,
    createdBy: accountOf(caller),
    createdAt: now(),
  };
  sendRows(tx, 'courses', [{ ...row, blackOuts: new JsonText(row.blackOuts) }]);
  return row;
}

/** As it is now. @throws 'not-found' */
export async function wireCourse(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'storage' | 'caller'>,
  id: string,
): Promise<WireCourse> {
  const [course] = await wireCourses(tx, context, [await readCourse(tx, context.studioId, id)]);
  return course!;
}

export async function setCourse(
  tx: Transaction<Tables>,
  { studioId }: Pick<StudioContext, 'studioId'>,
  { id, version }: Pick<CourseRow, 'id' | 'version'>,
  change: Partial<Pick<CourseRow, 'status' | 'sessions' | 'reason' | 'gapsDays' | 'minutes'>>,
): Promise<void> {
  await tx
    .updateTable('courses')
    .set({ ...change, version: version + 1 })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .execute();
}

/** Sessions of the course that have a place, in order. */
export const sessionsOf = (situation: Situation, courseId: string): ClientEntry[] =>
  situation
    .client!.entries.filter((entry) => entry.courseId === courseId && entry.kind === 'session' && isActive(entry))
    .sort((a, b) => a.n! - b.n!);
