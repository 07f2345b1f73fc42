/**
 * Passkeys (WebAuthn): only where the browser has a secure context, always with the person verified by the device, so
 * one passkey is both factors.
 *
 * A challenge is not kept: it carries what it is for and until when, under a keyed hash, and is counted when it comes
 * back, so it works once.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { limitTries, withinLimit } from '../request/limit-tries.ts';
import { refused } from '../request/refused.ts';
import type { RequestContext } from '../request/request-context.ts';
import { appendAudit } from '../storage/audit.ts';
import { duplicateOf } from '../storage/sql-state.ts';
import { bytesOf, uuidOf } from './handle.ts';
import { accountCaller } from './own-account-handlers.ts';
import { openPerson } from './people.ts';
import { ownAct } from './sign-in-handlers.ts';
import { prepareSignIn } from './sign-ins.ts';

const NIL = '00000000-0000-0000-0000-000000000000';
const CHALLENGE_MINUTES = 10;
const ONCE = { what: 'uses of a passkey challenge', most: 1, perMinutes: 2 * CHALLENGE_MINUTES };
const PER_ADDRESS = { what: 'passkeys from an address', most: 60, perMinutes: 15 };
const MOST_PASSKEYS = 10;

/** The site that passkeys belong to. @throws 'not-in-this-state' where browsers know none */
function siteOf({ isSecureContext, publicUrl }: RequestContext): { rpID: string; origin: string } {
  const rpID = new URL(publicUrl).hostname;
  if (!isSecureContext) throw refused('not-in-this-state', 'passkeys need HTTPS');
  if (/^[\d.]+$|^\[/.test(rpID)) throw refused('not-in-this-state', 'passkeys need a name, such as localhost');
  return { rpID, origin: publicUrl };
}

const macOf = ({ storage }: RequestContext, purpose: string, head: Buffer): Buffer =>
  storage.keys.hash(NIL, `passkey ${purpose}`, head.toString('base64url')).subarray(0, 16);

function newChallenge(context: RequestContext, purpose: string): Uint8Array<ArrayBuffer> {
  const until = Buffer.alloc(8);
  until.writeBigUInt64BE(BigInt(context.now().getTime() + CHALLENGE_MINUTES * 60_000));
  const head = Buffer.concat([randomBytes(16), until]);
  return new Uint8Array(Buffer.concat([head, macOf(context, purpose, head)]));
}

const challengeCheck = (context: RequestContext, purpose: string) => async (challenge: string) => {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== 40) return false;
  const head = bytes.subarray(0, 24);
  if (!timingSafeEqual(bytes.subarray(24), macOf(context, purpose, head))) return false;
  if (Number(head.readBigUInt64BE(16)) < context.now().getTime()) return false;
  return withinLimit(context.storage, ONCE, challenge, context.now());
};

const addingBy = (accountId: string): string => `add ${accountId}`;

