/**
 * What can be seen from the calendar itself about an hour under the finger, while it is still moving: the server is
 * asked before anything is moved, and has the last word.
 */
import type { Column, Span } from './grid-columns.ts';

const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** Null: nothing seen here stands against it. */
export function judgeDrop(column: Column, span: Span, appointmentId: string): string | null {
  if (!column.working.some(({ from, to }) => from <= span.from && span.to <= to)) return 'outside the hours';
  if (column.absences.some((absence) => overlaps(absence, span))) return 'absent then';
  const isOfOne = column.practitionerId !== null || column.roomId !== null;
  const other = column.blocks.find(
    ({ appointment, ...block }) => appointment.id !== appointmentId && overlaps(block, span),
  );
  return isOfOne && other ? 'taken' : null;
}
