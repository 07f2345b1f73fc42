/**
 * The wait between two sessions that a studio prefers, and how far a plan may stray from it.
 *
 * Defaults (facts 5.1): 14 days after the first session, allowed 10 to 28; then 28, allowed 14 to 42; within a month
 * 14 + 14 when the skin has healed. Outside its window a gap needs a member of staff's name and reason. Below seven
 * days nobody's name helps: that is the floor (floor.ts), and no window reaches under it.
 */
import { daysBetween, type PlainDay } from '../calendar/plain-day.ts';

/** No two sessions are closer, whoever asks. */
export const MIN_GAP_DAYS = 7;
/** Beyond this the later one is not the same course. */
export const MAX_GAP_DAYS = 365;

export interface GapWindow {
  readonly preferredDays: number;
  readonly leastDays: number;
  readonly mostDays: number;
}

const AFTER_FIRST: GapWindow = { preferredDays: 14, leastDays: 10, mostDays: 28 };
const AFTER_LATER: GapWindow = { preferredDays: 28, leastDays: 14, mostDays: 42 };
const ONE_MONTH: GapWindow = { preferredDays: 14, leastDays: 10, mostDays: 17 };

/** Windows before sessions 2, 3, ... of a course. Of two sessions the second waits until the colour has settled. */
export const preferredGaps = (sessions: number): GapWindow[] =>
  sessions === 2
    ? [{ ...AFTER_FIRST, preferredDays: AFTER_LATER.preferredDays }]
    : Array.from({ length: sessions - 1 }, (_, i) => (i === 0 ? AFTER_FIRST : AFTER_LATER));

/** Windows for a course in about a month, on skin that has healed each time. */
export const oneMonthGaps = (sessions: number): GapWindow[] => Array.from({ length: sessions - 1 }, () => ONE_MONTH);

/** Throws RangeError for a window that reaches under the floor or does not hold what it prefers. */
export function assertGapWindow({ leastDays, preferredDays, mostDays }: GapWindow): void {
  const isInOrder = MIN_GAP_DAYS <= leastDays && leastDays <= preferredDays && preferredDays <= mostDays;
  const areDays = [leastDays, preferredDays, mostDays].every((days) => Number.isSafeInteger(days));
  if (!(isInOrder && areDays && mostDays <= MAX_GAP_DAYS)) {
    throw new RangeError(`a gap of ${leastDays} to ${mostDays} days, ${preferredDays} preferred, is no window`);
  }
}

/** A member of staff answers for a gap outside the window. */
export interface GapOverride {
  readonly by: string;
  readonly reason: string;
}

export type GapVerdict =
  | { readonly kind: 'ok'; readonly gapDays: number; readonly override: GapOverride | null }
  | { readonly kind: 'needs-override'; readonly gapDays: number; readonly window: GapWindow }
  /** Under the floor, or too far apart to be one course: nobody's name helps. */
  | { readonly kind: 'too-soon' | 'too-late'; readonly gapDays: number };

/** Judges the gap from the last day of one session to the first day of the next. */
export function judgeGap(
  previousLastDay: PlainDay,
  firstDay: PlainDay,
  window: GapWindow,
  override: GapOverride | null = null,
): GapVerdict {
  const gapDays = daysBetween(previousLastDay, firstDay);
  if (gapDays < MIN_GAP_DAYS) return { kind: 'too-soon', gapDays };
  if (gapDays > MAX_GAP_DAYS) return { kind: 'too-late', gapDays };
  if (gapDays >= window.leastDays && gapDays <= window.mostDays) return { kind: 'ok', gapDays, override: null };
  const isSigned = override !== null && override.by.trim() !== '' && override.reason.trim() !== '';
  return isSigned ? { kind: 'ok', gapDays, override } : { kind: 'needs-override', gapDays, window };
}
