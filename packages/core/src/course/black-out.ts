/**
 * What in a client's life a course has to keep clear of: days away, and days before and after on which a session
 * would not heal, or would not look finished.
 *
 * Each rule is its own numbers; the kinds are presets a studio edits. A holiday only takes its own days. Swimming needs
 * 28 days since a session (facts 5.3). Sun does too, and a tan has to fade for 14 days before the next (facts 5.4). A
 * wedding wants the last session 14 days before it, when scabs and the pale week are over (facts 5.2). Days count as
 * aftercare does: on day 28 after a session swimming is allowed again.
 */
import { daysBetween, type PlainDay } from '../calendar/plain-day.ts';

export interface BlackOutRule {
  /** A session is at least this many days before the first day; 1: only the days themselves are taken. */
  readonly clearBeforeDays: number;
  /** A session is at least this many days after the last day; 1 as above. */
  readonly clearAfterDays: number;
  /** The whole course is done at least this many days before the first day; null: it may go on afterwards. */
  readonly finishBeforeDays: number | null;
}

export type BlackOutKind = 'away' | 'swimming' | 'sun' | 'wedding';

export const BLACK_OUT_RULES: Readonly<Record<BlackOutKind, BlackOutRule>> = {
  away: { clearBeforeDays: 1, clearAfterDays: 1, finishBeforeDays: null },
  swimming: { clearBeforeDays: 28, clearAfterDays: 1, finishBeforeDays: null },
  sun: { clearBeforeDays: 28, clearAfterDays: 14, finishBeforeDays: null },
  wedding: { clearBeforeDays: 14, clearAfterDays: 1, finishBeforeDays: 14 },
};

export interface BlackOut {
  readonly id: string;
  readonly kind: BlackOutKind;
  readonly firstDay: PlainDay;
  /** Itself included. */
  readonly lastDay: PlainDay;
  readonly rule: BlackOutRule;
}

/** Throws RangeError for a rule that takes less than the days themselves, or days in the wrong order. */
export function assertBlackOut({ firstDay, lastDay, rule }: BlackOut): void {
  if (daysBetween(firstDay, lastDay) < 0) throw new RangeError(`${firstDay} to ${lastDay} run backwards`);
  const { clearBeforeDays, clearAfterDays, finishBeforeDays } = rule;
  for (const days of [clearBeforeDays, clearAfterDays, finishBeforeDays ?? 1]) {
    if (!(Number.isSafeInteger(days) && days >= 1)) throw new RangeError(`${days} days are no rule of a black-out`);
  }
}

/** Whether a black-out forbids a session on a day. */
export function forbidsDay({ firstDay, lastDay, rule }: BlackOut, day: PlainDay): boolean {
  const isClearBefore = daysBetween(day, firstDay) >= rule.clearBeforeDays;
  const isClearAfter = daysBetween(lastDay, day) >= rule.clearAfterDays;
  return !isClearBefore && !isClearAfter;
}

/** Whether a black-out forbids that a course ends on a day. */
export const forbidsEnd = ({ firstDay, rule }: BlackOut, day: PlainDay): boolean =>
  rule.finishBeforeDays !== null && daysBetween(day, firstDay) < rule.finishBeforeDays;
