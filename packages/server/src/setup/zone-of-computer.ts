/** The IANA time zone of this computer; null where it tells none, as with an empty TZ or one that is no zone. */
export function zoneOfComputer(): string | null {
  // Its type says that it is always there.
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone as string | undefined;
  return zone !== undefined && isZone(zone) ? zone : null;
}

/** Engines answer `Etc/Unknown` for want of another, and take it for none. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
