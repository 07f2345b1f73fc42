/**
 * For those who run the server: /healthz (the process answers), /readyz (the records can be reached), /metrics for
 * Prometheus. Metrics are shown to this computer in desk mode, elsewhere to who shows the token METRICS_TOKEN.
 */
import { timingSafeEqual, createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { refused } from '../request/refused.ts';
import type { Storage } from '../storage/storage.ts';

export interface MetricsOptions {
  readonly storage: () => Storage | null;
  readonly token: string | null;
  readonly isOpenToLoopback: boolean;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function measureRequests(app: FastifyInstance, { storage, token, isOpenToLoopback }: MetricsOptions): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'stipple_http_request_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const connections = new Gauge({
    name: 'stipple_database_connections',
    help: 'Connections of the pool, and requests that wait for one.',
    labelNames: ['state'],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const isReady = await reaches(storage());
    return reply.code(isReady ? 200 : 503).send({ ok: isReady });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayLook(request)) throw refused('not-allowed');
    const pool = storage()?.database.pool;
    if (pool) {
      connections.set({ state: 'open' }, pool.totalCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });

  function mayLook({ ip, headers }: FastifyRequest): boolean {
    if (token !== null) return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
    return isOpenToLoopback && /^(127\.|::1$|::ffff:127\.)/.test(ip);
  }
}

async function reaches(storage: Storage | null): Promise<boolean> {
  if (!storage) return false;
  try {
    await sql`select 1`.execute(storage.db);
    return true;
  } catch {
    return false;
  }
}