export const passkeyHandlers = {
  passkeyOptions: api.passkeyOptions.handler(async ({ context }) => {
    const { studioId, accountId } = accountCaller(context);
    const { rpID } = siteOf(context);
    const { person, known } = await context.inStudio(async (tx) => {
      const account = await tx
        .selectFrom('accounts')
        .select(['studioId', 'id', 'clientId', 'sealed'])
        .where('studioId', '=', studioId)
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      return {
        person: await openPerson(tx, context.storage, account),
        known: await tx
          .selectFrom('passkeys')
          .select(['credentialId', 'transports'])
          .where('studioId', '=', studioId)
          .where('accountId', '=', accountId)
          .execute(),
      };
    });
    if (known.length >= MOST_PASSKEYS) throw refused('not-in-this-state', `${MOST_PASSKEYS} passkeys are enough`);
    const options = await generateRegistrationOptions({
      rpName: 'Stipple',
      rpID,
      userName: person.email,
      userDisplayName: person.name,
      userID: new Uint8Array(Buffer.concat([bytesOf(studioId), bytesOf(accountId)])),
      challenge: newChallenge(context, addingBy(accountId)),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId.toString('base64url'),
        transports,
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    return { ...options };
  }),

  addPasskey: api.addPasskey.handler(async ({ input: { name, answer }, context }) => {
    const { studioId, accountId } = accountCaller(context);
    const { rpID, origin } = siteOf(context);
    const verified = await verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON,
      expectedChallenge: challengeCheck(context, addingBy(accountId)),
      expectedOrigin: origin,
      expectedRPID: rpID,
    }).catch(() => null);
    if (!verified?.verified) throw refused('code-wrong', 'the passkey');
    const { credential } = verified.registrationInfo;
    const id = context.newId();
    await context
      .inStudio(async (tx) => {
        await tx
          .insertInto('passkeys')
          .values({
            studioId,
            id,
            accountId,
            credentialId: Buffer.from(credential.id, 'base64url'),
            publicKey: Buffer.from(credential.publicKey),
            counter: credential.counter,
            transports: credential.transports ?? [],
            name,
            createdAt: context.now(),
          })
          .execute();
        await audited(tx, context, 'passkey.add', { kind: 'passkey', id });
      })
      .catch((error: unknown) => {
        throw duplicateOf(error) ? refused('not-in-this-state', 'this passkey is known already') : error;
      });
    return { ok: true as const };
  }),

  removePasskey: api.removePasskey.handler(async ({ input: { id }, context }) => {
    const { studioId, accountId } = accountCaller(context);
    await context.inStudio(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('passkeys')
        .where('studioId', '=', studioId)
        .where('accountId', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw refused('not-found');
      await audited(tx, context, 'passkey.remove', { kind: 'passkey', id });
    });
    return { ok: true as const };
  }),

  passkeySignInOptions: api.passkeySignInOptions.handler(async ({ context }) => {
    const { rpID } = siteOf(context);
    const challenge = newChallenge(context, 'sign-in');
    return { ...(await generateAuthenticationOptions({ rpID, challenge, userVerification: 'required' })) };
  }),

  passkeySignIn: api.passkeySignIn.handler(async ({ input, context }) => {
    const { storage, now, address } = context;
    await limitTries(storage, PER_ADDRESS, address, now());
    const { rpID, origin } = siteOf(context);
    const answer = input.answer as unknown as AuthenticationResponseJSON;
    const passkey = await findPasskey(context, answer);
    if (!passkey) throw refused('sign-in-wrong');
    const verified = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challengeCheck(context, 'sign-in'),
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: {
        id: passkey.credentialId.toString('base64url'),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    }).catch(() => null);
    if (!verified?.verified) throw refused('sign-in-wrong');
    const { studioId, accountId, id } = passkey;
    const signIn = prepareSignIn(context, { studioId, accountId, isComplete: true });
    await storage.inStudio(studioId, async (tx) => {
      await tx
        .updateTable('passkeys')
        .set({ counter: verified.authenticationInfo.newCounter, lastUsedAt: now() })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
      await signIn.store(tx);
      await appendAudit(tx, ownAct(studioId, accountId, 'account.sign-in', now()));
    });
    signIn.give();
    return { signedIn: true, secondFactor: false };
  }),
};

/** The user handle says which account; the credential must be one of its. */
function findPasskey({ storage }: RequestContext, answer: AuthenticationResponseJSON) {
  const handle = Buffer.from(String(answer.response?.userHandle ?? ''), 'base64url');
  const credentialId = Buffer.from(String(answer.id ?? ''), 'base64url');
  if (handle.length !== 32 || credentialId.length === 0) return null;
  const [studioId, accountId] = [uuidOf(handle.subarray(0, 16)), uuidOf(handle.subarray(16))];
  return storage.inStudio(studioId, (tx) =>
    tx
      .selectFrom('passkeys')
      .innerJoin('accounts', (join) =>
        join.onRef('accounts.studioId', '=', 'passkeys.studioId').onRef('accounts.id', '=', 'passkeys.accountId'),
      )
      .innerJoin('studios', 'studios.id', 'passkeys.studioId')
      .selectAll('passkeys')
      .where('passkeys.studioId', '=', studioId)
      .where('passkeys.accountId', '=', accountId)
      .where('passkeys.credentialId', '=', credentialId)
      .where('accounts.status', '=', 'active')
      .where('studios.isDemo', '=', false)
      .executeTakeFirst(),
  );
}
