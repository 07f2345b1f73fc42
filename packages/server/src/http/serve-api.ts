/**
 * The API on Fastify: each route of the contract is a route here, so that who may call is decided before a body is
 * read, bodies are limited by what the route takes, and logs name patterns and no addresses.
 *
 * What is thrown comes out in one shape: `{ code, status, message, data }`, where data is the refusal (wire/route.ts).
 * An error of ours is logged under the request's id and answered with that id alone.
 */
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { ORPCError } from '@orpc/server';
import type { StandardHandlerOptions } from '@orpc/server/standard';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { API_PATH, contract } from '@stipple/files/wire/contract.ts';
import type { RoutePolicy } from '@stipple/files/wire/route.ts';
import * as z from 'zod';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../accounts/sign-ins.ts';
import { refusalFor } from '../request/implementer.ts';
import { refused, wordsOfFault } from '../request/refused.ts';
import type { Caller, RequestContext } from '../request/request-context.ts';
import { isConnectionLoss } from '../storage/sql-state.ts';
import type { Storage } from '../storage/storage.ts';
import { router } from './router.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}

const KB = 1024;
/** Strangers send addresses and passwords, people what they type, and more only where a plan or a file is taken. */
const STRANGERS_BYTES = 64 * KB;
const TYPED_BYTES = 256 * KB;
const PLAN_BYTES = 8 * KB * KB;
const UPLOAD_BYTES = 46 * KB * KB;

export interface ApiParts {
  /** What of the context does not depend on the request. */
  readonly contextOf: (request: FastifyRequest, reply: FastifyReply, storage: Storage) => RequestContext;
  /** Null while the records cannot be reached. */
  readonly storage: () => Storage | null;
  readonly now: () => Date;
}

export function serveApi(app: FastifyInstance, { contextOf, storage, now }: ApiParts): void {
  const handler = new OpenAPIHandler<HttpContext>(router, { clientInterceptors: [coerceForms(), reportErrors] });

  app.decorateRequest('caller', null as never);
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      new Response(new Uint8Array(body), { headers: { 'content-type': request.headers['content-type']! } }).formData(),
  );
  app.setErrorHandler(answerError);

  for (const procedure of Object.values(contract)) {
    const { meta, route } = procedure['~orpc'];
    const policy = meta as unknown as RoutePolicy;
    app.route({
      method: route.method!,
      url: API_PATH + route.path!.replaceAll(/\{(\w+)\}/g, ':$1'),
      bodyLimit: bodyLimitOf(procedure),
      // After the limit of requests, before the body.
      preParsing: async (request, reply) => {
        const records = storage();
        if (!records) throw refused('storage-unavailable');
        const { cookies } = contextOf(request, reply, records);
        request.caller =
          policy.who === 'anyone'
            ? { kind: 'anyone' }
            : await callerOf(records, cookies, request.headers.authorization, now());
        const refusal = refusalFor(policy, request.caller);
        if (refusal) throw refused(refusal);
      },
      handler: async (request, reply) => {
        const context: HttpContext = { ...contextOf(request, reply, storage()!), request };
        const { matched } = await handler.handle(request, reply, { prefix: API_PATH, context });
        if (!matched) throw refused('not-found');
        return reply;
      },
    });
  }
  app.all('/api/*', () => {
    throw refused('not-found');
  });
}

type Procedure = (typeof contract)[keyof typeof contract];

function bodyLimitOf(procedure: Procedure): number {
  const { who, takesPlan } = procedure['~orpc'].meta as unknown as RoutePolicy;
  if (who === 'anyone') return STRANGERS_BYTES;
  if (takesFile(procedure)) return UPLOAD_BYTES;
  return takesPlan ? PLAN_BYTES : TYPED_BYTES;
}

function takesFile(procedure: Procedure): boolean {
  const schema: unknown = procedure['~orpc'].inputSchema;
  if (!(schema instanceof z.ZodObject)) return false;
  return Object.values(schema.shape).some(
    (of) => (of instanceof z.ZodOptional ? of.unwrap() : of) instanceof z.ZodFile,
  );
}

interface HttpContext extends RequestContext {
  readonly request: FastifyRequest;
}
type Interceptor = NonNullable<StandardHandlerOptions<HttpContext>['clientInterceptors']>[number];

/** A form holds texts only: 'true' is a boolean where the contract wants one. JSON says itself what it means. */
function coerceForms(): Interceptor {
  const options: StandardHandlerOptions<HttpContext> = {};
  new SmartCoercionPlugin<HttpContext>({ schemaConverters: [new ZodToJsonSchemaConverter()] }).init(options);
  const coerce = options.clientInterceptors![0]!;
  return (call) => (call.context.request.body instanceof FormData ? coerce(call) : call.next());
}

const reportErrors: Interceptor = async ({ next, context: { request } }) => {
  try {
    return await next();
  } catch (error) {
    if (error instanceof ORPCError && error.status < 500) throw error;
    throw ourError(error, request);
  }
};

/** Logs it, and gives what may be said about it. */
function ourError(error: unknown, request: FastifyRequest): ORPCError<string, unknown> {
  if (isConnectionLoss(error)) {
    request.log.error({ err: error }, 'the database is away');
    return refused('storage-unavailable');
  }
  if (error instanceof ORPCError && error.status === 503) return error;
  request.log.error({ err: error instanceof ORPCError ? (error.cause ?? error) : error }, 'error of ours');
  const message = [`Something went wrong here. It is noted as ${request.id}.`, wordsOfFault(error)];
  return new ORPCError('error', { status: 500, message: message.filter(Boolean).join(' ') });
}

function answerError(error: FastifyError | ORPCError<string, unknown>, request: FastifyRequest, reply: FastifyReply) {
  const answer = asOrpcError(error, request);
  return reply
    .code(answer.status)
    .header('cache-control', 'no-store')
    .send({ ...answer.toJSON(), defined: false });
}

function asOrpcError(error: FastifyError | ORPCError<string, unknown>, request: FastifyRequest) {
  if (error instanceof ORPCError) return error;
  const status = error.statusCode ?? 500;
  if (status >= 500) return ourError(error, request);
  const mostKb = Math.round(request.routeOptions.bodyLimit / KB);
  const detail = status === 413 ? `more than the ${mostKb} kB that are taken here` : 'the request cannot be read';
  const { data, message } = refused('input-wrong', detail);
  return new ORPCError('input-wrong', { status, message, data });
}
