/** What a course is to be, from what was asked for and what the studio does by itself. */
import { assertSessionCount, type WantedSession } from '@stipple/core/course/wanted-sessions.ts';
import { refused } from '../request/refused.ts';
import type { KnownCaller } from '../request/request-context.ts';
import { isClient } from './appointment-notes.ts';
import { gapsOfCourse, windowAround } from './gap-windows.ts';

/** Four and a half hours, the middle of what is usual (facts 5.1), where no plan says better. */
const SESSION_MINUTES_DEFAULT = 270;

export interface AskedCourse {
  readonly sessions: number;
  readonly reason: string;
  readonly gapsDays?: readonly number[] | undefined;
  readonly minutes?: readonly number[] | undefined;
}

export interface CourseShape {
  readonly sessions: number;
  readonly reason: string;
  readonly gapsDays: number[];
  readonly minutes: number[];
}

/**
 * @param planned minutes by the plan, for sessions whose length was not asked for
 * @throws 'sessions-count', 'gap-too-short', 'gap-too-long'; 'not-allowed' for what is not the client's to say
 */
export function shapeCourse(
  caller: KnownCaller,
  asked: AskedCourse,
  studioGapsDays: readonly number[],
  planned: readonly number[] | null,
): CourseShape {
  const { sessions, gapsDays, minutes } = asked;
  if (isClient(caller) && (gapsDays || minutes))
    throw refused('not-allowed', 'gaps and lengths of sessions are set by the studio');
  const reason = isClient(caller) ? '' : asked.reason;
  assertSessionCount(sessions, reason);
  if (minutes && minutes.length !== sessions)
    throw refused('input-wrong', `lengths of ${minutes.length} sessions for ${sessions}`);
  return {
    sessions,
    reason,
    gapsDays: gapsOfCourse(sessions, gapsDays, studioGapsDays),
    minutes: [...(minutes ?? planned ?? Array.from({ length: sessions }, () => SESSION_MINUTES_DEFAULT))],
  };
}

/** Sessions `from` on as core plans them. */
export const wantedFrom = ({ sessions, gapsDays, minutes }: CourseShape, from = 1): WantedSession[] =>
  Array.from({ length: sessions - from + 1 }, (_, i) => ({
    n: from + i,
    minutes: minutes[from + i - 1]!,
    gap: from + i === 1 ? null : windowAround(gapsDays[from + i - 2]!),
    current: null,
  }));
