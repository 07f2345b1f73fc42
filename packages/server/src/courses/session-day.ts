/**
 * What becomes of an appointment: cancelled, missed, begun, interrupted, gone on with the next day, done.
 *
 * An interrupted session is a fact with the hours that it had. When it goes on, its row takes the hours of the next day
 * (the first ones stay in its flags) and keeps its first day, so that the seven days count from its last. Whatever is
 * booked closer than that loses its place and has to be given another; the answer lists it.
 */
import type { Transaction } from 'kysely';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { isPigmentKind, type VisitKind } from '@stipple/core/course/floor.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { InstantRange } from '../storage/instant-range.ts';
import type { Tables } from '../storage/tables.ts';
import { addToNote } from './appointment-notes.ts';
import {
  changeAppointment,
  wireAppointments,
  type AppointmentChange,
  type AppointmentRow,
  type WireAppointment,
} from './appointment-rows.ts';
import { daysAround } from './book-course.ts';
import { certificateTrouble } from './certificate-on.ts';
import { readCourse } from './course-rows.ts';
import { freeAppointment, withFirstHours } from './free-appointment.ts';
import { inBook } from './in-book.ts';
import { judgeHour } from './judge-hour.ts';
import { lockAppointment, type Named } from './locked.ts';
import { assertMayGiveUp } from './notice.ts';
import { readSituation } from './read-situation.ts';
import { assertPast, daysOf, settleCourse, settleFloor, TOO_SOON } from './real-hours.ts';
import { gateFor } from './screening-gate.ts';
import { clientTimesOf } from './studio-world-of.ts';

/** A change to one appointment, audited; answers with it. */
function change(
  context: StudioContext,
  named: Named,
  verb: string,
  work: (tx: Transaction<Tables>, row: AppointmentRow) => Promise<AppointmentRow>,
): Promise<WireAppointment> {
  return inBook(context, async (tx) => {
    const changed = await work(tx, await lockAppointment(tx, context, named));
    const { id, status, firstDay, lastDay } = changed;
    return {
      answer: (await wireAppointments(tx, context, [changed]))[0]!,
      action: `appointment.${verb}`,
      subject: { kind: 'appointment', id },
      detail: { status, firstDay, lastDay },
    };
  });
}

/** Flags of an interrupted session, with the zones that were worked on. */
const TOUCHED = 'touched:';
const touchedFlag = (zone: string): string => `${TOUCHED}${zone}`;

/** Refuses a start, and flags what was done all the same. */
const CERTIFICATE = 'certificate-expired';

function assertStatus(row: AppointmentRow, ...allowed: WireAppointment['status'][]): void {
  if (!allowed.includes(row.status as WireAppointment['status']))
    throw refused('not-in-this-state', `it is ${row.status}`);
}

export const cancelAppointment = api.cancelAppointment.handler(({ input, context }) =>
  change(context, input, 'cancel', (tx, row) => {
    assertStatus(row, 'booked');
    assertMayGiveUp(context, row.during.start.getTime());
    return freeAppointment(tx, context, row, input.reason);
  }),
);

export const missAppointment = api.missAppointment.handler(({ input, context }) =>
  change(context, input, 'miss', (tx, row) => {
    assertStatus(row, 'booked');
    if (row.during.start > context.now()) throw refused('not-in-this-state', 'its hour has not come');
    return freeAppointment(tx, context, row, '', { status: 'missed' });
  }),
);

export const startAppointment = api.startAppointment.handler(({ input, context }) =>
  change(context, input, 'start', async (tx, row) => {
    assertStatus(row, 'booked');
    const nowMs = context.now().getTime();
    const { firstDay: today } = await daysOf(tx, context.studioId, row.locationId, nowMs, nowMs + 1);
    // Of a session that goes on, the first day was yesterday.
    if (today !== row.lastDay) throw refused('not-in-this-state', `it is on ${row.lastDay}`);
    if (isPigmentKind(row.kind as VisitKind)) {
      // Once more at the chair: screening and certificate may have changed since the booking.
      const gate = await gateFor(tx, context.studioId, row.clientId, today);
      if (!gate.isOpen) throw refused('screening-stops', gate.why);
    }
    const trouble = await certificateTrouble(tx, row, today);
    if (trouble) throw refused(CERTIFICATE, trouble);
    // What stood against it when it was booked, as by an import, does so no more.
    const flags = row.flags.filter((flag) => flag !== 'screening-stops' && flag !== CERTIFICATE);
    return changeAppointment(tx, context, row, { status: 'in-progress', flags });
  }),
);

/** Settles what it is to stand beside facts, then stores it as one. */
async function storeFact(
  tx: Transaction<Tables>,
  context: StudioContext,
  row: AppointmentRow,
  { flags, ...change }: AppointmentChange & { readonly firstDay: string; readonly lastDay: string },
): Promise<AppointmentRow> {
  const { isTooSoon } = await settleFloor(tx, context, { ...row, ...change });
  const plain = (flags ?? row.flags).filter((flag) => flag !== TOO_SOON);
  return changeAppointment(tx, context, row, {
    ...change,
    isFact: true,
    flags: isTooSoon ? [...plain, TOO_SOON] : plain,
  });
}

