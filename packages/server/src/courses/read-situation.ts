/**
 * What a date is judged by: one location with its people, rooms and hours, the book on the days in question, and
 * everything one client has with the studio. Read in one statement, so that it is one moment's truth and one journey to
 * the database; every part is reached by an index that leads with the studio.
 */
import type { Transaction } from 'kysely';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { ZoneRules } from '@stipple/core/calendar/zone-rules.ts';
import { refused } from '../request/refused.ts';
import { ask } from '../storage/batching-dialect.ts';
import type { Tables } from '../storage/tables.ts';
import { SEALED_CLIENT, WITH_CARE_KEY, type SealedClient } from './appointment-notes.ts';
import { latestOf, screeningsOf, type LatestScreening, type TakenScreening } from './screening-gate.ts';
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
    readonly sealed: SealedClient;
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
  /** Only these practitioners and rooms, where the dates to be judged name them; else all of the location. */
  readonly only?: readonly { readonly practitionerId: string; readonly roomId: string }[];
}

const GAPS_DAYS_DEFAULT = [14, 28] as const;

const ms = (bound: 'lower' | 'upper'): string => `round(date_part('epoch', ${bound}(during)) * 1000)`;
const HOURS = `'startMs', ${ms('lower')}, 'endMs', ${ms('upper')}`;

type Meant = 'all' | 'one' | 'some';

/**
 * $1 studio, $2 location, $3 client, $4 and $5 the first and the last day, $6 the days where they are no run, then
 * practitioners and rooms where not all are meant. A few texts in all, so that each is planned once. One practitioner in
 * one room, as most courses have it, is a text of its own: of a list the database guesses the length, and would rather
 * read the whole location's days.
 */
function textFor(isRun: boolean, meant: Meant): string {
  const onDays = isRun ? 'first_day between $4 and $5' : 'first_day = any($6::date[])';
  const [person, room] = (isRun ? [6, 7] : [7, 8]).map((n) => (meant === 'one' ? `$${n}` : `any($${n}::uuid[])`));
  const isAll = meant === 'all';
  const isMeant = (of: string | undefined): string => (isAll ? '' : `and id = ${of}`);
  const isTheirs = `practitioner_id ${isAll ? 'in (select id from people)' : `= ${person}`}`;
  const book = (condition: string): string => `
    (select json_agg(json_build_array(id, practitioner_id, room_id, ${ms('lower')}, ${ms('upper')}))
      from appointments where studio_id = $1 and ${onDays} and status not in ('cancelled', 'missed') and ${condition})`;
  const isHere = 'location_id = $2';
  return `
    with people as (
      select id, skills, hours, max_minutes_a_day from practitioners
      where studio_id = $1 and location_id = $2 and active ${isMeant(person)}
    )
    select json_build_object(
      'location', case when locations.id is not null then json_build_object(
          'timeZone', locations.time_zone, 'opening', case when locations.active then opening else '{}' end
        ) end,
      'settings', settings,
      'clientStatus', clients.status,
      'people', (select json_agg(json_build_object(
          'id', id, 'skills', skills, 'weekly', hours -> 'weekly', 'maxMinutesADay', max_minutes_a_day
        ) order by id) from people),
      'certificates', (select json_agg(json_build_object('practitionerId', practitioner_id, 'id', id, 'skill', skill,
          'issuedOn', issued_on, 'expiresOn', expires_on))
        from certificates where studio_id = $1 and ${isTheirs}),
      'absences', (select json_agg(json_build_object('practitionerId', practitioner_id, ${HOURS}))
        from absences where studio_id = $1 and ${isTheirs}
          and during && tstzrange($4::date::timestamptz, ($5::date + 2)::timestamptz)),
      'rooms', (select json_agg(id order by id)
        from rooms where studio_id = $1 and location_id = $2 and active ${isMeant(room)}),
      'book', ${book(isAll ? isHere : isTheirs)},
      'others', ${book(isAll ? `${isTheirs} and not ${isHere}` : `${isHere} and room_id = ${room} and not ${isTheirs}`)},
      'entries', (select json_agg(json_build_object('id', id, 'practitionerId', practitioner_id, 'roomId', room_id,
          ${HOURS}, 'courseId', course_id, 'kind', kind, 'n', n, 'status', status, 'firstDay', first_day,
          'lastDay', last_day, 'isFact', is_fact) order by during)
        from appointments where studio_id = $1 and client_id = $3::uuid),
      'screenings', ${screeningsOf('$1', '$3')}
    ) as situation, ${SEALED_CLIENT}
    from studios
      left join locations on locations.studio_id = $1 and locations.id = $2
      left join clients on clients.studio_id = $1 and clients.id = $3::uuid
      ${WITH_CARE_KEY}
    where studios.id = $1`;
}

