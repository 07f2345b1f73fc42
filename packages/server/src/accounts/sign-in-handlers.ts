/** Signing in by password and code, signing out, a new password by link. */
import { api } from '../request/implementer.ts';
import { forgetTries, limitTries } from '../request/limit-tries.ts';
import { refused } from '../request/refused.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type AuditEntry, appendAudit } from '../storage/audit.ts';
import { knownDevice, rememberDevice } from './known-devices.ts';
import { linkTo, makeLink, readLink, spendLink } from './one-time-links.ts';
import { assertStrong, hashPassword, isPasswordOf } from './password.ts';
import { accountsOf, openPerson } from './people.ts';
import { pendingSignIn, prepareSignIn, revokeSignIns } from './sign-ins.ts';
import { takeRecoveryCode, takeTotp } from './totp.ts';

const PER_ADDRESS = { what: 'sign-ins from an address', most: 60, perMinutes: 15 };
const PER_STRANGER = { what: 'sign-ins of a mail address', most: 12, perMinutes: 15 };
const PER_DEVICE = { what: 'sign-ins of a known browser', most: 12, perMinutes: 15 };
const CODES = { what: 'codes of an account', most: 10, perMinutes: 15 };
const RESETS_PER_ADDRESS = { what: 'resets from an address', most: 20, perMinutes: 60 };
const RESETS_PER_MAIL = { what: 'resets of a mail address', most: 4, perMinutes: 60 };
const LINKS = { what: 'links from an address', most: 30, perMinutes: 15 };

/** What an account did itself. */
export const ownAct = (studioId: string, accountId: string, action: string, at: Date): AuditEntry => ({
  studioId,
  at,
  actorKind: 'account',
  actorId: accountId,
  action,
  subjectKind: 'account',
  subjectId: accountId,
  detail: {},
});

export const signInHandlers = {
  signIn: api.signIn.handler(async ({ input, context }) => {
    const { storage, now, address } = context;
    const email = input.email.toLowerCase();
    await limitTries(storage, PER_ADDRESS, address, now());
    const device = knownDevice(context, email);
    const [limit, of] = device ? [PER_DEVICE, `${device} ${email}`] : [PER_STRANGER, email];
    await limitTries(storage, limit, of, now());

    const found = await accountsOf(storage, email);
    const account = found.find(({ studioId }) => !input.studioId || studioId === input.studioId) ?? null;
    const isRight = await isPasswordOf(account?.passwordHash ?? null, input.password);
    if (!account || !isRight || account.status !== 'active') throw refused('sign-in-wrong');

    const { studioId, id: accountId, hasTotp } = account;
    const signIn = prepareSignIn(context, { studioId, accountId, isComplete: !hasTotp });
    await storage.inStudio(studioId, async (tx) => {
      await signIn.store(tx);
      if (!hasTotp) await appendAudit(tx, ownAct(studioId, accountId, 'account.sign-in', now()));
    });
    await forgetTries(storage, limit, of);
    signIn.give();
    if (!hasTotp) rememberDevice(context, email);
    return { signedIn: !hasTotp, secondFactor: hasTotp };
  }),

  signInCode: api.signInCode.handler(async ({ input: { code }, context }) => {
    const { storage, now } = context;
    const pending = await pendingSignIn(context);
    if (!pending) throw refused('not-signed-in');
    const { studioId, accountId } = pending;
    await limitTries(storage, CODES, accountId, now());
    const signIn = prepareSignIn(context, { studioId, accountId, isComplete: true });
    const email = await storage.inStudio(studioId, async (tx) => {
      const account = await tx
        .selectFrom('accounts')
        .select(['studioId', 'id', 'clientId', 'sealed', 'totpSealed'])
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      const isTaken =
        (await takeTotp(tx, storage, account, code, now())) || (await takeRecoveryCode(tx, account, code, now()));
      if (!isTaken) throw refused('code-wrong');
      await tx.deleteFrom('signIns').where('studioId', '=', studioId).where('id', '=', pending.signInId).execute();
      await signIn.store(tx);
      await appendAudit(tx, ownAct(studioId, accountId, 'account.sign-in', now()));
      return (await openPerson(tx, storage, account)).email;
    });
    await forgetTries(storage, CODES, accountId);
    signIn.give();
    rememberDevice(context, email.toLowerCase());
    return { signedIn: true, secondFactor: false };
  }),

  signOut: api.signOut.handler(async ({ context }) => {
    const { caller, inStudio, cookies, now } = context;
    if (caller.kind === 'account')
      await inStudio((tx) =>
        tx
          .updateTable('signIns')
          .set({ revokedAt: now() })
          .where('studioId', '=', caller.studioId)
          .where('id', '=', caller.signInId)
          .execute(),
      );
    cookies.clear('sign-in');
    return { ok: true as const };
  }),

  askReset: api.askReset.handler(async ({ input, context }) => {
    const { storage, now, address, mail, publicUrl } = context;
    const email = input.email.toLowerCase();
    await limitTries(storage, RESETS_PER_ADDRESS, address, now());
    await limitTries(storage, RESETS_PER_MAIL, email, now());
    const found = (await accountsOf(storage, email)).filter(({ status }) => status === 'active');
    // After the answer, so that its time tells nobody whether the address is known.
    if (mail)
      for (const { studioId, id: accountId } of found)
        setImmediate(() => {
          storage
            .inStudio(studioId, (tx) => makeLink(tx, context, { studioId, accountId, purpose: 'reset' }))
            .then((link) =>
              mail.post({
                to: input.email,
                subject: 'Your new password',
                text: `Somebody, probably you, asked for a new password. Choose it here within two hours:\n\n${linkTo(publicUrl, 'reset', link)}\n\nIf it was not you, there is nothing to do.\n`,
              }),
            )
            .catch(() => {});
        });
    return { ok: true as const };
  }),

  reset: api.reset.handler(({ input, context }) => withNewPassword(context, input, 'reset')),
  acceptInvitation: api.acceptInvitation.handler(({ input, context }) => withNewPassword(context, input, 'invitation')),
};

