/**
 * Whether a client's screening lets a session or touch-up take place on a day. Consultations and reviews need none.
 *
 * The latest screening counts: 'stop' never, 'defer' from its day on, and where it asks for a doctor's note, once that is
 * on file. What a client answers alone may tighten what was last taken in the studio and never loosens it: then both
 * count. Who was never screened has no session.
 */
import { sql, type Transaction } from 'kysely';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { Tables } from '../storage/tables.ts';

export interface LatestScreening {
  readonly outcome: string;
  readonly deferUntil: PlainDay | null;
  readonly needsNote: boolean;
  readonly hasNote: boolean;
}

export type Gate =
  | { readonly isOpen: true }
  | {
      readonly isOpen: false;
      readonly why: string;
      /** The first day on which it is open; null when no day is known. */
      readonly from: PlainDay | null;
    };

/** @param screenings the latest, and the latest taken in the studio when that is another one */
export function gateOf(screenings: readonly LatestScreening[], day: PlainDay): Gate {
  const shut = (why: string, from: PlainDay | null = null): Gate => ({ isOpen: false, why, from });
  if (screenings.length === 0) return shut('the client has not been screened');
  if (screenings.some(({ outcome }) => outcome === 'stop')) return shut('the screening says stop');
  if (screenings.some(({ needsNote, hasNote }) => needsNote && !hasNote))
    return shut("the screening asks for a doctor's note");
  const waits = screenings.flatMap(({ outcome, deferUntil }) => (outcome === 'defer' ? [deferUntil!] : [])).sort();
  const until = waits.at(-1);
  if (until !== undefined && day < until) return shut(`the screening says wait until ${until}`, until);
  return { isOpen: true };
}

/** The latest, and the latest taken in the studio, as rows for {@link gateOf}. */
export const LATEST_SCREENINGS = sql<LatestScreening>`
  select distinct on (id) outcome, defer_until as "deferUntil", needs_note as "needsNote", has_note as "hasNote"
  from (
    (select id, outcome, defer_until, needs_note, note_object_id is not null as has_note from mine
      order by taken_at desc, id desc limit 1)
    union all
    (select id, outcome, defer_until, needs_note, note_object_id is not null from mine where not by_client
      order by taken_at desc, id desc limit 1)
  ) latest`;

export async function gateFor(
  tx: Transaction<Tables>,
  studioId: string,
  clientId: string,
  day: PlainDay,
): Promise<Gate> {
  const { rows } = await sql<LatestScreening>`
    with mine as (select * from screenings where studio_id = ${studioId} and client_id = ${clientId})
    ${LATEST_SCREENINGS}`.execute(tx);
  return gateOf(rows, day);
}