const textsFor = (isRun: boolean): Record<Meant, string> => ({
  all: textFor(isRun, 'all'),
  one: textFor(isRun, 'one'),
  some: textFor(isRun, 'some'),
});
const [TEXTS_OF_DAYS, TEXTS_OF_RUN] = [textsFor(false), textsFor(true)];

/** @throws 'not-found' for a location or client that the studio does not have */
export async function readSituation(tx: Transaction<Tables>, question: SituationQuestion): Promise<Situation> {
  const { studioId, locationId, clientId, days, now, only } = question;
  const isRun = 'first' in days;
  if (!isRun && days.length === 0) throw new RangeError('a situation without days');
  // What went on from the day before has that day as its first.
  const [first, last, ...list] = isRun
    ? [addDays(days.first, -1), days.last]
    : [addDays(days.toSorted()[0]!, -1), days.toSorted().at(-1)!, ...days.flatMap((day) => [addDays(day, -1), day])];
  const places = only ? [only.map(({ practitionerId }) => practitionerId), only.map(({ roomId }) => roomId)] : [];
  const named = places.map((ids) => [...new Set(ids)]);
  const isOne = named.every(({ length }) => length === 1);
  const meant = !only ? 'all' : isOne ? 'one' : 'some';
  const values = [
    studioId,
    locationId,
    clientId,
    first,
    last,
    ...(isRun ? [] : [[...new Set(list)]]),
    ...(isOne ? named.flat() : named),
  ];
  const text = (isRun ? TEXTS_OF_RUN : TEXTS_OF_DAYS)[meant];
  const [row] = await ask<{ situation: Row } & SealedClient>(tx, text, values)();
  return situationOf(question, row!.situation, row!, now);
}

interface Row {
  readonly location: { readonly timeZone: string; readonly opening: Situation['opening'] } | null;
  readonly settings: { readonly gapsDays?: readonly number[]; readonly turnaroundMinutes?: number } | null;
  readonly people: readonly Omit<SituationPractitioner, 'certificates' | 'absences'>[] | null;
  readonly certificates: readonly (SituationPractitioner['certificates'][number] & Owned)[] | null;
  readonly absences: readonly (SituationPractitioner['absences'][number] & Owned)[] | null;
  readonly rooms: readonly string[] | null;
  /** What is booked here; where only some are meant, with these practitioners wherever. */
  readonly book: readonly BookRow[] | null;
  /** The practitioners' elsewhere; where only some are meant, that of others in these rooms. */
  readonly others: readonly BookRow[] | null;
  readonly clientStatus: string | null;
  readonly entries: readonly ClientEntry[] | null;
  readonly screenings: readonly TakenScreening[] | null;
}

type BookRow = readonly [id: string, practitionerId: string, roomId: string | null, startMs: number, endMs: number];

interface Owned {
  readonly practitionerId: string;
}

function situationOf(
  { locationId, clientId }: SituationQuestion,
  row: Row,
  sealed: SealedClient,
  now: Date,
): Situation {
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
      id: person.id,
      skills: person.skills,
      weekly: person.weekly,
      maxMinutesADay: person.maxMinutesADay,
      certificates: of(row.certificates, person.id),
      absences: of(row.absences, person.id),
    })),
    roomIds: row.rooms ?? [],
    book: [...(row.book ?? []), ...(row.others ?? [])].map(([id, practitionerId, roomId, startMs, endMs]) => ({
      id,
      practitionerId,
      roomId,
      startMs,
      endMs,
    })),
    client:
      clientId === null
        ? null
        : {
            id: clientId,
            status: row.clientStatus!,
            sealed,
            entries: row.entries ?? [],
            screenings: latestOf(row.screenings),
          },
  };
}