/** Sets the password that a link allows, signs out everywhere, and in here. */
async function withNewPassword(
  context: RequestContext,
  { link, password }: { link: string; password: string },
  purpose: 'reset' | 'invitation',
) {
  const { storage, now, address } = context;
  await limitTries(storage, LINKS, address, now());
  const handle = readLink(link);
  const { studioId } = handle;
  const passwordHash = await hashPassword(password);
  const { signIn, email, hasTotp } = await storage.inStudio(studioId, async (tx) => {
    const accountId = await spendLink(tx, handle, purpose, now());
    const account = await tx
      .selectFrom('accounts')
      .innerJoin('studios', 'studios.id', 'accounts.studioId')
      .select(['accounts.studioId', 'accounts.id', 'accounts.clientId', 'accounts.sealed', 'accounts.totpConfirmedAt'])
      .select(['studios.name as studioName'])
      .where('accounts.studioId', '=', studioId)
      .where('accounts.id', '=', accountId)
      .where('accounts.status', '=', purpose === 'invitation' ? 'invited' : 'active')
      .executeTakeFirst();
    if (!account) throw refused('link-spent');
    const person = await openPerson(tx, storage, account);
    // Thrown inside the transaction: the link stays good for a better password.
    assertStrong(password, [person.name, person.email, account.studioName]);
    await tx
      .updateTable('accounts')
      .set({ passwordHash, status: 'active' })
      .where('studioId', '=', studioId)
      .where('id', '=', accountId)
      .execute();
    await revokeSignIns(tx, { studioId, accountId, now: now() });
    const asks = account.totpConfirmedAt !== null;
    const prepared = prepareSignIn(context, { studioId, accountId, isComplete: !asks });
    await prepared.store(tx);
    const action = purpose === 'invitation' ? 'account.accept' : 'account.new-password';
    await appendAudit(tx, ownAct(studioId, accountId, action, now()));
    return { signIn: prepared, email: person.email.toLowerCase(), hasTotp: asks };
  });
  signIn.give();
  if (!hasTotp) {
    rememberDevice(context, email);
    await forgetTries(storage, PER_STRANGER, email);
  }
  return { signedIn: !hasTotp, secondFactor: hasTotp };
}
