import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../storage/audit.ts';
import { TEST_PASSWORD, type TestApp, type TestBrowser, testApp } from '../http/testing/test-app.ts';
import { readRecoverySheet } from '../storage/keys/recovery-sheet.ts';
import { firstLink } from './first-owner.ts';
import { consoleResetLink } from './one-time-links.ts';
import { tidyUp } from '../jobs/tidy-up.ts';

const EMAIL = 'owner@studio.example';
const SET_UP = {
  studioName: 'Clear Water',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  name: 'Olga Owner',
  email: EMAIL,
  password: TEST_PASSWORD,
};

const codeOf = (secret: string, at: Date): string => new TOTP({ secret }).generate({ timestamp: at.getTime() });

describe('the first owner', () => {
  it('sets up the studio by the link and is signed in, with a place, a room and settings', async () => {
    const app = await testApp();
    const browser = app.browser();
    const status = { hasOwner: false, isSecureContext: true, isDesk: true, demoStudioId: null };
    expect((await browser.get('/status')).body).toEqual(status);
    expect(await browser.get('/me')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect((await browser.post('/owner', { ...SET_UP, link: 'guessed' })).body.code).toBe('link-spent');
    const made = await browser.post('/owner', { ...SET_UP, link: firstLink(app.storage) });
    expect(made).toMatchObject({ status: 200, body: { signedIn: true, secondFactor: false } });
    expect((await browser.get('/me')).body).toMatchObject({
      name: 'Olga Owner',
      email: EMAIL,
      role: 'owner',
      studioName: 'Clear Water',
      isDemo: false,
      totp: false,
    });
    expect((await browser.get('/status')).body.hasOwner).toBe(true);
    const studio = (await browser.get('/studio')).body;
    expect(studio).toMatchObject({ currency: 'EUR', settings: { gapsDays: [14, 28] } });
    expect([studio.locations.length, studio.rooms.length]).toEqual([1, 1]);
  });

  it('is one, however many use the link at once', async () => {
    const app = await testApp();
    const link = firstLink(app.storage);
    const tries = await Promise.all(
      [1, 2, 3, 4].map((n) => app.browser().post('/owner', { ...SET_UP, email: `${n}@studio.example`, link })),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 422, 422, 422]);
    expect((await app.browser().post('/owner', { ...SET_UP, link })).body.code).toBe('link-spent');
  });

  it('may not choose a password that can be guessed, nor a zone that does not exist', async () => {
    const app = await testApp();
    const link = firstLink(app.storage);
    const browser = app.browser();
    for (const password of ['password1234', 'clearwater2024', 'olga owner 1985', 'aaaaaaaaaaaaaaa', 'qwertzuiop123'])
      expect((await browser.post('/owner', { ...SET_UP, link, password })).body.code, password).toBe('password-weak');
    expect((await browser.post('/owner', { ...SET_UP, link, password: 'short' })).body.code).toBe('input-wrong');
    expect((await browser.post('/owner', { ...SET_UP, link, timeZone: 'Europe/Atlantis' })).body.code).toBe(
      'input-wrong',
    );
    expect((await browser.get('/status')).body.hasOwner).toBe(false);
  });
});

describe('the recovery sheet', () => {
  it('is shown to the owner at this computer, with the password, and to nobody else', async () => {
    const app = await testApp();
    const owner = await app.owner();
    expect((await owner.get('/studio')).body.settings.recoverySheetOn).toBe(null);
    expect((await owner.post('/recovery-sheet', { password: 'not my password' })).body.code).toBe('sign-in-wrong');
    const { text } = (await owner.post('/recovery-sheet', { password: TEST_PASSWORD })).body;
    expect(readRecoverySheet(text).equals(app.storage.master.bytes)).toBe(true);
    const elsewhere = { host: 'studio.local:4174', origin: 'http://studio.local:4174' };
    const lan = await testApp({ mode: 'lan', hosts: ['studio.local:4174'] });
    const link = firstLink(lan.storage);
    const tablet = lan.browser();
    expect((await tablet.get('/status', { headers: elsewhere })).body.isDesk).toBe(false);
    await tablet.post('/owner', { ...SET_UP, link }, { headers: elsewhere });
    const far = await tablet.post('/recovery-sheet', { password: TEST_PASSWORD }, { headers: elsewhere });
    expect(far.body.code).toBe('not-allowed');
  });

  it('is kept nowhere, not as the answer to a request with a key either', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const call = { headers: { 'idempotency-key': 'the-recovery-sheet-once' } };
    expect((await owner.post('/recovery-sheet', { password: TEST_PASSWORD }, call)).status).toBe(200);
    const kept = await app.storage.inEveryStudio((tx) => tx.selectFrom('idempotencyKeys').selectAll().execute());
    expect(kept).toEqual([]);
  });

  it('is asked for until it is on paper; what else is set stays as it was', async () => {
    const app = await testApp();
    const owner = await app.owner();
    await owner.patch('/studio', { settings: { retentionYears: 7 } });
    await owner.patch('/studio', { settings: { recoverySheetOn: '2027-03-01' } });
    await owner.patch('/studio', { settings: { turnaroundMinutes: 20 } });
    const expected = { retentionYears: 7, recoverySheetOn: '2027-03-01', turnaroundMinutes: 20 };
    expect((await owner.get('/studio')).body.settings).toMatchObject(expected);
  });
});

