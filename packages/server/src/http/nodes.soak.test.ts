/** Two servers and a worker as processes of their own, by the real command, on one PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BIN } from '../cli/testing/run-stipple.ts';
import { clientConfig } from '../storage/connection.ts';
import { ownerOf, testCluster, testRunFolder } from '../storage/testing/test-database.ts';

interface Node {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

interface Answer {
  readonly status: number;
  // Tests look into bodies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

const OWNER = { email: 'owner@studio.example', password: 'seven quiet herons' };

describe('two servers and a worker on one PostgreSQL', () => {
  /** Both servers, then the worker. */
  const nodes: Node[] = [];
  let env: Record<string, string>;
  let cookie = '';
  let turn = 0;

  beforeAll(async () => {
    const cluster = await testCluster();
    const server = new Client(clientConfig(ownerOf(cluster, 'postgres')));
    await server.connect();
    const name = `nodes_${randomUUID().slice(0, 8)}`;
    await server.query(`create database ${name}`);
    await server.end();
    const { user, password, host, port } = ownerOf(cluster, name);
    const folder = mkdtempSync(join(testRunFolder(), 'nodes-'));
    chmodSync(folder, 0o755);
    env = {
      DATABASE_URL: `postgres://${user}:${password}@${encodeURIComponent(host!)}:${port}/${name}`,
      FILES_URL: pathToFileURL(join(folder, 'objects')).href,
      KEY_FILE: join(folder, 'master.key'),
      STIPPLE_DATA: join(folder, 'data'),
    };
    // One first: migrations and key are made once.
    nodes.push(await run('--no-worker'));
    nodes.push(...(await Promise.all([run('--no-worker'), run('--worker-only')])));
  });
  afterAll(async () => {
    for (const { child } of nodes) child.kill('SIGKILL');
    await Promise.all(nodes.map(({ ended }) => ended));
  });

  async function run(...args: string[]): Promise<Node> {
    const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', ...args], { env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const ended = new Promise<number | null>((done) => child.on('close', done));
    await vi.waitFor(() => expect(said).toContain('Stop it with Ctrl-C'), { timeout: 120_000, interval: 100 });
    return { child, said: () => said, ended, url: /ready: (\S+)/.exec(said)?.[1] ?? '' };
  }

  /** By turns of one server and the other. */
  async function call(
    method: string,
    path: string,
    body?: unknown,
    { key, as = cookie, at }: { key?: string; as?: string; at?: Node } = {},
  ): Promise<Answer> {
    const { url } = at ?? nodes[turn++ % 2]!;
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        origin: url,
        cookie: as,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().find((of) => of.startsWith('stipple-sign-in='));
    if (set) cookie = set.split(';')[0]!;
    return { status: answer.status, body: await answer.json() };
  }

  it('are one server to whoever signs in, guesses or repeats', async () => {
    const link = /#\/first\/(\S+)/.exec(nodes[0]!.said())![1];
    const setUp = { ...OWNER, link, name: 'Olga', studioName: 'Clear Water', timeZone: 'UTC', currency: 'EUR' };
    expect((await call('POST', '/owner', setUp)).status).toBe(200);
    for (let i = 0; i < 4; i++) expect((await call('GET', '/me')).status).toBe(200);

    const codes = [];
    for (let i = 0; i < 14; i++)
      codes.push((await call('POST', '/sign-in', { ...OWNER, password: `guess ${i}` }, { as: '' })).body.code);
    expect(codes.filter((code) => code === 'sign-in-wrong')).toHaveLength(12);

    const locationId = (await call('GET', '/studio')).body.locations[0].id;
    const key = randomUUID();
    const rooms = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/rooms', { locationId, name: 'Once' }, { key })),
    );
    expect(new Set(rooms.map(({ body }) => body.id)).size).toBe(1);
    expect(
      (await call('GET', '/studio')).body.rooms.filter((room: { name: string }) => room.name === 'Once'),
    ).toHaveLength(1);
  });

  it('give an hour to one of a hundred who want it at once', async () => {
    const studio = (await call('GET', '/studio')).body;
    const weekly = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);
    const locationId = studio.locations[0].id;
    await call('PATCH', `/locations/${locationId}`, { opening: { weekly, exceptions: [] } });
    const practitioner = {
      locationId,
      name: 'Ada',
      skills: ['shaved'],
      hours: { weekly },
      maxMinutesADay: 1440,
      slug: null,
      biography: '',
    };
    const practitionerId = (await call('POST', '/practitioners', practitioner)).body.id;
    const clients = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const profile = { name: `Client ${i}` };
        return (await call('POST', '/clients', { status: 'active', profile, evenIfKnown: true })).body.id as string;
      }),
    );
    const start = new Date(Date.now() + 10 * 86_400_000);
    start.setUTCHours(10, 0, 0, 0);
    const wish = { kind: 'consultation', locationId, practitionerId, start: start.toISOString(), minutes: 60 };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        call('POST', '/appointments', { ...wish, clientId: clients[i % 20] }, { key: randomUUID() }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(99);
  });

  it('keep every acknowledged write when one of them is killed at work', async () => {
    const locationId = (await call('GET', '/studio')).body.locations[0].id;
    const acknowledged: string[] = [];
    const write = async (i: number) => {
      const body = { locationId, name: `Room ${i}` };
      const answer = await call('POST', '/rooms', body, { at: nodes[i % 2]! }).catch(() => null);
      if (answer?.status === 200) acknowledged.push(answer.body.id);
      if (i === 60) nodes[0]!.child.kill('SIGKILL');
    };
    for (let i = 0; i < 120; i += 8) await Promise.all(Array.from({ length: 8 }, (_, j) => write(i + j)));
    await nodes[0]!.ended;
    const { rooms } = (await call('GET', '/studio', undefined, { at: nodes[1]! })).body;
    const stored = new Set(rooms.map(({ id }: { id: string }) => id));
    expect(acknowledged.length).toBeGreaterThan(60);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);

    nodes[0] = await run('--no-worker');
    expect((await call('GET', '/me', undefined, { at: nodes[0]! })).status).toBe(200);
  });

  it('stop cleanly when asked to', async () => {
    for (const { child } of nodes) child.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  });
});
