/**
 * The server as one object, for a port and for tests alike: the API, its documentation, health and metrics; everything
 * else is the pages (serve-files.ts), which need no database.
 */
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { API_PATH } from '@stipple/files/wire/contract.ts';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import { type RequestListener, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Mail } from '../request/mail.ts';
import { refused } from '../request/refused.ts';
import { newId } from '../storage/new-id.ts';
import type { Storage } from '../storage/storage.ts';
import { deviceOf } from './device-of.ts';
import { hostCheck, isLoopbackHost, isOurPage } from './hosts.ts';
import { measureRequests } from './metrics.ts';
import { serveDocs } from './serve-docs.ts';
import { cookiesOf } from './request-cookies.ts';
import { type LogLevel, logRequests, loggerOptions } from './request-log.ts';
import { serveApi } from './serve-api.ts';

export type Mode = 'desk' | 'lan' | 'hosted';

export interface AppOptions {
  /** Null while the records cannot be reached. */
  readonly storage: () => Storage | null;
  readonly now: () => Date;
  readonly mode: Mode;
  /** Answers everything that is neither API nor operations. */
  readonly pages: RequestListener;
  readonly mail: Mail | null;
  /** Where people reach this server when that is not the name they used, as behind a proxy. */
  readonly publicUrl: string | null;
  /** Names it answers to beside this computer's own. */
  readonly hosts: readonly string[];
  /** Addresses of reverse proxies whose X-Forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  /** Standard output when absent. */
  readonly logTo?: { write(line: string): void };
  /** Of one address, on this node; what guards secrets is counted in the database besides. */
  readonly requestsPerMinute: number;
  readonly certificate: { readonly key: string; readonly cert: string } | null;
}

const OURS = /^\/(api|healthz|readyz|metrics)(?=[/?]|$)/;

const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const HEALTH = /^\/(healthz|readyz)(?=\?|$)/;

/** What the studio's own site may ask and send, wherever it is: routes that look at no cookie. */
const PUBLIC = new RegExp(`^${API_PATH}/public/`);
const PUBLIC_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'cross-origin-resource-policy': 'cross-origin',
};

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { storage, now, mode, pages, mail, certificate } = options;
  const isOurHost = hostCheck(options.hosts);
  const app = Fastify({
    logger: loggerOptions(options.logLevel, options.logTo),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    forceCloseConnections: 'idle',
    serverFactory: (ours) => {
      const listener: RequestListener = (request, response) =>
        OURS.test(request.url ?? '') ? ours(request, response) : pages(request, response);
      return certificate ? createSecureServer({ ...certificate }, listener) : createServer(listener);
    },
  }) as unknown as FastifyInstance;

  const originOf = (request: FastifyRequest): string =>
    options.publicUrl ?? `${request.protocol}://${request.host.toLowerCase()}`;

  const isSecure = (request: FastifyRequest): boolean => originOf(request).startsWith('https:');

  await app.register(cookie);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...API_HEADERS, 'x-request-id': request.id });
    const { url, method, headers, host } = request;
    // Whoever watches over the server calls it by its number.
    if (!isOurHost(host) && !HEALTH.test(url)) throw refused('not-allowed', 'open Stipple under its own name');
    if (PUBLIC.test(url)) reply.headers(PUBLIC_HEADERS);
    else if (
      !['GET', 'HEAD'].includes(method) &&
      headers.authorization === undefined &&
      !isOurPage(headers, originOf(request))
    )
      throw refused('not-allowed', 'the request comes from another site');
  });
  app.options(`${API_PATH}/public/*`, async (_request, reply) => reply.code(204).send());
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () => refused('too-many-tries'),
  });
  logRequests(app);
  measureRequests(app, { storage, token: options.metricsToken, isOpenToLoopback: mode === 'desk' });
  await serveDocs(app);
  serveApi(app, {
    storage,
    now,
    contextOf: (request, reply, records) => ({
      caller: request.caller,
      storage: records,
      now,
      newId: () => newId({ now, randomBytes }),
      cookies: cookiesOf(request, reply, isSecure(request)),
      device: deviceOf(request.headers['user-agent'] ?? ''),
      address: request.ip,
      publicUrl: originOf(request),
      isSecureContext: isSecure(request) || isLoopbackHost(request.host),
      isDesk: mode === 'desk' && isLoopbackHost(request.host),
      mail,
      idempotencyKey: headerOf(request, 'idempotency-key'),
    }),
  });
  return app;
}

function headerOf({ headers }: FastifyRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
