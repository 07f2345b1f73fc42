/**
 * The gaps of a course as its studio prefers them, each with the window in which a date needs no override.
 *
 * Around the published ones (facts 5.1) the window is the published one: 14 days allow 10 to 28, 28 days 14 to 42;
 * around others it follows the same pattern. No window reaches under the floor of seven days.
 */
import { MAX_GAP_DAYS, MIN_GAP_DAYS, type GapWindow } from '@stipple/core/course/gap-window.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';

export const windowAround = (preferredDays: number): GapWindow => ({
  preferredDays,
  leastDays: Math.min(preferredDays, Math.max(10, Math.ceil(preferredDays / 2))),
  mostDays: Math.min(MAX_GAP_DAYS, preferredDays + 14),
});

/** The gaps of a course of so many sessions: those wished, else the studio's; the last one goes on. */
export function gapsOfCourse(
  sessions: number,
  wished: readonly number[] | undefined,
  studio: readonly number[],
): number[] {
  if (wished && wished.length !== sessions - 1)
    throw new Refusal('sessions-count', `${wished.length} gaps for ${sessions} sessions`);
  const gaps = Array.from({ length: sessions - 1 }, (_, i) => (wished ?? studio)[i] ?? studio.at(-1)!);
  for (const days of gaps) {
    if (days < MIN_GAP_DAYS) throw new Refusal('gap-too-short', `${days} days`);
    if (days > MAX_GAP_DAYS) throw new Refusal('gap-too-long', `${days} days`);
  }
  return gaps;
}
