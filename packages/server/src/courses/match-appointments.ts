/** What the rows of a foreign table of appointments mean here: whose, with whom, where and when. */
import type { Transaction } from 'kysely';
import { instantOf, MINUTE_MS } from '@stipple/core/calendar/local-time.ts';
import type { ImportedAppointment, readAppointments } from '@stipple/files/imports/read-appointments.ts';
import { clientIndex } from '../clients/client-handlers.ts';
import { plainName } from '../clients/same-person.ts';
import type { StudioContext } from '../request/request-context.ts';
import { zoneOf } from '../request/zone-of.ts';
import type { Tables } from '../storage/tables.ts';

/** What becomes of a row, as the contract says it. */
export interface RowLine {
  readonly row: number;
  readonly verdict: 'new' | 'same' | 'refused';
  readonly name: string;
  readonly problems: string[];
}

interface Place {
  readonly id: string;
  readonly timeZone: string;
  readonly roomIds: readonly string[];
}

interface Practitioner {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly string[];
  /** Where somebody works is where the appointment is: other programs' tables seldom say. */
  readonly place: Place;
}

/** A row whose client, practitioner and hours are known. */
export interface Matched {
  readonly row: number;
  readonly value: ImportedAppointment;
  readonly clientId: string;
  readonly practitioner: Practitioner;
  readonly startMs: number;
  readonly endMs: number;
}

/** Rows with what they mean here, earlier ones first, so that each is judged against what went before. */
export async function matchRows(
  tx: Transaction<Tables>,
  context: StudioContext,
  rows: ReturnType<typeof readAppointments>['rows'],
): Promise<{ readonly matched: Matched[]; readonly refusedRows: RowLine[] }> {
  const practitioners = await readPractitioners(tx, context.studioId);
  const findClient = await clientFinder(tx, context);
  const refusedRows: RowLine[] = [];
  const matched: Matched[] = [];
  for (const { row, name, value, problems } of rows) {
    const found = value === null ? [...problems] : matchRow(row, value, practitioners, findClient);
    if (Array.isArray(found)) refusedRows.push({ row, name, verdict: 'refused', problems: found });
    else matched.push(found);
  }
  matched.sort((a, b) => a.startMs - b.startMs);
  return { matched, refusedRows };
}

/** Everybody who works or worked at a location that is in use. */
async function readPractitioners(tx: Transaction<Tables>, studioId: string): Promise<Practitioner[]> {
  const locations = await tx
    .selectFrom('locations')
    .select(['id', 'timeZone'])
    .where('studioId', '=', studioId)
    .where('active', '=', true)
    .execute();
  const rooms = await tx
    .selectFrom('rooms')
    .select(['id', 'locationId'])
    .where('studioId', '=', studioId)
    .where('active', '=', true)
    .orderBy('id')
    .execute();
  const places = new Map(
    locations.map(({ id, timeZone }) => {
      const roomIds = rooms.filter(({ locationId }) => locationId === id).map((room) => room.id);
      return [id, { id, timeZone, roomIds } satisfies Place];
    }),
  );
  const people = await tx
    .selectFrom('practitioners')
    .select(['id', 'name', 'skills', 'locationId'])
    .where('studioId', '=', studioId)
    .orderBy('id')
    .execute();
  return people.flatMap(({ locationId, ...person }) => {
    const place = places.get(locationId);
    return place ? [{ ...person, place }] : [];
  });
}

type ClientFinder = (name: string, email: string | null) => { readonly id: string } | string;

async function clientFinder(tx: Transaction<Tables>, context: StudioContext): Promise<ClientFinder> {
  const byEmail = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  const file = (map: Map<string, string[]>, key: string, id: string) => map.set(key, [...(map.get(key) ?? []), id]);
  for (const { id, name, email } of await clientIndex.lines(tx, context)) {
    if (email) file(byEmail, email.toLowerCase(), id);
    file(byName, plainName(name), id);
  }
  return (name, email) => {
    const found = (email && byEmail.get(email)) || byName.get(plainName(name)) || [];
    if (found.length === 1) return { id: found[0]! };
    return found.length === 0
      ? `No client ${name} in the book: import or create the client first.`
      : `${found.length} clients are called ${name}: add a column with the e-mail address.`;
  };
}

/** What the row means here, or why nothing. */
function matchRow(
  row: number,
  value: ImportedAppointment,
  practitioners: readonly Practitioner[],
  find: ClientFinder,
): Matched | string[] {
  if (practitioners.length === 0) return ['Nobody works here yet: set up a location, a room and a practitioner first.'];
  const client = find(value.client, value.email);
  const named = value.practitioner;
  const practitioner =
    named === null && practitioners.length === 1
      ? practitioners[0]
      : practitioners.find(({ name }) => named !== null && plainName(name) === plainName(named));
  const problems: string[] = [];
  if (typeof client === 'string') problems.push(client);
  if (!practitioner) {
    problems.push(
      named === null ? 'No practitioner: several work here.' : `No practitioner ${named}: set the person up first.`,
    );
  } else if (practitioner.place.roomIds.length === 0) {
    problems.push('The location has no room yet: set one up first.');
  }
  if (typeof client === 'string' || !practitioner || problems.length > 0) return problems;
  const startMs = instantOf(zoneOf(practitioner.place.timeZone), value.day, value.startMinute);
  return { row, value, clientId: client.id, practitioner, startMs, endMs: startMs + value.minutes * MINUTE_MS };
}