describe('signing in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
    await app.owner();
  });
  const signIn = (browser: TestBrowser, password = TEST_PASSWORD, email = EMAIL) =>
    browser.post('/sign-in', { email, password });

  it('takes the right password, whatever the case of the address, and signs out again', async () => {
    const browser = app.browser();
    expect((await signIn(browser, TEST_PASSWORD, 'OWNER@studio.example')).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(200);
    const cookie = new Map(browser.cookies);
    await browser.post('/sign-out');
    expect((await browser.get('/me')).status).toBe(401);
    // Whoever kept the cookie has nothing.
    browser.cookies.clear();
    for (const [name, value] of cookie) browser.cookies.set(name, value);
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('says the same of a wrong password and an unknown address, in about the same time', async () => {
    const msOf = async (email: string) => {
      const from = performance.now();
      const { body } = await signIn(app.browser(), 'not the password', email);
      expect(body).toMatchObject({ code: 'sign-in-wrong', data: { detail: null } });
      return performance.now() - from;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < 5; i++) {
      times.known.push(await msOf(EMAIL));
      times.unknown.push(await msOf('nobody@studio.example'));
    }
    const median = (of: number[]) => of.toSorted((a, b) => a - b)[2]!;
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.4);
    app.pass(20);
  });

  it('slows down strangers who guess, and lets in the browser that signed in before', async () => {
    const known = app.browser();
    await signIn(known);
    const stranger = app.browser();
    const codes = [];
    for (let i = 0; i < 14; i++) codes.push((await signIn(stranger, `guess number ${i}`)).body.code);
    expect(codes.slice(0, 12)).toEqual(Array(12).fill('sign-in-wrong'));
    expect(codes.slice(12)).toEqual(['too-many-tries', 'too-many-tries']);
    // Even with the right password: a stranger learns nothing.
    expect((await signIn(stranger)).body.code).toBe('too-many-tries');
    expect((await signIn(known)).status).toBe(200);
    app.pass(16);
    expect((await signIn(stranger)).status).toBe(200);
  });

  it('lists the devices and lets each be signed out', async () => {
    app.pass(16);
    const phone = app.browser();
    const desk = app.browser();
    await phone.post(
      '/sign-in',
      { email: EMAIL, password: TEST_PASSWORD },
      { headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1' } },
    );
    await signIn(desk);
    const { items } = (await desk.get('/me/sign-ins')).body;
    const ofPhone = items.find((of: { device: string }) => of.device === 'Safari on iPhone');
    expect(items.filter((of: { isThis: boolean }) => of.isThis)).toHaveLength(1);
    expect((await desk.delete(`/me/sign-ins/${ofPhone.id}`)).status).toBe(200);
    expect((await phone.get('/me')).status).toBe(401);
    expect((await desk.get('/me')).status).toBe(200);
  });

  it('ends after two weeks', async () => {
    const browser = app.browser();
    await signIn(browser);
    app.pass(60 * 24 * 14 - 1);
    expect((await browser.get('/me')).status).toBe(200);
    app.pass(2);
    expect((await browser.get('/me')).status).toBe(401);
  });
});

describe('codes of an authenticator', () => {
  it('are asked for after the password; each code and each recovery code works once', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const { secret, uri } = (await owner.post('/me/totp', { password: TEST_PASSWORD })).body;
    expect(uri).toContain('otpauth://totp/Stipple:');
    expect((await owner.post('/me/totp/confirm', { code: '000000' })).body.code).toBe('code-wrong');
    const { recoveryCodes } = (await owner.post('/me/totp/confirm', { code: codeOf(secret, app.now()) })).body;
    expect(recoveryCodes).toHaveLength(10);

    const browser = app.browser();
    const password = () => browser.post('/sign-in', { email: EMAIL, password: TEST_PASSWORD });
    expect((await password()).body).toEqual({ signedIn: false, secondFactor: true });
    // With the password alone nothing opens.
    expect((await browser.get('/me')).status).toBe(401);
    const code = codeOf(secret, app.now());
    // That very code confirmed the set-up: it is spent.
    expect((await browser.post('/sign-in/code', { code })).body.code).toBe('code-wrong');
    app.pass(1);
    expect((await browser.post('/sign-in/code', { code: codeOf(secret, app.now()) })).status).toBe(200);
    expect((await browser.get('/me')).body.totp).toBe(true);

    await password();
    expect((await browser.post('/sign-in/code', { code: recoveryCodes[0].toUpperCase() })).status).toBe(200);
    await password();
    expect((await browser.post('/sign-in/code', { code: recoveryCodes[0] })).body.code).toBe('code-wrong');
    // Too late: the password has to be given again.
    app.pass(11);
    expect((await browser.post('/sign-in/code', { code: recoveryCodes[1] })).body.code).toBe('not-signed-in');

    await password();
    expect((await browser.post('/sign-in/code', { code: recoveryCodes[1] })).status).toBe(200);
    app.pass(1);
    const removal = { password: TEST_PASSWORD, code: codeOf(secret, app.now()) };
    expect((await browser.post('/me/totp/remove', { ...removal, password: 'not the password' })).status).toBe(422);
    expect((await browser.post('/me/totp/remove', removal)).status).toBe(200);
    expect((await password()).body).toEqual({ signedIn: true, secondFactor: false });
  });
});

