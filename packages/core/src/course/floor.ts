/**
 * The floor under every booking: seven whole local days between two visits that put pigment into one scalp.
 *
 * Client, staff, interface, import and rescheduling all ask here, with everything the client has anywhere in the
 * studio, other courses included. Sessions and touch-ups count, from their first day to their last; consultations and
 * photo reviews do not, nor does what never happened: cancelled, missed or merely proposed. Two visits keep the floor
 * exactly when their half-open ranges [first day, last day + 7) share no day; the database holds the same formula as
 * an exclusion constraint, so that a race cannot slip through either.
 *
 * What has already happened is stored as it was and flagged, and a session that was interrupted may go on the next day;
 * both are the studio's to settle (server/courses), since bookings may lose their place to them. Days are local dates,
 * so a clock change never shortens a gap.
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
const isUnderFloor = ({ kind, status }: Pick<Visit, 'kind' | 'status'>): boolean =>
  isPigmentKind(kind) && COUNTED.has(status);

/** The days a visit keeps for itself: [from, to), as the database stores them. */
const floorRange = ({ firstDay, lastDay }: Pick<Visit, 'firstDay' | 'lastDay'>): readonly [PlainDay, PlainDay] => [
  firstDay,
  addDays(lastDay, MIN_GAP_DAYS),
];

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
