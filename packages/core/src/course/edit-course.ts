/**
 * Every change of a course as a value, and whether it is allowed: the state after it, or a refusal that says why.
 *
 * `place` is booking, moving and moving with all later ones at once: any open visits get places, and the course is
 * judged as it then stands, so it is booked whole or not at all. Judged are order, the floor with everything else the
 * client has, days gone by, and gap windows, which a member of staff may answer for. What has happened is frozen: later
 * edits only add. A fact of the past is recorded even where it breaks the floor, and flagged.
 *
 * Does not ask whether anyone is free (blockers.ts), nor for consent and other gates of the day.
 */
import { daysBetween, type PlainDay } from '../calendar/plain-day.ts';
import { Refusal } from '../units/refusal.ts';
import {
  assertCourse,
  courseStatus,
  isLive,
  isOpen,
  liveSessions,
  placedVisits,
  type Course,
  type CourseVisit,
  type Place,
} from './course-state.ts';
import {
  admitVisit,
  checkContinuation,
  checkFloor,
  type ContinuationVerdict,
  type FloorBreach,
  type Visit,
} from './floor.ts';
import { judgeGap, preferredGaps, type GapOverride, type GapWindow } from './gap-window.ts';
import type { Slot } from './studio-world.ts';
import { assertSessionCount } from './wanted-sessions.ts';

export interface Placing {
  readonly id: string;
  /** The local day of the slot. */
  readonly day: PlainDay;
  readonly slot: Slot;
  readonly override: GapOverride | null;
}

export type CourseEdit =
  /** Books or moves visits; afterwards every session of the course is booked or done. */
  | { readonly kind: 'place'; readonly places: readonly Placing[] }
  | { readonly kind: 'start' | 'finish'; readonly id: string }
  | {
      readonly kind: 'interrupt';
      readonly id: string;
      readonly reason: string;
      readonly touchedZoneIds: readonly string[];
    }
  /** The day after an interruption. */
  | { readonly kind: 'continue'; readonly id: string; readonly reason: string; readonly zoneIds: readonly string[] }
  /** The client did not come: the visit is a record, and `replacementId` takes its number. */
  | { readonly kind: 'miss'; readonly id: string; readonly replacementId: string }
  /** What took place on a day gone by, from a paper record or an import. */
  | { readonly kind: 'record'; readonly id: string; readonly place: Place }
  | { readonly kind: 'pause' | 'cancel'; readonly by: string; readonly reason: string }
  | { readonly kind: 'resume' }
  /** More sessions, or fewer; ids for those that are new. */
  | {
      readonly kind: 'resize';
      readonly sessions: number;
      readonly reason: string | null;
      readonly newIds: readonly string[];
    }
  | { readonly kind: 'add'; readonly id: string; readonly visit: 'touch-up' | 'review' }
  /** Takes a touch-up or review out again. */
  | { readonly kind: 'drop'; readonly id: string };

export interface CourseContext {
  readonly today: PlainDay;
  /** What the client has outside this course. */
  readonly otherVisits: readonly Visit[];
}

export type EditRefusal =
  | { readonly code: 'course-held'; readonly hold: 'paused' | 'cancelled' }
  | {
      readonly code: 'visit-unknown' | 'visit-frozen' | 'place-past' | 'not-today';
      readonly id: string;
    }
  | { readonly code: 'reason-missing' | 'not-held' | 'sessions-unfinished' | 'ids-missing' }
  | { readonly code: 'sessions-count'; readonly sessions: number }
  /** Sessions that would stay without a date. */
  | { readonly code: 'incomplete'; readonly ids: readonly string[] }
  | { readonly code: 'out-of-order'; readonly id: string }
  | {
      readonly code: 'too-soon';
      readonly id: string;
      readonly earliest: PlainDay;
      readonly conflictsWith: readonly string[];
    }
  | { readonly code: 'needs-override'; readonly id: string; readonly gapDays: number; readonly window: GapWindow }
  | { readonly code: 'gap-too-long'; readonly id: string; readonly gapDays: number }
  | {
      readonly code: 'cannot-continue';
      readonly id: string;
      readonly why: Exclude<ContinuationVerdict, { kind: 'ok' }>;
    };

export type EditVerdict =
  | {
      readonly kind: 'ok';
      readonly course: Course;
      /** Breaches of the floor that a recorded fact brings to light. */
      readonly breaches: readonly FloorBreach[];
      /** Bookings that such a fact forces to move. */
      readonly mustMove: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: EditRefusal };

const ok = (course: Course): EditVerdict => ({ kind: 'ok', course, breaches: [], mustMove: [] });
const refused = (refusal: EditRefusal): EditVerdict => ({ kind: 'refused', refusal });

const proposedVisit = (id: string, kind: CourseVisit['kind'], n: number | null): CourseVisit => ({
  id,
  kind,
  n,
  status: 'proposed',
  place: null,
  gapOverride: null,
  interruption: null,
});

