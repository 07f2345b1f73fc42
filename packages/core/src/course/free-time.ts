/**
 * When a session could take place: for every day and practitioner the first start at which client, studio,
 * practitioner and a room are all free for long enough.
 *
 * All times become sorted lists of instants once; then every question is a pass over them. A session starts at a
 * multiple of the studio's step on the wall clock and ends on the day it started. Among rooms free at the same start
 * the first in the studio's order is taken. Ten practitioners, five rooms and 180 days take a few milliseconds.
 *
 * Knows nothing of days that are forbidden, nor of certificates: see blockers.ts.
 */
import { intersect, subtract, unite, within, type Interval } from '../calendar/intervals.ts';
import { dayIndexAt, MINUTE_MS, type LocalDays } from '../calendar/local-time.ts';
import { ALWAYS_OPEN, openIntervals } from '../calendar/opening-hours.ts';
import type { ClientTimes, SessionNeeds, StudioWorld } from './studio-world.ts';

export interface PractitionerTimes {
  readonly hours: readonly Interval[];
  readonly absences: readonly Interval[];
  readonly busy: readonly Interval[];
  /** Minutes still to be given away, by day; Infinity without a limit. */
  readonly minutesLeft: Float64Array;
}

export interface RoomTimes {
  readonly hours: readonly Interval[];
  readonly busy: readonly Interval[];
  readonly isSuited: boolean;
}

/** Everyone's times over a run of days, each list in order of time. */
export interface Times {
  readonly table: LocalDays;
  readonly stepMs: number;
  readonly opening: readonly Interval[];
  readonly clientHours: readonly Interval[];
  readonly clientBusy: readonly Interval[];
  readonly notBeforeMs: number;
  readonly practitioners: readonly PractitionerTimes[];
  readonly rooms: readonly RoomTimes[];
}

/** First starts by day and practitioner: entry `day * practitioners + practitioner`. */
export interface Slots {
  /** NaN where there is none. */
  readonly startMs: Float64Array;
  readonly room: Int16Array;
}

/** Gathers the times of a studio and a client. Throws RangeError for hours or a step that cannot be. */
export function gatherTimes(
  studio: StudioWorld,
  client: ClientTimes,
  needs: SessionNeeds,
  table: LocalDays,
  notBeforeMs: number,
): Times {
  const { startStepMinutes: step } = studio;
  if (!(Number.isSafeInteger(step) && step > 0 && 1440 % step === 0)) {
    throw new RangeError(`starts every ${step} minutes do not divide a day`);
  }
  const opening = openIntervals(studio.opening, table);
  return {
    table,
    stepMs: step * MINUTE_MS,
    opening,
    clientHours: openIntervals(client.hours ?? ALWAYS_OPEN, table),
    clientBusy: unite(client.busy),
    notBeforeMs,
    practitioners: studio.practitioners.map(({ hours, absences, busy, mostMinutesADay }) => {
      const taken = unite(busy);
      return {
        hours: openIntervals(hours, table),
        absences: unite(absences),
        busy: taken,
        minutesLeft: minutesLeft(table, taken, mostMinutesADay),
      };
    }),
    rooms: studio.rooms.map(({ hours, busy, equipment }) => ({
      hours: hours === null ? opening : openIntervals(hours, table),
      busy: unite(busy),
      isSuited: needs.equipment.every((item) => equipment.includes(item)),
    })),
  };
}

function minutesLeft(table: LocalDays, busy: readonly Interval[], most: number | null): Float64Array {
  const left = new Float64Array(table.days.length).fill(most ?? Infinity);
  if (most === null) return left;
  for (const { startMs, endMs } of busy) {
    const first = Math.max(0, dayIndexAt(table, startMs));
    for (let day = first; day < left.length && table.startsMs[day] < endMs; day++) {
      const fromMs = Math.max(startMs, table.startsMs[day]);
      left[day] -= Math.max(0, Math.min(endMs, table.startsMs[day + 1]) - fromMs) / MINUTE_MS;
    }
  }
  return left;
}

/** The first start at or after `fromMs` on a day that the studio's step allows. */
export function alignedStart({ table, stepMs }: Times, day: number, fromMs: number): number {
  const offsetAt = (ms: number): number =>
    Number.isNaN(table.offsetsMs[day]) ? table.zone.offsetMsAt(ms) : table.offsetsMs[day];
  // On a day of a change the step is taken again from the other side of it.
  for (let at = fromMs; ;) {
    const offset = offsetAt(at);
    const next = Math.ceil((at + offset) / stepMs) * stepMs - offset;
    if (next === at) return at;
    at = next;
  }
}

/** The first aligned start in a list of free times that has `minutes` before the day and the stretch end; NaN if none. */
export function firstStart(times: Times, day: number, free: readonly Interval[], minutes: number): number {
  const fromMs = times.table.startsMs[day];
  const toMs = times.table.startsMs[day + 1];
  for (const { startMs, endMs } of free) {
    if (startMs >= toMs) break;
    if (endMs <= fromMs) continue;
    const start = alignedStart(times, day, Math.max(startMs, fromMs));
    if (start + minutes * MINUTE_MS <= Math.min(endMs, toMs)) return start;
  }
  return NaN;
}

/** When client and studio are both there. */
const sharedTime = ({ opening, clientHours, clientBusy, notBeforeMs }: Times): Interval[] =>
  within(subtract(intersect(opening, clientHours), clientBusy), { startMs: notBeforeMs, endMs: Infinity });

/** First starts of sessions of each length, one table a length. */
export function findSlots(times: Times, lengths: readonly number[]): Slots[] {
  const { table, practitioners, rooms } = times;
  const people = practitioners.length;
  const found = lengths.map(() => ({
    startMs: new Float64Array(table.days.length * people).fill(NaN),
    room: new Int16Array(table.days.length * people).fill(-1),
  }));
  const shared = sharedTime(times);
  const roomFree = rooms.map(({ hours, busy, isSuited }) => (isSuited ? subtract(hours, busy) : []));
  practitioners.forEach(({ hours, absences, busy, minutesLeft }, person) => {
    const free = subtract(subtract(intersect(hours, shared), absences), busy);
    roomFree.forEach((freeRoom, room) => {
      for (const { startMs, endMs } of intersect(free, freeRoom)) {
        const first = dayIndexAt(table, startMs);
        for (let day = first; day < table.days.length && table.startsMs[day] < endMs; day++) {
          const start = alignedStart(times, day, Math.max(startMs, table.startsMs[day]));
          const lastMs = Math.min(endMs, table.startsMs[day + 1]);
          const at = day * people + person;
          lengths.forEach((minutes, length) => {
            if (start + minutes * MINUTE_MS > lastMs || minutes > minutesLeft[day]) return;
            const slots = found[length];
            // A room that is free as early but later in the list changes nothing.
            if (start >= slots.startMs[at]) return;
            slots.startMs[at] = start;
            slots.room[at] = room;
          });
        }
      }
    });
  });
  return found;
}
