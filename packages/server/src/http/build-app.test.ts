import { beforeAll, describe, expect, it } from 'vitest';
import { firstLink } from '../accounts/first-owner.ts';
import { buildApp } from './build-app.ts';
import { TestBrowser, type TestApp, TEST_PASSWORD, testApp } from './testing/test-app.ts';

const ROOM = { name: 'Room 2' };

describe('the server', () => {
  let app: TestApp;
  let owner: TestBrowser;
  let locationId: string;
  beforeAll(async () => {
    app = await testApp();
    owner = await app.owner();
    locationId = (await owner.get('/studio')).body.locations[0].id;
  });

  it('answers under its own names only', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4173'])
      expect((await owner.get('/status', { headers: { host } })).status, host).toBe(403);
    expect((await owner.get('/status', { headers: { host: 'localhost:4173' } })).status).toBe(200);
  });

  it('takes orders from its own pages only, whatever cookie comes along', async () => {
    const room = { ...ROOM, locationId };
    const from = (headers: Record<string, string>) => owner.post('/rooms', room, { headers });
    expect((await from({ origin: 'https://evil.example' })).body).toMatchObject({ code: 'not-allowed', status: 403 });
    expect((await from({ origin: 'null' })).status).toBe(403);
    expect((await from({ origin: 'http://127.0.0.1:4174' })).status).toBe(403);
    expect((await from({ origin: 'https://127.0.0.1:4173' })).status).toBe(403);
    expect((await from({})).status).toBe(200);
  });

  it('gives its cookies to no script, no other site and no other name', async () => {
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { host: '127.0.0.1:4173', origin: 'http://127.0.0.1:4173' },
      payload: { email: 'owner@studio.example', password: TEST_PASSWORD },
    });
    for (const cookie of answer.cookies)
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    const hosted = await testApp({ publicUrl: 'https://studio.example', hosts: ['studio.example'], mode: 'hosted' });
    const setUp = (origin: string) =>
      hosted.app.inject({
        method: 'POST',
        url: '/api/v1/owner',
        headers: { host: 'studio.example', origin },
        payload: {
          link: firstLink(hosted.storage),
          studioName: 'Clear Water',
          timeZone: 'UTC',
          currency: 'EUR',
          name: 'Olga',
          email: 'owner@studio.example',
          password: TEST_PASSWORD,
        },
      });
    expect((await setUp('http://studio.example')).statusCode).toBe(403);
    const { cookies } = await setUp('https://studio.example');
    expect(cookies.map(({ name, secure }) => [name, secure])).toEqual([
      ['__Host-stipple-sign-in', true],
      ['__Host-stipple-known-device', true],
    ]);
  });

  it('says what is wrong with an input, field by field, and stores nothing', async () => {
    const answer = await owner.post('/rooms', { name: '', locationId: 'here' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'input-wrong' } });
    expect(answer.body.data.detail).toBe(
      'locationId: must be an id, as in 0b7c1f9e-5d1a-4c57-9a2e-3f6d8e1b2c4a; name: must be text of 1 to 120 characters',
    );
    // Words for people, and never the value: it may be a password.
    const typed = await app.browser().post('/sign-in', { email: 'nobody', password: ['hunter2hunter2'] });
    expect(typed.body.data.detail).toMatch(/^email: must be an e-mail address .*; password: must be text of /);
    expect(typed.body.data.detail).not.toContain('hunter2');
    const broken = await app.app.inject({
      method: 'POST',
      url: '/api/v1/rooms',
      headers: {
        host: '127.0.0.1:4173',
        origin: 'http://127.0.0.1:4173',
        'content-type': 'application/json',
        cookie: [...owner.cookies].map((pair) => pair.join('=')).join('; '),
      },
      payload: '{"name": ',
    });
    expect(broken.json()).toMatchObject({
      code: 'input-wrong',
      status: 400,
      data: { detail: 'the request cannot be read' },
    });
    expect((await owner.post('/nowhere', {})).body.code).toBe('not-found');
    expect(
      (await owner.post('/rooms', { name: 'Room', locationId: '00000000-0000-4000-8000-000000000000' })).body.code,
    ).toBe('not-found');
  });

  it('reads little from strangers and more from people', async () => {
    const stranger = app.browser();
    const large = 'x'.repeat(100_000);
    expect(await stranger.post('/sign-in', { email: 'a@b.example', password: large })).toMatchObject({
      status: 413,
      body: { code: 'input-wrong' },
    });
    // Refused before the body is read.
    expect((await stranger.post('/rooms', { name: large, locationId })).status).toBe(401);
    expect((await owner.post('/rooms', { name: large, locationId })).status).toBe(422);
    // More than anybody types is read only where a plan is kept.
    const typed = ' '.repeat(300_000);
    expect(await owner.post('/rooms', { name: typed, locationId })).toMatchObject({
      status: 413,
      body: { code: 'input-wrong', data: { detail: 'more than the 256 kB that are taken here' } },
    });
    const { id } = (await owner.post('/clients', { status: 'active', profile: { name: 'Jo Long' } })).body;
    const plan = (bytes: number) =>
      owner.post(`/clients/${id}/plans`, { title: '', document: ' '.repeat(bytes), summary: {} });
    expect([(await plan(7_000_000)).status, (await plan(9_000_000)).status]).toEqual([422, 413]);
    // Nine megabytes are little as a file, which is then looked at.
    const bytes = new Uint8Array(9_000_000).fill(32);
    const imported = (content: string | Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('file', new File([content], 'clients.csv', { type: 'text/csv' }));
      form.set('commit', 'false');
      return owner.post('/clients/import', undefined, { form });
    };
    expect((await imported(bytes)).body.code).toBe('file-unusable');
    expect(await imported('name\nJo Doe\n')).toMatchObject({
      status: 200,
      body: { created: 0, rows: [{ verdict: 'new' }] },
    });
  });

  it('answers an error of ours with its number and not with its cause', async () => {
    const broken = await testApp({ logLevel: 'silent' });
    const browser = await broken.owner();
    await broken.storage.inEveryStudio((tx) =>
      tx
        .updateTable('studios')
        .set({ settings: { gapsDays: 'none' } as never })
        .execute(),
    );
    const answer = await browser.get('/studio');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/gaps|zod|settings/i);
    expect(answer.body.message).toContain(answer.headers['x-request-id']);
  });

  it('describes every route in OpenAPI 3.1 and on a page that loads nothing from elsewhere', async () => {
    const stranger = app.browser();
    const { body } = await stranger.get('/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    expect(body.paths['/clients/{id}'].get.security).toEqual([{ token: [] }, { signIn: [] }]);
    const page = await stranger.get('/api/docs');
    const html = page.body.toString();
    expect(html).toContain('POST /courses');
    expect(html).not.toMatch(/<script|style="|https?:\/\//);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('shows health to all and metrics to this computer or the token alone', async () => {
    const stranger = app.browser();
    expect((await stranger.get('/healthz')).body).toEqual({ ok: true });
    expect((await stranger.get('/readyz')).body).toEqual({ ok: true });
    const metrics = (await stranger.get('/metrics')).body.toString();
    expect(metrics).toContain('stipple_http_request_seconds_bucket');
    expect(metrics).toContain('route="/api/v1/rooms"');
    const hosted = await testApp({
      mode: 'hosted',
      metricsToken: 'a token of metrics',
      publicUrl: 'https://studio.example',
    });
    expect((await hosted.browser().get('/metrics')).status).toBe(403);
    const shown = await hosted.browser().get('/metrics', { headers: { authorization: 'Bearer a token of metrics' } });
    expect(shown.status).toBe(200);
  });

  it('lets the studio’s own site ask and send what is for anybody, wherever that site is', async () => {
    const { id } = (await owner.get('/studio')).body;
    const headers = { origin: 'https://clear-water.example' };
    const path = `/public/${id}/enquiries`;
    const asked = await app.browser().send('OPTIONS', path, undefined, { headers });
    expect(asked).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } });
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    const enquiry = { studioId: id, name: 'Jo Doe', email: 'jo@elsewhere.example', message: 'Hello' };
    expect((await app.browser().post(path, enquiry, { headers })).status).toBe(200);
    expect((await owner.get('/studio', { headers })).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('logs ids, patterns and codes, and nothing of a person', async () => {
    const lines: string[] = [];
    const logged = await testApp({ logLevel: 'debug', logTo: { write: (line) => void lines.push(line) } });
    const browser = await logged.owner();
    await browser.get('/clients?search=Jo%20Doe');
    await browser.post('/clients', { status: 'active', profile: { name: 'Jo Doe', email: 'jo@elsewhere.example' } });
    await browser.post('/sign-in', { email: 'jo@elsewhere.example', password: 'a secret of mine' });
    await browser.post('/rooms', { name: 'Jo Doe', locationId: '00000000-0000-4000-8000-000000000000' });
    await browser.get(`/clients/${'Jo%20Doe'}`);
    // Errors of the database and of parsers quote what they were given.
    for (const broken of ["insert into rooms values ('Jo Doe')", 'jo@elsewhere.example is no number'])
      logged.app.log.error({
        err: Object.assign(new Error(broken), { severity: 'ERROR', code: '22P02', detail: 'Jo Doe' }),
      });
    logged.app.log.error({ err: new SyntaxError('Unexpected token J, "Jo Doe" is not valid JSON') });
    const text = lines.join('');
    expect(text).not.toMatch(/Jo|Olga|elsewhere|secret|127\.0\.0\.1|Clear Water|studio\.example/);
    expect(text).toContain('"route":"/api/v1/clients/:id"');
    expect(text).toContain('"code":"22P02"');
    expect(lines.filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(5);
  });

  it('limits the requests of an address', async () => {
    const busy = await testApp({ requestsPerMinute: 5 });
    const statuses = [];
    for (let i = 0; i < 7; i++) statuses.push((await busy.browser().get('/status')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('believes a proxy only where it is configured', async () => {
    const limited = { requestsPerMinute: 2 };
    const forwarded = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const direct = (await testApp(limited)).browser();
    for (let i = 0; i < 3; i++) await direct.get('/status', forwarded(`10.0.0.${i}`));
    expect((await direct.get('/status', forwarded('10.0.0.9'))).status).toBe(429);
    const behind = (await testApp({ ...limited, trustedProxies: ['loopback'] })).browser();
    for (let i = 0; i < 3; i++) await behind.get('/status', forwarded(`10.0.0.${i}`));
    expect((await behind.get('/status', forwarded('10.0.0.9'))).status).toBe(200);
  });
});

describe('without records', () => {
  it('says so on every route, while pages and health go on', async () => {
    const app = await buildApp({
      storage: () => null,
      now: () => new Date(),
      mode: 'desk',
      pages: (_request, response) => response.end('page'),
      mail: null,
      publicUrl: null,
      hosts: [],
      trustedProxies: [],
      metricsToken: null,
      logLevel: 'silent',
      requestsPerMinute: 1000,
      certificate: null,
    });
    const browser = new TestBrowser(app);
    expect(await browser.get('/me')).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } });
    expect((await browser.post('/sign-in', { email: 'a@b.example', password: 'x' })).status).toBe(503);
    expect((await browser.get('/readyz')).status).toBe(503);
    expect((await browser.get('/healthz')).status).toBe(200);
    await app.close();
  });
});
