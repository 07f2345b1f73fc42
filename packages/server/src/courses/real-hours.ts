/**
 * Hours as they really were, against the rules of the book: what happened is stored, what it breaks is flagged, and
 * bookings that now stand within seven days of it lose their place, since the floor holds for whatever is to come.
 */
import type { Transaction } from 'kysely';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { isPigmentKind, type VisitKind } from '@stipple/core/course/floor.ts';
import { MIN_GAP_DAYS } from '@stipple/core/course/gap-window.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { isActive, selectAppointments, type AppointmentRow } from './appointment-rows.ts';
import { readCourse, setCourse } from './course-rows.ts';
import { freeAppointment } from './free-appointment.ts';
import { zoneOf } from '../request/zone-of.ts';

/** Breaks the floor, or lost its place to what does. */
export const TOO_SOON = 'too-soon';

export interface RealDays {
  readonly id: string;
  readonly clientId: string;
  readonly kind: string;
  readonly firstDay: PlainDay;
  readonly lastDay: PlainDay;
}

const MOST_HOURS = 24;

/** @throws 'input-wrong' for hours that are not past, or no hours of one appointment */
export function assertPast(startMs: number, endMs: number, nowMs: number): void {
  if (!(endMs > startMs)) throw refused('input-wrong', 'it ends before it starts');
  if (endMs > nowMs) throw refused('input-wrong', 'it is not over yet');
  if (endMs - startMs > MOST_HOURS * 3_600_000) throw refused('input-wrong', `more than ${MOST_HOURS} hours`);
}

/** The local day of the last moment before an end. */
export async function daysOf(
  tx: Transaction<Tables>,
  studioId: string,
  locationId: string,
  startMs: number,
  endMs: number,
): Promise<{ readonly firstDay: PlainDay; readonly lastDay: PlainDay }> {
  const location = await tx
    .selectFrom('locations')
    .select('timeZone')
    .where('studioId', '=', studioId)
    .where('id', '=', locationId)
    .executeTakeFirst();
  if (!location) throw refused('not-found', 'location');
  const zone = zoneOf(location.timeZone);
  return { firstDay: zone.dayAt(startMs), lastDay: zone.dayAt(endMs - 1) };
}

/** What of the client stands within the floor of these days, itself excepted. */
async function within(tx: Transaction<Tables>, studioId: string, days: RealDays): Promise<AppointmentRow[]> {
  if (!isPigmentKind(days.kind as VisitKind)) return [];
  const rows = await selectAppointments(tx, studioId)
    .where('clientId', '=', days.clientId)
    .where('id', '<>', days.id)
    .where('kind', 'in', ['session', 'touch-up'])
    .where('firstDay', '<', addDays(days.lastDay, MIN_GAP_DAYS))
    .where('lastDay', '>', addDays(days.firstDay, -MIN_GAP_DAYS))
    .execute();
  return rows.filter(isActive);
}

/**
 * Makes room on the skin for what really was.
 * @returns bookings that lost their place, and whether other facts are too close as well
 */
export async function settleFloor(
  tx: Transaction<Tables>,
  context: StudioContext,
  days: RealDays,
): Promise<{ readonly freed: AppointmentRow[]; readonly isTooSoon: boolean }> {
  const near = await within(tx, context.studioId, days);
  const freed: AppointmentRow[] = [];
  for (const row of near)
    if (row.status === 'booked' && row.continuationReason === null)
      freed.push(await freeAppointment(tx, context, row, '', { flag: TOO_SOON }));
  return { freed, isTooSoon: near.length > freed.length };
}

/** A course whose sessions are all done is done. */
export async function settleCourse(
  tx: Transaction<Tables>,
  context: StudioContext,
  courseId: string | null,
): Promise<void> {
  if (courseId === null) return;
  const course = await readCourse(tx, context.studioId, courseId);
  if (course.status === 'done' || course.status === 'cancelled') return;
  const done = await selectAppointments(tx, context.studioId)
    .where('clientId', '=', course.clientId)
    .where('courseId', '=', courseId)
    .where('kind', '=', 'session')
    .where('status', '=', 'done')
    .execute();
  if (new Set(done.map(({ n }) => n)).size >= course.sessions) await setCourse(tx, context, course, { status: 'done' });
}
