/**
 * One appointment moved, of a course with the later sessions that are moved along: the same rows at other hours, so the
 * course has as many sessions as before.
 */
import type { Transaction } from 'kysely';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { SESSION_MINUTES } from '@stipple/core/course/minutes-of-plan.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { KnownCaller, StudioContext } from '../request/request-context.ts';
import { InstantRange } from '../storage/instant-range.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient } from './appointment-notes.ts';
import {
  assertUnbegun,
  changeAppointment,
  selectAppointments,
  wireAppointments,
  type AppointmentRow,
} from './appointment-rows.ts';
import { needOf } from './book-appointment.ts';
import { assertInBook, daysAround, idsOf, type Choice } from './book-course.ts';
import { readCourse } from './course-rows.ts';
import { inBook, orOtherDates } from './in-book.ts';
import { judgeHour } from './judge-hour.ts';
import { hourOf, judgeMove, minutesOf, wishedHour } from './judge-move.ts';
import type { GapSignature, WishedSession } from './judge-sessions.ts';
import { lockAppointment } from './locked.ts';
import { assertMayGiveUp } from './notice.ts';
import { placesFor } from './propose-move.ts';
import { readSituation } from './read-situation.ts';
import { clientTimesOf } from './studio-world-of.ts';

/** It stays as long as it was, unless staff say otherwise. */
function assertLength(caller: KnownCaller, before: number, after: number): void {
  if (after === before) return;
  if (isClient(caller)) throw refused('not-allowed', 'the length is set by the studio');
  const { least, most } = SESSION_MINUTES;
  if (after < least || after > most) throw refused('input-wrong', `from ${least} minutes to ${most / 60} hours`);
}

async function laterRows(
  tx: Transaction<Tables>,
  studioId: string,
  row: AppointmentRow,
  later: readonly Choice[],
): Promise<AppointmentRow[]> {
  if (later.length === 0) return [];
  const numbers = later.map(({ n }) => n);
  if (row.kind !== 'session' || new Set(numbers).size !== later.length || numbers.some((n) => n <= row.n!))
    throw refused('input-wrong', 'what moves along are later sessions of the same course');
  const rows = await selectAppointments(tx, studioId)
    .where('clientId', '=', row.clientId)
    .where('courseId', '=', row.courseId)
    .where('kind', '=', 'session')
    .where('status', '=', 'booked')
    .where('n', 'in', numbers)
    .execute();
  if (rows.length !== later.length) throw refused('not-in-this-state', 'a later session is not booked any more');
  return rows;
}

/** Takes all of them out of the book before any goes back, so that they may change places. */
async function moveRows(
  tx: Transaction<Tables>,
  context: StudioContext,
  moves: readonly {
    readonly row: AppointmentRow;
    readonly to: Omit<WishedSession, 'n'> & { readonly day: PlainDay; readonly gapOverride: GapSignature | null };
  }[],
): Promise<AppointmentRow[]> {
  if (moves.length > 1)
    await tx
      .updateTable('appointments')
      .set({ status: 'cancelled' })
      .where('studioId', '=', context.studioId)
      .where(
        'id',
        'in',
        moves.map(({ row }) => row.id),
      )
      .execute();
  const moved: AppointmentRow[] = [];
  for (const { row, to } of moves)
    moved.push(
      await changeAppointment(tx, context, row, {
        status: 'booked',
        during: new InstantRange(new Date(to.startMs), new Date(to.endMs)),
        practitionerId: to.practitionerId,
        roomId: to.roomId,
        firstDay: to.day,
        lastDay: to.day,
        gapOverride: to.gapOverride,
      }),
    );
  return moved;
}

export const moveAppointment = api.moveAppointment.handler(({ input, context }) => {
  const { later } = input;
  const { studioId, caller, now } = context;

  const move = async (tx: Transaction<Tables>) => {
    const alsoOf = [input.practitionerId ?? [], input.roomId ?? [], idsOf(later)].flat();
    const row = await lockAppointment(tx, context, input, alsoOf);
    assertUnbegun(row);
    const along = await laterRows(tx, studioId, row, later);
    for (const { during } of [row, ...along]) assertMayGiveUp(context, during.start.getTime());
    const to = wishedHour(row, input);
    assertLength(caller, minutesOf(hourOf(row)), minutesOf(to));
    const wished = later.map((choice): WishedSession => {
      const { during } = along.find(({ n }) => n === choice.n)!;
      const startMs = Date.parse(choice.start);
      const endMs = startMs + during.end.getTime() - during.start.getTime();
      return { n: choice.n, startMs, endMs, practitionerId: choice.practitionerId, roomId: choice.roomId };
    });
    const situation = await readSituation(tx, {
      studioId,
      locationId: row.locationId,
      clientId: row.clientId,
      now: now(),
      days: daysAround([to, ...wished].map(({ startMs }) => startMs)),
    });
    assertInBook(situation);
    const without = new Set([row, ...along].map(({ id }) => id));
    const gapOverride = isClient(caller) ? null : (input.gapOverride ?? null);
    const places =
      row.kind === 'session'
        ? judgeMove(situation, await readCourse(tx, studioId, row.courseId!), [{ ...to, n: row.n! }, ...wished], {
            without,
            context,
            gapOverride,
          })
        : [
            {
              ...to,
              n: null,
              gapOverride: null,
              day: judgeHour(situation, to, {
                kind: row.kind as 'consultation' | 'touch-up' | 'review',
                need: await needOf(tx, studioId, row),
                client: clientTimesOf(situation, without),
                isLast: false,
                without,
                context,
              }),
            },
          ];
    const moves = [row, ...along].map((one) => ({ row: one, to: places.find(({ n }) => n === one.n)! }));
    const moved = await moveRows(tx, context, moves);
    return {
      answer: { moved: await wireAppointments(tx, context, moved) },
      action: 'appointment.move',
      subject: { kind: 'appointment', id: row.id },
      detail: {
        moved: moves.map(({ row, to }) => ({
          id: row.id,
          from: row.during.start.toISOString(),
          to: new Date(to.startMs).toISOString(),
          ...(to.gapOverride ? { gapOverridden: true } : {}),
        })),
      },
    };
  };

  return orOtherDates(
    () => inBook(context, move),
    () => context.inStudio((tx) => placesFor(tx, context, { id: input.id })),
  );
});
