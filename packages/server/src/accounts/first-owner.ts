/**
 * The first owner of an installation, by a link that only who started the server sees.
 *
 * The link is made from the master key, so it is the same on every server and after every restart, and nothing has to
 * be kept of it. It works until there is an owner, which is once.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Transaction, sql } from 'kysely';
import { assertTimeZone } from '../request/assert-time-zone.ts';
import { api } from '../request/implementer.ts';
import { limitTries } from '../request/limit-tries.ts';
import { refused } from '../request/refused.ts';
import type { RequestContext } from '../request/request-context.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import { createStudio } from './create-studio.ts';
import { rememberDevice } from './known-devices.ts';
import { assertStrong, hashPassword } from './password.ts';
import { emailHashOf, sealPerson } from './people.ts';
import { prepareSignIn } from './sign-ins.ts';

const NIL = '00000000-0000-0000-0000-000000000000';
const LINK_LIMIT = { what: 'first link from an address', most: 20, perMinutes: 15 };
/** Two requests with the link at once: the second waits for the first. */
const ONE_AT_A_TIME = 7_202_611;

export const firstLink = ({ keys }: Storage): string => keys.hash(NIL, 'first owner', '').toString('base64url');

/** Whether a studio other than the demo has an owner. */
export function hasOwner(storage: Storage): Promise<boolean> {
  return storage.inEveryStudio(async (tx) => {
    const row = await tx
      .selectFrom('accounts')
      .innerJoin('studios', 'studios.id', 'accounts.studioId')
      .select('accounts.id')
      .where('studios.isDemo', '=', false)
      .where('accounts.role', '=', 'owner')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  });
}

/** The demo studio, once it is whole: its owner is made last. */
export const demoStudioId = (storage: Storage): Promise<string | null> =>
  storage.inEveryStudio(async (tx) => {
    const demo = await tx
      .selectFrom('studios')
      .innerJoin('accounts', 'accounts.studioId', 'studios.id')
      .select('studios.id')
      .where('studios.isDemo', '=', true)
      .where('accounts.role', '=', 'owner')
      .executeTakeFirst();
    return demo?.id ?? null;
  });

const isFirstLink = (storage: Storage, link: string): boolean => {
  const [known, given] = [Buffer.from(firstLink(storage)), Buffer.from(link)];
  return known.length === given.length && timingSafeEqual(known, given);
};

export const firstOwnerHandlers = {
  status: api.status.handler(async ({ context: { storage, isSecureContext, isDesk } }) => ({
    hasOwner: await hasOwner(storage),
    isSecureContext,
    isDesk,
    demoStudioId: isDesk ? await demoStudioId(storage) : null,
  })),

  createOwner: api.createOwner.handler(async ({ input, context }) => {
    const { storage, now, newId, address } = context;
    await limitTries(storage, LINK_LIMIT, address, now());
    if (!isFirstLink(storage, input.link)) throw refused('link-spent');
    assertTimeZone(input.timeZone);
    assertStrong(input.password, [input.name, input.email, input.studioName]);
    const passwordHash = await hashPassword(input.password);
    const [studioId, accountId] = [newId(), newId()];
    const signIn = prepareSignIn(context, { studioId, accountId, isComplete: true });
    await storage.inStudio(studioId, async (tx) => {
      await sql`select pg_advisory_xact_lock(${ONE_AT_A_TIME})`.execute(tx);
      if (await hasOwner(storage)) throw refused('link-spent');
      const { timeZone, currency, studioName: name } = input;
      await createStudio(tx, context, { id: studioId, name, timeZone, currency, isDemo: false });
      await insertOwner(tx, context, { studioId, accountId, passwordHash, name: input.name, email: input.email });
      await signIn.store(tx);
    });
    signIn.give();
    rememberDevice(context, input.email);
    return { signedIn: true, secondFactor: false };
  }),
};

/** @param owner without a password nobody signs in as this one */
export async function insertOwner(
  tx: Transaction<Tables>,
  { storage, now }: Pick<RequestContext, 'storage' | 'now'>,
  owner: { studioId: string; accountId: string; passwordHash: string | null; name: string; email: string },
): Promise<void> {
  const { studioId, accountId: id, passwordHash, name, email } = owner;
  await tx
    .insertInto('accounts')
    .values({
      studioId,
      id,
      role: 'owner',
      emailHash: emailHashOf(storage, studioId, email),
      sealed: await sealPerson(tx, storage, { studioId, id, clientId: null }, { name, email }),
      displayName: name,
      passwordHash,
      status: 'active',
      createdAt: now(),
    })
    .execute();
  const subject = { subjectKind: 'account', subjectId: id };
  await appendAudit(tx, {
    studioId,
    at: now(),
    actorKind: 'account',
    actorId: id,
    action: 'studio.create',
    ...subject,
    detail: {},
  });
}
