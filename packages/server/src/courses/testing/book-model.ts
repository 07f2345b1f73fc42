/**
 * What the book must hold, kept beside the database from nothing but the answers that were given, and the rules of the
 * book written a second time: by brute force, with a calendar of its own, and without the code that is tested.
 */
import type { BookedStudio } from './booked-studio.ts';

/** An appointment as an answer told it. */
export interface Told {
  readonly id: string;
  clientId: string;
  readonly courseId: string | null;
  readonly kind: string;
  readonly n: number | null;
  readonly status: string;
  readonly practitionerId: string;
  readonly roomId: string | null;
  readonly start: string;
  readonly end: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly isFact: boolean;
  readonly flags: readonly string[];
  readonly version: number;
}

export interface Findings {
  /** Pairs of one client's sessions or touch-ups closer than seven days, one of them still a booking. */
  floorBreaches: string[];
  /** Pairs of bookings that share a practitioner, room or client at one moment. */
  doubleBookings: string[];
  /** Answers that the database does not bear out. */
  lostWrites: string[];
  /** Bookings at hours, on days or in an order that no rule allows. */
  strayBookings: string[];
}

export const noFindings = (): Findings => ({
  floorBreaches: [],
  doubleBookings: [],
  lostWrites: [],
  strayBookings: [],
});

export class BookModel {
  readonly told = new Map<string, Told>();
  /** Merged clients: what was told of the first belongs to the second. */
  readonly mergedInto = new Map<string, string>();

  tell(appointments: readonly Told[]): void {
    for (const one of appointments) {
      const known = this.told.get(one.id);
      if (!known || one.version >= known.version) this.told.set(one.id, { ...one });
    }
  }

  clientOf(id: string): string {
    const into = this.mergedInto.get(id);
    return into === undefined ? id : this.clientOf(into);
  }
}

type Row = Awaited<ReturnType<BookedStudio['rows']>>[number];

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const isPigment = ({ kind }: Row): boolean => kind === 'session' || kind === 'touch-up';
const isActive = ({ status }: Row): boolean => status !== 'cancelled' && status !== 'missed';
const nameOf = (a: Row, b: Row): string => `${a.id} and ${b.id}`;

function groups<T>(rows: readonly T[], keyOf: (row: T) => string | null): T[][] {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

const pairs = <T>(rows: readonly T[]): [T, T][] => rows.flatMap((a, i) => rows.slice(i + 1).map((b): [T, T] => [a, b]));

/** The wall clock by the engine's own words. */
function wallClock(timeZone: string): (at: Date) => { readonly day: string; readonly minute: number } {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => {
    const [day, time] = format.format(at).split(' ') as [string, string];
    const [hour, minute] = time.split(':').map(Number) as [number, number];
    return { day, minute: hour * 60 + minute };
  };
}

/** Looks through the whole book of a studio while nobody writes. */
export async function lookThrough(
  studio: BookedStudio,
  model: BookModel,
  openMinutes: readonly [number, number],
  findings: Findings,
): Promise<number> {
  const rows = await studio.rows();
  const active = rows.filter(isActive);
  for (const own of groups(active.filter(isPigment), ({ clientId }) => clientId))
    for (const [a, b] of pairs(own)) {
      const gap = Math.max(dayNumber(b.firstDay) - dayNumber(a.lastDay), dayNumber(a.firstDay) - dayNumber(b.lastDay));
      if (gap < 7 && !(a.isFact && b.isFact)) findings.floorBreaches.push(nameOf(a, b));
    }
  const bookings = active.filter(({ isFact }) => !isFact);
  for (const keyOf of [(of: Row) => of.practitionerId, (of: Row) => of.roomId, (of: Row) => of.clientId])
    for (const own of groups(bookings, keyOf))
      for (const [a, b] of pairs(own))
        if (a.during.start < b.during.end && b.during.start < a.during.end) findings.doubleBookings.push(nameOf(a, b));

  const wall = wallClock(studio.timeZone);
  for (const row of bookings) {
    const [start, end] = [wall(row.during.start), wall(row.during.end)];
    const isGoingOn = row.continuationReason !== null;
    const isWithin = start.minute >= openMinutes[0] && end.minute <= openMinutes[1] && start.day === end.day;
    const isOnDay = row.lastDay === start.day && (isGoingOn || row.firstDay === start.day);
    if (!isWithin || !isOnDay) findings.strayBookings.push(`${row.id} at ${start.day} ${start.minute}`);
  }
  for (const course of groups(
    active.filter(({ kind }) => kind === 'session'),
    ({ courseId }) => courseId,
  )) {
    const sessions = course.toSorted((a, b) => a.n! - b.n!);
    sessions.forEach((session, i) => {
      const before = sessions[i - 1];
      if (before?.n === session.n) findings.strayBookings.push(`two sessions: ${nameOf(before!, session)}`);
      if (before && !session.isFact && session.firstDay <= before.lastDay)
        findings.strayBookings.push(`out of order: ${nameOf(before, session)}`);
    });
  }
  compareWithTold(rows, model, findings);
  return rows.length;
}

function compareWithTold(rows: readonly Row[], model: BookModel, findings: Findings): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const told of model.told.values()) {
    const row = byId.get(told.id);
    byId.delete(told.id);
    if (!row) {
      findings.lostWrites.push(`${told.id} is not there`);
      continue;
    }
    const stored: Told = {
      id: row.id,
      clientId: row.clientId,
      courseId: row.courseId,
      kind: row.kind,
      n: row.n,
      status: row.status,
      practitionerId: row.practitionerId,
      roomId: row.roomId,
      start: row.during.start.toISOString(),
      end: row.during.end.toISOString(),
      firstDay: row.firstDay,
      lastDay: row.lastDay,
      isFact: row.isFact,
      flags: row.flags,
      version: row.version,
    };
    // A fact takes their place from bookings too close to it, without naming them in its answer.
    const isFreed = row.status === 'cancelled' && row.flags.includes('too-soon') && row.version > told.version;
    const freed = isFreed ? { status: row.status, flags: row.flags, version: row.version } : {};
    const expected = { ...told, clientId: model.clientOf(told.clientId), ...freed };
    for (const field of Object.keys(stored) as (keyof Told)[])
      if (JSON.stringify(stored[field]) !== JSON.stringify(expected[field]))
        findings.lostWrites.push(`${told.id}: ${field} is ${String(stored[field])}, told ${String(expected[field])}`);
    model.told.set(row.id, stored);
  }
  for (const id of byId.keys()) findings.lostWrites.push(`${id} was never told`);
}
