/** Who works here: invitations, roles, links to a new password. An owner is made and unmade by owners only. */
import type { Transaction } from 'kysely';
import type { Role } from '@stipple/files/wire/route.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { duplicateOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';
import { linkTo, makeLink } from './one-time-links.ts';
import { accountCaller } from './own-account-handlers.ts';
import { emailHashOf, openPerson, sealPerson } from './people.ts';
import { revokeFeeds } from './revoke-feeds.ts';
import { revokeSignIns } from './sign-ins.ts';

/** @throws 'not-allowed' for a manager who reaches for an owner */
function assertMayTouch(context: StudioContext, ...roles: (Role | undefined)[]): void {
  if (roles.includes('owner') && accountCaller(context).role !== 'owner') throw refused('not-allowed');
}

async function accountOfStudio(tx: Transaction<Tables>, { studioId }: StudioContext, id: string) {
  const account = await tx
    .selectFrom('accounts')
    .select(['studioId', 'id', 'clientId', 'role', 'status', 'sealed'])
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!account) throw refused('not-found');
  return { ...account, role: account.role as Role };
}

/** Other owners who can sign in; locked, so that two do not leave at once. */
async function assertAnotherOwner(tx: Transaction<Tables>, { studioId }: StudioContext, id: string): Promise<void> {
  const owners = await tx
    .selectFrom('accounts')
    .select('id')
    .where('studioId', '=', studioId)
    .where('role', '=', 'owner')
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute();
  if (!owners.some((owner) => owner.id !== id)) throw refused('last-owner');
}

