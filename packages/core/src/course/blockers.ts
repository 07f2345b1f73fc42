/**
 * Why a session cannot take place: of a day and practitioner the first obstacle, of a slot every one.
 *
 * Obstacles are asked in the order in which a person would explain them: the day itself (healing, floor, black-outs),
 * the practitioner's right to do the work, then the clock: the studio, the client, the practitioner, the rooms. Codes
 * and ids only; the screens find the words. Agrees with free-time.ts: there is a slot exactly when nothing is in the way.
 */
import { covers, intersect, overlaps, subtract, within, type Interval } from '../calendar/intervals.ts';
import { dayIndexAt, localDays, localTimeAt, MINUTE_MS } from '../calendar/local-time.ts';
import type { PlainDay } from '../calendar/plain-day.ts';
import { forbidsDay, forbidsEnd } from './black-out.ts';
import { checkFloor, isPigmentKind, type VisitKind } from './floor.ts';
import { firstStart, gatherTimes, type Times } from './free-time.ts';
import { isBookable, type BookableVerdict } from './is-bookable.ts';
import type { ClientTimes, SessionNeeds, Slot, StudioWorld } from './studio-world.ts';

export type BlockerCode =
  /** The skin has not healed, or the first possible day is later. */
  | 'not-healed'
  | 'floor'
  | 'black-out'
  /** The course would not be done in time for an event. */
  | 'not-finished-in-time'
  | Extract<BookableVerdict, { kind: 'refused' }>['code']
  | 'studio-closed'
  | 'client-hours'
  | 'client-busy'
  /** Sooner than the studio takes bookings, or past. */
  | 'short-notice'
  | 'practitioner-off'
  | 'practitioner-absent'
  | 'practitioner-busy'
  | 'practitioner-full'
  | 'equipment-missing'
  | 'room-closed'
  | 'room-busy'
  /** Before an earlier session of the same course. */
  | 'out-of-order'
  /** Ends on another day, or starts between two steps of the book. */
  | 'start-unusual';

export interface Blocker {
  readonly code: BlockerCode;
  /** What is in the way: the id of a practitioner, room, black-out, visit or certificate, or the name of a skill. */
  readonly id: string | null;
  /** The day from which it is not, or was, in force, where it has one. */
  readonly day: PlainDay | null;
}

/** What the days of a course are judged by. */
export interface DayRules {
  /** Visits without pigment only keep out of the days of a black-out themselves. */
  readonly kind: VisitKind;
  readonly client: Pick<ClientTimes, 'visits' | 'blackOuts'>;
  readonly earliestDay: PlainDay;
}

export const blocker = (code: BlockerCode, id: string | null = null, day: PlainDay | null = null): Blocker => ({
  code,
  id,
  day,
});

/** What forbids a session on a day, whoever does it. */
export function dayBlockers({ kind, client, earliestDay }: DayRules, day: PlainDay, isLast: boolean): Blocker[] {
  if (!isPigmentKind(kind)) {
    return client.blackOuts
      .filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)
      .map(({ id, firstDay }) => blocker('black-out', id, firstDay));
  }
  const found: Blocker[] = [];
  if (day < earliestDay) found.push(blocker('not-healed', null, earliestDay));
  const floor = checkFloor(client.visits, { id: null, kind, firstDay: day, lastDay: day });
  if (floor.kind === 'too-soon') {
    for (const id of floor.conflictsWith) found.push(blocker('floor', id, floor.earliest));
  }
  for (const blackOut of client.blackOuts) {
    // An event that was over before the course could begin asks nothing of its end.
    const isAhead = blackOut.lastDay >= earliestDay;
    if (forbidsDay(blackOut, day)) found.push(blocker('black-out', blackOut.id, blackOut.firstDay));
    else if (isLast && isAhead && forbidsEnd(blackOut, day)) {
      found.push(blocker('not-finished-in-time', blackOut.id, blackOut.firstDay));
    }
  }
  return found;
}

/** What forbids that a practitioner does this work on a day. */
export function skillBlockers(
  practitioner: StudioWorld['practitioners'][number],
  needs: SessionNeeds,
  day: PlainDay,
): Blocker[] {
  return needs.skills.flatMap((need) => {
    const verdict = isBookable(practitioner, need, day);
    if (verdict.kind === 'ok') return [];
    return [
      'certificateId' in verdict
        ? blocker(verdict.code, verdict.certificateId, verdict.day)
        : blocker(verdict.code, verdict.skill),
    ];
  });
}

