/**
 * A course as one object: its sessions, touch-ups and reviews, where each stands, and what holds it up.
 *
 * A course of n sessions has, for each number from 1 to n, exactly one visit that has happened or is to happen, whatever
 * was moved, missed or paused in between: a missed session stays as a record and another takes its number. Its status
 * is read off its visits, never stored beside them. Changed only by edit-course.ts.
 */
import type { PlainDay } from '../calendar/plain-day.ts';
import type { Visit, VisitKind, VisitStatus } from './floor.ts';
import type { GapOverride, GapWindow } from './gap-window.ts';
import type { Slot } from './studio-world.ts';

/** Where a visit stands in the book. */
export interface Place {
  readonly firstDay: PlainDay;
  /** The last day with pigment; later than the first only when an interrupted session went on. */
  readonly lastDay: PlainDay;
  /** Null for a fact of the past of which only the day is known. */
  readonly slot: Slot | null;
}

export interface CourseVisit {
  readonly id: string;
  readonly kind: Exclude<VisitKind, 'consultation'>;
  /** 1-based for sessions, null for touch-ups and reviews. */
  readonly n: number | null;
  readonly status: VisitStatus;
  /** Null while proposed without a date. */
  readonly place: Place | null;
  /** Who answers for the gap before it, when that lies outside the preferred window. */
  readonly gapOverride: GapOverride | null;
  /** Why it was interrupted, and the zones touched by then; null unless it was. */
  readonly interruption: { readonly reason: string; readonly touchedZoneIds: readonly string[] } | null;
}

export interface CourseHold {
  readonly kind: 'paused' | 'cancelled';
  readonly since: PlainDay;
  readonly by: string;
  readonly reason: string;
}

export interface Course {
  /** Sessions planned. */
  readonly sessions: number;
  /** Why two, or five and more. */
  readonly reason: string | null;
  /** Windows before sessions 2, 3, ... */
  readonly gaps: readonly GapWindow[];
  readonly hold: CourseHold | null;
  /** Sessions by number, missed ones before what replaced them; then touch-ups and reviews in the order they were added. */
  readonly visits: readonly CourseVisit[];
}

export type CourseStatus = 'proposed' | 'booked' | 'in-progress' | 'paused' | 'done' | 'cancelled';

/** Whether a session stands for its number: everything but a missed one, which another replaces. */
export const isLive = ({ kind, status }: CourseVisit): boolean => kind === 'session' && status !== 'no-show';

/** The session that stands for each number, in order. */
export const liveSessions = ({ visits }: Course): CourseVisit[] => visits.filter(isLive);

/** Whether a visit may still be placed or moved. */
export const isOpen = ({ status }: CourseVisit): boolean => status === 'proposed' || status === 'booked';

export function courseStatus(course: Course): CourseStatus {
  if (course.hold) return course.hold.kind;
  const statuses = liveSessions(course).map(({ status }) => status);
  if (statuses.every((status) => status === 'done')) return 'done';
  if (statuses.some((status) => status !== 'proposed' && status !== 'booked')) return 'in-progress';
  return statuses.some((status) => status === 'booked') ? 'booked' : 'proposed';
}

/** The visits of a course that have a place, as the floor looks at them. */
export const placedVisits = ({ visits }: Course): Visit[] =>
  visits.flatMap(({ id, kind, status, place }) =>
    place ? [{ id, kind, status, firstDay: place.firstDay, lastDay: place.lastDay }] : [],
  );

/** Throws RangeError unless the course keeps its promise of one live session for each number. */
export function assertCourse(course: Course): void {
  const live = liveSessions(course);
  const isNumbered = live.length === course.sessions && live.every(({ n }, i) => n === i + 1);
  if (!isNumbered) throw new RangeError(`sessions ${live.map(({ n }) => n).join(', ')} of ${course.sessions}`);
  if (course.gaps.length !== course.sessions - 1) throw new RangeError(`${course.gaps.length} gaps`);
  if (new Set(course.visits.map(({ id }) => id)).size !== course.visits.length)
    throw new RangeError('an id stands twice');
  for (const { id, kind, n, status, place } of course.visits) {
    if ((kind === 'session') !== (n !== null)) throw new RangeError(`visit ${id} is a ${kind} of number ${n}`);
    if (!place && status !== 'proposed' && status !== 'cancelled') throw new RangeError(`visit ${id} has no place`);
  }
}
