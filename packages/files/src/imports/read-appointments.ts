/**
 * Appointments out of a foreign table: history and bookings, each row either read or refused with the reasons.
 *
 * Clients and practitioners are named, not numbered: who matches them to records looks there. Hours are local to the
 * studio. Rows whose kind is not recognised are sessions, which the floor of seven days covers: the careful reading.
 */
import { columnsOf, rowReader, type FieldHeadings } from './columns-of.ts';
import type { ImportedRow, ImportedTable } from './read-clients.ts';
import { dayOrderOf, readDay, readMinute } from './read-day.ts';
import type { Table } from './read-table.ts';

export const APPOINTMENT_FIELDS = {
  client: ['client', 'client name', 'customer', 'customer name', 'name', 'full name', 'patient', 'kunde'],
  firstName: ['first name', 'firstname', 'client first name', 'vorname', 'prénom'],
  lastName: ['last name', 'lastname', 'surname', 'client last name', 'nachname', 'nom'],
  email: ['email', 'e-mail', 'client email', 'customer email', 'email address', 'mail'],
  day: ['date', 'day', 'appointment date', 'start date', 'datum', 'start', 'start time', 'begins', 'beginn', 'fecha'],
  start: ['time', 'start time', 'from', 'appointment time', 'begin', 'uhrzeit', 'von', 'hora'],
  end: ['end', 'end time', 'to', 'until', 'ends', 'ende', 'bis'],
  minutes: ['duration', 'duration min', 'minutes', 'length', 'dauer'],
  practitioner: [
    'practitioner',
    'staff',
    'staff member',
    'artist',
    'provider',
    'employee',
    'mitarbeiter',
    'behandler',
    'with',
  ],
  service: ['service', 'treatment', 'type', 'appointment type', 'kind', 'leistung', 'title'],
  status: ['status', 'state', 'appointment status'],
  notes: ['notes', 'note', 'comments', 'comment', 'bemerkung'],
} as const satisfies FieldHeadings<string>;
type AppointmentField = keyof typeof APPOINTMENT_FIELDS;

export interface ImportedAppointment {
  readonly client: string;
  readonly email: string | null;
  /** Local day and minute of the studio. */
  readonly day: string;
  readonly startMinute: number;
  readonly minutes: number;
  readonly practitioner: string | null;
  readonly kind: 'consultation' | 'session' | 'touch-up' | 'review';
  readonly isCancelled: boolean;
  readonly isMissed: boolean;
  readonly notes: string;
}

const LONGEST_MINUTES = 12 * 60;

export function readAppointments(
  table: Table,
  chosen: Readonly<Record<string, string>> = {},
): ImportedTable<ImportedAppointment> {
  const columns = columnsOf<AppointmentField>(table.headings, APPOINTMENT_FIELDS, chosen);
  const cellOf = rowReader(columns);
  const hasDay = columns.some(({ field }) => field === 'day');
  const order = dayOrderOf(table.rows.map((row) => cellOf(row, 'day')));
  const rows = table.rows.map((row, i): ImportedRow<ImportedAppointment> => {
    const cell = (field: AppointmentField): string => cellOf(row, field);
    const problems: string[] = [];
    const client = (cell('client') || `${cell('firstName')} ${cell('lastName')}`).trim();
    if (client === '') problems.push('No client: every appointment needs one.');
    const day = order === 'ambiguous' ? null : readDay(cell('day'), order);
    if (!hasDay) problems.push('No column is the date: choose above which one is.');
    else if (day === null) {
      problems.push(
        order === 'ambiguous'
          ? `"${cell('day')}" may be two dates; write the column as year-month-day.`
          : `"${cell('day')}" is not a date as the others of its column.`,
      );
    }
    const startMinute = readMinute(cell('start')) ?? readMinute(cell('day'));
    if (startMinute === null && hasDay) problems.push(`"${cell('start') || cell('day')}" has no hour of the day.`);
    const end = readMinute(cell('end'));
    const typed = /^\d+$/.exec(cell('minutes'))?.[0] ?? null;
    const minutes = typed === null ? (end === null || startMinute === null ? null : end - startMinute) : Number(typed);
    if (minutes === null && hasDay) problems.push('Neither an end nor a length in minutes.');
    else if (minutes !== null && !(minutes > 0 && minutes <= LONGEST_MINUTES))
      problems.push(`A length of ${minutes} minutes.`);
    const service = cell('service').toLowerCase();
    const status = cell('status').toLowerCase();
    const value: ImportedAppointment = {
      client,
      email: cell('email').toLowerCase() || null,
      day: day ?? '',
      startMinute: startMinute ?? 0,
      minutes: minutes ?? 0,
      practitioner: cell('practitioner') || null,
      kind: kindOf(service),
      isCancelled: /cancel|storn|annul|abgesagt/.test(status),
      isMissed: /no.?show|missed|did not|nicht erschienen/.test(status),
      notes: cell('notes').slice(0, 10_000),
    };
    return { row: i + 1, name: client, value: problems.length ? null : value, problems };
  });
  return { columns, rows };
}

function kindOf(service: string): ImportedAppointment['kind'] {
  if (/consult|beratung|enquir/.test(service)) return 'consultation';
  if (/touch|refresh|top.?up/.test(service)) return 'touch-up';
  if (/review|check|follow/.test(service)) return 'review';
  return 'session';
}
