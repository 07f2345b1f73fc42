import { beforeAll, describe, expect, it } from 'vitest';
import { loseConnectionAt } from '../http/testing/lose-connection-at.ts';
import { testApp, type TestApp, type TestBrowser } from '../http/testing/test-app.ts';
import { takeTurns } from '../request/take-turns.ts';
import { asJson } from '../storage/connection.ts';

let app: TestApp;
let owner: TestBrowser;
let studioId: string;
const WEEK = Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 20 * 60 }]);

beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  studioId = await withPractitioner(app, owner);
  for (const name of ['Ann Past', 'Bo Ahead', 'Twin Name', 'Twin Name']) {
    await owner.post('/clients', { status: 'active', profile: { name }, evenIfKnown: true });
  }
});

/** @returns the studio's id */
async function withPractitioner({ storage }: TestApp, browser: TestBrowser): Promise<string> {
  const studioId: string = (await browser.get('/me')).body.studioId;
  const id = '01900000-0000-7000-8000-000000000001';
  await storage.inStudio(studioId, async (tx) => {
    const location = await tx.selectFrom('locations').select('id').executeTakeFirstOrThrow();
    await tx
      .insertInto('practitioners')
      .values({
        studioId,
        id,
        locationId: location.id,
        name: 'Kim Needle',
        skills: ['shaved'],
        hours: asJson({ weekly: WEEK }),
      })
      .execute();
    const valid = { issuedOn: '2020-01-01', expiresOn: '2027-04-10' };
    await tx
      .insertInto('certificates')
      .values({ studioId, id, practitionerId: id, skill: 'smp', title: 'SMP', issuer: 'Academy', ...valid })
      .execute();
  });
  return studioId;
}

// Today is 1 March 2027 in Berlin.
const TABLE = `Client,Date,Time,Minutes,Staff,Service,Status
Ann Past,2027-01-11,10:00,180,Kim Needle,SMP session,Completed
Ann Past,2027-01-15,10:00,180,Kim Needle,SMP session,Completed
Ann Past,2027-02-12,10:00,120,Kim Needle,SMP session,Completed
Bo Ahead,2027-03-08,09:00,180,Kim Needle,SMP session,Confirmed
Bo Ahead,2027-03-12,09:00,180,Kim Needle,SMP session,Confirmed
Ann Past,2027-03-08,10:00,120,Kim Needle,Review,Confirmed
Bo Ahead,2027-04-20,09:00,180,Kim Needle,SMP session,Confirmed
Twin Name,2027-03-09,09:00,60,Kim Needle,Consultation,
Nobody Here,2027-03-09,11:00,60,Somebody Else,Consultation,
`;

const send = async (commit: boolean) => {
  const form = new FormData();
  form.set('file', new File([TABLE], 'book.csv', { type: 'text/csv' }));
  form.set('commit', String(commit));
  return (await owner.post('/appointments/import', undefined, { form })).body;
};
const stored = () =>
  app.storage.inStudio(studioId, (tx) =>
    tx
      .selectFrom('appointments')
      .select(['kind', 'n', 'status', 'isFact', 'flags', 'firstDay'])
      .orderBy('during')
      .execute(),
  );

