/** Free hours for one appointment: every start on the book's steps, with the first room that is free then. */
import { localDays, MINUTE_MS } from '@stipple/core/calendar/local-time.ts';
import { intersect, overlaps, subtract } from '@stipple/core/calendar/intervals.ts';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { dayBlockers, skillBlockers } from '@stipple/core/course/blockers.ts';
import { isPigmentKind, type VisitKind } from '@stipple/core/course/floor.ts';
import { alignedStart, gatherTimes } from '@stipple/core/course/free-time.ts';
import type { Situation } from './read-situation.ts';
import { gateOf } from './screening-gate.ts';
import { clientTimesOf, needsOf, studioWorldOf, VIDEO_ROOM, type WorkNeed } from './studio-world-of.ts';

export interface FreeHour {
  readonly startMs: number;
  readonly endMs: number;
  readonly practitionerId: string;
  /** Null by video. */
  readonly roomId: string | null;
}

export interface FreeHoursQuestion {
  readonly kind: VisitKind;
  readonly need: WorkNeed;
  readonly from: PlainDay;
  readonly days: number;
  readonly minutes: number;
  readonly practitionerId?: string | undefined;
  readonly without?: ReadonlySet<string>;
  readonly isByVideo?: boolean;
  readonly notBeforeMs: number;
}

/** In order of time. The situation has to know the book of the days. */
export function freeHours(situation: Situation, question: FreeHoursQuestion, most = 2000): FreeHour[] {
  const { kind, need, from, days, minutes, practitionerId, without, isByVideo = false, notBeforeMs } = question;
  const world = studioWorldOf(situation, { need, practitionerId, isByVideo, ...(without ? { without } : {}) });
  const client = clientTimesOf(situation, without);
  const needs = needsOf(need);
  const table = localDays(situation.zone, from, days);
  const times = gatherTimes(world, client, needs, table, notBeforeMs);
  const shared = subtract(intersect(times.opening, times.clientHours), times.clientBusy);

  const found: FreeHour[] = [];
  for (let day = 0; day < days && found.length < most; day++) {
    const plainDay = addDays(from, day);
    if (isPigmentKind(kind) && !gateOf(situation.client?.screenings ?? [], plainDay).isOpen) continue;
    if (dayBlockers({ kind, client, earliestDay: situation.today }, plainDay, false).length > 0) continue;
    const window = { startMs: Math.max(notBeforeMs, table.startsMs[day]!), endMs: table.startsMs[day + 1]! };
    const ofDay: FreeHour[] = [];
    world.practitioners.forEach((practitioner, person) => {
      if (skillBlockers(practitioner, needs, plainDay).length > 0) return;
      const { hours, absences, busy, minutesLeft } = times.practitioners[person]!;
      if (minutes > minutesLeft[day]!) return;
      const free = subtract(subtract(intersect(intersect(hours, shared), [window]), absences), busy);
      for (const stretch of free) {
        for (
          let startMs = alignedStart(times, day, stretch.startMs), endMs = startMs + minutes * MINUTE_MS;
          endMs <= stretch.endMs;
          startMs = alignedStart(times, day, startMs + MINUTE_MS), endMs = startMs + minutes * MINUTE_MS
        ) {
          const room = world.rooms.find(
            (_, i) => !times.rooms[i]!.busy.some((one) => overlaps(one, { startMs, endMs })),
          );
          if (!room) continue;
          const roomId = room.id === VIDEO_ROOM ? null : room.id;
          ofDay.push({ startMs, endMs, practitionerId: practitioner.id, roomId });
        }
      }
    });
    ofDay.sort((a, b) => a.startMs - b.startMs || (a.practitionerId < b.practitionerId ? -1 : 1));
    found.push(...ofDay);
  }
  return found.slice(0, most);
}

export const wireHour = ({ startMs, endMs, practitionerId, roomId }: FreeHour) => ({
  start: new Date(startMs).toISOString(),
  end: new Date(endMs).toISOString(),
  practitionerId,
  roomId,
});
