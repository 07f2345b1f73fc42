/**
 * The demo studio is looked at without a password, and so at this computer alone: only a server that listens to nobody
 * else opens it (desk mode). Whoever looks is its owner, in a studio of its own; nothing leads to another one.
 */
import { appendAudit } from '../storage/audit.ts';
import { demoStudioId } from '../accounts/first-owner.ts';
import { ownAct } from '../accounts/sign-in-handlers.ts';
import { prepareSignIn } from '../accounts/sign-ins.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { removeStudio } from './remove-studio.ts';

export const demoHandlers = {
  openDemo: api.openDemo.handler(async ({ context }) => {
    const { storage, now, isDesk } = context;
    if (!isDesk) throw refused('not-allowed', 'the demo is looked at on the studio’s own computer');
    const studioId = await demoStudioId(storage);
    if (!studioId) throw refused('not-found');
    const accountId = await storage.inStudio(studioId, async (tx) => {
      const owner = await tx
        .selectFrom('accounts')
        .select('id')
        .where('studioId', '=', studioId)
        .where('role', '=', 'owner')
        .orderBy('createdAt')
        .limit(1)
        .executeTakeFirst();
      return owner?.id;
    });
    if (!accountId) throw refused('not-found');
    const signIn = prepareSignIn(context, { studioId, accountId, isComplete: true });
    await storage.inStudio(studioId, async (tx) => {
      await signIn.store(tx);
      await appendAudit(tx, ownAct(studioId, accountId, 'account.sign-in', now()));
    });
    signIn.give();
    return { signedIn: true, secondFactor: false };
  }),

  removeDemo: api.removeDemo.handler(async ({ context: { storage, studioId, cookies } }) => {
    if (studioId !== (await demoStudioId(storage))) throw refused('not-in-this-state', 'this is not the demo studio');
    await removeStudio(storage, studioId);
    cookies.clear('sign-in');
    return { ok: true as const };
  }),
};
