import { isTimeZone } from '@stipple/files/contract/is-time-zone.ts';

/** The IANA time zone of this computer; null where it tells none, as with an empty TZ or one that is no zone. */
export function zoneOfComputer(): string | null {
  // Its type says that it is always there; for want of another it may be `Etc/Unknown`, which is none.
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone as string | undefined;
  return zone !== undefined && isTimeZone(zone) ? zone : null;
}
