/**
 * Whether a client's screening lets a session or touch-up take place on a day. Consultations and reviews need none.
 *
 * The latest screening counts: 'stop' never, 'defer' from its day on, and where it asks for a doctor's note, once that is
 * on file, as it says: at any time, from a day on, or never. What a client answers alone may tighten what was last taken in the studio and never loosens it: then both
 * count. Who was never screened has no session.
 */
import type { Transaction } from 'kysely';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { ask } from '../storage/batching-dialect.ts';
import type { Tables } from '../storage/tables.ts';
import { dayWords } from '@stipple/core/calendar/day-words.ts';

export interface LatestScreening {
  readonly outcome: string;
  readonly deferUntil: PlainDay | null;
  readonly needsNote: boolean;
  /** What the doctor's note says; null without one. */
  readonly noteVerdict: 'yes' | 'wait' | 'no' | null;
  /** With 'wait' alone. */
  readonly noteWaitUntil: PlainDay | null;
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
  if (screenings.some(({ noteVerdict }) => noteVerdict === 'no')) return shut('the doctor advises against it');
  if (screenings.some(({ needsNote, noteVerdict }) => needsNote && noteVerdict === null))
    return shut("the screening asks for a doctor's note");
  const waits = screenings.flatMap(({ outcome, deferUntil, noteWaitUntil }) => [
    ...(outcome === 'defer' ? [{ until: deferUntil!, who: 'the screening' }] : []),
    ...(noteWaitUntil === null ? [] : [{ until: noteWaitUntil, who: 'the doctor' }]),
  ]);
  const last = waits.toSorted((a, b) => a.until.localeCompare(b.until)).at(-1);
  if (last && day < last.until) return shut(`${last.who} says wait until ${dayWords(last.until)}`, last.until);
  return { isOpen: true };
}

/** One of a client's screenings. */
export interface TakenScreening extends LatestScreening {
  readonly byClient: boolean;
}

/** SQL for all of a client's as JSON, the latest first; null when there are none. */
export const screeningsOf = (studioId: string, clientId: string): string => `
  (select json_agg(json_build_object('outcome', outcome, 'deferUntil', defer_until, 'needsNote', needs_note,
      'noteVerdict', note_verdict, 'noteWaitUntil', note_wait_until, 'byClient', by_client) order by taken_at desc, id desc)
    from screenings where studio_id = ${studioId} and client_id = ${clientId}::uuid)`;

/** The latest, and the latest taken in the studio when that is another one, for {@link gateOf}. */
export function latestOf(taken: readonly TakenScreening[] | null): TakenScreening[] {
  const [latest] = taken ?? [];
  const inStudio = taken?.find(({ byClient }) => !byClient);
  return [...new Set([latest, inStudio])].filter((one) => one !== undefined);
}

const SCREENINGS = `select ${screeningsOf('$1', '$2')} as taken`;

export async function gateFor(
  tx: Transaction<Tables>,
  studioId: string,
  clientId: string,
  day: PlainDay,
): Promise<Gate> {
  const [row] = await ask<{ taken: readonly TakenScreening[] | null }>(tx, SCREENINGS, [studioId, clientId])();
  return gateOf(latestOf(row!.taken), day);
}
