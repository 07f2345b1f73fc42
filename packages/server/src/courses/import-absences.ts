/**
 * The busy hours of a foreign calendar as a practitioner's absences.
 *
 * What an earlier file of that practitioner brought and this one no longer has is removed; what was entered by hand
 * stays. Summaries of the foreign events are shown once, to whoever imports, and not kept. With `commit` false it only
 * says what it would do.
 */
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import { readBusyHours } from '@stipple/files/calendar/read-busy-hours.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { assertMayPlan } from '../settings/practitioner-handlers.ts';
import { InstantRange } from '../storage/instant-range.ts';
import type { Tables } from '../storage/tables.ts';
import { takeTurns } from '../request/take-turns.ts';
import { zoneOf } from '../request/zone-of.ts';

const HORIZON_DAYS = 550;
const DAY_MS = 86_400_000;
const MOST_NAMED = 200;

export const importAbsences = api.importAbsences.handler(
  async ({ input: { practitionerId, file, commit }, context }) => {
    assertMayPlan(context, practitionerId);
    const text = await file.text();
    const { studioId, now, newId } = context;
    return context.inStudio(async (tx) => {
      if (commit) await takeTurns(tx, [practitionerId]);
      const { offsetMsAt } = zoneOf(await timeZoneOf(tx, studioId, practitionerId));
      const fromMs = now().getTime();
      const { events, busy, skipped } = readBusyHours(text, {
        fromMs,
        toMs: fromMs + HORIZON_DAYS * DAY_MS,
        offsetAt: offsetMsAt,
      });
      const known = await tx
        .selectFrom('absences')
        .select(['id', 'sourceUid', 'during'])
        .where('studioId', '=', studioId)
        .where('practitionerId', '=', practitionerId)
        .where('sourceUid', 'is not', null)
        .execute();
      const same = (key: string, { start, end }: { readonly start: Date; readonly end: Date }): string =>
        `${key} ${start.getTime()} ${end.getTime()}`;
      const wanted = new Map(
        busy.map(({ key, startMs, endMs }) => {
          const during = new InstantRange(new Date(startMs), new Date(endMs));
          return [same(key, during), { key, during }];
        }),
      );
      // What is over stays as it was.
      const gone = known.filter(
        ({ sourceUid, during }) => during.end.getTime() > fromMs && !wanted.delete(same(sourceUid!, during)),
      );
      const added = [...wanted.values()];
      if (commit) {
        if (gone.length > 0)
          await tx
            .deleteFrom('absences')
            .where('studioId', '=', studioId)
            .where(sql<boolean>`id = any(${gone.map(({ id }) => id)}::uuid[])`)
            .execute();
        for (let i = 0; i < added.length; i += 1000)
          await tx
            .insertInto('absences')
            .values(
              added
                .slice(i, i + 1000)
                .map(({ key, during }) => ({ studioId, id: newId(), practitionerId, during, sourceUid: key })),
            )
            .execute();
        await audited(
          tx,
          context,
          'absences.import',
          { kind: 'practitioner', id: practitionerId },
          { created: added.length, removed: gone.length },
        );
      }
      const appointmentsInTheWay = await bookedIn(
        tx,
        studioId,
        practitionerId,
        busy.map(({ startMs, endMs }) => ({ startMs, endMs })),
      );
      return {
        events,
        created: added.length,
        removed: gone.length,
        skipped: skipped.slice(0, MOST_NAMED),
        appointmentsInTheWay,
      };
    });
  },
);

async function timeZoneOf(tx: Transaction<Tables>, studioId: string, practitionerId: string): Promise<string> {
  const row = await tx
    .selectFrom('practitioners')
    .innerJoin('locations', (join) =>
      join
        .onRef('locations.studioId', '=', 'practitioners.studioId')
        .onRef('locations.id', '=', 'practitioners.locationId'),
    )
    .select('locations.timeZone')
    .where('practitioners.studioId', '=', studioId)
    .where('practitioners.id', '=', practitionerId)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  return row.timeZone;
}

/** Bookings of the practitioner that overlap one of these stretches. */
async function bookedIn(
  tx: Transaction<Tables>,
  studioId: string,
  practitionerId: string,
  stretches: readonly { readonly startMs: number; readonly endMs: number }[],
): Promise<string[]> {
  const [first] = stretches;
  if (!first) return [];
  const rows = await tx
    .selectFrom('appointments')
    .select(['id', 'during'])
    .where('studioId', '=', studioId)
    .where('practitionerId', '=', practitionerId)
    .where('firstDay', '>=', new Date(first.startMs - 2 * DAY_MS).toISOString().slice(0, 10))
    .where('status', '=', 'booked')
    .orderBy('firstDay')
    .execute();
  return rows
    .filter(({ during }) =>
      stretches.some(({ startMs, endMs }) => startMs < during.end.getTime() && during.start.getTime() < endMs),
    )
    .map(({ id }) => id);
}
