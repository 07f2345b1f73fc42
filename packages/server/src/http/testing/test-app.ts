/**
 * The whole server on a database of its own, without a port: requests are injected.
 *
 *   const app = await testApp();
 *   const owner = await app.owner();
 *   const { status, body } = await owner.post('/clients', { … });
 */
import type { FastifyInstance } from 'fastify';
import { firstLink } from '../../accounts/first-owner.ts';
import type { Letter } from '../../request/mail.ts';
import type { Storage } from '../../storage/storage.ts';
import { testStorage } from '../../storage/testing/test-database.ts';
import { type AppOptions, buildApp } from '../build-app.ts';

export const TEST_PASSWORD = 'seven quiet herons';

export interface TestAnswer {
  readonly status: number;
  // Tests look into bodies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Record<string, unknown>;
}

export interface TestCall {
  readonly headers?: Record<string, string>;
  readonly form?: FormData;
}

/** A browser with its cookies. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  private readonly app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.app = app;
  }

  get = (path: string, call?: TestCall) => this.send('GET', path, undefined, call);
  post = (path: string, body: unknown = {}, call?: TestCall) => this.send('POST', path, body, call);
  patch = (path: string, body: unknown, call?: TestCall) => this.send('PATCH', path, body, call);
  put = (path: string, body: unknown, call?: TestCall) => this.send('PUT', path, body, call);
  delete = (path: string, call?: TestCall) => this.send('DELETE', path, undefined, call);

  async send(method: string, path: string, body?: unknown, { headers = {}, form }: TestCall = {}): Promise<TestAnswer> {
    const packed = form ? new Response(form) : null;
    const answer = await this.app.inject({
      method: method as 'GET',
      url: path.startsWith('/') && !/^\/(api|healthz|readyz|metrics)/.test(path) ? `/api/v1${path}` : path,
      headers: {
        host: '127.0.0.1:4173',
        ...(method === 'GET' ? {} : { origin: 'http://127.0.0.1:4173' }),
        ...(this.cookies.size > 0 ? { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') } : {}),
        ...(packed ? { 'content-type': packed.headers.get('content-type')! } : {}),
        ...headers,
      },
      ...(packed
        ? { payload: Buffer.from(await packed.arrayBuffer()) }
        : body === undefined
          ? {}
          : { payload: body as object }),
    });
    for (const { name, value, maxAge } of answer.cookies)
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: isJson ? answer.json() : answer.rawPayload,
      headers: answer.headers,
    };
  }
}

export interface TestApp {
  readonly app: FastifyInstance;
  readonly storage: Storage;
  /** What time it is; to be moved by `pass`. */
  now(): Date;
  pass(minutes: number): void;
  /** Letters that were sent. */
  readonly letters: Letter[];
  browser(): TestBrowser;
  /** Sets up the studio; a browser signed in as its owner. */
  owner(): Promise<TestBrowser>;
}

export async function testApp(options: Partial<AppOptions> = {}): Promise<TestApp> {
  const storage = await testStorage();
  let nowMs = Date.UTC(2027, 2, 1, 9);
  const letters: Letter[] = [];
  const app = await buildApp({
    storage: () => storage,
    now: () => new Date(nowMs),
    mode: 'desk',
    pages: (_request, response) => response.end('page'),
    mail: {
      send: async (letter) => letters.push(letter) > 0,
      post: (letter) => void letters.push(letter),
    },
    publicUrl: null,
    hosts: [],
    trustedProxies: [],
    metricsToken: null,
    logLevel: 'error',
    requestsPerMinute: Number.MAX_SAFE_INTEGER,
    certificate: null,
    ...options,
  });
  const browser = () => new TestBrowser(app);
  return {
    app,
    storage,
    now: () => new Date(nowMs),
    pass: (minutes) => void (nowMs += minutes * 60_000),
    letters,
    browser,
    owner: async () => {
      const owner = browser();
      const { status, body } = await owner.post('/owner', {
        link: firstLink(storage),
        studioName: 'Clear Water',
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
        name: 'Olga Owner',
        email: 'owner@studio.example',
        password: TEST_PASSWORD,
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return owner;
    },
  };
}
