import { DAY_MS } from '../../aftercare/testing/toy-zone.ts';
import type { Interval } from '../../calendar/intervals.ts';
import { MINUTE_MS } from '../../calendar/local-time.ts';
import type { OpeningHours } from '../../calendar/opening-hours.ts';
import { addDays, dayNumber, daysBetween, weekdayOf } from '../../calendar/plain-day.ts';
import type { CourseRequest } from '../solve-course.ts';
import type { Slot } from '../studio-world.ts';

const TICK_MS = 10 * MINUTE_MS;

export interface SlotOfDay extends Slot {
  /** Days since the earliest. */
  readonly day: number;
}

/**
 * What a world allows, each rule by its plain meaning, over ticks of ten minutes; all its times are multiples of them.
 */
export function walkWorld(world: CourseRequest): {
  /** Whether session `k` may take a slot. */
  readonly mayTake: (k: number, slot: Slot) => boolean;
  /** Whether it may stay on a slot where it is booked, be it between two steps of the book. */
  readonly mayStay: (k: number, slot: Slot) => boolean;
  /** The first slot that session `k` may take with each practitioner on each day. */
  readonly everySlot: (k: number) => SlotOfDay[];
} {
  const { studio, client, needs, sessions, earliestDay, notBeforeMs, horizonDays } = world;
  const firstNumber = dayNumber(earliestDay);
  const fromMs = (firstNumber - 1) * DAY_MS;
  const ticks = ((horizonDays + 3) * DAY_MS) / TICK_MS;
  const wallMs = Array.from({ length: ticks }, (_, t) => {
    const atMs = fromMs + t * TICK_MS;
    return atMs + studio.zone.offsetMsAt(atMs);
  });
  const dayOf = wallMs.map((wall) => Math.floor(wall / DAY_MS) - firstNumber);

  const starts = Array.from({ length: horizonDays + 3 }, (_, i) => dayOf.findIndex((day) => day >= i - 1));
  const firstTick = (day: number, wall: number): number => {
    let t = starts[day + 1];
    while (t < ticks && wallMs[t] < wall) t++;
    return t;
  };
  const openTicks = (hours: OpeningHours): boolean[] => {
    const open = new Array<boolean>(ticks).fill(false);
    for (let day = -1; day <= horizonDays + 1; day++) {
      const text = addDays(earliestDay, day);
      const exception = (hours.exceptions ?? []).findLast(
        ({ firstDay, lastDay }) => firstDay <= text && text <= lastDay,
      );
      const today = exception ? exception.hours : hours.weekly.filter(({ weekday }) => weekday === weekdayOf(text));
      for (const { fromMinute, toMinute } of today) {
        const dayMs = (firstNumber + day) * DAY_MS;
        const from = firstTick(day, dayMs + fromMinute * MINUTE_MS);
        const to = firstTick(day, dayMs + toMinute * MINUTE_MS);
        open.fill(true, from, to);
      }
    }
    return open;
  };
  const takenTicks = (busy: readonly Interval[]): boolean[] => {
    const taken = new Array<boolean>(ticks).fill(false);
    const tickAt = (atMs: number): number => Math.max(0, (atMs - fromMs) / TICK_MS);
    for (const { startMs, endMs } of busy) taken.fill(true, tickAt(startMs), tickAt(endMs));
    return taken;
  };

  const always = new Array<boolean>(ticks).fill(true);
  const opening = openTicks(studio.opening);
  const clientHours = client.hours ? openTicks(client.hours) : always;
  const clientBusy = takenTicks(client.busy);
  const shared = wallMs.map((_, t) => opening[t] && clientHours[t] && !clientBusy[t]);
  const people = studio.practitioners.map((one) => {
    const [hours, absent, busy] = [openTicks(one.hours), takenTicks(one.absences), takenTicks(one.busy)];
    return { one, busy, free: wallMs.map((_, t) => hours[t] && !absent[t] && !busy[t]) };
  });
  const rooms = studio.rooms.map((one) => {
    const [hours, busy] = [one.hours ? openTicks(one.hours) : always, takenTicks(one.busy)];
    return { one, free: wallMs.map((_, t) => hours[t] && !busy[t]) };
  });

  const isDayFree = (k: number, day: string): boolean => {
    for (const { firstDay, lastDay } of client.visits) {
      if (daysBetween(lastDay, day) < 7 && daysBetween(day, firstDay) < 7) return false;
    }
    for (const { firstDay, lastDay, rule } of client.blackOuts) {
      const isBefore = daysBetween(day, firstDay) >= rule.clearBeforeDays;
      const isAfter = daysBetween(lastDay, day) >= rule.clearAfterDays;
      if (!isBefore && !isAfter) return false;
      const endsBy = rule.finishBeforeDays;
      if (k === sessions.length - 1 && endsBy !== null && lastDay >= earliestDay) {
        if (daysBetween(day, firstDay) < endsBy) return false;
      }
    }
    return true;
  };
  const isAllowed = ({ one }: (typeof people)[number], day: string): boolean =>
    needs.skills.every(
      ({ skill, needsCertificate }) =>
        one.skills.includes(skill) &&
        (!needsCertificate ||
          one.certificates.some(
            ({ validFrom, validThrough, proofId }) =>
              proofId && validFrom <= day && (!validThrough || day <= validThrough),
          )),
    );
  const hasMinutes = ({ one, busy }: (typeof people)[number], day: number, minutes: number): boolean => {
    if (one.mostMinutesADay === null) return true;
    let booked = 0;
    for (let t = starts[day + 1]; dayOf[t] === day; t++) if (busy[t]) booked++;
    return booked * 10 + minutes <= one.mostMinutesADay;
  };

  const isFree = (k: number, person: (typeof people)[number], room: (typeof rooms)[number], t: number): boolean => {
    const day = dayOf[t];
    if (fromMs + t * TICK_MS < notBeforeMs) return false;
    for (let u = t; u < t + sessions[k].minutes / 10; u++) {
      if (dayOf[u] !== day || !shared[u] || !person.free[u] || !room.free[u]) return false;
    }
    return needs.equipment.every((item) => room.one.equipment.includes(item));
  };

  const isOnStep = (t: number): boolean => (wallMs[t] / MINUTE_MS) % studio.startStepMinutes === 0;
  const mayStay = (k: number, { startMs, practitionerId, roomId }: Slot): boolean => {
    const t = (startMs - fromMs) / TICK_MS;
    const day = dayOf[t];
    if (!(day >= 0 && day < horizonDays)) return false;
    const text = addDays(earliestDay, day);
    const person = people.find(({ one }) => one.id === practitionerId)!;
    const room = rooms.find(({ one }) => one.id === roomId)!;
    const isDay = isDayFree(k, text) && isAllowed(person, text) && hasMinutes(person, day, sessions[k].minutes);
    return isDay && isFree(k, person, room, t);
  };

  return {
    mayStay,
    mayTake: (k, slot) => mayStay(k, slot) && isOnStep((slot.startMs - fromMs) / TICK_MS),
    everySlot: (k) => {
      const found: SlotOfDay[] = [];
      for (let day = 0; day < horizonDays; day++) {
        const text = addDays(earliestDay, day);
        if (!isDayFree(k, text)) continue;
        for (const person of people) {
          if (!isAllowed(person, text) || !hasMinutes(person, day, sessions[k].minutes)) continue;
          let t = starts[day + 1];
          while (dayOf[t] === day && !(isOnStep(t) && rooms.some((room) => isFree(k, person, room, t)))) t++;
          if (dayOf[t] !== day) continue;
          const startMs = fromMs + t * TICK_MS;
          const room = rooms.find((room) => isFree(k, person, room, t))!;
          const endMs = startMs + sessions[k].minutes * MINUTE_MS;
          found.push({ day, startMs, endMs, practitionerId: person.one.id, roomId: room.one.id });
        }
      }
      return found;
    },
  };
}
