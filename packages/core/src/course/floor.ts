/**
 * The floor under every booking: seven whole local days between two visits that put pigment into one scalp.
 *
 * Client, staff, interface, import and rescheduling all ask here, with everything the client has anywhere in the
 * studio, other courses included. Sessions and touch-ups count, from their first day to their last; consultations and
 * photo reviews do not, nor does what never happened: cancelled, missed or merely proposed. Two visits keep the floor
 * exactly when their half-open ranges [first day, last day + 7) share no day; the database holds the same formula as
 * an exclusion constraint, so that a race cannot slip through either.
 *
 * What has already happened is stored as it was and flagged: a record does not refuse the truth. A session that was
 * interrupted may go on the next day, on zones the needle has not touched, with a written reason; then that day is
 * its last and the seven days count from there. Days are local dates, so a clock change never shortens a gap.
 */
import { addDays, daysBetween, type PlainDay } from '../calendar/plain-day.ts';
import { MIN_GAP_DAYS } from './gap-window.ts';

export type VisitKind = 'consultation' | 'session' | 'touch-up' | 'review';

export type VisitStatus = 'proposed' | 'booked' | 'in-progress' | 'done' | 'interrupted' | 'cancelled' | 'no-show';

/** A visit of one client, as far as the floor cares. */
export interface Visit {
  readonly id: string;
  readonly kind: VisitKind;
  readonly status: VisitStatus;
  readonly firstDay: PlainDay;
  /** The last day on which pigment was, or will be, placed; `firstDay` for a session of one day. */
  readonly lastDay: PlainDay;
}

export type FloorVerdict =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'too-soon';
      /** The first day from the wished one on that keeps the floor. */
      readonly earliest: PlainDay;
      readonly conflictsWith: readonly string[];
    };

/** Kinds of visit that wound the scalp. */
export const isPigmentKind = (kind: VisitKind): boolean => kind === 'session' || kind === 'touch-up';

const COUNTED: ReadonlySet<VisitStatus> = new Set<VisitStatus>(['booked', 'in-progress', 'done', 'interrupted']);

/** Whether the floor looks at a visit at all: pigment that was placed or is booked. */
export const isUnderFloor = ({ kind, status }: Pick<Visit, 'kind' | 'status'>): boolean =>
  isPigmentKind(kind) && COUNTED.has(status);

/** Whether a visit is history: it took place. */
export const isFact = ({ status }: Pick<Visit, 'status'>): boolean => status === 'done' || status === 'interrupted';

/** The days a visit keeps for itself: [from, to), as the database stores them. */
export const floorRange = ({
  firstDay,
  lastDay,
}: Pick<Visit, 'firstDay' | 'lastDay'>): readonly [PlainDay, PlainDay] => [firstDay, addDays(lastDay, MIN_GAP_DAYS)];

function breaksFloor(a: Pick<Visit, 'firstDay' | 'lastDay'>, b: Pick<Visit, 'firstDay' | 'lastDay'>): boolean {
  const [aFrom, aTo] = floorRange(a);
  const [bFrom, bTo] = floorRange(b);
  return aFrom < bTo && bFrom < aTo;
}

function assertDays({ firstDay, lastDay }: Pick<Visit, 'firstDay' | 'lastDay'>): void {
  if (daysBetween(firstDay, lastDay) < 0) throw new RangeError(`a visit from ${firstDay} back to ${lastDay}`);
}

/**
 * Whether a visit may be booked beside all the others of the client. A visit of the same id in `visits` is the one
 * being moved, and is ignored. Refuses 'date-impossible' for a day that does not exist.
 */
export function checkFloor(
  visits: readonly Visit[],
  wished: Pick<Visit, 'kind' | 'firstDay' | 'lastDay'> & { readonly id: string | null },
): FloorVerdict {
  assertDays(wished);
  if (!isPigmentKind(wished.kind)) return { kind: 'ok' };
  const counted = visits.filter((visit) => isUnderFloor(visit) && visit.id !== wished.id);
  const conflictsWith = counted.filter((visit) => breaksFloor(visit, wished)).map(({ id }) => id);
  if (conflictsWith.length === 0) return { kind: 'ok' };

  const length = daysBetween(wished.firstDay, wished.lastDay);
  let earliest = wished.firstDay;
  // Each conflict moves the wish past a visit that it never meets again, so this ends.
  for (;;) {
    const tried = { firstDay: earliest, lastDay: addDays(earliest, length) };
    const conflict = counted.find((visit) => breaksFloor(visit, tried));
    if (!conflict) return { kind: 'too-soon', earliest, conflictsWith };
    earliest = addDays(conflict.lastDay, MIN_GAP_DAYS);
  }
}

