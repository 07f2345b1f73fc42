import { dayFromNumber, dayNumber } from '../../calendar/plain-day.ts';
import type { ZoneRules } from '../../calendar/zone-rules.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A place whose clock is `hours` ahead of UTC and moves once, by a table of (instant, hours ahead from then on). */
export function toyZone(hours: number, changes: readonly (readonly [atMs: number, hours: number])[] = []): ZoneRules {
  const aheadAt = (instantMs: number): number =>
    changes.reduce((ahead, [atMs, next]) => (instantMs >= atMs ? next : ahead), hours) * HOUR_MS;
  return {
    offsetMsAt: aheadAt,
    dayAt: (instantMs) => dayFromNumber(Math.floor((instantMs + aheadAt(instantMs)) / DAY_MS)),
    // Brute force: the first minute at or after midnight of the day whose local clock is not before the hour.
    hourOf: (day, hour) => {
      const wallMs = dayNumber(day) * DAY_MS + hour * HOUR_MS;
      let instantMs = wallMs - 15 * HOUR_MS;
      while (instantMs + aheadAt(instantMs) < wallMs) instantMs += 60_000;
      return instantMs;
    },
  };
}
