/**
 * The calendar of one place, from the time zone data that every JavaScript engine carries (Intl).
 *
 * Exact to the second for any zone and year that the engine's data covers; for future years the data is what
 * governments have announced, so engines of different age may differ. Throws RangeError for a zone Intl does not know.
 */
import type { ZoneRules } from '@stipple/core/calendar/zone-rules.ts';

const DAY_MS = 86_400_000;
/** Offsets are asked again for the same instants, such as midnights and full hours, and Intl needs microseconds for each. */
const MOST_KNOWN = 20_000;

/** Local time minus UTC, in milliseconds, as a function of the instant. */
export function zoneOffsetOf(timeZone: string): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (instantMs) => {
    const wholeSecond = Math.floor(instantMs / 1000) * 1000;
    let offset = known.get(wholeSecond);
    if (offset === undefined) {
      const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
      for (const { type, value } of format.formatToParts(wholeSecond)) part[type] = Number(value);
      offset = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - wholeSecond;
      if (known.size === MOST_KNOWN) known.clear();
      known.set(wholeSecond, offset);
    }
    return offset;
  };
}

/** First instant in (fromMs, toMs] whose offset is that of `toMs`, when the offset changes once between them; to the second. */
export function offsetChange(offsetAt: (instantMs: number) => number, fromMs: number, toMs: number): number {
  const after = offsetAt(toMs);
  let low = Math.floor(fromMs / 1000);
  let high = Math.floor(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === after) high = middle;
    else low = middle;
  }
  return high * 1000;
}

/** The local clock at an instant as 'YYYY-MM-DDTHH:MM:SS'. */
export const wallClockAt = (offsetAt: (instantMs: number) => number, instantMs: number): string =>
  new Date(instantMs + offsetAt(instantMs)).toISOString().slice(0, 19);

/** Rules of an IANA zone. */
export function zoneRulesOf(timeZone: string): ZoneRules {
  const offsetAt = zoneOffsetOf(timeZone);
  return {
    offsetMsAt: offsetAt,
    dayAt: (instantMs) => wallClockAt(offsetAt, instantMs).slice(0, 10),
    hourOf: (day, hour) => {
      const wallMs = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
      // A change further than a day away cannot touch this hour: the offset before it or after it applies.
      const instants = [offsetAt(wallMs - DAY_MS), offsetAt(wallMs + DAY_MS)]
        .map((offset) => wallMs - offset)
        .filter((instantMs) => instantMs + offsetAt(instantMs) === wallMs);
      return instants.length > 0 ? Math.min(...instants) : offsetChange(offsetAt, wallMs - DAY_MS, wallMs + DAY_MS);
    },
  };
}
