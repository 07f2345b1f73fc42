import type { PlainDay } from './plain-day.ts';

/**
 * What the calendar of one place answers, injected by the shells: core has no time zone data.
 * Instants are milliseconds since 1970-01-01T00:00Z.
 */
export interface ZoneRules {
  /** The local date at an instant. */
  readonly dayAt: (instantMs: number) => PlainDay;
  /**
   * The instant at which a local whole hour begins; the first one when a clock change repeats it, the instant of the
   * change when it skips it.
   */
  readonly hourOf: (day: PlainDay, hour: number) => number;
  /** Local time minus UTC at an instant, in milliseconds. */
  readonly offsetMsAt: (instantMs: number) => number;
}
