/**
 * What is about to be changed, as it stands once nobody else can change it: taking turns comes first, reading after.
 */
import type { Transaction } from 'kysely';
import { assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { readAppointment, type AppointmentRow } from './appointment-rows.ts';
import { readCourse, type CourseRow } from './course-rows.ts';
import { takeTurns } from '../request/take-turns.ts';

export interface Named {
  readonly id: string;
  /** The version that the change was made from. */
  readonly version: number;
}

/**
 * @param alsoOf practitioners and rooms that the change concerns too
 * @throws 'not-found', 'changed-meanwhile'
 */
export async function lockAppointment(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'caller'>,
  { id, version }: Named,
  alsoOf: readonly string[] = [],
): Promise<AppointmentRow> {
  const { studioId } = context;
  const seen = await readAppointment(tx, studioId, id);
  assertOwn(context, seen.clientId);
  await takeTurns(tx, [seen.clientId, seen.practitionerId, ...(seen.roomId ? [seen.roomId] : []), ...alsoOf]);
  const row = await readAppointment(tx, studioId, id);
  if (row.version !== version) throw refused('changed-meanwhile');
  return row;
}

/** The same for a course; its appointments change only while its client's turn lasts. */
export async function lockCourse(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'caller'>,
  { id, version }: Named,
  alsoOf: readonly string[] = [],
): Promise<CourseRow> {
  const { studioId } = context;
  const seen = await readCourse(tx, studioId, id);
  assertOwn(context, seen.clientId);
  await takeTurns(tx, [seen.clientId, ...alsoOf]);
  const row = await readCourse(tx, studioId, id);
  if (row.version !== version) throw refused('changed-meanwhile');
  return row;
}
