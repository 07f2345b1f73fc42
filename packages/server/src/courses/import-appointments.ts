/**
 * History and bookings out of another program's table: looked at first, then stored for good, in pieces (in-pieces.ts)
 * that take turns with whoever else books these clients, practitioners and rooms.
 *
 * Clients are found by address, else by name; practitioners by name; hours are local to the location where the
 * practitioner works. What lies in the past is a fact: stored even against a rule, and flagged; of the hours of that
 * time, and of screenings on paper, nothing is known here. What lies ahead is a booking: the floor of seven days, other
 * people's hours and certificates hold as on every route, and the row is refused with the reason. Sessions of one
 * client within a year of each other become one course, so that the studio goes on with it.
 *
 * The look stores each piece and rolls it back, with what of earlier pieces lies close enough to be in its way: its
 * verdicts are those of the real thing. It takes no turns, as nothing follows from it. Rows that are stored already are
 * recognised by client and hour, and what follows them goes on with their course, so a file may be sent again.
 */
import { sql, type Transaction } from 'kysely';
import { daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { MAX_GAP_DAYS } from '@stipple/core/course/plan-course.ts';
import { isPigmentKind } from '@stipple/core/course/floor.ts';
import { MOST_SESSIONS, needsReason } from '@stipple/core/course/wanted-sessions.ts';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import { readAppointments } from '@stipple/files/imports/read-appointments.ts';
import { readTable } from '@stipple/files/imports/read-table.ts';
import { inPieces, PIECE_ROWS } from '../request/in-pieces.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { takeTurns } from '../request/take-turns.ts';
import { forget } from '../storage/batching-dialect.ts';
import { asJson } from '../storage/connection.ts';
import { conflictOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';
import { sealNote } from './appointment-notes.ts';
import { insertAppointments } from './appointment-rows.ts';
import { daysAround } from './book-course.ts';
import { matchRows, type Matched, type RowLine } from './match-appointments.ts';
import { readSituation } from './read-situation.ts';
import { settleCourse, settleFloor, TOO_SOON } from './real-hours.ts';
import { brokenRules } from './record-fact.ts';
import type { WorkNeed } from './studio-world-of.ts';
import { zoneOf } from '../request/zone-of.ts';

/** Further apart, two appointments have nothing to do with each other: the floor, the day before and the day after. */
const REACH_MS = 10 * 86_400_000;

/** Thrown to undo what a look stored. */
class LookOnly extends Error {}

/** Rules of today that say nothing about what was done under another program. */
const UNKNOWN_THEN: ReadonlySet<RefusalCode> = new Set(['outside-hours', 'screening-stops']);
const sentence = (code: RefusalCode): string => {
  const { reason, remedy } = new Refusal(code);
  return `${reason} ${remedy}`;
};

export const importAppointments = api.importAppointments.handler(
  async ({ input: { file, columns, commit }, context }) => {
    const imported = readAppointments(readTable(new Uint8Array(await file.arrayBuffer())), columns);
    const { matched, refusedRows } = await context.inStudio((tx) => matchRows(tx, context, imported.rows));
    const lines = new Map(refusedRows.map((line) => [line.row, line]));
    const storeAll = async (tx: Transaction<Tables>, matches: readonly Matched[]): Promise<number> => {
      const stored = await storeRows(tx, context, matches);
      for (const line of stored) lines.set(line.row, line);
      return stored.filter(({ verdict }) => verdict === 'new').length;
    };

    let created = 0;
    if (commit) {
      created = await inPieces(context, matched, async (tx, piece) => {
        await takeTurns(
          tx,
          piece.flatMap(({ clientId, practitioner: { id, place } }) => [clientId, id, ...place.roomIds]),
        );
        const count = await storeAll(tx, piece);
        const subject = { kind: 'studio', id: context.studioId };
        if (count > 0) await audited(tx, context, 'appointments.import', subject, { created: count });
        return count;
      });
    } else {
      for (let at = 0; at < matched.length; at += PIECE_ROWS) {
        const since = matched[at]!.startMs - REACH_MS;
        const near = matched
          .slice(0, at)
          .filter(({ row, endMs }) => endMs > since && lines.get(row)!.verdict === 'new');
        const look = context.storage.inStudio(context.studioId, async (tx) => {
          await storeRows(tx, context, near);
          await storeAll(tx, matched.slice(at, at + PIECE_ROWS));
          throw new LookOnly();
        });
        await look.catch((error: unknown) => {
          if (!(error instanceof LookOnly)) throw error;
        });
      }
    }
    return { columns: [...imported.columns], rows: [...lines.values()].sort((a, b) => a.row - b.row), created };
  },
);

async function storeRows(
  tx: Transaction<Tables>,
  context: StudioContext,
  matches: readonly Matched[],
): Promise<RowLine[]> {
  const lines: RowLine[] = [];
  const courseIds = new Set<string>();
  for (const match of matches) lines.push(await storeRow(tx, context, courseIds, match));
  for (const id of courseIds) await settleCourse(tx, context, id);
  return lines;
}

async function storeRow(
  tx: Transaction<Tables>,
  context: StudioContext,
  courseIds: Set<string>,
  match: Matched,
): Promise<RowLine> {
  const { row, value } = match;
  const line = (verdict: RowLine['verdict'], problems: string[]): RowLine => ({
    row,
    name: value.client,
    verdict,
    problems,
  });
  if (await isStored(tx, context.studioId, match))
    return line('same', ['Left out: the client has an appointment then.']);
  await sql`savepoint imported_row`.execute(tx);
  try {
    const { flags, courseId } = await storeMatched(tx, context, match);
    await sql`release savepoint imported_row`.execute(tx);
    if (courseId !== null) courseIds.add(courseId);
    return line(
      'new',
      flags.map((code) => `Stored and flagged: ${sentence(code)}`),
    );
  } catch (error) {
    forget(tx);
    await sql`rollback to savepoint imported_row`.execute(tx);
    const code = error instanceof Refusal ? error.code : conflictOf(error);
    if (!code) throw error;
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

/** @returns rules that a fact broke. Throws a Refusal or the database's conflict for what cannot be stored. */
async function storeMatched(
  tx: Transaction<Tables>,
  context: StudioContext,
  match: Matched,
): Promise<{ readonly flags: RefusalCode[]; readonly courseId: string | null }> {
  const { value, clientId, practitioner, startMs, endMs } = match;
  const { kind, day, notes } = value;
  const { place } = practitioner;
  const { studioId, now } = context;
  const isPast = endMs <= now().getTime();
  const status = value.isCancelled ? 'cancelled' : value.isMissed ? 'missed' : isPast ? 'done' : 'booked';
  const isHeld = status === 'done' || status === 'booked';
  const id = context.newId();
  const days = { firstDay: day, lastDay: zoneOf(place.timeZone).dayAt(endMs - 1) };
  if (status === 'booked' && days.lastDay !== day) throw new Refusal('outside-hours', 'past midnight');
  const situation = await readSituation(tx, {
    studioId,
    locationId: place.id,
    clientId,
    now: now(),
    days: daysAround([startMs]),
  });
  // Merged or erased since the row was matched.
  if (['merged', 'erased'].includes(situation.client!.status)) throw new Refusal('not-in-this-state');
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
  if (status === 'booked' && !situation.practitioners.some(({ id: who }) => who === practitioner.id))
    throw new Refusal('outside-hours', 'works here no more');
  const told = status === 'done' ? broken.filter((code) => !UNKNOWN_THEN.has(code)) : broken;
  const flags = [...told.filter((code) => code !== TOO_SOON), ...(floor.isTooSoon ? [TOO_SOON as RefusalCode] : [])];
  const course = kind === 'session' ? await courseFor(tx, context, match) : null;
  await insertAppointments(tx, context, [
    {
      id,
      clientId,
      courseId: course?.id ?? null,
      kind,
      n: course?.n ?? null,
      status,
      locationId: place.id,
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
  return { flags, courseId: course?.id ?? null };
}

/**
 * The client's course that this session belongs to, grown to hold it: the one of the latest session before it, unless a
 * year has passed since, it is full, given up, or goes on after this day.
 */
async function courseFor(
  tx: Transaction<Tables>,
  { studioId, now, newId, caller }: StudioContext,
  { clientId, value, practitioner }: Matched,
): Promise<{ readonly id: string; readonly n: number }> {
  const { rows } = await sql<LatestCourse>`
    select courses.id, courses.sessions, courses.status, courses.reason, courses.minutes, courses.gaps_days as "gapsDays",
      max(last_day)::text as "lastDay", max(first_day) > ${value.day} as "goesOn",
      coalesce(max(n) filter (where appointments.status not in ('cancelled', 'missed')), 0) as "lastN"
    from appointments join courses on courses.studio_id = ${studioId} and courses.id = course_id
    where appointments.studio_id = ${studioId} and appointments.client_id = ${clientId} and kind = 'session'
    group by courses.studio_id, courses.id
    having min(first_day) <= ${value.day}
    order by max(first_day) filter (where first_day <= ${value.day}) desc limit 1`.execute(tx);
  const [latest] = rows;
  const isSame =
    latest &&
    !latest.goesOn &&
    ['open', 'done'].includes(latest.status) &&
    latest.lastN < MOST_SESSIONS &&
    daysBetween(latest.lastDay, value.day) <= MAX_GAP_DAYS;
  if (isSame) {
    const n = latest.lastN + 1;
    const sessions = Math.max(latest.sessions, n);
    const minutes = Array.from({ length: sessions }, (_, i) => latest.minutes[i] ?? value.minutes);
    minutes[n - 1] = value.minutes;
    const gapsDays = [...latest.gapsDays, ...gapsOf(sessions).slice(latest.gapsDays.length)];
    const reason = needsReason(sessions) ? latest.reason || IMPORTED : latest.reason;
    await tx
      .updateTable('courses')
      .set({ sessions, gapsDays, minutes, reason, status: 'open', version: sql`version + 1` })
      .where('studioId', '=', studioId)
      .where('id', '=', latest.id)
      .execute();
    return { id: latest.id, n };
  }
  const id = newId();
  await tx
    .insertInto('courses')
    .values({
      studioId,
      id,
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
  return { id, n: 1 };
}

interface LatestCourse {
  readonly id: string;
  readonly sessions: number;
  readonly status: string;
  readonly reason: string;
  readonly minutes: readonly number[];
  readonly gapsDays: readonly number[];
  readonly lastDay: string;
  readonly goesOn: boolean;
  readonly lastN: number;
}

const IMPORTED = 'imported with this many sessions';
const gapsOf = (sessions: number): number[] => [14, ...Array.from({ length: sessions - 2 }, () => 28)];