describe('importing appointments', () => {
  it('shows on a look what it would store, and stores nothing', async () => {
    const { rows, created } = await send(false);
    const verdicts = rows.map(({ verdict }: { verdict: string }) => verdict);
    expect(verdicts).toEqual(['new', 'new', 'new', 'new', 'refused', 'refused', 'refused', 'refused', 'refused']);
    expect(created).toBe(0);
    expect(await stored()).toEqual([]);
    const problems = rows.map((of: { problems: string[] }) => of.problems.join(' '));
    expect(problems[1]).toContain('closer than 7 days');
    expect(problems[4]).toContain('closer than 7 days');
    expect(problems[5]).toContain('practitioner is not free');
    expect(problems[6]).toContain('no valid certificate');
    expect(problems[7]).toContain('2 clients are called Twin Name');
    expect(problems[8]).toContain('No client Nobody Here');
    expect(problems[8]).toContain('No practitioner Somebody Else');
  });

  it('stores facts of the past even too close and flags them; bookings hold the floor', async () => {
    expect((await send(true)).created).toBe(4);
    expect(await stored()).toMatchObject([
      { kind: 'session', n: 1, status: 'done', isFact: true, firstDay: '2027-01-11', flags: [] },
      { kind: 'session', n: 2, status: 'done', isFact: true, flags: ['too-soon'] },
      { kind: 'session', n: 3, status: 'done', isFact: true, firstDay: '2027-02-12' },
      // A Monday, on which the studio is closed, of a client whom nobody has screened here.
      {
        kind: 'session',
        n: 1,
        status: 'booked',
        isFact: false,
        firstDay: '2027-03-08',
        flags: ['outside-hours', 'screening-stops'],
      },
    ]);
    const courses = await app.storage.inStudio(studioId, (tx) => tx.selectFrom('courses').select('sessions').execute());
    expect(courses).toEqual([{ sessions: 3 }, { sessions: 3 }]);
  });

  it('given twice, stores nothing twice', async () => {
    const again = await send(true);
    expect(again.created).toBe(0);
    expect(again.rows.filter(({ verdict }: { verdict: string }) => verdict === 'same')).toHaveLength(4);
    expect(await stored()).toHaveLength(4);
  });

  it('counts the days that an hour past midnight really has, so the floor counts from the last of them', async () => {
    const form = new FormData();
    const nights = `Client,Date,Time,Minutes,Staff,Service,Status
Ann Past,2027-02-19,23:00,600,Kim Needle,SMP session,Completed
Bo Ahead,2027-03-15,23:00,600,Kim Needle,SMP session,Confirmed
`;
    form.set('file', new File([nights], 'nights.csv'));
    form.set('commit', 'true');
    const { rows } = (await owner.post('/appointments/import', undefined, { form })).body;
    expect(rows.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['new', 'refused']);
    const kept = await app.storage.inStudio(studioId, (tx) =>
      tx.selectFrom('appointments').select('lastDay').where('firstDay', '=', '2027-02-19').executeTakeFirst(),
    );
    expect(kept).toEqual({ lastDay: '2027-02-20' });
  });

  it('goes on where it stopped: pieces are kept one by one, and what follows joins the course that is there', async () => {
    const studio = await testApp();
    const manager = await studio.owner();
    const lone = await withPractitioner(studio, manager);
    await manager.post('/clients', { status: 'active', profile: { name: 'Long History' } });
    const day = (n: number) =>
      new Date(Date.UTC(2003, 0, 6 + 28 * n - (n === 200 ? 23 : 0))).toISOString().slice(0, 10);
    const table = [
      'Client,Date,Time,Minutes,Staff,Service,Status',
      ...Array.from({ length: 250 }, (_, n) => `Long History,${day(n)},10:00,60,Kim Needle,SMP session,Completed`),
    ].join('\n');
    const give = (commit = 'true') => {
      const form = new FormData();
      form.set('file', new File([table], 'book.csv', { type: 'text/csv' }));
      form.set('commit', commit);
      const headers = { 'idempotency-key': commit.padEnd(20, 'k') };
      return manager.post('/appointments/import', undefined, { form, headers });
    };
    const count = () =>
      studio.storage.inStudio(lone, async (tx) => {
        const rows = await tx.selectFrom('appointments').select(['courseId', 'n']).execute();
        const courses = await tx.selectFrom('courses').select(['status', 'sessions']).orderBy('createdAt').execute();
        return { appointments: rows.length, courses };
      });
    const look = await give('false');
    expect((await count()).appointments).toBe(0);
    const restore = loseConnectionAt(studio.storage, 'appointments', 200);
    const broken = await give();
    expect(broken.body).toMatchObject({ code: 'storage-unavailable' });
    expect(broken.body.data.detail).toContain('200 went in');
    restore();
    expect((await count()).appointments).toBe(200);
    const rest = await give();
    expect(rest.body.created).toBe(50);
    expect(rest.body.rows.filter(({ verdict }: { verdict: string }) => verdict === 'same')).toHaveLength(200);
    const { appointments, courses } = await count();
    expect(appointments).toBe(250);
    // The look said the same, of the row at the seam too, which is five days after the one before.
    expect(look.body.rows[200].problems.join(' ')).toContain('closer than 7 days');
    expect(look.body.rows.slice(200)).toEqual(rest.body.rows.slice(200));
    // Twelve sessions each, over the seam of the two pieces too.
    expect(courses).toHaveLength(Math.ceil(250 / 12));
    expect(courses.filter(({ sessions, status }) => sessions === 12 && status === 'done')).toHaveLength(20);
  });

  it('waits for whoever is just writing in the book of a client it concerns', async () => {
    const other = await testApp();
    const manager = await other.owner();
    const lone = await withPractitioner(other, manager);
    const { id } = (await manager.post('/clients', { status: 'active', profile: { name: 'Busy Bee' } })).body;
    let isDone = false;
    const form = new FormData();
    form.set(
      'file',
      new File(['Client,Date,Time,Minutes,Staff,Service\nBusy Bee,2027-03-08,10:00,60,Kim Needle,Review'], 'a.csv'),
    );
    form.set('commit', 'true');
    const held = await other.storage.inStudio(lone, async (tx) => {
      await takeTurns(tx, [id]);
      await tx.selectFrom('clients').select('id').execute();
      const going = manager.post('/appointments/import', undefined, { form }).finally(() => (isDone = true));
      await new Promise((go) => setTimeout(go, 400));
      expect(isDone).toBe(false);
      return { going };
    });
    expect((await held.going).body.created).toBe(1);
  });

  it('leaves the clock of a location alone while appointments stand by it', async () => {
    const { locations } = (await owner.get('/studio')).body;
    const moved = await owner.patch(`/locations/${locations[0].id}`, { timeZone: 'Asia/Tokyo' });
    expect(moved.body.code).toBe('not-in-this-state');
    expect((await owner.patch(`/locations/${locations[0].id}`, { timeZone: 'Europe/Berlin' })).status).toBe(200);
  });
});
