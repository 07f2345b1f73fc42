/**
 * How strongly fresh work shows while it heals: the fraction of its first-day contrast left on a given day.
 *
 * Facts 5.2, a design choice inside what clinics report (no measured healing curve exists): dark at first, pale and
 * patchy around day 7 when the scabs leave, back a little by day 28, settled at day 42. Straight lines between.
 * An estimate, not measured.
 */
export const HEALING_CURVE: readonly (readonly [day: number, contrast: number])[] = [
  [0, 1],
  [3, 0.95],
  [7, 0.55],
  [14, 0.6],
  [28, 0.65],
  [42, 0.65],
];

/** The day from which work counts as healed and the fading model takes over. */
export const HEALED_DAY = 42;

/** Contrast `day` days after the session as a fraction of the fresh contrast; constant from day 42. Throws RangeError below 0. */
export function contrastWhileHealing(day: number): number {
  if (!(day >= 0)) throw new RangeError(`day ${day} is before the session`);
  for (let i = 1; i < HEALING_CURVE.length; i++) {
    const [d0, c0] = HEALING_CURVE[i - 1];
    const [d1, c1] = HEALING_CURVE[i];
    if (day <= d1) return c0 + ((c1 - c0) * (day - d0)) / (d1 - d0);
  }
  return HEALING_CURVE[HEALING_CURVE.length - 1][1];
}
