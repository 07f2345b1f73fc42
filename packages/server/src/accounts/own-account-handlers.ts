/** What everybody can see and change of the own account: password, codes, devices. */
import type { Transaction } from 'kysely';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { limitTries } from '../request/limit-tries.ts';
import { refused } from '../request/refused.ts';
import type { KnownCaller, StudioContext } from '../request/request-context.ts';
import type { Role } from '@stipple/files/wire/route.ts';
import type { Tables } from '../storage/tables.ts';
import { assertStrong, hashPassword, isPasswordOf } from './password.ts';
import { openPerson } from './people.ts';
import { revokeSignIns } from './sign-ins.ts';
import { newRecoveryCodes, newTotp, takeRecoveryCode, takeTotp } from './totp.ts';

const PASSWORDS = { what: 'passwords of a signed-in account', most: 10, perMinutes: 15 };
const CODES = { what: 'codes of an account', most: 10, perMinutes: 15 };

export type AccountCaller = Extract<KnownCaller, { kind: 'account' }>;

/** Routes without a scope are closed to tokens, so this holds; said once for the compiler. */
export function accountCaller({ caller }: Pick<StudioContext, 'caller'>): AccountCaller {
  if (caller.kind !== 'account') throw refused('not-allowed');
  return caller;
}

async function ownAccount(tx: Transaction<Tables>, { studioId, accountId }: AccountCaller) {
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where('studioId', '=', studioId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}

/** Signed in is not enough to change what signs in. */
export async function assertPassword(context: StudioContext, password: string): Promise<void> {
  const caller = accountCaller(context);
  await limitTries(context.storage, PASSWORDS, caller.accountId, context.now());
  const { passwordHash } = await context.inStudio((tx) => ownAccount(tx, caller));
  if (!(await isPasswordOf(passwordHash, password))) throw refused('sign-in-wrong');
}

export const ownAccountHandlers = {
  me: api.me.handler(({ context }) => {
    const caller = accountCaller(context);
    const { studioId, accountId } = caller;
    return context.inStudio(async (tx) => {
      const account = await ownAccount(tx, caller);
      const studio = await tx
        .selectFrom('studios')
        .select(['name', 'isDemo'])
        .where('id', '=', studioId)
        .executeTakeFirstOrThrow();
      const passkeys = await tx
        .selectFrom('passkeys')
        .select(['id', 'name', 'createdAt'])
        .where('studioId', '=', studioId)
        .where('accountId', '=', accountId)
        .orderBy('createdAt')
        .execute();
      return {
        accountId,
        studioId,
        studioName: studio.name,
        isDemo: studio.isDemo,
        role: account.role as Role,
        ...(await openPerson(tx, context.storage, account)),
        clientId: caller.clientId,
        practitionerId: caller.practitionerId,
        totp: account.totpConfirmedAt !== null,
        passkeys: passkeys.map((key) => ({ ...key, createdAt: key.createdAt.toISOString() })),
      };
    });
  }),

  changePassword: api.changePassword.handler(async ({ input, context }) => {
    const caller = accountCaller(context);
    const { studioId, accountId, signInId } = caller;
    const { storage, now } = context;
    await assertPassword(context, input.current);
    const passwordHash = await hashPassword(input.next);
    await context.inStudio(async (tx) => {
      const { name, email } = await openPerson(tx, storage, await ownAccount(tx, caller));
      const studio = await tx.selectFrom('studios').select('name').where('id', '=', studioId).executeTakeFirstOrThrow();
      assertStrong(input.next, [name, email, studio.name]);
      await tx
        .updateTable('accounts')
        .set({ passwordHash })
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .execute();
      await revokeSignIns(tx, { studioId, accountId, now: now(), except: signInId });
      await audited(tx, context, 'account.change-password', { kind: 'account', id: accountId });
    });
    return { ok: true as const };
  }),

  startTotp: api.startTotp.handler(async ({ input, context }) => {
    const caller = accountCaller(context);
    const { studioId, accountId } = caller;
    await assertPassword(context, input.password);
    return context.inStudio(async (tx) => {
      const account = await ownAccount(tx, caller);
      if (account.totpConfirmedAt) throw refused('not-in-this-state', 'codes are asked for already; remove them first');
      const { email } = await openPerson(tx, context.storage, account);
      const { sealed, uri, secret } = await newTotp(tx, context.storage, account, email);
      await tx
        .updateTable('accounts')
        .set({ totpSealed: sealed, totpLastStep: null })
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .execute();
      return { uri, secret };
    });
  }),

  confirmTotp: api.confirmTotp.handler(async ({ input, context }) => {
    const caller = accountCaller(context);
    const { studioId, accountId, signInId } = caller;
    const { storage, now } = context;
    await limitTries(storage, CODES, accountId, now());
    return context.inStudio(async (tx) => {
      const account = await ownAccount(tx, caller);
      if (account.totpConfirmedAt) throw refused('not-in-this-state');
      if (!(await takeTotp(tx, storage, account, input.code, now()))) throw refused('code-wrong');
      await tx
        .updateTable('accounts')
        .set({ totpConfirmedAt: now() })
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .execute();
      const recoveryCodes = await newRecoveryCodes(tx, account);
      await revokeSignIns(tx, { studioId, accountId, now: now(), except: signInId });
      await audited(tx, context, 'account.add-codes', { kind: 'account', id: accountId });
      return { recoveryCodes };
    });
  }),

  removeTotp: api.removeTotp.handler(async ({ input, context }) => {
    const caller = accountCaller(context);
    const { studioId, accountId } = caller;
    const { storage, now } = context;
    await assertPassword(context, input.password);
    await limitTries(storage, CODES, accountId, now());
    await context.inStudio(async (tx) => {
      const account = await ownAccount(tx, caller);
      const isTaken =
        (await takeTotp(tx, storage, account, input.code, now())) ||
        (await takeRecoveryCode(tx, account, input.code, now()));
      if (!isTaken) throw refused('code-wrong');
      await tx
        .updateTable('accounts')
        .set({ totpSealed: null, totpConfirmedAt: null, totpLastStep: null })
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .execute();
      await tx
        .deleteFrom('recoveryCodes')
        .where('studioId', '=', studioId)
        .where('accountId', '=', accountId)
        .execute();
      await audited(tx, context, 'account.remove-codes', { kind: 'account', id: accountId });
    });
    return { ok: true as const };
  }),

  signIns: api.signIns.handler(({ context }) => {
    const { studioId, accountId, signInId } = accountCaller(context);
    return context.inStudio(async (tx) => {
      const rows = await tx
        .selectFrom('signIns')
        .select(['id', 'device', 'createdAt', 'lastSeenAt'])
        .where('studioId', '=', studioId)
        .where('accountId', '=', accountId)
        .where('revokedAt', 'is', null)
        .where('secondFactor', '=', true)
        .where('expiresAt', '>', context.now())
        .orderBy('lastSeenAt', 'desc')
        .execute();
      return {
        items: rows.map(({ id, device, createdAt, lastSeenAt }) => ({
          id,
          device,
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          isThis: id === signInId,
        })),
      };
    });
  }),

  revokeSignIn: api.revokeSignIn.handler(async ({ input, context }) => {
    const { studioId, accountId } = accountCaller(context);
    await context.inStudio(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('signIns')
        .set({ revokedAt: context.now() })
        .where('studioId', '=', studioId)
        .where('accountId', '=', accountId)
        .where('id', '=', input.id)
        .where('revokedAt', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw refused('not-found');
      await audited(tx, context, 'account.sign-out-device', { kind: 'sign-in', id: input.id });
    });
    return { ok: true as const };
  }),
};