describe('a new password', () => {
  it('is had at the computer itself, and codes are then asked for no more', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const { secret } = (await owner.post('/me/totp', { password: TEST_PASSWORD })).body;
    await owner.post('/me/totp/confirm', { code: codeOf(secret, app.now()) });
    const clock = { now: app.now, newId: () => randomUUID() };
    expect(await consoleResetLink(app.storage, clock, 'nobody@studio.example')).toBe(null);
    const link = await consoleResetLink(app.storage, clock, EMAIL);
    const browser = app.browser();
    const answer = await browser.post('/password-reset/confirm', { link, password: 'nine loud otters' });
    expect(answer.body).toEqual({ signedIn: true, secondFactor: false });
    expect((await browser.get('/audit')).body.items.map(({ action }: { action: string }) => action)).toContain(
      'account.reset-at-console',
    );
  });

  it('comes by mail; the answer is the same for everybody; it signs out everywhere', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const stranger = app.browser();
    expect((await stranger.post('/password-reset', { email: 'nobody@studio.example' })).body).toEqual({ ok: true });
    expect((await stranger.post('/password-reset', { email: EMAIL })).body).toEqual({ ok: true });
    await expect.poll(() => app.letters.length).toBe(1);
    expect(app.letters[0]!.to).toBe(EMAIL);
    expect(app.letters[0]!.subject).not.toMatch(/hair|scalp|pigment/i);
    const link = /#\/reset\/(\S+)/.exec(app.letters[0]!.text)![1];

    expect((await stranger.post('/password-reset/confirm', { link, password: 'clearwater owner' })).body.code).toBe(
      'password-weak',
    );
    const password = 'nine loud otters';
    expect((await stranger.post('/password-reset/confirm', { link, password })).status).toBe(200);
    expect((await stranger.get('/me')).status).toBe(200);
    expect((await owner.get('/me')).status).toBe(401);
    expect((await stranger.post('/password-reset/confirm', { link, password })).body.code).toBe('link-spent');
    expect((await app.browser().post('/sign-in', { email: EMAIL, password: TEST_PASSWORD })).status).toBe(422);
    expect((await app.browser().post('/sign-in', { email: EMAIL, password })).status).toBe(200);
  });

  it('needs the old one when changed by oneself, and keeps this device', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const other = app.browser();
    await other.post('/sign-in', { email: EMAIL, password: TEST_PASSWORD });
    const next = 'nine loud otters';
    expect((await owner.post('/me/password', { current: 'wrong', next })).body.code).toBe('sign-in-wrong');
    expect((await owner.post('/me/password', { current: TEST_PASSWORD, next })).status).toBe(200);
    expect((await other.get('/me')).status).toBe(401);
    expect((await owner.get('/me')).status).toBe(200);
  });
});