export interface FloorBreach {
  readonly earlier: string;
  readonly later: string;
  /** Last day of the earlier to first day of the later; below 7, negative when they overlap. */
  readonly gapDays: number;
}

/** Every pair of counted visits closer than the floor, in order of time: what a record of the past is flagged with. */
export function floorBreaches(visits: readonly Visit[]): FloorBreach[] {
  const counted = visits
    .filter(isUnderFloor)
    .toSorted((a, b) => compareText(a.firstDay, b.firstDay) || compareText(a.id, b.id));
  return counted.flatMap((earlier, i) =>
    counted
      .slice(i + 1)
      .filter((later) => breaksFloor(earlier, later))
      .map((later) => ({
        earlier: earlier.id,
        later: later.id,
        gapDays: daysBetween(earlier.lastDay, later.firstDay),
      })),
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export type AdmitVerdict =
  | FloorVerdict
  | {
      /** Stored, because it happened. */
      readonly kind: 'flagged';
      /** The breaches it takes part in. */
      readonly breaches: readonly FloorBreach[];
      /** Bookings among them: they have not happened, so they have to move. */
      readonly mustMove: readonly string[];
    };

/**
 * What becomes of a visit that arrives by any route. A fact of a day up to `today` is stored, flagged when it breaks
 * the floor; everything else is a booking and is refused when it does. A fact of a day to come is no fact: it is
 * judged as a booking.
 */
export function admitVisit(visits: readonly Visit[], visit: Visit, today: PlainDay): AdmitVerdict {
  if (!isUnderFloor(visit)) return { kind: 'ok' };
  const verdict = checkFloor(visits, visit);
  if (verdict.kind === 'ok' || !(isFact(visit) && visit.lastDay <= today)) return verdict;
  const beside = [...visits.filter(({ id }) => id !== visit.id), visit];
  return {
    kind: 'flagged',
    breaches: floorBreaches(beside).filter(({ earlier, later }) => earlier === visit.id || later === visit.id),
    mustMove: beside
      .filter(({ id, status }) => verdict.conflictsWith.includes(id) && status === 'booked')
      .map(({ id }) => id),
  };
}

export interface Continuation {
  readonly day: PlainDay;
  /** Why it was interrupted, and why it may go on. */
  readonly reason: string;
  /** Zones to be worked on. */
  readonly zoneIds: readonly string[];
  /** Zones that the first day touched, wholly or in part. */
  readonly touchedZoneIds: readonly string[];
}

export type ContinuationVerdict =
  | { readonly kind: 'ok'; readonly lastDay: PlainDay }
  | { readonly kind: 'refused'; readonly code: 'not-interrupted' | 'not-next-day' | 'reason-missing' | 'zones-missing' }
  | { readonly kind: 'refused'; readonly code: 'zones-touched'; readonly zoneIds: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly code: 'next-too-soon';
      /** What has to move first, and the first day it may move to. */
      readonly conflictsWith: readonly string[];
      readonly earliest: PlainDay;
    };

/**
 * Whether an interrupted session may go on: once, on the day after it began. When the later last day comes within
 * seven days of what is booked next, that booking has to move first ('next-too-soon').
 */
export function checkContinuation(visits: readonly Visit[], id: string, wish: Continuation): ContinuationVerdict {
  const session = visits.find((visit) => visit.id === id);
  if (!session || session.status !== 'interrupted' || !isPigmentKind(session.kind)) {
    return { kind: 'refused', code: 'not-interrupted' };
  }
  if (session.lastDay !== session.firstDay || wish.day !== addDays(session.firstDay, 1)) {
    return { kind: 'refused', code: 'not-next-day' };
  }
  if (wish.reason.trim() === '') return { kind: 'refused', code: 'reason-missing' };
  if (wish.zoneIds.length === 0) return { kind: 'refused', code: 'zones-missing' };
  const zoneIds = wish.zoneIds.filter((zoneId) => wish.touchedZoneIds.includes(zoneId));
  if (zoneIds.length > 0) return { kind: 'refused', code: 'zones-touched', zoneIds };

  // Only what comes after can be hurt: an earlier breach, if any, is history and flagged already.
  const later = visits.filter((visit) => visit.firstDay > session.firstDay);
  const verdict = checkFloor(later, { ...session, lastDay: wish.day });
  if (verdict.kind === 'ok') return { kind: 'ok', lastDay: wish.day };
  const { conflictsWith } = verdict;
  return { kind: 'refused', code: 'next-too-soon', conflictsWith, earliest: addDays(wish.day, MIN_GAP_DAYS) };
}
