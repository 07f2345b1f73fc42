/**
 * Where handlers are made: `api.createClient.handler(({ input, context }) => …)`.
 *
 * The policy of each route stands in the contract and is enforced here, before any handler runs: no sign-in where one
 * is needed is 'not-signed-in', a role or scope that does not fit is 'not-allowed'. A client's account passes for the
 * routes that let clients in, and the handler then asks `assertOwn` whether the record is the client's.
 * Refusals that core throws become answers, and so does input that the contract does not allow; everything else that
 * is thrown is an error of ours, logged by http/ and answered without details.
 *
 * A request with an Idempotency-Key is done once (once-per-key.ts).
 */
import { ORPCError, ValidationError, implement } from '@orpc/server';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { placeIn, problemWordsOnly } from '@stipple/files/contract/problem-words.ts';
import { contract } from '@stipple/files/wire/contract.ts';
import type { RoutePolicy } from '@stipple/files/wire/route.ts';
import * as z from 'zod';
import { isUnstorable } from '../storage/sql-state.ts';
import { isUuid } from './is-uuid.ts';
import { oncePerKey, requestHashOf } from './once-per-key.ts';
import { fromRefusal, refused } from './refused.ts';
import type { Caller, KnownCaller, RequestContext, StudioContext } from './request-context.ts';

/** Null when the caller may, else why not. */
export function refusalFor(policy: RoutePolicy, caller: Caller): 'not-signed-in' | 'not-allowed' | null {
  if (policy.who === 'anyone') return null;
  if (caller.kind === 'anyone') return 'not-signed-in';
  if (caller.kind === 'token')
    return policy.scope !== null && caller.scopes.includes(policy.scope) ? null : 'not-allowed';
  return policy.who.includes(caller.role) ? null : 'not-allowed';
}

/** For handlers of routes that let clients in: a client sees the client's own record, and learns of no other. */
export function assertOwn({ caller }: { readonly caller: KnownCaller }, clientId: string): void {
  if (caller.kind === 'account' && caller.role === 'client' && caller.clientId !== clientId) throw refused('not-found');
}

const NIL = '00000000-0000-0000-0000-000000000000';
/**
 * Nothing could be remembered of the first; the second gives a cookie, which an answer from memory would lack; and the
 * third answers with the key that everything here is sealed under, which is kept nowhere.
 */
const NEVER_TWICE = new Set(['removeDemo', 'signIn', 'recoverySheet']);

const callerIdOf = (caller: Caller): string =>
  caller.kind === 'account' ? caller.accountId : caller.kind === 'token' ? caller.tokenId : NIL;

// The contract's schemas are asked by the router, which gives them no words.
z.config({ customError: problemWordsOnly });

const base = implement(contract).$context<RequestContext>();

/** Every route of the contract, with policy and refusals in front of its handler. */
export const api = base.use(async ({ context, procedure, path, next }, input, output) => {
  const { meta, route } = procedure['~orpc'];
  const { caller, storage, idempotencyKey } = context;
  const policy = meta as unknown as RoutePolicy;
  const refusal = refusalFor(policy, caller);
  if (refusal) throw refused(refusal);
  // A route for anyone may name the studio in its path, as a public enquiry does.
  const studioId = caller.kind === 'anyone' ? studioNamedIn(input) : caller.studioId;
  const answer = (inStudio: StudioContext['inStudio']) =>
    // A route for anyone gets the caller as it is; its handler does not look at it.
    next({ context: { caller: caller as KnownCaller, studioId, inStudio } });
  try {
    if (idempotencyKey === null || route.method !== 'POST' || studioId === '' || NEVER_TWICE.has(path[0]!))
      return await answer((work) => storage.inStudio(studioId, work));
    const once = {
      studioId,
      callerId: callerIdOf(caller),
      key: idempotencyKey,
      requestHash: await requestHashOf(path.join('.'), input),
      now: context.now(),
    };
    const first = await oncePerKey(storage, once, async (inStudio) => (await answer(inStudio)).output as unknown);
    return output(first as never) as unknown as Awaited<ReturnType<typeof answer>>;
  } catch (error) {
    throw asAnswer(error);
  }
});

function studioNamedIn(input: unknown): string {
  const named = (input as { studioId?: unknown } | undefined)?.studioId;
  return isUuid(named) ? named : '';
}

function asAnswer(error: unknown): unknown {
  if (isUnstorable(error)) return refused('input-wrong', 'a value that cannot be stored');
  if (error instanceof Refusal) return fromRefusal(error);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    const problems = (error.cause.issues as readonly z.core.$ZodIssue[]).map((issue) =>
      [placeIn(issue), issue.message].filter(Boolean).join(': '),
    );
    return refused('input-wrong', problems.slice(0, 8).join('; '));
  }
  return error;
}