/** The first obstacle of the clock to `minutes` with a practitioner on a day of the table; null when there is a slot. */
export function clockBlocker(
  times: Times,
  studio: StudioWorld,
  day: number,
  person: number,
  minutes: number,
): Blocker | null {
  const { id } = studio.practitioners[person];
  const { hours, absences, busy, minutesLeft } = times.practitioners[person];
  const window = { startMs: times.table.startsMs[day], endMs: times.table.startsMs[day + 1] };
  const fits = (free: readonly Interval[]): boolean => !Number.isNaN(firstStart(times, day, free, minutes));

  let left: Interval[] = [window];
  const steps: [BlockerCode, string | null, (free: Interval[]) => Interval[]][] = [
    ['studio-closed', null, (free) => intersect(free, times.opening)],
    ['client-hours', null, (free) => intersect(free, times.clientHours)],
    ['client-busy', null, (free) => subtract(free, within(times.clientBusy, window))],
    ['short-notice', null, (free) => within(free, { startMs: times.notBeforeMs, endMs: Infinity })],
    ['practitioner-off', id, (free) => intersect(free, hours)],
    ['practitioner-absent', id, (free) => subtract(free, within(absences, window))],
    ['practitioner-busy', id, (free) => subtract(free, within(busy, window))],
  ];
  for (const [code, of, reduce] of steps) {
    left = reduce(left);
    if (!fits(left)) return blocker(code, of);
  }
  if (minutes > minutesLeft[day]) return blocker('practitioner-full', id);
  const suited = times.rooms.filter(({ isSuited }) => isSuited);
  if (suited.length === 0) return blocker('equipment-missing');
  const open = suited
    .map((room) => ({ busy: room.busy, free: intersect(left, room.hours) }))
    .filter(({ free }) => fits(free));
  if (open.length === 0) return blocker('room-closed');
  return open.some(({ busy, free }) => fits(subtract(free, within(busy, window)))) ? null : blocker('room-busy');
}

export interface SlotQuestion {
  readonly kind: VisitKind;
  readonly studio: StudioWorld;
  /** Without what is being moved, in visits and busy times alike. */
  readonly client: ClientTimes;
  readonly needs: SessionNeeds;
  readonly slot: Slot;
  readonly earliestDay: PlainDay;
  readonly notBeforeMs: number;
  /** Whether the course ends with it. */
  readonly isLast: boolean;
}

/**
 * What the clock says against one slot of a day of the table. Throws RangeError for a practitioner or room that the
 * studio does not have.
 */
export function slotClockBlockers(times: Times, studio: StudioWorld, slot: Slot): Blocker[] {
  const { practitionerId, roomId, startMs, endMs } = slot;
  const person = studio.practitioners.findIndex(({ id }) => id === practitionerId);
  const room = studio.rooms.findIndex(({ id }) => id === roomId);
  if (person < 0 || room < 0) throw new RangeError(`the studio has no ${person < 0 ? practitionerId : roomId}`);
  const { hours, absences, busy, minutesLeft } = times.practitioners[person];
  const left = minutesLeft[dayIndexAt(times.table, startMs)];
  const meets = (list: readonly Interval[]): boolean => list.some((taken) => overlaps(taken, slot));
  const checks: [boolean, BlockerCode, string | null][] = [
    [!covers(times.opening, slot), 'studio-closed', null],
    [!covers(times.clientHours, slot), 'client-hours', null],
    [meets(times.clientBusy), 'client-busy', null],
    [startMs < times.notBeforeMs, 'short-notice', null],
    [!covers(hours, slot), 'practitioner-off', practitionerId],
    [meets(absences), 'practitioner-absent', practitionerId],
    [meets(busy), 'practitioner-busy', practitionerId],
    [(endMs - startMs) / MINUTE_MS > left, 'practitioner-full', practitionerId],
    [!times.rooms[room].isSuited, 'equipment-missing', roomId],
    [!covers(times.rooms[room].hours, slot), 'room-closed', roomId],
    [meets(times.rooms[room].busy), 'room-busy', roomId],
  ];
  return checks.flatMap(([isBlocked, code, id]) => (isBlocked ? [blocker(code, id)] : []));
}

/** Everything that speaks against one slot; nothing means it can be booked. Throws as {@link slotClockBlockers}. */
export function judgeSlot(question: SlotQuestion): Blocker[] {
  const { kind, studio, client, needs, slot, earliestDay, notBeforeMs, isLast } = question;
  const { startMs, endMs, practitionerId } = slot;
  if (!(endMs > startMs)) throw new RangeError('a slot ends after it starts');
  const { day, minute } = localTimeAt(studio.zone, startMs);
  const table = localDays(studio.zone, day, 1);
  const times = gatherTimes(studio, client, needs, table, notBeforeMs);
  const byClock = slotClockBlockers(times, studio, slot);
  const practitioner = studio.practitioners.find(({ id }) => id === practitionerId)!;
  const isOnStep = startMs % MINUTE_MS === 0 && minute % studio.startStepMinutes === 0;
  return [
    ...dayBlockers({ kind, client, earliestDay }, day, isLast),
    ...skillBlockers(practitioner, needs, day),
    ...(isOnStep && endMs <= table.startsMs[1] ? [] : [blocker('start-unusual')]),
    ...byClock,
  ];
}
