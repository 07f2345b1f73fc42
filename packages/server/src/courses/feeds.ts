/**
 * Calendars that programs follow: of a practitioner, a room or a client, each under a secret address of its own.
 *
 * A feed holds the last quarter and all that is ahead; what was cancelled stays in it for a quarter after the change,
 * so that every calendar takes it out. Neither names of clients nor what is treated are in it. Programs that ask with
 * the tag or date they were given are told in a line that nothing has changed.
 */
import { createHash } from 'node:crypto';
import { type Transaction, sql } from 'kysely';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { appointmentsIcs, type CalendarAppointment } from '@stipple/files/calendar/appointments-ics.ts';
import { API_PATH } from '@stipple/files/wire/contract.ts';
import { audited } from '../request/audited.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient } from './appointment-notes.ts';
import { isActive } from './appointment-rows.ts';
import { makeFeedAddress, opens, readFeedAddress } from './feed-address.ts';

type FeedKind = 'practitioner' | 'room' | 'client';

const BACK_DAYS = 90;

/** Clients have feeds of their own record only. */
function assertMayFollow(context: Pick<StudioContext, 'caller'>, kind: string, subjectId: string): void {
  if (kind === 'client') assertOwn(context, subjectId);
  else if (isClient(context.caller)) throw refused('not-allowed');
}

const TABLES = { practitioner: 'practitioners', room: 'rooms', client: 'clients' } as const;

export const feeds = api.feeds.handler(({ context }) =>
  context.inStudio(async (tx) => {
    const { caller, studioId } = context;
    const rows = await tx
      .selectFrom('feeds')
      .select(['id', 'kind', 'subjectId', 'createdAt'])
      .where('studioId', '=', studioId)
      .where('revokedAt', 'is', null)
      .orderBy('createdAt')
      .execute();
    const own = isClient(caller) && caller.kind === 'account' ? caller.clientId : null;
    return {
      items: rows
        .filter(({ kind, subjectId }) => own === null || (kind === 'client' && subjectId === own))
        .map(({ createdAt, kind, ...feed }) => ({
          ...feed,
          kind: kind as FeedKind,
          createdAt: createdAt.toISOString(),
        })),
    };
  }),
);

export const createFeed = api.createFeed.handler(({ input: { kind, subjectId }, context }) => {
  assertMayFollow(context, kind, subjectId);
  const { studioId, caller, now, newId } = context;
  return context.inStudio(async (tx) => {
    const subject = await tx
      .selectFrom(TABLES[kind])
      .select('id')
      .where('studioId', '=', studioId)
      .where('id', '=', subjectId)
      .executeTakeFirst();
    if (!subject) throw refused('not-found');
    const id = newId();
    const { address, hash } = makeFeedAddress(studioId, id);
    await tx
      .insertInto('feeds')
      .values({ studioId, id, kind, subjectId, secretHash: hash, createdBy: accountOf(caller), createdAt: now() })
      .execute();
    await audited(tx, context, 'feed.create', { kind: 'feed', id }, { kind, subjectId });
    return { id, path: `${API_PATH}/feeds/${address}` };
  });
});

export const removeFeed = api.removeFeed.handler(({ input: { id }, context }) =>
  context.inStudio(async (tx) => {
    const { studioId, now } = context;
    const row = await tx
      .selectFrom('feeds')
      .select(['kind', 'subjectId'])
      .where('studioId', '=', studioId)
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (!row) throw refused('not-found');
    if (isClient(context.caller) && row.kind !== 'client') throw refused('not-found');
    assertMayFollow(context, row.kind, row.subjectId);
    await tx
      .updateTable('feeds')
      .set({ revokedAt: now() })
      .where('studioId', '=', studioId)
      .where('id', '=', id)
      .execute();
    await audited(tx, context, 'feed.remove', { kind: 'feed', id });
    return { ok: true as const };
  }),
);

async function appointmentsOf(
  tx: Transaction<Tables>,
  studioId: string,
  kind: FeedKind,
  subjectId: string,
  now: Date,
): Promise<CalendarAppointment[]> {
  const fromDay = addDays(now.toISOString().slice(0, 10), -BACK_DAYS);
  const changedSince = new Date(now.getTime() - BACK_DAYS * 86_400_000);
  const subject = sql.ref(`appointments.${kind}_id`);
  const location =
    kind === 'room'
      ? sql`and appointments.location_id = (select location_id from rooms where studio_id = ${studioId} and id = ${subjectId})`
      : sql``;
  const { rows } = await sql<Row>`
    select appointments.id, kind, n, appointments.status, by_video, ics_sequence, appointments.created_at,
      appointments.updated_at, locations.time_zone, locations.address, rooms.name as room,
      (extract(epoch from lower(during)) * 1000)::float8 as start_ms,
      (extract(epoch from upper(during)) * 1000)::float8 as end_ms,
      courses.sessions
    from appointments
      join locations on locations.studio_id = ${studioId} and locations.id = appointments.location_id
      left join rooms on rooms.studio_id = ${studioId} and rooms.id = appointments.room_id
      left join courses on courses.studio_id = ${studioId} and courses.id = appointments.course_id
    where appointments.studio_id = ${studioId} and ${subject} = ${subjectId} ${location}
      and appointments.first_day >= ${fromDay}`.execute(tx);
  return rows
    .filter((row) => isActive(row) || row.updatedAt >= changedSince)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      n: row.n,
      sessions: row.sessions,
      isCancelled: !isActive(row),
      byVideo: row.byVideo,
      startMs: row.startMs,
      endMs: row.endMs,
      timeZone: row.timeZone,
      // A client goes to an address; whose studio it is need not be on a lock screen. Staff go to a room.
      place: row.byVideo ? '' : kind === 'client' ? row.address : (row.room ?? ''),
      sequence: row.icsSequence,
      createdMs: row.createdAt.getTime(),
      changedMs: row.updatedAt.getTime(),
    }));
}

interface Row {
  readonly id: string;
  readonly kind: CalendarAppointment['kind'];
  readonly n: number | null;
  readonly status: string;
  readonly byVideo: boolean;
  readonly icsSequence: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly timeZone: string;
  readonly address: string;
  readonly room: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly sessions: number | null;
}

export const feed = api.feed.handler(async ({ input: { params, headers = {} }, context: { storage, now } }) => {
  const address = readFeedAddress(params.address);
  if (!address) throw refused('not-found');
  const { studioId, feedId, secret } = address;
  const appointments = await storage.inStudio(studioId, async (tx) => {
    const row = await tx
      .selectFrom('feeds')
      .select(['kind', 'subjectId', 'secretHash'])
      .where('studioId', '=', studioId)
      .where('id', '=', feedId)
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (!row || !opens(secret, row.secretHash)) throw refused('not-found');
    return appointmentsOf(tx, studioId, row.kind as FeedKind, row.subjectId, now());
  });
  const text = appointmentsIcs(appointments);
  const changedMs = Math.max(0, ...appointments.map((one) => one.changedMs));
  const sent = {
    etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
    'last-modified': new Date(changedMs).toUTCString(),
    'cache-control': 'private, no-cache',
  };
  return isKnown(headers, sent.etag)
    ? { status: 304 as const, headers: sent }
    : {
        status: 200 as const,
        headers: sent,
        body: new File([text], 'appointments.ics', { type: 'text/calendar; charset=utf-8' }),
      };
});

/**
 * Whether the program has this very text. The date alone would not do: an appointment that grew old leaves the feed
 * without any change to it.
 */
function isKnown(headers: { readonly 'if-none-match'?: string | undefined }, etag: string): boolean {
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag);
}
