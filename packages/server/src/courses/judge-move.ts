/** One appointment at another hour, and sessions of its course with it: what they come to, and whether they may. */
import type { StudioContext } from '../request/request-context.ts';
import type { AppointmentRow } from './appointment-rows.ts';
import { sessionsOf, type CourseRow } from './course-rows.ts';
import { judgeSessions, type GapSignature, type PlacedSession, type WishedSession } from './judge-sessions.ts';
import type { Situation } from './read-situation.ts';

export const minutesOf = ({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): number =>
  Math.round((endMs - startMs) / 60_000);

export const hourOf = ({ during, practitionerId, roomId }: AppointmentRow) => ({
  startMs: during.start.getTime(),
  endMs: during.end.getTime(),
  practitionerId,
  roomId,
});

export interface WishedPlace {
  readonly start: string;
  readonly end?: string | undefined;
  readonly practitionerId?: string | undefined;
  readonly roomId?: string | undefined;
}

export function wishedHour(row: AppointmentRow, { start, end, practitionerId, roomId }: WishedPlace) {
  const startMs = Date.parse(start);
  const { startMs: oldStartMs, endMs: oldEndMs } = hourOf(row);
  return {
    startMs,
    endMs: end === undefined ? startMs + oldEndMs - oldStartMs : Date.parse(end),
    practitionerId: practitionerId ?? row.practitionerId,
    roomId: row.byVideo ? null : (roomId ?? row.roomId),
  };
}

/** @throws a refusal */
export function judgeMove(
  situation: Situation,
  course: CourseRow,
  wished: readonly WishedSession[],
  rules: { without: ReadonlySet<string>; context: StudioContext; gapOverride: GapSignature | null },
): PlacedSession[] {
  return judgeSessions(situation, wished, {
    ...rules,
    skill: course.skill,
    sessions: course.sessions,
    gapsDays: course.gapsDays,
    standing: sessionsOf(situation, course.id).filter(({ id }) => !rules.without.has(id)),
    // What the client keeps free bound the first plan; whoever moves a session knows better.
    wishes: {},
  });
}
