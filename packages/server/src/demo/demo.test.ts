import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_PASSWORD, type TestApp, testApp } from '../http/testing/test-app.ts';
import { makeDemo, makeDemoWhereEmpty } from './make-demo.ts';

describe('the demo studio', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
    await makeDemoWhereEmpty(app.storage, app.now(), 'Europe/Berlin');
  });

  it('is opened at this computer without a password, and shows a course in progress', async () => {
    const browser = app.browser();
    const { demoStudioId, hasOwner } = (await browser.get('/status')).body;
    expect([demoStudioId === null, hasOwner]).toEqual([false, false]);
    expect((await browser.post('/demo/sign-in')).body).toEqual({ signedIn: true, secondFactor: false });
    expect((await browser.get('/me')).body).toMatchObject({ isDemo: true, role: 'owner', studioName: 'Demo studio' });
    const clients = (await browser.get('/clients')).body.items;
    expect(clients.length).toBe(3);
    for (const { name } of clients) expect(name).toMatch(/\(invented\)$/);
    const alex = clients.find(({ name }: { name: string }) => name.startsWith('Alex'));
    const [course] = (await browser.get(`/clients/${alex.id}/courses`)).body.items;
    expect(course.status).toBe('open');
    expect(course.appointments.map(({ status }: { status: string }) => status)).toEqual(['done', 'booked', 'booked']);
    const now = app.now().toISOString();
    expect(course.appointments.map(({ start }: { start: string }) => start > now)).toEqual([false, true, true]);
  });

  it('lets everybody in for half a day, those whom its owner invites too', async () => {
    const browser = app.browser();
    await browser.post('/demo/sign-in');
    const invitation = { email: 'guest@demo.invalid', name: 'Guest', role: 'front-desk' };
    const { link } = (await browser.post('/people/invitations', invitation)).body;
    const guest = app.browser();
    await guest.post('/invitations/accept', { link: link.split('/').at(-1), password: TEST_PASSWORD });
    expect((await guest.get('/me')).status).toBe(200);
    const rows = await app.storage.inEveryStudio((tx) =>
      tx.selectFrom('signIns').select(['createdAt', 'expiresAt']).execute(),
    );
    const hours = rows.map(({ createdAt, expiresAt }) => (expiresAt.getTime() - createdAt.getTime()) / 3_600_000);
    expect(new Set(hours)).toEqual(new Set([12]));
  });

  it('does not open the key of the real studio, not to an owner with a password either', async () => {
    const browser = app.browser();
    await browser.post('/demo/sign-in');
    const invitation = { email: 'second@demo.invalid', name: 'Second owner', role: 'owner' };
    const { link } = (await browser.post('/people/invitations', invitation)).body;
    const guest = app.browser();
    await guest.post('/invitations/accept', { link: link.split('/').at(-1), password: TEST_PASSWORD });
    for (const password of [TEST_PASSWORD, 'not my password'])
      expect((await guest.post('/recovery-sheet', { password })).body.code, password).toBe('not-allowed');
  });

  it('is not opened from elsewhere, by mode or by name', async () => {
    for (const [options, host] of [
      [{ mode: 'lan', hosts: ['studio.local:4174'] }, 'studio.local:4174'],
      [{ mode: 'hosted', publicUrl: 'https://studio.example', hosts: ['studio.example'] }, 'studio.example'],
    ] as const) {
      const elsewhere = await testApp(options);
      await makeDemo(elsewhere.storage, elsewhere.now(), 'Europe/Berlin');
      const origin = 'publicUrl' in options ? options.publicUrl : `http://${host}`;
      const headers = { host, origin };
      expect((await elsewhere.browser().get('/status', { headers })).body.demoStudioId).toBe(null);
      expect((await elsewhere.browser().post('/demo/sign-in', {}, { headers })).body.code).toBe('not-allowed');
    }
  });

  it('is not made beside a studio, and not twice', async () => {
    const count = () =>
      app.storage.inEveryStudio(async (tx) => (await tx.selectFrom('studios').select('id').execute()).length);
    await makeDemoWhereEmpty(app.storage, app.now(), 'Europe/Berlin');
    expect(await count()).toBe(1);
    await app.owner();
    expect((await app.browser().get('/status')).body.hasOwner).toBe(true);
  });

  it('goes with everything in it, and nothing else goes', async () => {
    const browser = app.browser();
    await browser.post('/demo/sign-in');
    const owner = app.browser();
    await owner.post('/sign-in', { email: 'owner@studio.example', password: 'seven quiet herons' });
    expect((await owner.post('/studio/remove-demo')).body.code).toBe('not-in-this-state');
    expect(
      (await browser.post('/studio/remove-demo', {}, { headers: { 'idempotency-key': 'x'.repeat(20) } })).status,
    ).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await owner.get('/me')).status).toBe(200);
    expect((await owner.get('/status')).body.demoStudioId).toBe(null);
    const left = await app.storage.inEveryStudio(async (tx) => ({
      keys: (await tx.selectFrom('keys').selectAll().execute()).length,
      audit: (await tx.selectFrom('auditEntries').select('action').execute()).map(({ action }) => action),
    }));
    expect(left.keys).toBe(1);
    expect(left.audit).not.toContain('course.book');
  });

  it('can be made in any week and zone', async () => {
    const other = await testApp();
    for (const [start, zone] of [
      ['2027-01-03T12:00:00Z', 'Pacific/Auckland'],
      ['2027-03-30T23:30:00Z', 'America/New_York'],
      ['2028-02-29T04:00:00Z', 'UTC'],
    ] as const)
      await expect(makeDemo(other.storage, new Date(start), zone)).resolves.toMatch(/-/);
  });
});
