/** Links that work once: an invitation, a new password. */
import type { Transaction } from 'kysely';
import { refused } from '../request/refused.ts';
import type { RequestContext } from '../request/request-context.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import { type Handle, hashOf, isSecretOf, newHandle, readHandle, writeHandle } from './handle.ts';
import { accountsOf } from './people.ts';

export type LinkPurpose = 'invitation' | 'reset';
const HOURS: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24, reset: 2 };

/** A new link; those of the same account and purpose before it no longer work. */
export async function makeLink(
  tx: Transaction<Tables>,
  { now, newId }: Pick<RequestContext, 'now' | 'newId'>,
  { studioId, accountId, purpose }: { studioId: string; accountId: string; purpose: LinkPurpose },
): Promise<string> {
  const at = now();
  const handle = newHandle(studioId, newId());
  await tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: at })
    .where('studioId', '=', studioId)
    .where('accountId', '=', accountId)
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .execute();
  await tx
    .insertInto('oneTimeLinks')
    .values({
      studioId,
      id: handle.id,
      purpose,
      secretHash: hashOf(handle.secret),
      accountId,
      expiresAt: new Date(at.getTime() + HOURS[purpose] * 3_600_000),
      createdAt: at,
    })
    .execute();
  return writeHandle(handle);
}

/** @throws 'link-spent' for what is no link of ours */
export function readLink(text: string): Handle {
  const handle = readHandle(text);
  if (!handle) throw refused('link-spent');
  return handle;
}

/** Spends it. @returns the account that it is for. @throws 'link-spent' */
export async function spendLink(
  tx: Transaction<Tables>,
  { studioId, id, secret }: Handle,
  purpose: LinkPurpose,
  now: Date,
): Promise<string> {
  const row = await tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: now })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['secretHash', 'accountId'])
    .executeTakeFirst();
  // Thrown inside the transaction, so a wrong secret spends nothing.
  if (!row?.accountId || !isSecretOf(row.secretHash, secret)) throw refused('link-spent');
  return row.accountId;
}

/**
 * For whoever runs the server and has lost the password, the phone with the codes too: the way in that needs the
 * computer itself. Codes are asked for no more. Null for nobody's address.
 */
export async function consoleResetLink(
  storage: Storage,
  clock: Pick<RequestContext, 'now' | 'newId'>,
  email: string,
): Promise<string | null> {
  const account = (await accountsOf(storage, email)).find(({ status }) => status === 'active');
  if (!account) return null;
  const { studioId, id: accountId } = account;
  return storage.inStudio(studioId, async (tx) => {
    const link = await makeLink(tx, clock, { studioId, accountId, purpose: 'reset' });
    await tx
      .updateTable('accounts')
      .set({ totpSealed: null, totpConfirmedAt: null, totpLastStep: null })
      .where('studioId', '=', studioId)
      .where('id', '=', accountId)
      .execute();
    await tx.deleteFrom('recoveryCodes').where('studioId', '=', studioId).where('accountId', '=', accountId).execute();
    await appendAudit(tx, {
      studioId,
      at: clock.now(),
      actorKind: 'system',
      actorId: null,
      action: 'account.reset-at-console',
      subjectKind: 'account',
      subjectId: accountId,
      detail: {},
    });
    return link;
  });
}

/** Where a link leads; what stands after # never reaches a server's log. */
export const linkTo = (publicUrl: string, page: 'first' | 'invitation' | 'reset', link: string): string =>
  `${publicUrl}/studio/#/${page}/${link}`;
