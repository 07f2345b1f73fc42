/**
 * Turns a course design into dated sessions, and holds the rules that no route may break.
 *
 * Seven whole local days between two sessions are the floor (mission S8): every way to a course, typed, imported or
 * moved, ends here. Preferred gaps stand above it: 14 days, then 28 and 28, because the true colour shows after about
 * a month (facts 5.1); a 14 + 14 course fits one month when the skin has healed. Gaps outside what studios use are
 * planned with a notice. Two sessions need a written reason; one session is never a course.
 *
 * A date is not a permission: scabs or redness postpone a session whatever the calendar says. Says nothing of opening
 * hours or of who is free.
 */
import { addDays, type PlainDay } from '../calendar/plain-day.ts';
import { Refusal } from '../units/refusal.ts';
import type { CourseDesign } from './course-design.ts';
import { MAX_GAP_DAYS, MIN_GAP_DAYS, preferredGaps } from './gap-window.ts';

export { MAX_GAP_DAYS, MIN_GAP_DAYS };

/** Healed photos are reviewed this long after the last session. */
export const REVIEW_AFTER_DAYS = 42;

/** Preferred gaps by number of sessions, days. */
export const DEFAULT_GAPS_DAYS = { 2: [28], 3: [14, 28], 4: [14, 28, 28] } as const;
/** Three sessions within a month, for skin that heals fast. */
export const ONE_MONTH_GAPS_DAYS = [14, 14] as const;

export type CourseNoticeCode = 'gap-short' | 'gap-long' | 'two-sessions';

export interface CourseNotice {
  readonly code: CourseNoticeCode;
  readonly text: string;
}

export interface CourseSession {
  /** 1-based. */
  readonly n: number;
  /** Plain local date; null when the course has no start. */
  readonly date: PlainDay | null;
  /** Days since the session before; null for the first. */
  readonly gapDays: number | null;
}

export interface CoursePlan {
  readonly sessions: readonly CourseSession[];
  /** When healed photos are taken and judged. */
  readonly reviewDate: PlainDay | null;
  /** From the first session to the last, days. */
  readonly elapsedDays: number;
  readonly notices: readonly CourseNotice[];
}

/**
 * A course with the preferred gaps. Two sessions need a `reason`. Refuses what {@link planCourse} refuses.
 */
export function defaultCourse(
  sessions: 2 | 3 | 4,
  start: PlainDay | null,
  timeZone: string,
  reason?: string,
): CourseDesign {
  const gapsDays: readonly number[] | undefined = DEFAULT_GAPS_DAYS[sessions];
  if (!gapsDays) throw new Refusal('sessions-count', `${sessions} sessions`);
  const design: CourseDesign = { sessions, start, timeZone, gapsDays, ...(reason === undefined ? {} : { reason }) };
  planCourse(design);
  return design;
}

/** Dates and notices of a course. Refuses 'sessions-count', 'gap-too-short', 'gap-too-long' and 'date-impossible'. */
export function planCourse(design: CourseDesign): CoursePlan {
  const { sessions, start, gapsDays } = design;
  const reason = design.reason?.trim() ?? '';
  if (![2, 3, 4].includes(sessions)) throw new Refusal('sessions-count', `${sessions} sessions`);
  if (gapsDays.length !== sessions - 1) {
    throw new Refusal('sessions-count', `${gapsDays.length} gaps for ${sessions} sessions`);
  }
  if (sessions === 2 && !reason) throw new Refusal('sessions-count', '2 sessions without a reason');
  for (const gap of gapsDays) {
    if (gap > MAX_GAP_DAYS) throw new Refusal('gap-too-long', `a gap of ${gap} days`);
    if (!(gap >= MIN_GAP_DAYS && Number.isSafeInteger(gap))) throw new Refusal('gap-too-short', `a gap of ${gap} days`);
  }

  const notices: CourseNotice[] = [];
  if (sessions === 2) {
    notices.push({ code: 'two-sessions', text: `Two sessions instead of three or four. Reason: ${reason}` });
  }
  const usual = preferredGaps(sessions);
  gapsDays.forEach((gap, i) => {
    const { leastDays, mostDays } = usual[i];
    const between = `${gap} days between sessions ${i + 1} and ${i + 2}`;
    if (gap < leastDays) {
      const text = `${between}: studios usually wait at least ${leastDays}. Only when no scab and no redness is left.`;
      notices.push({ code: 'gap-short', text });
    } else if (gap > mostDays) {
      notices.push({ code: 'gap-long', text: `${between}: studios usually wait at most ${mostDays}.` });
    }
  });

  let elapsedDays = 0;
  const planned: CourseSession[] = [{ n: 1, date: start === null ? null : addDays(start, 0), gapDays: null }];
  gapsDays.forEach((gapDays, i) => {
    elapsedDays += gapDays;
    planned.push({ n: i + 2, date: start === null ? null : addDays(start, elapsedDays), gapDays });
  });
  const reviewDate = start === null ? null : addDays(start, elapsedDays + REVIEW_AFTER_DAYS);
  return { sessions: planned, reviewDate, elapsedDays, notices };
}