/** A course of which nothing is booked yet. Refuses 'sessions-count'. */
export function newCourse(
  ids: readonly string[],
  reason: string | null,
  gaps: readonly GapWindow[] | null = null,
): Course {
  assertSessionCount(ids.length, reason);
  const course: Course = {
    sessions: ids.length,
    reason,
    gaps: gaps ?? preferredGaps(ids.length),
    hold: null,
    visits: ids.map((id, i) => proposedVisit(id, 'session', i + 1)),
  };
  assertCourse(course);
  return course;
}

const withVisit = (course: Course, id: string, change: Partial<CourseVisit>): Course => ({
  ...course,
  visits: course.visits.map((visit) => (visit.id === id ? { ...visit, ...change } : visit)),
});

/** The course after an edit, or why it is refused. Never changes what it is given. */
export function editCourse(course: Course, edit: CourseEdit, context: CourseContext): EditVerdict {
  const { hold } = course;
  // What was done before a pause may still be written down, and a held course may end.
  const isForHeld =
    edit.kind === 'resume' || edit.kind === 'record' || (edit.kind === 'cancel' && hold?.kind === 'paused');
  if (hold && !isForHeld) return refused({ code: 'course-held', hold: hold.kind });
  const verdict = applyEdit(course, edit, context);
  if (verdict.kind === 'ok') assertCourse(verdict.course);
  return verdict;
}

function applyEdit(course: Course, edit: CourseEdit, context: CourseContext): EditVerdict {
  switch (edit.kind) {
    case 'place':
      return placeVisits(course, edit.places, context);
    case 'pause':
    case 'cancel':
      return holdCourse(course, edit, context.today);
    case 'resume':
      return resumeCourse(course);
    case 'resize':
      return resizeCourse(course, edit);
    case 'add': {
      const isTooEarly = edit.visit === 'touch-up' && courseStatus(course) !== 'done';
      if (isTooEarly) return refused({ code: 'sessions-unfinished' });
      return ok({ ...course, visits: [...course.visits, proposedVisit(edit.id, edit.visit, null)] });
    }
    default: {
      const visit = course.visits.find(({ id }) => id === edit.id);
      if (!visit) return refused({ code: 'visit-unknown', id: edit.id });
      return editVisit(course, visit, edit, context);
    }
  }
}

type VisitEdit = Extract<
  CourseEdit,
  { kind: 'start' | 'finish' | 'interrupt' | 'continue' | 'miss' | 'record' | 'drop' }
>;

function editVisit(course: Course, visit: CourseVisit, edit: VisitEdit, context: CourseContext): EditVerdict {
  const { id, status, place } = visit;
  const frozen = refused({ code: 'visit-frozen', id });
  switch (edit.kind) {
    case 'start': {
      if (status !== 'booked') return frozen;
      if (place!.firstDay !== context.today) return refused({ code: 'not-today', id });
      return tooSoon(course, visit, context) ?? ok(withVisit(course, id, { status: 'in-progress' }));
    }
    case 'finish':
      // What was left over by an interruption may as well be left to the next session.
      return status === 'in-progress' || status === 'interrupted'
        ? ok(withVisit(course, id, { status: 'done' }))
        : frozen;
    case 'interrupt': {
      if (status !== 'in-progress') return frozen;
      if (edit.reason.trim() === '') return refused({ code: 'reason-missing' });
      const { reason, touchedZoneIds } = edit;
      return ok(withVisit(course, id, { status: 'interrupted', interruption: { reason, touchedZoneIds } }));
    }
    case 'continue': {
      const { reason, zoneIds } = edit;
      const touchedZoneIds = visit.interruption?.touchedZoneIds ?? [];
      const wish = { day: context.today, reason, zoneIds, touchedZoneIds };
      const why = checkContinuation([...placedVisits(course), ...context.otherVisits], id, wish);
      if (why.kind !== 'ok') return refused({ code: 'cannot-continue', id, why });
      return ok(withVisit(course, id, { status: 'in-progress', place: { ...place!, lastDay: why.lastDay } }));
    }
    case 'miss': {
      if (status !== 'booked') return frozen;
      if (place!.firstDay > context.today) return refused({ code: 'not-today', id });
      const replacement = proposedVisit(edit.replacementId, visit.kind, visit.n);
      const missed: CourseVisit = { ...visit, status: 'no-show' };
      return ok({ ...course, visits: course.visits.flatMap((one) => (one === visit ? [missed, replacement] : [one])) });
    }
    case 'record':
      return recordFact(course, visit, edit.place, context);
    case 'drop':
      if (visit.kind === 'session' || !isOpen(visit)) return frozen;
      return ok(withVisit(course, id, { status: 'cancelled' }));
  }
}

/** The refusal of a placed visit that is too close to another; null when the floor holds. */
function tooSoon(course: Course, { id, kind, place }: CourseVisit, { otherVisits }: CourseContext): EditVerdict | null {
  const { firstDay, lastDay } = place!;
  const verdict = checkFloor([...placedVisits(course), ...otherVisits], { id, kind, firstDay, lastDay });
  return verdict.kind === 'ok'
    ? null
    : refused({ code: 'too-soon', id, earliest: verdict.earliest, conflictsWith: verdict.conflictsWith });
}

