/**
 * What is logged of a request: id, method, the route's pattern, status, milliseconds, ids of account and studio. No
 * address, no query, no body, and of an error nothing that the database quotes from a row.
 */
import type { FastifyInstance, FastifyServerOptions } from 'fastify';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Messages of PostgreSQL and of parsers quote what they read; kind and place in our sources say enough. */
export function plainError(error: Error): Record<string, unknown> {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const isQuoting = 'severity' in error || error instanceof SyntaxError;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    code,
    constraint,
    table,
    message: isQuoting ? '' : error.message,
    stack: frames.slice(0, 12).join('\n'),
  };
}

/** An error given without words would put its own message in their place. */
function inOurWords(this: unknown, args: unknown[], log: (...args: unknown[]) => void): void {
  const [first, words] = args;
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  if (error instanceof Error && (words === undefined || words === error.message))
    log.call(this, first instanceof Error ? { err: first } : first, 'error');
  else log.apply(this, args);
}

export const loggerOptions = (
  level: LogLevel,
  stream?: { write(line: string): void },
): FastifyServerOptions['logger'] => ({
  level,
  base: null,
  hooks: { logMethod: inOurWords as never },
  serializers: { err: plainError as never, req: () => ({}) as never, res: () => ({}) as never },
  ...(stream ? { stream } : {}),
});

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { caller } = request;
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(caller && caller.kind !== 'anyone' ? { studio: caller.studioId } : {}),
        ...(caller?.kind === 'account' ? { account: caller.accountId } : {}),
        ...(caller?.kind === 'token' ? { token: caller.tokenId } : {}),
      },
      'request',
    );
  });
}
