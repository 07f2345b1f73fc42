/**
 * Names for statements that come again, so that a connection plans each of them once.
 *
 * Planning what a booking asks costs the database three times as much as answering it. A statement is named from its
 * second time on: one that never comes again, such as a list of a thousand ids, would be kept for nothing by every
 * connection. For the same reason there are not more than MOST_NAMES; what comes later is planned each time.
 */
const MOST_NAMES = 500;
const MOST_SEEN = 1000;
const MOST_CHARACTERS = 20_000;

const names = new Map<string, string>();
const seenOnce = new Set<string>();

/** The same for the same text; null where it is not worth one. */
export function statementName(text: string): string | null {
  const name = names.get(text);
  if (name !== undefined) return name;
  if (names.size === MOST_NAMES || text.length > MOST_CHARACTERS) return null;
  if (!seenOnce.delete(text)) {
    if (seenOnce.size === MOST_SEEN) seenOnce.clear();
    seenOnce.add(text);
    return null;
  }
  const fresh = `s${names.size}`;
  names.set(text, fresh);
  return fresh;
}