function placeVisits(course: Course, places: readonly Placing[], context: CourseContext): EditVerdict {
  let after = course;
  for (const { id, day, slot, override } of places) {
    const visit = course.visits.find((one) => one.id === id);
    if (!visit) return refused({ code: 'visit-unknown', id });
    if (!isOpen(visit)) return refused({ code: 'visit-frozen', id });
    if (day < context.today) return refused({ code: 'place-past', id });
    const place = { firstDay: day, lastDay: day, slot };
    after = withVisit(after, id, { status: 'booked', place, gapOverride: override });
  }
  const placed = new Set(places.map(({ id }) => id));
  const touchesSessions = after.visits.some(({ id, kind }) => kind === 'session' && placed.has(id));
  const live = liveSessions(after);
  const left = live.filter(({ status }) => status === 'proposed');
  if (touchesSessions && left.length > 0) return refused({ code: 'incomplete', ids: left.map(({ id }) => id) });

  for (const visit of after.visits) {
    if (placed.has(visit.id)) {
      const verdict = tooSoon(after, visit, context);
      if (verdict) return verdict;
    }
  }
  for (let i = 1; i < live.length; i++) {
    const [before, visit] = [live[i - 1], live[i]];
    const isTouched = placed.has(before.id) || placed.has(visit.id);
    if (!isTouched || !before.place || !visit.place) continue;
    if (daysBetween(before.place.lastDay, visit.place.firstDay) <= 0)
      return refused({ code: 'out-of-order', id: visit.id });
    const gap = judgeGap(before.place.lastDay, visit.place.firstDay, course.gaps[i - 1], visit.gapOverride);
    const { gapDays } = gap;
    if (gap.kind === 'needs-override')
      return refused({ code: 'needs-override', id: visit.id, gapDays, window: gap.window });
    if (gap.kind === 'too-late') return refused({ code: 'gap-too-long', id: visit.id, gapDays });
  }
  return ok(after);
}

function recordFact(course: Course, visit: CourseVisit, place: Place, context: CourseContext): EditVerdict {
  const { id, kind } = visit;
  if (!isOpen(visit) && visit.status !== 'cancelled') return refused({ code: 'visit-frozen', id });
  if (place.lastDay > context.today) return refused({ code: 'not-today', id });
  const fact: Visit = { id, kind, status: 'done', firstDay: place.firstDay, lastDay: place.lastDay };
  const verdict = admitVisit([...placedVisits(course), ...context.otherVisits], fact, context.today);
  const after = withVisit(course, id, { status: 'done', place });
  return verdict.kind === 'flagged'
    ? { kind: 'ok', course: after, breaches: verdict.breaches, mustMove: verdict.mustMove }
    : ok(after);
}

/** Whatever is under the needle has to end first; what is booked is given back, what is done stays. */
function holdCourse(
  course: Course,
  { kind, by, reason }: Extract<CourseEdit, { kind: 'pause' | 'cancel' }>,
  today: PlainDay,
): EditVerdict {
  if (by.trim() === '' || reason.trim() === '') return refused({ code: 'reason-missing' });
  const running = course.visits.find(({ status }) => status === 'in-progress');
  if (running) return refused({ code: 'visit-frozen', id: running.id });
  const [holdKind, status] =
    kind === 'pause' ? (['paused', 'proposed'] as const) : (['cancelled', 'cancelled'] as const);
  const visits = course.visits.map((visit) =>
    isOpen(visit) ? { ...visit, status, place: null, gapOverride: null } : visit,
  );
  return ok({ ...course, visits, hold: { kind: holdKind, since: today, by, reason } });
}

function resumeCourse(course: Course): EditVerdict {
  if (!course.hold) return refused({ code: 'not-held' });
  const visits = course.visits.map((visit) =>
    isLive(visit) && visit.status === 'cancelled' ? { ...visit, status: 'proposed' as const } : visit,
  );
  return ok({ ...course, visits, hold: null });
}

function resizeCourse(
  course: Course,
  { sessions, reason, newIds }: Extract<CourseEdit, { kind: 'resize' }>,
): EditVerdict {
  try {
    assertSessionCount(sessions, reason);
  } catch (error) {
    if (error instanceof Refusal) return refused({ code: 'sessions-count', sessions });
    throw error;
  }
  const live = liveSessions(course);
  const frozen = live.slice(sessions).find((visit) => !isOpen(visit));
  if (frozen) return refused({ code: 'visit-frozen', id: frozen.id });
  const added = Array.from({ length: Math.max(0, sessions - live.length) }, (_, i) => live.length + i + 1);
  if (newIds.length < added.length) return refused({ code: 'ids-missing' });
  const kept = course.visits.filter((visit) => visit.kind === 'session' && (visit.n! <= sessions || !isLive(visit)));
  const others = course.visits.filter(({ kind }) => kind !== 'session');
  const fresh = added.map((n, i) => proposedVisit(newIds[i], 'session', n));
  const gaps =
    sessions <= live.length
      ? course.gaps.slice(0, sessions - 1)
      : [...course.gaps, ...preferredGaps(sessions).slice(live.length - 1)];
  return ok({ ...course, sessions, reason, gaps, visits: [...kept, ...fresh, ...others] });
}
