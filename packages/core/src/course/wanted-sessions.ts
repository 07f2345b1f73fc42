/**
 * The sessions a course asks for: how many, how long, and with which gaps.
 *
 * Three or four are a course. Two, or five and more, happen (facts 5.1) and need a written reason; one never is a
 * course (mission S7), and more than twelve are a slip of the pen.
 */
import { Refusal } from '../units/refusal.ts';
import { assertGapWindow, preferredGaps, type GapWindow } from './gap-window.ts';
import type { Slot } from './studio-world.ts';

const FEWEST_SESSIONS = 2;
export const MOST_SESSIONS = 12;

/** Whether this many sessions are planned only with a reason. */
export const needsReason = (sessions: number): boolean => sessions < 3 || sessions > 4;

/** Refuses 'sessions-count' for a number that is no course, or needs a reason and has none. */
export function assertSessionCount(sessions: number, reason: string | null): void {
  if (!(Number.isSafeInteger(sessions) && sessions >= FEWEST_SESSIONS && sessions <= MOST_SESSIONS)) {
    throw new Refusal('sessions-count', `${sessions} sessions`);
  }
  if (needsReason(sessions) && !reason?.trim()) {
    throw new Refusal('sessions-count', `${sessions} sessions without a reason`);
  }
}

export interface WantedSession {
  /** 1-based, in the course. */
  readonly n: number;
  readonly minutes: number;
  /** From the session before; null for the first of a course. */
  readonly gap: GapWindow | null;
  /** Where it is booked now, when it is to be planned anew: it stays there if nothing is better. */
  readonly current: Slot | null;
}

export interface WholeCourse {
  /** Length of each session. */
  readonly minutes: readonly number[];
  /** Before sessions 2, 3, ...; null: the preferred ones. */
  readonly gaps: readonly GapWindow[] | null;
  readonly reason: string | null;
}

/** The sessions of a course that is planned from its beginning. Refuses 'sessions-count'. */
export function wantWholeCourse({ minutes, gaps, reason }: WholeCourse): WantedSession[] {
  assertSessionCount(minutes.length, reason);
  const windows = gaps ?? preferredGaps(minutes.length);
  if (windows.length !== minutes.length - 1) {
    throw new Refusal('sessions-count', `${windows.length} gaps for ${minutes.length} sessions`);
  }
  windows.forEach(assertGapWindow);
  return minutes.map((length, i) => ({
    n: i + 1,
    minutes: length,
    gap: i === 0 ? null : windows[i - 1],
    current: null,
  }));
}
