/** The book of one location over some days: appointments, absences, and the hours that are open and worked. */
import { sql } from 'kysely';
import { localDays } from '@stipple/core/calendar/local-time.ts';
import { openIntervals } from '@stipple/core/calendar/opening-hours.ts';
import { addDays, daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { InstantRange } from '../storage/instant-range.ts';
import { selectAppointments, wireAppointments } from './appointment-rows.ts';
import { readSituation } from './read-situation.ts';
import { studioWorldOf } from './studio-world-of.ts';

const MOST_DAYS = 62;

const wireHours = ({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }) => ({
  start: new Date(startMs).toISOString(),
  end: new Date(endMs).toISOString(),
});

export const calendar = api.calendar.handler(({ input: { locationId, from, to }, context }) => {
  const { studioId, now } = context;
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > MOST_DAYS) throw refused('input-wrong', `1 to ${MOST_DAYS} days`);
  return context.inStudio(async (tx) => {
    const situation = await readSituation(tx, {
      studioId,
      locationId,
      clientId: null,
      now: now(),
      days: { first: from, last: to },
    });
    const world = studioWorldOf(situation, { need: 'none' });
    const table = localDays(situation.zone, from, days);
    const span = new InstantRange(new Date(table.startsMs[0]!), new Date(table.startsMs[days]!));
    const rows = await selectAppointments(tx, studioId)
      .where('locationId', '=', locationId)
      .where('firstDay', '>=', addDays(from, -1))
      .where('firstDay', '<=', to)
      .where('lastDay', '>=', from)
      .execute();
    const absences = await tx
      .selectFrom('absences')
      .select(['id', 'practitionerId', 'during', 'reason'])
      .where('studioId', '=', studioId)
      .where(sql<boolean>`practitioner_id = any(${world.practitioners.map(({ id }) => id)}::uuid[])`)
      .where(sql<boolean>`during && ${span.toPostgres()}::tstzrange`)
      .orderBy(sql`lower(during)`)
      .execute();
    return {
      appointments: await wireAppointments(tx, context, rows),
      absences: absences.map(({ during, ...absence }) => ({
        ...absence,
        start: during.start.toISOString(),
        end: during.end.toISOString(),
      })),
      open: openIntervals(world.opening, table).map(wireHours),
      working: world.practitioners.flatMap(({ id, hours }) =>
        openIntervals(hours, table).map((stretch) => ({ practitionerId: id, ...wireHours(stretch) })),
      ),
    };
  });
});