export const peopleHandlers = {
  people: api.people.handler(({ input: { clientId }, context: { inStudio, studioId, storage } }) =>
    inStudio(async (tx) => {
      const rows = await tx
        .selectFrom('accounts')
        .select(['studioId', 'id', 'clientId', 'role', 'status', 'sealed', 'totpConfirmedAt'])
        .where('studioId', '=', studioId)
        .where((of) => (clientId ? of('clientId', '=', clientId) : of('role', '!=', 'client')))
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      const items = [];
      for (const row of rows)
        items.push({
          id: row.id,
          ...(await openPerson(tx, storage, row)),
          role: row.role as Role,
          status: row.status as 'invited' | 'active' | 'suspended',
          totp: row.totpConfirmedAt !== null,
        });
      return { items };
    }),
  ),

  invite: api.invite.handler(async ({ input, context }) => {
    const { studioId, storage, now, newId, mail, publicUrl } = context;
    const { email, name, role, clientId = null, practitionerId = null } = input;
    assertMayTouch(context, role);
    if ((role === 'client') !== (clientId !== null))
      throw refused('input-wrong', 'clientId: for the account of a client, and for no other');
    if (role === 'client' && practitionerId !== null)
      throw refused('input-wrong', 'practitionerId: a client is no practitioner');
    const emailHash = emailHashOf(storage, studioId, email);
    const made = await context
      .inStudio(async (tx) => {
        const known = await tx
          .selectFrom('accounts')
          .select(['id', 'status', 'role', 'clientId'])
          .where('studioId', '=', studioId)
          .where('emailHash', '=', emailHash)
          .forUpdate()
          .executeTakeFirst();
        // Who has not come yet may be invited again, otherwise than the first time if need be.
        if (known && (known.status !== 'invited' || known.clientId !== clientId)) throw refused('address-known');
        assertMayTouch(context, known?.role as Role | undefined);
        const accountId = known?.id ?? newId();
        const place = { studioId, id: accountId, clientId };
        await assertClient(tx, studioId, clientId);
        const columns = {
          role,
          clientId,
          emailHash,
          sealed: await sealPerson(tx, storage, place, { name, email }),
          displayName: role === 'client' ? '' : name,
        };
        if (known)
          await tx
            .updateTable('accounts')
            .set(columns)
            .where('studioId', '=', studioId)
            .where('id', '=', accountId)
            .execute();
        else
          await tx
            .insertInto('accounts')
            .values({ ...columns, studioId, id: accountId, status: 'invited', createdAt: now() })
            .execute();
        if (practitionerId) await giveAccount(tx, studioId, practitionerId, accountId);
        const link = await makeLink(tx, context, { studioId, accountId, purpose: 'invitation' });
        await audited(tx, context, 'account.invite', { kind: 'account', id: accountId }, { role });
        return { accountId, link: linkTo(publicUrl, 'invitation', link) };
      })
      .catch((error: unknown) => {
        throw duplicateOf(error) ? refused('address-known') : error;
      });
    const mailed =
      (await mail?.send({
        to: email,
        subject: 'Your invitation',
        text: `You are invited to an account. Choose a password here within seven days:\n\n${made.link}\n`,
      })) ?? false;
    return { ...made, mailed };
  }),

  changePerson: api.changePerson.handler(async ({ input: { id, role, name, status }, context }) => {
    const { studioId, storage, now } = context;
    await context.inStudio(async (tx) => {
      const staysOwner = (role ?? 'owner') === 'owner' && status !== 'suspended';
      const account = await accountOfStudio(tx, context, id);
      assertMayTouch(context, account.role, role);
      if (account.role === 'owner' && !staysOwner) await assertAnotherOwner(tx, context, id);
      if (role && (role === 'client') !== (account.role === 'client'))
        throw refused('not-in-this-state', 'a client’s account stays one, and staff do not become clients');
      if (status && account.status === 'invited') throw refused('not-in-this-state', 'the invitation is still open');
      await tx
        .updateTable('accounts')
        .set({
          ...(role ? { role } : {}),
          ...(status ? { status } : {}),
          ...(name
            ? {
                displayName: account.clientId ? '' : name,
                sealed: await sealPerson(tx, storage, account, {
                  ...(await openPerson(tx, storage, account)),
                  name,
                }),
              }
            : {}),
          // Keeps the statement whole when nothing is changed.
          studioId,
        })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
      if (status === 'suspended') {
        await revokeSignIns(tx, { studioId, accountId: id, now: now() });
        await revokeFeeds(tx, { studioId, accountId: id, now: now() });
      }
      const detail = { ...(role ? { role } : {}), ...(status ? { status } : {}), renamed: name !== undefined };
      await audited(tx, context, 'account.change', { kind: 'account', id }, detail);
    });
    return { ok: true as const };
  }),

  resetLink: api.resetLink.handler(async ({ input: { id }, context }) => {
    const { studioId, storage, mail, publicUrl } = context;
    const made = await context.inStudio(async (tx) => {
      const account = await accountOfStudio(tx, context, id);
      assertMayTouch(context, account.role);
      if (account.status !== 'active') throw refused('not-in-this-state');
      const link = await makeLink(tx, context, { studioId, accountId: id, purpose: 'reset' });
      await audited(tx, context, 'account.reset-link', { kind: 'account', id });
      return { email: (await openPerson(tx, storage, account)).email, link: linkTo(publicUrl, 'reset', link) };
    });
    const mailed =
      (await mail?.send({
        to: made.email,
        subject: 'Your new password',
        text: `Choose a new password here within two hours:\n\n${made.link}\n`,
      })) ?? false;
    return { link: made.link, mailed };
  }),
};

async function assertClient(tx: Transaction<Tables>, studioId: string, clientId: string | null): Promise<void> {
  if (clientId === null) return;
  const client = await tx
    .selectFrom('clients')
    .select('status')
    .where('studioId', '=', studioId)
    .where('id', '=', clientId)
    .executeTakeFirst();
  if (!client) throw refused('not-found');
  if (client.status === 'erased' || client.status === 'merged') throw refused('not-in-this-state');
}

async function giveAccount(tx: Transaction<Tables>, studioId: string, id: string, accountId: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('practitioners')
    .set({ accountId })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refused('not-found');
}
