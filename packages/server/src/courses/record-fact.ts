/** What already happened, stored even against a rule: the rules it broke are its flags. */
import type { Transaction } from 'kysely';
import { judgeSlot } from '@stipple/core/course/blockers.ts';
import { isPigmentKind } from '@stipple/core/course/floor.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { assertExists } from '../settings/assert-exists.ts';
import { refusalFor } from './blocker-words.ts';
import { sealNote } from './appointment-notes.ts';
import { insertAppointments, isActive, wireAppointments } from './appointment-rows.ts';
import { daysAround } from './book-course.ts';
import { readCourse } from './course-rows.ts';
import { inBook } from './in-book.ts';
import { readSituation, type Situation } from './read-situation.ts';
import { assertPast, daysOf, settleCourse, settleFloor, TOO_SOON } from './real-hours.ts';
import { gateOf } from './screening-gate.ts';
import { clientTimesOf, needsOf, studioWorldOf, type WorkNeed } from './studio-world-of.ts';
import { takeTurns } from '../request/take-turns.ts';
import type { Tables } from '../storage/tables.ts';
import type { WireAppointment } from './appointment-rows.ts';

interface Fact {
  readonly kind: WireAppointment['kind'];
  readonly startMs: number;
  readonly endMs: number;
  readonly practitionerId: string;
  readonly roomId: string;
}

/** Codes of the refusals that a booking would have met. */
export function brokenRules(situation: Situation, fact: Fact, need: WorkNeed, day: string): string[] {
  const studio = studioWorldOf(situation, { need, startStepMinutes: 1 });
  const isKnown =
    studio.practitioners.some(({ id }) => id === fact.practitionerId) &&
    studio.rooms.some(({ id }) => id === fact.roomId);
  const blockers = isKnown
    ? judgeSlot({
        kind: fact.kind,
        studio,
        client: clientTimesOf(situation),
        needs: needsOf(need),
        slot: fact,
        earliestDay: day,
        notBeforeMs: 0,
        isLast: false,
      }).map(refusalFor)
    : (['outside-hours'] as const);
  const isStopped = isPigmentKind(fact.kind) && !gateOf(situation.client!.screenings, day).isOpen;
  return [...new Set([...blockers, ...(isStopped ? ['screening-stops'] : [])])];
}

async function assertNumber(
  tx: Transaction<Tables>,
  studioId: string,
  situation: Situation,
  courseId: string,
  n: number | undefined,
): Promise<string> {
  const course = await readCourse(tx, studioId, courseId);
  if (course.clientId !== situation.client!.id) throw refused('not-found', 'course');
  if (n === undefined) return course.skill;
  if (n > course.sessions) throw refused('input-wrong', `the course has ${course.sessions} sessions`);
  const placed = situation.client!.entries.find(
    (entry) => entry.courseId === courseId && entry.n === n && isActive(entry),
  );
  if (placed) throw refused('not-in-this-state', `session ${n} is ${placed.status}; finish, move or cancel it`);
  return course.skill;
}

export const recordFact = api.recordFact.handler(({ input, context }) =>
  inBook(context, async (tx) => {
    const { clientId, courseId = null, kind, n, locationId, practitionerId, roomId, note } = input;
    const { studioId, now } = context;
    const [startMs, endMs] = [Date.parse(input.start), Date.parse(input.end)];
    assertPast(startMs, endMs, now().getTime());
    if ((kind === 'session') !== (n !== undefined) || (kind === 'session' && courseId === null))
      throw refused('input-wrong', 'a session has its course and its number, the others have no number');
    await takeTurns(tx, [clientId, practitionerId, roomId]);
    await assertExists(tx, 'practitioners', studioId, practitionerId);
    await assertExists(tx, 'rooms', studioId, roomId);
    const days = await daysOf(tx, studioId, locationId, startMs, endMs);
    const situation = await readSituation(tx, {
      studioId,
      locationId,
      clientId,
      now: now(),
      days: daysAround([startMs]),
    });
    if (situation.client!.status === 'merged' || situation.client!.status === 'erased')
      throw refused('not-in-this-state', `the client is ${situation.client!.status}`);
    const skill = courseId === null ? null : await assertNumber(tx, studioId, situation, courseId, n);
    const need: WorkNeed = !isPigmentKind(kind) ? 'none' : skill === null ? 'any' : { skill };

    const id = context.newId();
    const { isTooSoon, freed } = await settleFloor(tx, context, { id, clientId, kind, ...days });
    const broken = brokenRules(situation, { kind, startMs, endMs, practitionerId, roomId }, need, days.firstDay);
    const flags = broken.filter((code) => code !== TOO_SOON);
    const rows = await insertAppointments(tx, context, [
      {
        id,
        clientId,
        courseId,
        kind,
        n: n ?? null,
        status: 'done',
        locationId,
        practitionerId,
        roomId,
        startMs,
        endMs,
        ...days,
        isFact: true,
        flags: isTooSoon ? [...flags, TOO_SOON] : flags,
        gapOverride: null,
        sealed: await sealNote(tx, context, { id, clientId }, note),
      },
    ]);
    await settleCourse(tx, context, courseId);
    return {
      answer: (await wireAppointments(tx, context, rows))[0]!,
      action: 'appointment.record',
      subject: { kind: 'appointment', id },
      detail: { clientId, kind, ...days, flags: rows[0]!.flags, freed: freed.map(({ id }) => id) },
    };
  }),
);
