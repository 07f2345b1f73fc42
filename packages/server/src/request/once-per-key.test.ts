import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, TEST_PASSWORD, type TestBrowser, testApp } from '../http/testing/test-app.ts';
import { sendRows } from '../storage/send-rows.ts';
import { oncePerKey, requestHashOf } from './once-per-key.ts';

describe('a request with an Idempotency-Key', () => {
  let app: TestApp;
  let owner: TestBrowser;
  let locationId: string;
  let studioId: string;
  beforeAll(async () => {
    app = await testApp();
    owner = await app.owner();
    const studio = (await owner.get('/studio')).body;
    locationId = studio.locations[0].id;
    studioId = studio.id;
  });
  const create = (name: string, key: string, by = owner) =>
    by.post('/rooms', { name, locationId }, { headers: { 'idempotency-key': key } });
  const roomsNamed = async (name: string) =>
    (await owner.get('/studio')).body.rooms.filter((room: { name: string }) => room.name === name);

  it('is done once and answered as the first time', async () => {
    const key = randomUUID();
    const first = await create('Once', key);
    const again = await create('Once', key);
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(await roomsNamed('Once')).toHaveLength(1);
  });

  it('is done once when sent twenty times at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('At once', key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await roomsNamed('At once')).toHaveLength(1);
  });

  it('is refused when the key stood for another request', async () => {
    const key = randomUUID();
    await create('This', key);
    expect(await create('That', key)).toMatchObject({
      status: 409,
      body: { code: 'key-used-otherwise' },
    });
    expect(await roomsNamed('That')).toHaveLength(0);
  });

  it('may be tried again with the same key after a refusal', async () => {
    const key = randomUUID();
    const wrong = await owner.post(
      '/rooms',
      { name: 'Later', locationId: randomUUID() },
      { headers: { 'idempotency-key': key } },
    );
    expect(wrong.body.code).toBe('not-found');
    expect((await create('Later', key)).status).toBe(200);
  });

  it('is another one of another person', async () => {
    const key = randomUUID();
    const token = (await owner.post('/tokens', { name: 'Program', scopes: ['studio:write'], expiresAt: null })).body
      .token;
    await create('Two', key);
    await app.browser().post(
      '/rooms',
      { name: 'Two', locationId },
      {
        headers: { 'idempotency-key': key, authorization: `Bearer ${token}` },
      },
    );
    expect(await roomsNamed('Two')).toHaveLength(2);
  });

  it('is a new one after 48 hours, and never with a key that could be guessed', async () => {
    const key = randomUUID();
    await create('Old', key);
    app.pass(48 * 60 + 1);
    await create('Old', key);
    expect(await roomsNamed('Old')).toHaveLength(2);
    expect((await create('Short', '1')).body.code).toBe('input-wrong');
  });

  it('keeps its answer so that only the key opens it', async () => {
    const key = randomUUID();
    const token = (
      await owner.post(
        '/tokens',
        { name: 'Sealed', scopes: ['studio:read'], expiresAt: null },
        { headers: { 'idempotency-key': key } },
      )
    ).body.token;
    const rows = await app.storage.inStudio(studioId, (tx) => tx.selectFrom('idempotencyKeys').selectAll().execute());
    const stored = Buffer.concat(rows.flatMap(({ sealed, keyHash }) => [sealed ?? Buffer.alloc(0), keyHash])).toString(
      'latin1',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(key);
  });

  it('keeps nothing of its body that a guess could be tried out on', async () => {
    const requestHash = await requestHashOf('recoverySheet', { password: TEST_PASSWORD });
    const once = { studioId, callerId: randomUUID(), key: randomUUID(), requestHash, now: app.now() };
    await oncePerKey(app.storage, once, async () => ({}));
    const kept = await app.storage.inStudio(studioId, (tx) =>
      tx
        .selectFrom('idempotencyKeys')
        .select('requestHash')
        .where('callerId', '=', once.callerId)
        .executeTakeFirstOrThrow(),
    );
    expect(kept.requestHash.equals(requestHash)).toBe(false);
  });

  it('does not use up the connections, however many are sent whose handlers need one more', async () => {
    const started = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        owner.post(
          '/me/password',
          { current: 'not this one', next: 'eight loud geese' },
          { headers: { 'idempotency-key': `many-at-once-${i}-${'x'.repeat(10)}` } },
        ),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['sign-in-wrong', 'too-many-tries']));
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('refuses what no column takes, and has no error of its own', async () => {
    const content = { texts: { greeting: 'a\u0000b' } };
    expect(await owner.put('/libraries/texts', { basedOn: 0, content })).toMatchObject({
      status: 422,
      body: { code: 'input-wrong' },
    });
  });

  it('leaves nothing when the work fails, and lets a part of it fail without the rest', async () => {
    const once = {
      studioId,
      callerId: randomUUID(),
      key: randomUUID(),
      requestHash: await requestHashOf('test', {}),
      now: app.now(),
    };
    const addRoom = (name: string, id: string = randomUUID()) => ({
      studioId,
      id,
      locationId,
      name,
    });
    await expect(
      oncePerKey(app.storage, once, async (inStudio) => {
        await inStudio((tx) => tx.insertInto('rooms').values(addRoom('Lost')).execute());
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(await roomsNamed('Lost')).toHaveLength(0);

    const id = randomUUID();
    await oncePerKey(app.storage, once, async (inStudio) => {
      await inStudio((tx) => tx.insertInto('rooms').values(addRoom('Kept', id)).execute());
      await expect(inStudio((tx) => tx.insertInto('rooms').values(addRoom('Twice', id)).execute())).rejects.toThrow();
      // As transactions of their own would, two at once do not disturb each other.
      await Promise.all([1, 2].map(() => inStudio((tx) => tx.insertInto('rooms').values(addRoom('Kept')).execute())));
      return {};
    });
    expect(await roomsNamed('Kept')).toHaveLength(3);
    expect(await roomsNamed('Twice')).toHaveLength(0);
  });

  it('keeps nothing of what a part of it sent before it failed', async () => {
    const once = { studioId, callerId: randomUUID(), key: randomUUID(), requestHash: randomBytes(32), now: app.now() };
    const sendRoom = (tx: Parameters<typeof sendRows>[0], name: string, id: string = randomUUID()) =>
      sendRows(tx, 'rooms', [{ studioId, id, locationId, name }]);
    await oncePerKey(app.storage, once, async (inStudio) => {
      const failing = inStudio(async (tx) => {
        const id = randomUUID();
        sendRoom(tx, 'Sent', id);
        sendRoom(tx, 'Sent twice', id);
        throw new Error('given up');
      });
      await expect(failing).rejects.toThrow('given up');
      await inStudio(async (tx) => sendRoom(tx, 'Sent after'));
      return {};
    });
    expect(await roomsNamed('Sent after')).toHaveLength(1);
    expect(await roomsNamed('Sent')).toHaveLength(0);
  });
});

describe('the hash of a request', () => {
  it('is the same for the same content, however it is ordered or packed', async () => {
    const file = (text: string) => new File([text], 'a.csv', { type: 'text/csv' });
    const hash = async (input: unknown) => (await requestHashOf('route', input)).toString('hex');
    expect(await hash({ a: 1, b: ['x'], file: file('1') })).toBe(await hash({ file: file('1'), b: ['x'], a: 1 }));
    const others = [
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: null },
      { a: { 1: 1 } },
      { file: file('1') },
      { file: file('2') },
    ];
    expect(new Set(await Promise.all(others.map(hash))).size).toBe(others.length);
  });
});
