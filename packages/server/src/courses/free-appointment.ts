/** An appointment loses its place in the book; its row stays, for the record and for calendars that follow us. */
import type { Transaction } from 'kysely';
import type { StudioContext } from '../request/request-context.ts';
import { InstantRange } from '../storage/instant-range.ts';
import type { Tables } from '../storage/tables.ts';
import { addToNote } from './appointment-notes.ts';
import { changeAppointment, type AppointmentRow } from './appointment-rows.ts';

const BEGAN = 'began:';

/** Flags of a session that goes on another day, with the hours of its first part. */
export const withFirstHours = (flags: readonly string[], { start, end }: InstantRange): string[] => [
  ...flags,
  `${BEGAN}${start.toISOString()}/${end.toISOString()}`,
];

function firstHours(flags: readonly string[]): InstantRange | null {
  const flag = flags.find((one) => one.startsWith(BEGAN));
  const [start, end] = flag?.slice(BEGAN.length).split('/') ?? [];
  return start && end ? new InstantRange(new Date(start), new Date(end)) : null;
}

/**
 * Cancelled, or missed. A session that was to go on is what it was before, interrupted: its first part did take place.
 * @param reason kept with the notes
 */
export async function freeAppointment(
  tx: Transaction<Tables>,
  context: StudioContext,
  row: AppointmentRow,
  reason: string,
  { status = 'cancelled', flag }: { readonly status?: 'cancelled' | 'missed'; readonly flag?: string } = {},
): Promise<AppointmentRow> {
  const sealed = reason ? await addToNote(tx, context, row, reason) : row.sealed;
  const flags = flag ? [...row.flags, flag] : row.flags;
  const first = row.continuationReason === null ? null : firstHours(row.flags);
  if (!first) return changeAppointment(tx, context, row, { status, sealed, flags });
  return changeAppointment(tx, context, row, {
    status: 'interrupted',
    isFact: true,
    during: first,
    lastDay: row.firstDay,
    continuationReason: null,
    flags: flags.filter((one) => !one.startsWith(BEGAN)),
    sealed,
  });
}
