/**
 * What a date is judged by: one location with its people, rooms and hours, the book on the days in question, and
 * everything one client has with the studio. Read in one statement, so that it is one moment's truth and one journey to
 * the database; every part is reached by an index that leads with the studio.
 */
import { sql, type Transaction } from 'kysely';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { ZoneRules } from '@stipple/core/calendar/zone-rules.ts';
import { refused } from '../request/refused.ts';
import type { Tables } from '../storage/tables.ts';
import { LATEST_SCREENINGS, type LatestScreening } from './screening-gate.ts';
import { zoneOf } from '../request/zone-of.ts';

export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** An appointment as the book holds it, cancelled and missed ones excepted. */
export interface BookEntry {
  readonly id: string;
  readonly practitionerId: string;
  readonly roomId: string | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** One of the client's own, whatever its state and wherever in the studio. */
export interface ClientEntry extends BookEntry {
  readonly courseId: string | null;
  readonly kind: 'consultation' | 'session' | 'touch-up' | 'review';
  readonly n: number | null;
  readonly status: 'booked' | 'in-progress' | 'interrupted' | 'done' | 'cancelled' | 'missed';
  readonly firstDay: PlainDay;
  readonly lastDay: PlainDay;
  readonly isFact: boolean;
}

export interface SituationPractitioner {
  readonly id: string;
  readonly skills: readonly string[];
  readonly weekly: readonly (readonly DaySpan[])[];
  readonly maxMinutesADay: number;
  readonly certificates: readonly {
    readonly id: string;
    readonly skill: string;
    readonly issuedOn: PlainDay;
    readonly expiresOn: PlainDay;
  }[];
  readonly absences: readonly { readonly startMs: number; readonly endMs: number }[];
}

export interface Situation {
  readonly locationId: string;
  readonly zone: ZoneRules;
  readonly timeZone: string;
  readonly today: PlainDay;
  /** Never, where the location was closed for good. */
  readonly opening: {
    readonly weekly: readonly (readonly DaySpan[])[];
    readonly exceptions: readonly { readonly day: PlainDay; readonly spans: readonly DaySpan[] }[];
  };
  /** The studio's preferred gaps, in days. */
  readonly gapsDays: readonly number[];
  /** Minutes between two appointments of one room. */
  readonly turnaroundMinutes: number;
  /** Those who work here, in the order of their ids; so are the rooms. */
  readonly practitioners: readonly SituationPractitioner[];
  readonly roomIds: readonly string[];
  readonly book: readonly BookEntry[];
  /** Null when no client was asked for. */
  readonly client: {
    readonly id: string;
    readonly status: string;
    readonly entries: readonly ClientEntry[];
    readonly screenings: readonly LatestScreening[];
  } | null;
}

export interface SituationQuestion {
  readonly studioId: string;
  readonly locationId: string;
  readonly clientId: string | null;
  readonly now: Date;
  /** The days the book is read for: a run of them, or these alone. */
  readonly days: { readonly first: PlainDay; readonly last: PlainDay } | readonly PlainDay[];
}

const GAPS_DAYS_DEFAULT = [14, 28] as const;

/** @throws 'not-found' for a location or client that the studio does not have */
export async function readSituation(tx: Transaction<Tables>, question: SituationQuestion): Promise<Situation> {
  const { studioId, locationId, clientId, days, now } = question;
  const isRun = 'first' in days;
  if (!isRun && days.length === 0) throw new RangeError('a situation without days');
  const [first, last] = isRun ? [days.first, days.last] : [days.toSorted()[0]!, days.toSorted().at(-1)!];
  // What went on from the day before has that day as its first.
  const onDays = isRun
    ? sql`first_day between ${addDays(first, -1)} and ${last}`
    : sql`first_day = any(${[...new Set(days.flatMap((day) => [addDays(day, -1), day]))]}::date[])`;
  const ms = (bound: 'lower' | 'upper') => sql`(extract(epoch from ${sql.raw(bound)}(during)) * 1000)::float8`;
  const entry = sql`id, 'practitionerId', practitioner_id, 'roomId', room_id,
    'startMs', ${ms('lower')}, 'endMs', ${ms('upper')}`;

  const { rows } = await sql<Row>`
    with people as materialized (
      select id, skills, hours, max_minutes_a_day from practitioners
      where studio_id = ${studioId} and location_id = ${locationId} and active
    )
    select
      (select json_build_object('timeZone', time_zone, 'opening', case when active then opening else '{}' end)
        from locations where studio_id = ${studioId} and id = ${locationId}) as location,
      (select settings from studios where id = ${studioId}) as settings,
      (select json_agg(json_build_object(
          'id', id, 'skills', skills, 'weekly', hours -> 'weekly', 'maxMinutesADay', max_minutes_a_day
        ) order by id) from people) as people,
      (select json_agg(json_build_object('practitionerId', practitioner_id, 'id', id, 'skill', skill,
          'issuedOn', issued_on, 'expiresOn', expires_on))
        from certificates
        where studio_id = ${studioId} and practitioner_id in (select id from people)) as certificates,
      (select json_agg(json_build_object('practitionerId', practitioner_id,
          'startMs', ${ms('lower')}, 'endMs', ${ms('upper')}))
        from absences
        where studio_id = ${studioId} and practitioner_id in (select id from people)
          and during && tstzrange(${addDays(first, -1)}::timestamptz, ${addDays(last, 2)}::timestamptz)) as absences,
      (select json_agg(id order by id)
        from rooms where studio_id = ${studioId} and location_id = ${locationId} and active) as rooms,
      (select json_agg(json_build_object('id', ${entry}))
        from appointments
        where studio_id = ${studioId} and location_id = ${locationId} and ${onDays}
          and status not in ('cancelled', 'missed')) as book,
      (select json_agg(json_build_object('id', ${entry}))
        from appointments
        where studio_id = ${studioId} and practitioner_id in (select id from people) and ${onDays}
          and status not in ('cancelled', 'missed') and location_id <> ${locationId}) as elsewhere,
      (select status from clients where studio_id = ${studioId} and id = ${clientId}::uuid) as client_status,
      (select json_agg(json_build_object('id', ${entry}, 'courseId', course_id, 'kind', kind, 'n', n,
          'status', status, 'firstDay', first_day, 'lastDay', last_day, 'isFact', is_fact) order by during)
        from appointments where studio_id = ${studioId} and client_id = ${clientId}::uuid) as entries,
      (select json_agg(latest) from (
          with mine as (select * from screenings where studio_id = ${studioId} and client_id = ${clientId}::uuid)
          ${LATEST_SCREENINGS}) latest) as screenings`.execute(tx);
  return situationOf(question, rows[0]!, now);
}

interface Row {
  readonly location: { readonly timeZone: string; readonly opening: Situation['opening'] } | null;
  readonly settings: { readonly gapsDays?: readonly number[]; readonly turnaroundMinutes?: number } | null;
  readonly people: readonly Omit<SituationPractitioner, 'certificates' | 'absences'>[] | null;
  readonly certificates: readonly (SituationPractitioner['certificates'][number] & Owned)[] | null;
  readonly absences: readonly (SituationPractitioner['absences'][number] & Owned)[] | null;
  readonly rooms: readonly string[] | null;
  readonly book: readonly BookEntry[] | null;
  readonly elsewhere: readonly BookEntry[] | null;
  readonly clientStatus: string | null;
  readonly entries: readonly ClientEntry[] | null;
  readonly screenings: readonly LatestScreening[] | null;
}

interface Owned {
  readonly practitionerId: string;
}

function situationOf({ locationId, clientId }: SituationQuestion, row: Row, now: Date): Situation {
  if (!row.location) throw refused('not-found', 'location');
  if (clientId !== null && row.clientStatus === null) throw refused('not-found', 'client');
  const { timeZone, opening } = row.location;
  const zone = zoneOf(timeZone);
  const of = <T extends Owned>(list: readonly T[] | null, id: string): T[] =>
    (list ?? []).filter(({ practitionerId }) => practitionerId === id);
  return {
    locationId,
    zone,
    timeZone,
    today: zone.dayAt(now.getTime()),
    opening: { weekly: opening.weekly ?? [], exceptions: opening.exceptions ?? [] },
    gapsDays: row.settings?.gapsDays ?? GAPS_DAYS_DEFAULT,
    turnaroundMinutes: row.settings?.turnaroundMinutes ?? 0,
    practitioners: (row.people ?? []).map((person) => ({
      ...person,
      certificates: of(row.certificates, person.id),
      absences: of(row.absences, person.id),
    })),
    roomIds: row.rooms ?? [],
    book: [...(row.book ?? []), ...(row.elsewhere ?? [])],
    client:
      clientId === null
        ? null
        : { id: clientId, status: row.clientStatus!, entries: row.entries ?? [], screenings: row.screenings ?? [] },
  };
}
