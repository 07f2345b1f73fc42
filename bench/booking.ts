/**
 * Booking against the bare insert of the same rows, eight clients at once, on the embedded database as it ships (every
 * commit synced).
 *
 * Booked: whole courses of three sessions, each for a client of its own, through the route's handler: the situation
 * read, every rule judged, course and sessions written, the audit chain gone on, the client's name opened for the answer.
 * Bare: the same rows, a course and its three sessions, under the same exclusion constraints, foreign keys and
 * row-level security, in one transaction that names the studio, through the driver alone; no rule, no audit, no answer.
 * Both write into calendars of the same age, side by side in one location. Rounds take turns, once the first have warmed
 * both; medians are compared. Bar: 0.6 of the bare rate.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { sql } from 'kysely';
import { insertClient, profileOf } from '../packages/server/src/clients/client-record.ts';
import { courseHandlers } from '../packages/server/src/courses/course-handlers.ts';
import { newId } from '../packages/server/src/storage/new-id.ts';
import { openStorage } from '../packages/server/src/storage/open-storage.ts';

const LANES = 8;
const ROUNDS = 7;
const WARM_UP_ROUNDS = 12;
const COURSES_A_LANE = 40;
const BAR = 0.6;
const DAY_MS = 86_400_000;
const NOW = new Date('2027-03-01T09:00:00Z');
const FIRST_MS = Date.parse('2027-03-08T09:00:00Z');
const HOURS_MS = 270 * 60_000;

// Storage finds its migrations beside the bundle.
cpSync('packages/server/src/storage/migrations', new URL('./migrations/', import.meta.url), { recursive: true });
const makeId = (): string => newId({ now: () => NOW, randomBytes });
const folder = mkdtempSync(join(tmpdir(), 'stipple-bench-'));
// As root the database runs under an account of its own, which has to get in.
chmodSync(folder, 0o755);
const storage = await openStorage({
  databaseUrl: null,
  dataDir: join(folder, 'data'),
  keyFile: join(folder, 'key'),
  filesUrl: pathToFileURL(join(folder, 'files')).href,
  backups: { folder: join(folder, 'backups'), daysKept: 0 },
});
const [studioId, locationId] = [makeId(), makeId()];
// Half of them for each side, so that both write into calendars of the same age.
const people = Array.from({ length: 2 * LANES }, makeId).sort();
const rooms = Array.from({ length: 2 * LANES }, makeId).sort();

await storage.inEveryStudio((tx) =>
  tx
    .insertInto('studios')
    .values({ id: studioId, name: 'Bench', timeZone: 'UTC', currency: 'EUR', createdAt: NOW })
    .execute(),
);
await storage.inStudio(studioId, async (tx) => {
  const hours = JSON.stringify({ weekly: Array.from({ length: 7 }, () => [{ from: 480, to: 1200 }]) });
  await tx
    .insertInto('locations')
    .values({ studioId, id: locationId, name: 'Bench', timeZone: 'UTC', opening: hours })
    .execute();
  await tx
    .insertInto('rooms')
    .values(rooms.map((id) => ({ studioId, id, locationId, name: 'Room' })))
    .execute();
  await tx
    .insertInto('practitioners')
    .values(people.map((id) => ({ studioId, id, locationId, name: 'Ada', skills: ['shaved'], hours })))
    .execute();
  const valid = { skill: 'smp', title: 'SMP', issuer: 'School', issuedOn: '2020-01-01', expiresOn: '2040-01-01' };
  await tx
    .insertInto('certificates')
    .values(people.map((practitionerId) => ({ studioId, id: makeId(), practitionerId, ...valid })))
    .execute();
});

async function addClients(count: number): Promise<string[]> {
  return storage.inStudio(studioId, async (tx) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push(
        await insertClient(
          tx,
          { studioId, storage, now: () => NOW, newId: makeId },
          'active',
          profileOf({ name: 'Jo' }),
        ),
      );
    const screened = { askedVersion: 1, outcome: 'clear', sealed: Buffer.from('-'), takenAt: NOW };
    await tx
      .insertInto('screenings')
      .values(ids.map((clientId) => ({ studioId, id: makeId(), clientId, ...screened })))
      .execute();
    return ids;
  });
}

const calls = createRouterClient(courseHandlers, {
  context: {
    caller: {
      kind: 'account',
      studioId,
      accountId: makeId(),
      signInId: makeId(),
      role: 'owner',
      clientId: null,
      practitionerId: null,
    },
    storage,
    now: () => NOW,
    newId: makeId,
    cookies: { get: () => null, set: () => {}, clear: () => {} },
    device: '',
    address: '',
    publicUrl: '',
    isSecureContext: true,
    isDesk: true,
    mail: null,
    idempotencyKey: null,
  },
});

/** Sessions of the `k`-th course of a lane: 14 and 28 days apart, no two courses on one day. */
const startsOf = (k: number): number[] => {
  const block = Math.floor(k / 14) * 56 + (k % 14);
  return [0, 14, 42].map((days) => FIRST_MS + (block + days) * DAY_MS);
};

