/**
 * History and bookings out of another program's table: looked at first, then stored for good.
 *
 * Clients are found by address, else by name; practitioners by name; hours are local to the location. What lies in the
 * past is a fact: stored even against a rule, and flagged. What lies ahead is a booking: the floor of seven days, other
 * people's hours and certificates hold as on every route, and the row is refused with the reason. Sessions of one
 * client within a year of each other become one course, so that the studio goes on with it.
 *
 * The look stores everything and rolls back: its verdicts are those of the real thing.
 */
import { sql, type Transaction } from 'kysely';
import { instantOf, MINUTE_MS } from '@stipple/core/calendar/local-time.ts';
import { addDays, daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { MAX_GAP_DAYS } from '@stipple/core/course/plan-course.ts';
import { isPigmentKind } from '@stipple/core/course/floor.ts';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import { readAppointments, type ImportedAppointment } from '@stipple/files/imports/read-appointments.ts';
import { readTable } from '@stipple/files/imports/read-table.ts';
import { clientIndex } from '../clients/client-handlers.ts';
import { plainName } from '../clients/same-person.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { asJson } from '../storage/connection.ts';
import { conflictOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';
import { sealNote } from './appointment-notes.ts';
import { insertAppointments } from './appointment-rows.ts';
import { daysAround } from './book-course.ts';
import { readSituation } from './read-situation.ts';
import { settleCourse, settleFloor, TOO_SOON } from './real-hours.ts';
import { brokenRules } from './record-fact.ts';
import type { WorkNeed } from './studio-world-of.ts';
import { zoneOf } from '../request/zone-of.ts';

type Row = { row: number; verdict: 'new' | 'same' | 'refused'; name: string; problems: string[] };

interface Place {
  readonly locationId: string;
  readonly timeZone: string;
  readonly roomIds: readonly string[];
  readonly practitioners: readonly { readonly id: string; readonly name: string; readonly skills: readonly string[] }[];
}

/** A row whose client, practitioner and hours are known. */
interface Matched {
  readonly row: number;
  readonly value: ImportedAppointment;
  readonly clientId: string;
  readonly practitioner: Place['practitioners'][number];
  readonly startMs: number;
  readonly endMs: number;
}

/** Thrown to undo what a look stored. */
class LookOnly extends Error {}

const MOST_SESSIONS = 12;
const sentence = (code: RefusalCode): string => {
  const { reason, remedy } = new Refusal(code);
  return `${reason} ${remedy}`;
};

export const importAppointments = api.importAppointments.handler(
  async ({ input: { file, columns, commit }, context }) => {
    const imported = readAppointments(readTable(new Uint8Array(await file.arrayBuffer())), columns);
    let rows: Row[] = [];
    const store = async (tx: Transaction<Tables>): Promise<void> => {
      rows = await storeRows(tx, context, imported.rows);
      if (!commit) throw new LookOnly();
      const created = rows.filter(({ verdict }) => verdict === 'new').length;
      await audited(tx, context, 'appointments.import', { kind: 'studio', id: context.studioId }, { created });
    };
    await context.inStudio(store).catch((error: unknown) => {
      if (!(error instanceof LookOnly)) throw error;
    });
    const created = commit ? rows.filter(({ verdict }) => verdict === 'new').length : 0;
    return { columns: [...imported.columns], rows, created };
  },
);

async function storeRows(
  tx: Transaction<Tables>,
  context: StudioContext,
  rows: ReturnType<typeof readAppointments>['rows'],
): Promise<Row[]> {
  const place = await readPlace(tx, context.studioId);
  const findClient = await clientFinder(tx, context);
  const report: Row[] = [];
  const matched: Matched[] = [];
  for (const { row, name, value, problems } of rows) {
    const found = value === null ? [...problems] : matchRow(row, value, place, findClient);
    if (Array.isArray(found)) report.push({ row, name, verdict: 'refused', problems: found });
    else matched.push(found);
  }
  // Earlier ones first, so that each is judged against what went before.
  matched.sort((a, b) => a.startMs - b.startMs);
  const courses = new Map<string, OpenCourse>();
  for (const match of matched) report.push(await storeRow(tx, context, place, courses, match));
  for (const { id } of courses.values()) await settleCourse(tx, context, id);
  return report.sort((a, b) => a.row - b.row);
}

/** The studio's first location: other programs' tables know of one. */
async function readPlace(tx: Transaction<Tables>, studioId: string): Promise<Place | null> {
  const location = await tx
    .selectFrom('locations')
    .select(['id', 'timeZone'])
    .where('studioId', '=', studioId)
    .where('active', '=', true)
    .orderBy('id')
    .executeTakeFirst();
  if (!location) return null;
  const rooms = await tx
    .selectFrom('rooms')
    .select('id')
    .where('studioId', '=', studioId)
    .where('locationId', '=', location.id)
    .where('active', '=', true)
    .orderBy('id')
    .execute();
  const practitioners = await tx
    .selectFrom('practitioners')
    .select(['id', 'name', 'skills'])
    .where('studioId', '=', studioId)
    .where('locationId', '=', location.id)
    .orderBy('id')
    .execute();
  return { locationId: location.id, timeZone: location.timeZone, roomIds: rooms.map(({ id }) => id), practitioners };
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
  place: Place | null,
  find: ClientFinder,
): Matched | string[] {
  if (!place) return ['The studio has no location yet: set one up first.'];
  const client = find(value.client, value.email);
  const named = value.practitioner;
  const practitioner =
    named === null && place.practitioners.length === 1
      ? place.practitioners[0]
      : place.practitioners.find(({ name }) => named !== null && plainName(name) === plainName(named));
  const problems: string[] = [];
  if (typeof client === 'string') problems.push(client);
  if (!practitioner) {
    problems.push(
      named === null ? 'No practitioner: several work here.' : `No practitioner ${named}: set the person up first.`,
    );
  }
  if (place.roomIds.length === 0) problems.push('The location has no room yet: set one up first.');
  if (typeof client === 'string' || !practitioner || problems.length > 0) return problems;
  const startMs = instantOf(zoneOf(place.timeZone), value.day, value.startMinute);
  return { row, value, clientId: client.id, practitioner, startMs, endMs: startMs + value.minutes * MINUTE_MS };
}

interface OpenCourse {
  readonly id: string;
  lastDay: string;
  n: number;
}

async function storeRow(
  tx: Transaction<Tables>,
  context: StudioContext,
  place: Place | null,
  courses: Map<string, OpenCourse>,
  match: Matched,
): Promise<Row> {
  const { row, value, clientId } = match;
  const line = (verdict: Row['verdict'], problems: string[]): Row => ({ row, name: value.client, verdict, problems });
  if (await isStored(tx, context.studioId, match))
    return line('same', ['Left out: the client has an appointment then.']);
  const before = courses.get(clientId);
  const courseBefore = before && { ...before };
  await sql`savepoint imported_row`.execute(tx);
  try {
    const flags = await storeMatched(tx, context, place!, courses, match);
    await sql`release savepoint imported_row`.execute(tx);
    return line(
      'new',
      flags.map((code) => `Stored and flagged: ${sentence(code)}`),
    );
  } catch (error) {
    await sql`rollback to savepoint imported_row`.execute(tx);
    const code = error instanceof Refusal ? error.code : conflictOf(error);
    if (!code) throw error;
    // The course counts only what was stored.
    if (courseBefore) courses.set(clientId, courseBefore);
    else courses.delete(clientId);
    return line('refused', [sentence(code)]);
  }
}

async function isStored(tx: Transaction<Tables>, studioId: string, { clientId, startMs }: Matched): Promise<boolean> {
  const found = await tx
    .selectFrom('appointments')
    .select('id')
    .where('studioId', '=', studioId)
    .where('clientId', '=', clientId)
    .where((of) => of(of.fn<Date>('lower', ['during']), '=', new Date(startMs)))
    .executeTakeFirst();
  return found !== undefined;
}

/** @returns rules that a fact broke. Throws a Refusal or the database's conflict for a booking that breaks one. */
async function storeMatched(
  tx: Transaction<Tables>,
  context: StudioContext,
  place: Place,
  courses: Map<string, OpenCourse>,
  match: Matched,
): Promise<RefusalCode[]> {
  const { value, clientId, practitioner, startMs, endMs } = match;
  const { kind, day, notes } = value;
  const { studioId, now } = context;
  const isPast = endMs <= now().getTime();
  const status = value.isCancelled ? 'cancelled' : value.isMissed ? 'missed' : isPast ? 'done' : 'booked';
  const isHeld = status === 'done' || status === 'booked';
  const id = context.newId();
  const days = { firstDay: day, lastDay: zoneOf(place.timeZone).dayAt(endMs - 1) };
  if (status === 'booked' && days.lastDay !== day) throw new Refusal('outside-hours', 'past midnight');
  const situation = await readSituation(tx, {
    studioId,
    locationId: place.locationId,
    clientId,
    now: now(),
    days: daysAround([startMs]),
  });
  const taken = new Set(
    situation.book.filter((of) => of.startMs < endMs && startMs < of.endMs).map(({ roomId }) => roomId),
  );
  const roomId = place.roomIds.find((room) => !taken.has(room)) ?? place.roomIds[0]!;
  const need: WorkNeed = isPigmentKind(kind) ? 'any' : 'none';
  const floor =
    status === 'done' ? await settleFloor(tx, context, { id, clientId, kind, ...days }) : { isTooSoon: false };
  const broken = isHeld
    ? (brokenRules(
        situation,
        { kind, startMs, endMs, practitionerId: practitioner.id, roomId },
        need,
        day,
      ) as RefusalCode[])
    : [];
  if (status === 'booked' && broken.includes('certificate-expired')) throw new Refusal('certificate-expired');
  const flags = [...broken.filter((code) => code !== TOO_SOON), ...(floor.isTooSoon ? [TOO_SOON as RefusalCode] : [])];
  const course = kind === 'session' ? await courseFor(tx, context, courses, match) : null;
  await insertAppointments(tx, context, [
    {
      id,
      clientId,
      courseId: course?.id ?? null,
      kind,
      n: course?.n ?? null,
      status,
      locationId: place.locationId,
      practitionerId: practitioner.id,
      roomId,
      startMs,
      endMs,
      ...days,
      isFact: status === 'done',
      flags,
      gapOverride: null,
      sealed: await sealNote(tx, context, { id, clientId }, notes),
    },
  ]);
  return flags;
}

/** The client's course that this session belongs to, grown to hold it. */
async function courseFor(
  tx: Transaction<Tables>,
  { studioId, now, newId, caller }: StudioContext,
  courses: Map<string, OpenCourse>,
  { clientId, value, practitioner }: Matched,
): Promise<OpenCourse> {
  const open = courses.get(clientId);
  if (open && daysBetween(open.lastDay, value.day) <= MAX_GAP_DAYS && open.n < MOST_SESSIONS) {
    open.n++;
    open.lastDay = value.day;
    const sessions = Math.max(3, open.n);
    await tx
      .updateTable('courses')
      .set({
        sessions,
        gapsDays: gapsOf(sessions),
        minutes: Array.from({ length: sessions }, () => value.minutes),
        reason: sessions > 4 ? IMPORTED : '',
      })
      .where('studioId', '=', studioId)
      .where('id', '=', open.id)
      .execute();
    return open;
  }
  const made = { id: newId(), lastDay: addDays(value.day, 0), n: 1 };
  await tx
    .insertInto('courses')
    .values({
      studioId,
      id: made.id,
      clientId,
      skill: practitioner.skills[0] ?? 'shaved',
      sessions: 3,
      gapsDays: gapsOf(3),
      minutes: [value.minutes, value.minutes, value.minutes],
      blackOuts: asJson([]),
      status: 'open',
      createdBy: accountOf(caller),
      createdAt: now(),
    })
    .execute();
  courses.set(clientId, made);
  return made;
}

const IMPORTED = 'imported with this many sessions';
const gapsOf = (sessions: number): number[] => [14, ...Array.from({ length: sessions - 2 }, () => 28)];
