/** Appointments as rows, and as the contract shows them. */
import type { Selectable, Transaction } from 'kysely';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '@stipple/files/wire/contract.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { asJson } from '../storage/connection.ts';
import { InstantRange } from '../storage/instant-range.ts';
import { sendRows } from '../storage/send-rows.ts';
import type { Appointments, Tables } from '../storage/tables.ts';
import { isClient, readReadables, type Readable } from './appointment-notes.ts';
import type { GapSignature } from './judge-sessions.ts';

export type AppointmentRow = Omit<Selectable<Appointments>, 'clashes' | 'skinDays' | 'factNumber'>;
export type WireAppointment = InferContractRouterOutputs<Contract>['bookAppointment'];

/** Those that take up room in the book. */
export const isActive = ({ status }: { readonly status: string }): boolean =>
  status !== 'cancelled' && status !== 'missed';

const COLUMNS = [
  'studioId',
  'id',
  'clientId',
  'courseId',
  'kind',
  'n',
  'status',
  'locationId',
  'practitionerId',
  'roomId',
  'byVideo',
  'during',
  'firstDay',
  'lastDay',
  'isFact',
  'flags',
  'gapOverride',
  'continuationReason',
  'sealed',
  'icsSequence',
  'version',
  'createdBy',
  'createdAt',
  'updatedAt',
] as const;

export const selectAppointments = (tx: Transaction<Tables>, studioId: string) =>
  tx.selectFrom('appointments').select(COLUMNS).where('appointments.studioId', '=', studioId);

/** @throws 'not-found' */
export async function readAppointment(tx: Transaction<Tables>, studioId: string, id: string): Promise<AppointmentRow> {
  const row = await selectAppointments(tx, studioId).where('id', '=', id).executeTakeFirst();
  if (!row) throw refused('not-found');
  return row;
}

/** As the contract shows them, in order of time. */
export async function wireAppointments(
  tx: Transaction<Tables>,
  context: Pick<StudioContext, 'studioId' | 'storage' | 'caller'>,
  rows: readonly AppointmentRow[],
): Promise<WireAppointment[]> {
  return wireWith(context, rows, await readReadables(tx, context, rows));
}

/** The same where the clients have been read already. */
export function wireWith(
  context: Pick<StudioContext, 'caller'>,
  rows: readonly AppointmentRow[],
  readable: Readable,
): WireAppointment[] {
  return rows
    .toSorted((a, b) => a.during.start.getTime() - b.during.start.getTime() || (a.id < b.id ? -1 : 1))
    .map((row) => ({
      id: row.id,
      clientId: row.clientId,
      clientName: readable.name(row.clientId),
      courseId: row.courseId,
      kind: row.kind as WireAppointment['kind'],
      n: row.n,
      status: row.status as WireAppointment['status'],
      locationId: row.locationId,
      practitionerId: row.practitionerId,
      roomId: row.roomId,
      byVideo: row.byVideo,
      start: row.during.start.toISOString(),
      end: row.during.end.toISOString(),
      firstDay: row.firstDay,
      lastDay: row.lastDay,
      isFact: row.isFact,
      flags: row.flags,
      // Who of the staff answers for a gap is not the client's to read.
      gapOverride: isClient(context.caller) ? null : (row.gapOverride as GapSignature | null),
      note: readable.note(row),
      version: row.version,
    }));
}

/** Booked and not begun: what can be moved or cancelled. A session that goes on today has begun yesterday. */
export function assertUnbegun(row: Pick<AppointmentRow, 'status' | 'continuationReason'>): void {
  if (row.status !== 'booked') throw refused('not-in-this-state', `it is ${row.status}`);
  if (row.continuationReason !== null) throw refused('not-in-this-state', 'it began the day before');
}

export interface NewAppointment {
  readonly id: string;
  readonly clientId: string;
  readonly courseId: string | null;
  readonly kind: WireAppointment['kind'];
  readonly n: number | null;
  readonly status: WireAppointment['status'];
  readonly locationId: string;
  readonly practitionerId: string;
  readonly roomId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly isFact: boolean;
  readonly flags: readonly string[];
  readonly gapOverride: GapSignature | null;
  readonly sealed: Buffer | null;
}

/** All in one statement. Throws what `conflictOf` knows when the database holds an hour or the floor against one. */
export async function insertAppointments(
  tx: Transaction<Tables>,
  { studioId, caller, now }: Pick<StudioContext, 'studioId' | 'caller' | 'now'>,
  appointments: readonly NewAppointment[],
): Promise<AppointmentRow[]> {
  const at = now();
  const createdBy = accountOf(caller);
  // Written out: spread over several objects, it would cost more than all rules together.
  const rows = appointments.map((one) => ({
    studioId,
    id: one.id,
    clientId: one.clientId,
    courseId: one.courseId,
    kind: one.kind,
    n: one.n,
    status: one.status,
    locationId: one.locationId,
    practitionerId: one.practitionerId,
    roomId: one.roomId,
    byVideo: one.roomId === null,
    during: new InstantRange(new Date(one.startMs), new Date(one.endMs)),
    firstDay: one.firstDay,
    lastDay: one.lastDay,
    isFact: one.isFact,
    flags: [...one.flags],
    gapOverride: one.gapOverride && { name: one.gapOverride.name, reason: one.gapOverride.reason },
    continuationReason: null,
    sealed: one.sealed,
    icsSequence: 0,
    version: 1,
    createdBy,
    createdAt: at,
    updatedAt: at,
  }));
  sendRows(tx, 'appointments', rows);
  return rows;
}

export type AppointmentChange = Partial<
  Pick<
    AppointmentRow,
    | 'status'
    | 'practitionerId'
    | 'roomId'
    | 'during'
    | 'firstDay'
    | 'lastDay'
    | 'isFact'
    | 'flags'
    | 'sealed'
    | 'continuationReason'
  >
> & { readonly gapOverride?: GapSignature | null };

/** Changes a row that was read in this transaction, and tells the calendars that follow. */
export async function changeAppointment(
  tx: Transaction<Tables>,
  { studioId, now }: Pick<StudioContext, 'studioId' | 'now'>,
  row: Pick<AppointmentRow, 'id' | 'version' | 'icsSequence'>,
  { gapOverride, ...change }: AppointmentChange,
): Promise<AppointmentRow> {
  const changed = await tx
    .updateTable('appointments')
    .set({
      ...change,
      ...(gapOverride === undefined ? {} : { gapOverride: gapOverride && asJson({ ...gapOverride }) }),
      icsSequence: row.icsSequence + 1,
      version: row.version + 1,
      updatedAt: now(),
    })
    .where('studioId', '=', studioId)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returning(COLUMNS)
    .executeTakeFirst();
  if (!changed) throw refused('changed-meanwhile');
  return changed;
}
