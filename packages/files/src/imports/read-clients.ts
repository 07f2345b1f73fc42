/**
 * Clients out of a foreign table, each row either a profile or the reasons why not.
 *
 * A row needs a name; addresses, numbers and dates that cannot be read are named, and the row is refused rather than
 * kept without them: nobody finds out later what was lost.
 */
import * as z from 'zod';
import { columnsOf, rowReader, type FieldHeadings, type FoundColumn } from './columns-of.ts';
import { dayOrderOf, readDay } from './read-day.ts';
import type { Table } from './read-table.ts';

export const CLIENT_FIELDS = {
  name: [
    'name',
    'full name',
    'client',
    'client name',
    'customer',
    'customer name',
    'patient',
    'kunde',
    'nombre completo',
  ],
  firstName: ['first name', 'firstname', 'given name', 'forename', 'vorname', 'prénom', 'nombre'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'nachname', 'nom', 'apellido', 'apellidos'],
  email: ['email', 'e-mail', 'email address', 'mail', 'e-mail address', 'correo', 'courriel'],
  phone: [
    'phone',
    'mobile',
    'telephone',
    'phone number',
    'mobile phone',
    'cell',
    'cell phone',
    'tel',
    'telefon',
    'handy',
  ],
  bornOn: ['date of birth', 'birth date', 'birthday', 'dob', 'born', 'geburtsdatum', 'geburtstag'],
  sex: ['sex', 'gender', 'geschlecht'],
  address: ['address', 'street', 'street address', 'address line 1', 'adresse', 'anschrift', 'strasse', 'straße'],
  postcode: ['postcode', 'postal code', 'zip', 'zip code', 'plz'],
  city: ['city', 'town', 'ort', 'stadt', 'ciudad', 'ville'],
  presentation: ['presentation', 'hair loss', 'norwood', 'ludwig', 'diagnosis'],
  notes: ['notes', 'note', 'comments', 'comment', 'remarks', 'notizen', 'bemerkung'],
  source: ['source', 'referred by', 'referral', 'how did you hear about us', 'lead source'],
} as const satisfies FieldHeadings<string>;
type ClientField = keyof typeof CLIENT_FIELDS;

export interface ImportedClient {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bornOn: string | null;
  readonly sex: 'm' | 'f' | null;
  readonly address: string;
  readonly presentation: string | null;
  readonly notes: string;
  readonly source: string;
}

export interface ImportedRow<T> {
  /** 1 is the first row under the headings. */
  readonly row: number;
  readonly name: string;
  /** Null when `problems` says why. */
  readonly value: T | null;
  readonly problems: readonly string[];
}

export interface ImportedTable<T> {
  readonly columns: readonly FoundColumn<string>[];
  readonly rows: readonly ImportedRow<T>[];
}

const isEmail = (text: string): boolean => z.email().max(254).safeParse(text).success;

export function readClients(
  table: Table,
  chosen: Readonly<Record<string, string>> = {},
): ImportedTable<ImportedClient> {
  const columns = columnsOf<ClientField>(table.headings, CLIENT_FIELDS, chosen);
  const cellOf = rowReader(columns);
  const order = dayOrderOf(table.rows.map((row) => cellOf(row, 'bornOn')));
  const rows = table.rows.map((row, i): ImportedRow<ImportedClient> => {
    const cell = (field: ClientField): string => cellOf(row, field);
    const problems: string[] = [];
    const name = (cell('name') || `${cell('firstName')} ${cell('lastName')}`).replace(/\s+/g, ' ').trim();
    if (name === '') problems.push('No name: every client needs one.');
    if (name.length > 160) problems.push('The name is longer than 160 characters.');
    const email = cell('email').toLowerCase() || null;
    if (email !== null && !isEmail(email)) problems.push(`"${cell('email')}" is not an e-mail address.`);
    const phone = cell('phone') || null;
    if (phone !== null && !(phone.length <= 40 && /\d{4}/.test(phone.replace(/\D/g, '')))) {
      problems.push(`"${phone.slice(0, 60)}" is not a phone number.`);
    }
    const born = cell('bornOn');
    const bornOn = born === '' || order === 'ambiguous' ? null : readDay(born, order);
    if (born !== '' && bornOn === null) {
      problems.push(
        order === 'ambiguous'
          ? `"${born}" may be two dates; write the column as year-month-day.`
          : `"${born}" is not a date as the others of its column.`,
      );
    }
    const value = {
      name,
      email,
      phone,
      bornOn,
      sex: sexOf(cell('sex')),
      address: [cell('address'), `${cell('postcode')} ${cell('city')}`.trim()].filter(Boolean).join(', ').slice(0, 400),
      presentation: presentationOf(cell('presentation')),
      notes: cell('notes').slice(0, 10_000),
      source: cell('source').slice(0, 200),
    };
    return { row: i + 1, name, value: problems.length ? null : value, problems };
  });
  return { columns, rows };
}

/** 'norwood-5' of 'Norwood V' and of 'NW 5'; other words as they are. */
function presentationOf(text: string): string | null {
  const scale = /^(norwood|nw|hamilton-norwood|ludwig)\W*(\d|[ivx]+)\b/i.exec(text.trim());
  if (!scale) return text.trim().slice(0, 60) || null;
  const [, name, stage] = scale;
  const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii'].indexOf(stage!.toLowerCase()) + 1;
  return `${/^l/i.test(name!) ? 'ludwig' : 'norwood'}-${roman || stage}`;
}

function sexOf(text: string): 'm' | 'f' | null {
  const first = text.toLowerCase();
  if (/^(m|male|man|männlich|homme|hombre)$/.test(first)) return 'm';
  if (/^(f|w|female|woman|weiblich|femme|mujer)$/.test(first)) return 'f';
  return null;
}
