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
