/**
 * One session of a course moves: whether it may, and where the later ones go.
 *
 * Earlier sessions stay untouched. The moved one is judged like any booking, with its old place and those of the later
 * sessions taken out of the book. The later ones are then proposed anew as a whole; each stays where it is booked
 * while that costs less than moving it (see COURSE_COSTS_DEFAULTS). The course has as many sessions as before.
 */
import { subtract, unite, type Interval } from '../calendar/intervals.ts';
import { localTimeAt, MINUTE_MS } from '../calendar/local-time.ts';
import { addDays, type PlainDay } from '../calendar/plain-day.ts';
import { blocker, judgeSlot, type Blocker } from './blockers.ts';
import type { Visit } from './floor.ts';
import { judgeGap, MIN_GAP_DAYS, type GapOverride, type GapVerdict, type GapWindow } from './gap-window.ts';
import { proposeCourse, type CourseProposal } from './propose-course.ts';
import type { CourseRequest } from './solve-course.ts';
import type { ClientTimes, Slot, StudioWorld } from './studio-world.ts';

/** A session of a course in the book, done ones included. */
export interface CourseBooking extends Slot {
  /** That of its visit in `client.visits`. */
  readonly id: string;
  readonly n: number;
  /** The last day of a session that went on the next day; else the day it starts. */
  readonly lastDay: PlainDay;
}

export interface MoveRequest extends Omit<CourseRequest, 'sessions' | 'previous'> {
  /** Every session of the course, in order. Visits and busy times of the request contain them as the book does. */
  readonly course: readonly CourseBooking[];
  /** Windows before sessions 2, 3, ... */
  readonly gaps: readonly GapWindow[];
  readonly n: number;
  readonly to: Slot;
  readonly override: GapOverride | null;
}

export type MoveProposal =
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] }
  | {
      readonly kind: 'movable';
      /** How the gap before the moved session looks; null for the first. 'needs-override' asks for name and reason. */
      readonly gapBefore: GapVerdict | null;
      /** For the later sessions; null when there are none. */
      readonly later: CourseProposal | null;
    };

/** Takes bookings out of everyone's busy times. */
function freeBookings(
  studio: StudioWorld,
  client: ClientTimes,
  bookings: readonly CourseBooking[],
): [StudioWorld, ClientTimes] {
  const without = (busy: readonly Interval[], freed: readonly Interval[]): Interval[] =>
    subtract(unite(busy), unite(freed));
  const practitioners = studio.practitioners.map((one) => ({
    ...one,
    busy: without(
      one.busy,
      bookings.filter(({ practitionerId }) => practitionerId === one.id),
    ),
  }));
  const rooms = studio.rooms.map((one) => ({
    ...one,
    busy: without(
      one.busy,
      bookings.filter(({ roomId }) => roomId === one.id),
    ),
  }));
  const ids = new Set(bookings.map(({ id }) => id));
  return [
    { ...studio, practitioners, rooms },
    { ...client, busy: without(client.busy, bookings), visits: client.visits.filter(({ id }) => !ids.has(id)) },
  ];
}

/** What moving session `n` would do. Throws RangeError for a session the course does not have. */
export function reproposeAfter(request: MoveRequest): MoveProposal {
  const { course, gaps, n, to, override, needs, earliestDay, notBeforeMs } = request;
  const index = course.findIndex((booking) => booking.n === n);
  if (index < 0) throw new RangeError(`the course has no session ${n}`);
  const earlier = course.slice(0, index);
  const later = course.slice(index + 1);
  const [studio, client] = freeBookings(request.studio, request.client, course.slice(index));

  const isLast = later.length === 0;
  const blockers = judgeSlot({ kind: 'session', studio, client, needs, slot: to, earliestDay, notBeforeMs, isLast });
  const before = earlier.at(-1);
  if (before && to.startMs <= before.startMs) blockers.push(blocker('out-of-order', before.id));
  if (blockers.length > 0) return { kind: 'refused', blockers };

  const { day } = localTimeAt(studio.zone, to.startMs);
  const gapBefore = before ? judgeGap(before.lastDay, day, gaps[index - 1], override) : null;
  if (isLast) return { kind: 'movable', gapBefore, later: null };
  const moved: Visit = { id: course[index].id, kind: 'session', status: 'booked', firstDay: day, lastDay: day };
  const afterFloor = addDays(day, MIN_GAP_DAYS);
  const proposal = proposeCourse({
    ...request,
    studio,
    client: { ...client, visits: [...client.visits, moved] },
    sessions: later.map(({ n, startMs, endMs, practitionerId, roomId }, i) => ({
      n,
      minutes: (endMs - startMs) / MINUTE_MS,
      gap: gaps[index + i],
      current: { startMs, endMs, practitionerId, roomId },
    })),
    previous: { lastDay: day, practitionerId: to.practitionerId },
    earliestDay: afterFloor > earliestDay ? afterFloor : earliestDay,
  });
  return { kind: 'movable', gapBefore, later: proposal };
}