async function bookOne(lane: number, k: number, clientId: string): Promise<void> {
  const [practitionerId, roomId] = [people[lane]!, rooms[lane]!];
  const choices = startsOf(k).map((ms, i) => ({ n: i + 1, start: new Date(ms).toISOString(), practitionerId, roomId }));
  await calls.bookCourse({ clientId, locationId, skill: 'shaved', sessions: 3, choices });
}

async function insertOne(lane: number, k: number, clientId: string): Promise<void> {
  const client = await storage.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('stipple.studio_id', $1, true)`, [studioId]);
    const courseId = makeId();
    await client.query(
      `insert into courses (studio_id, id, client_id, skill, sessions, gaps_days, minutes, status, created_at)
       values ($1, $2, $3, 'shaved', 3, '{14,28}', '{270,270,270}', 'open', $4)`,
      [studioId, courseId, clientId, NOW],
    );
    const rows = startsOf(k).map((ms) => {
      const [start, end] = [ms, ms + HOURS_MS].map((at) => new Date(at).toISOString());
      return { id: makeId(), during: `[${start},${end})`, day: start!.slice(0, 10) };
    });
    await client.query(
      `insert into appointments (studio_id, id, client_id, course_id, kind, n, status, location_id, practitioner_id,
        room_id, during, first_day, last_day, created_at, updated_at)
       select $1, id, $2, $10, 'session', n, 'booked', $3, $4, $5, during::tstzrange, day, day, $9, $9
       from unnest($6::uuid[], $7::text[], $8::date[]) with ordinality as rows (id, during, day, n)`,
      [
        studioId,
        clientId,
        locationId,
        people[LANES + lane],
        rooms[LANES + lane],
        rows.map(({ id }) => id),
        rows.map(({ during }) => during),
        rows.map(({ day }) => day),
        NOW,
        courseId,
      ],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Courses a second. */
async function measure(work: typeof bookOne, round: number): Promise<number> {
  const clients = await addClients(LANES * COURSES_A_LANE);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let i = 0; i < COURSES_A_LANE; i++)
        await work(lane, round * COURSES_A_LANE + i, clients[lane * COURSES_A_LANE + i]!);
    }),
  );
  return (LANES * COURSES_A_LANE * 1000) / (performance.now() - started);
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const booked: number[] = [];
const bare: number[] = [];
try {
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const pair: [number[], typeof bookOne][] = [
      [booked, bookOne],
      [bare, insertOne],
    ];
    for (const [rates, work] of round % 2 ? pair : pair.toReversed()) {
      const rate = await measure(work, round);
      if (round >= WARM_UP_ROUNDS) rates.push(rate);
    }
    // Of tables that were empty a minute ago the database would know nothing; it looks at them within a minute by itself.
    if (round === 0) await storage.inEveryStudio((tx) => sql`analyze`.execute(tx));
  }
} finally {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
}
const ratio = median(booked) / median(bare);
console.log(
  `booked ${median(booked).toFixed(0)}/s, bare ${median(bare).toFixed(0)}/s (courses of three, ${LANES} at once)`,
);
console.log(`${ratio >= BAR ? 'met' : 'MISSED'}: ${ratio.toFixed(2)} of the bare rate, bar ${BAR}`);
process.exitCode = ratio >= BAR ? 0 : 1;