/** Begun before its hour, it has lasted a minute at least. */
const startOf = ({ during }: AppointmentRow, nowMs: number): number => Math.min(during.start.getTime(), nowMs - 60_000);

export const finishAppointment = api.finishAppointment.handler(({ input, context }) =>
  change(context, input, 'finish', async (tx, row) => {
    assertStatus(row, 'booked', 'in-progress', 'interrupted');
    const nowMs = context.now().getTime();
    if (row.status === 'booked' && input.start === undefined && row.during.start.getTime() > nowMs)
      throw refused('not-in-this-state', 'its hour has not come; say when it was');
    const startMs = input.start === undefined ? startOf(row, nowMs) : Date.parse(input.start);
    const endMs = input.end === undefined ? Math.min(row.during.end.getTime(), nowMs) : Date.parse(input.end);
    assertPast(startMs, endMs, nowMs);
    const days = await daysOf(tx, context.studioId, row.locationId, startMs, endMs);
    const firstDay = row.continuationReason === null ? days.firstDay : row.firstDay;
    if (days.firstDay < firstDay || days.lastDay > addDays(firstDay, 1))
      throw refused('input-wrong', `it began on ${firstDay}`);
    const trouble = await certificateTrouble(tx, row, days.lastDay);
    const done = await storeFact(tx, context, row, {
      status: 'done',
      flags: trouble ? [...new Set([...row.flags, CERTIFICATE])] : row.flags,
      during: new InstantRange(new Date(startMs), new Date(endMs)),
      firstDay,
      lastDay: days.lastDay,
      sealed: await addToNote(tx, context, row, input.note ?? ''),
    });
    await settleCourse(tx, context, row.courseId);
    return done;
  }),
);

export const interruptAppointment = api.interruptAppointment.handler(({ input, context }) =>
  change(context, input, 'interrupt', async (tx, row) => {
    assertStatus(row, 'in-progress');
    if (row.kind !== 'session') throw refused('not-in-this-state', 'only a session is interrupted');
    const now = context.now();
    const start = new Date(startOf(row, now.getTime()));
    const { lastDay } = await daysOf(tx, context.studioId, row.locationId, start.getTime(), now.getTime());
    return storeFact(tx, context, row, {
      status: 'interrupted',
      flags: [...new Set([...row.flags, ...input.zones.map(touchedFlag)])],
      during: new InstantRange(start, now),
      firstDay: row.firstDay,
      lastDay,
      sealed: await addToNote(tx, context, row, input.reason),
    });
  }),
);

/** Skin that was worked on rests, as between sessions. */
function assertUntouched({ flags }: AppointmentRow, zones: readonly string[]): void {
  const touched = zones.filter((zone) => flags.includes(touchedFlag(zone)));
  if (touched.length > 0) throw refused('input-wrong', `zones: ${touched.join(', ')} had work the day before`);
  if (zones.length === 0 && flags.some((flag) => flag.startsWith(TOUCHED)))
    throw refused('input-wrong', 'zones: which of those that were not touched it goes on with');
}

export const continueAppointment = api.continueAppointment.handler(({ input, context }) =>
  inBook(context, async (tx) => {
    const { studioId, now } = context;
    const row = await lockAppointment(tx, context, input);
    assertStatus(row, 'interrupted');
    if (row.continuationReason !== null) throw refused('not-in-this-state', 'it has gone on once');
    assertUntouched(row, input.zones);
    const startMs = Date.parse(input.start);
    const endMs = startMs + input.minutes * 60_000;
    const { lastDay } = await daysOf(tx, studioId, row.locationId, startMs, endMs);
    if (lastDay !== addDays(row.firstDay, 1))
      throw refused('input-wrong', `an interrupted session goes on on ${addDays(row.firstDay, 1)} or not at all`);

    const { freed } = await settleFloor(tx, context, { ...row, lastDay });
    const { locationId, clientId, practitionerId, roomId } = row;
    const situation = await readSituation(tx, {
      studioId,
      locationId,
      clientId,
      now: now(),
      days: daysAround([startMs]),
    });
    const without = new Set([row.id]);
    const client = clientTimesOf(situation, without);
    judgeHour(
      situation,
      { startMs, endMs, practitionerId, roomId },
      {
        kind: 'session',
        need: { skill: (await readCourse(tx, studioId, row.courseId!)).skill },
        // What lies before it is history; the days after were settled above.
        client: { ...client, visits: client.visits.filter(({ firstDay }) => firstDay > row.firstDay) },
        isLast: false,
        without,
        context,
      },
    );
    const going = await changeAppointment(tx, context, row, {
      status: 'booked',
      isFact: false,
      during: new InstantRange(new Date(startMs), new Date(endMs)),
      lastDay,
      flags: withFirstHours(row.flags, row.during),
      continuationReason: input.reason,
    });
    const [appointment] = await wireAppointments(tx, context, [going]);
    return {
      answer: { appointment: appointment!, laterNowTooSoon: await wireAppointments(tx, context, freed) },
      action: 'appointment.continue',
      subject: { kind: 'appointment', id: row.id },
      detail: { lastDay, freed: freed.map(({ id }) => id) },
    };
  }),
);
