import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { ZoneRules } from '@stipple/core/calendar/zone-rules.ts';
import { zoneRulesOf } from '@stipple/files/exports/zone-rules-of.ts';

const zones = new Map<string, ZoneRules>();

/** The rules of an IANA zone, made once: an engine needs a tenth of a millisecond for it. */
export function zoneOf(timeZone: string): ZoneRules {
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = zoneRulesOf(timeZone);
    zones.set(timeZone, zone);
  }
  return zone;
}

/** The day on the wall of a place. */
export const todayIn = (timeZone: string, now: Date): PlainDay => zoneOf(timeZone).dayAt(now.getTime());