describe('people', () => {
  it('are invited, come, change roles; the last owner stays; managers do not touch owners', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const invite = async (email: string, role: string, by = owner) =>
      by.post('/people/invitations', { email, name: `Nia ${role}`, role });
    const accept = async (link: string) => {
      const browser = app.browser();
      const { status } = await browser.post('/invitations/accept', {
        link: /#\/invitation\/(\S+)/.exec(link)![1],
        password: 'calm green anvils',
      });
      expect(status).toBe(200);
      return browser;
    };
    const made = (await invite('manager@studio.example', 'manager')).body;
    expect(made.mailed).toBe(true);
    expect(app.letters[0]!.text).toContain(made.link);
    const manager = await accept(made.link);
    expect((await manager.get('/me')).body.role).toBe('manager');

    expect((await invite('second@studio.example', 'owner', manager)).body.code).toBe('not-allowed');
    expect((await invite('manager@studio.example', 'practitioner')).body.code).toBe('address-known');
    const people = (await owner.get('/people')).body.items;
    const ownerId = people.find((of: { role: string }) => of.role === 'owner').id;
    const change = (by: TestBrowser, id: string, body: object) => by.patch(`/people/${id}`, { id, ...body });
    expect((await change(manager, ownerId, { status: 'suspended' })).body.code).toBe('not-allowed');
    expect((await change(owner, ownerId, { role: 'manager' })).body.code).toBe('last-owner');
    expect((await change(owner, ownerId, { status: 'suspended' })).body.code).toBe('last-owner');
    expect((await manager.post(`/people/${ownerId}/reset-link`)).body.code).toBe('not-allowed');

    expect((await change(owner, made.accountId, { status: 'suspended' })).status).toBe(200);
    expect((await manager.get('/me')).status).toBe(401);
    expect(
      (await app.browser().post('/sign-in', { email: 'manager@studio.example', password: 'calm green anvils' })).body
        .code,
    ).toBe('sign-in-wrong');

    // Two owners who unmake each other: one stays.
    const second = await invite('second@studio.example', 'owner');
    const other = await accept(second.body.link);
    const both = await Promise.all([
      change(owner, second.body.accountId, { role: 'manager' }),
      change(other, ownerId, { role: 'manager' }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('who are clients get no practitioner with their account', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const clientId = (await owner.post('/clients', { status: 'active', profile: { name: 'Cleo' } })).body.id;
    const invitation = { email: 'cleo@example.org', name: 'Cleo', role: 'client', clientId };
    const wrong = await owner.post('/people/invitations', { ...invitation, practitionerId: clientId });
    expect(wrong.body).toMatchObject({ code: 'input-wrong' });
    expect(wrong.body.data.detail).toContain('practitionerId');
    expect((await owner.post('/people/invitations', invitation)).status).toBe(200);
  });

  it('who are clients are listed by their record alone, are helped with a lost password, and kept out', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const clientId = (await owner.post('/clients', { status: 'active', profile: { name: 'Cleo' } })).body.id;
    const other = (await owner.post('/clients', { status: 'active', profile: { name: 'Otto Other' } })).body.id;
    const invitation = { email: 'cleo@example.org', name: 'Cleo', role: 'client', clientId };
    const { link } = (await owner.post('/people/invitations', invitation)).body;
    const browser = app.browser();
    await browser.post('/invitations/accept', { link: link.split('/').pop(), password: 'nine slow otters' });
    const accounts = async (of: string) => (await owner.get(`/people?clientId=${of}`)).body.items;
    const [account] = await accounts(clientId);
    expect(account).toMatchObject({ role: 'client', status: 'active', email: 'cleo@example.org' });
    expect(await accounts(other)).toEqual([]);
    expect((await owner.get('/people')).body.items.map(({ role }: { role: string }) => role)).toEqual(['owner']);
    expect((await browser.get(`/people?clientId=${clientId}`)).status).toBe(403);
    expect((await owner.post(`/people/${account.id}/reset-link`)).status).toBe(200);
    await owner.patch(`/people/${account.id}`, { status: 'suspended' });
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('see all of it in the audit, whose chain holds', async () => {
    const app = await testApp();
    const owner = await app.owner();
    await owner.post('/people/invitations', { email: 'a@studio.example', name: 'Nia', role: 'front-desk' });
    const { items } = (await owner.get('/audit')).body;
    expect(items.map(({ action, actorName }: Record<string, string>) => [action, actorName])).toEqual([
      ['account.invite', 'Olga Owner'],
      ['studio.create', 'Olga Owner'],
    ]);
    const { studioId } = (await owner.get('/me')).body;
    const verdict = await app.storage.inStudio(studioId, (tx) => verifyAudit(tx, studioId));
    expect(verdict).toMatchObject({ entries: 2, broken: null });
    expect(JSON.stringify(items)).not.toContain('studio.example');
  });
});

describe('tokens for programs', () => {
  it('open what their scopes say, until they are revoked or run out', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const expiresAt = new Date(app.now().getTime() + 3_600_000).toISOString();
    const make = async (scopes: string[], until: string | null = null) =>
      (await owner.post('/tokens', { name: 'Website', scopes, expiresAt: until })).body;
    const read = await make(['studio:read']);
    const other = await make(['clients:read'], expiresAt);
    const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    const program = app.browser();
    expect((await program.get('/studio', by(read.token))).status).toBe(200);
    expect((await program.get('/studio', by(other.token))).body.code).toBe('not-allowed');
    // Nothing that only people may do.
    expect((await program.get('/me', by(read.token))).body.code).toBe('not-allowed');
    expect((await program.get('/studio', by(`${read.token}x`))).body.code).toBe('not-signed-in');
    expect((await owner.delete(`/tokens/${read.id}`)).status).toBe(200);
    expect((await program.get('/studio', by(read.token))).status).toBe(401);
    app.pass(61);
    expect((await program.get('/studio', by(other.token))).status).toBe(401);
  });
});

describe('a secret', () => {
  it('opens nothing when a single bit of it differs, and spends nothing', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const forged = (text: string) => {
      const bytes = Buffer.from(text, 'base64url');
      bytes[bytes.length - 1]! ^= 1;
      return bytes.toString('base64url');
    };
    const cookie = owner.cookies.get('stipple-sign-in')!;
    const thief = app.browser();
    thief.cookies.set('stipple-sign-in', forged(cookie));
    expect((await thief.get('/me')).status).toBe(401);
    thief.cookies.set('stipple-sign-in', cookie);
    expect((await thief.get('/me')).status).toBe(200);

    const { token } = (await owner.post('/tokens', { name: 'P', scopes: ['studio:read'], expiresAt: null })).body;
    const by = (secret: string) => ({ headers: { authorization: `Bearer stp_${secret}` } });
    expect((await app.browser().get('/studio', by(forged(token.slice(4))))).status).toBe(401);
    expect((await app.browser().get('/studio', by(token.slice(4)))).status).toBe(200);

    const { link } = (
      await owner.post('/people/invitations', { email: 'a@studio.example', name: 'Nia', role: 'front-desk' })
    ).body;
    const secret = /#\/invitation\/(\S+)/.exec(link)![1]!;
    const accept = (of: string) =>
      app.browser().post('/invitations/accept', { link: of, password: 'calm green anvils' });
    expect((await accept(forged(secret))).body.code).toBe('link-spent');
    expect((await accept(secret)).status).toBe(200);
  });
});

describe('tidying up', () => {
  it('forgets what has had its time and keeps what has not', async () => {
    const app = await testApp();
    await app.owner();
    await tidyUp(app.storage, app.now());
    const count = () =>
      app.storage.inEveryStudio((tx) =>
        tx
          .selectFrom('signIns')
          .select('id')
          .execute()
          .then((rows) => rows.length),
      );
    expect(await count()).toBe(1);
    app.pass(60 * 24 * 50);
    await tidyUp(app.storage, app.now());
    expect(await count()).toBe(0);
  });
});
