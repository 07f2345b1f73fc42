/**
 * Sign-ins: one row each, so that every one can be seen and revoked. The cookie carries the row's handle.
 *
 * A sign-in whose second factor is still to come opens nothing but the route that takes the code; when the code is
 * right, a new one takes its place.
 */
import type { Transaction } from 'kysely';
import type { Role, Scope } from '@stipple/files/wire/route.ts';
import type { Caller, Cookies, RequestContext } from '../request/request-context.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import { hashOf, isSecretOf, newHandle, readHandle, writeHandle } from './handle.ts';

const DAYS = 14;
const DEMO_HOURS = 12;
/** Between password and code. */
const PENDING_MINUTES = 10;
/** How exactly it is known when somebody was last here. */
const SEEN_EVERY_MINUTES = 5;
export const TOKEN_PREFIX = 'stp_';

export interface NewSignIn {
  readonly studioId: string;
  readonly accountId: string;
  readonly isComplete: boolean;
}

/** A sign-in to be stored in a transaction and then given to the browser. Into the demo studio it is short, however made. */
export function prepareSignIn(context: RequestContext, { studioId, accountId, isComplete }: NewSignIn) {
  const { newId, now, device, cookies } = context;
  const handle = newHandle(studioId, newId());
  const at = now();
  let minutes = PENDING_MINUTES;
  return {
    store: async (tx: Transaction<Tables>): Promise<void> => {
      if (isComplete) {
        const studio = await tx.selectFrom('studios').select('isDemo').where('id', '=', studioId).executeTakeFirst();
        minutes = (studio?.isDemo ? DEMO_HOURS : DAYS * 24) * 60;
      }
      await tx
        .insertInto('signIns')
        .values({
          studioId,
          id: handle.id,
          accountId,
          secretHash: hashOf(handle.secret),
          secondFactor: isComplete,
          device,
          createdAt: at,
          lastSeenAt: at,
          expiresAt: new Date(at.getTime() + minutes * 60_000),
        })
        .execute();
    },
    give: (): void => cookies.set('sign-in', writeHandle(handle), minutes * 60),
  };
}

/** The account whose password was right and whose code is still to come. */
export async function pendingSignIn({ storage, cookies, now }: RequestContext) {
  const found = await signInOf(storage, cookies, now());
  return found && !found.isComplete ? found : null;
}

async function signInOf(storage: Storage, cookies: Cookies, now: Date) {
  const handle = readHandle(cookies.get('sign-in'));
  if (!handle) return null;
  return storage.inStudio(handle.studioId, async (tx) => {
    const row = await tx
      .selectFrom('signIns')
      .innerJoin('accounts', (join) =>
        join.onRef('accounts.studioId', '=', 'signIns.studioId').onRef('accounts.id', '=', 'signIns.accountId'),
      )
      .leftJoin('practitioners', (join) =>
        join
          .onRef('practitioners.studioId', '=', 'accounts.studioId')
          .onRef('practitioners.accountId', '=', 'accounts.id'),
      )
      .select(['signIns.secretHash', 'signIns.secondFactor', 'signIns.lastSeenAt', 'signIns.accountId'])
      .select(['accounts.role', 'accounts.clientId', 'practitioners.id as practitionerId'])
      .where('signIns.studioId', '=', handle.studioId)
      .where('signIns.id', '=', handle.id)
      .where('signIns.revokedAt', 'is', null)
      .where('signIns.expiresAt', '>', now)
      .where('accounts.status', '=', 'active')
      .executeTakeFirst();
    if (!row || !isSecretOf(row.secretHash, handle.secret)) return null;
    if (now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_MINUTES * 60_000)
      await tx
        .updateTable('signIns')
        .set({ lastSeenAt: now })
        .where('studioId', '=', handle.studioId)
        .where('id', '=', handle.id)
        .execute();
    return {
      studioId: handle.studioId,
      signInId: handle.id,
      accountId: row.accountId,
      role: row.role as Role,
      clientId: row.clientId,
      practitionerId: row.practitionerId,
      isComplete: row.secondFactor,
    };
  });
}

/** Who sends this request: by token when there is one, else by cookie. */
export async function callerOf(
  storage: Storage,
  cookies: Cookies,
  authorization: string | undefined,
  now: Date,
): Promise<Caller> {
  if (authorization !== undefined) return (await tokenCaller(storage, authorization, now)) ?? { kind: 'anyone' };
  const found = await signInOf(storage, cookies, now);
  if (!found?.isComplete) return { kind: 'anyone' };
  const { isComplete: _, ...account } = found;
  return { kind: 'account', ...account };
}

async function tokenCaller(storage: Storage, authorization: string, now: Date): Promise<Caller | null> {
  const token = new RegExp(`^Bearer ${TOKEN_PREFIX}(\\S+)$`, 'i').exec(authorization)?.[1];
  const handle = readHandle(token ?? null);
  if (!handle) return null;
  const { studioId, id } = handle;
  return storage.inStudio(studioId, async (tx) => {
    const row = await tx
      .selectFrom('apiTokens')
      .innerJoin('accounts', (join) =>
        join.onRef('accounts.studioId', '=', 'apiTokens.studioId').onRef('accounts.id', '=', 'apiTokens.createdBy'),
      )
      .select(['apiTokens.secretHash', 'apiTokens.scopes', 'apiTokens.lastUsedAt'])
      .where('apiTokens.studioId', '=', studioId)
      .where('apiTokens.id', '=', id)
      .where('apiTokens.revokedAt', 'is', null)
      .where((by) => by.or([by('apiTokens.expiresAt', 'is', null), by('apiTokens.expiresAt', '>', now)]))
      // Who made it must still be an owner.
      .where('accounts.status', '=', 'active')
      .where('accounts.role', '=', 'owner')
      .executeTakeFirst();
    if (!row || !isSecretOf(row.secretHash, handle.secret)) return null;
    if (now.getTime() - (row.lastUsedAt?.getTime() ?? 0) > SEEN_EVERY_MINUTES * 60_000)
      await tx
        .updateTable('apiTokens')
        .set({ lastUsedAt: now })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
    return { kind: 'token', studioId, tokenId: id, scopes: row.scopes as Scope[] };
  });
}

/** Signs out everywhere, but for one sign-in if it is named. */
export async function revokeSignIns(
  tx: Transaction<Tables>,
  { studioId, accountId, now, except }: { studioId: string; accountId: string; now: Date; except?: string },
): Promise<void> {
  await tx
    .updateTable('signIns')
    .set({ revokedAt: now })
    .where('studioId', '=', studioId)
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .$if(except !== undefined, (update) => update.where('id', '!=', except!))
    .execute();
}
