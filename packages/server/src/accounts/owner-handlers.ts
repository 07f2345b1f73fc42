/** What only an owner sees: tokens for programs, the recovery sheet, and the audit. */
import type { Scope } from '@stipple/files/wire/route.ts';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { writeRecoverySheet } from '../storage/keys/recovery-sheet.ts';
import { hashOf, newHandle, writeHandle } from './handle.ts';
import { accountCaller, assertPassword } from './own-account-handlers.ts';
import { TOKEN_PREFIX } from './sign-ins.ts';

const AUDIT_PAGE = 100;

export const ownerHandlers = {
  tokens: api.tokens.handler(({ context: { inStudio, studioId } }) =>
    inStudio(async (tx) => {
      const rows = await tx
        .selectFrom('apiTokens')
        .select(['id', 'name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt'])
        .where('studioId', '=', studioId)
        .where('revokedAt', 'is', null)
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      return {
        items: rows.map(({ scopes, createdAt, expiresAt, lastUsedAt, ...of }) => ({
          ...of,
          scopes: scopes as Scope[],
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt?.toISOString() ?? null,
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        })),
      };
    }),
  ),

  recoverySheet: api.recoverySheet.handler(async ({ input: { password }, context }) => {
    const { isDesk, now, storage, studioId } = context;
    // It opens every record of this server: only who sits at it, and could read the key file as well, may see it.
    if (!isDesk) throw refused('not-allowed', 'on the computer that keeps the records alone');
    // Nor the demo, which everybody at this computer owns.
    const { isDemo } = await context.inStudio((tx) =>
      tx.selectFrom('studios').select('isDemo').where('id', '=', studioId).executeTakeFirstOrThrow(),
    );
    if (isDemo) throw refused('not-allowed', 'not in the demo studio');
    await assertPassword(context, password);
    await context.inStudio((tx) => audited(tx, context, 'studio.recovery-sheet', { kind: 'studio', id: studioId }));
    return { text: writeRecoverySheet(storage.master.bytes, now().toISOString().slice(0, 10)) };
  }),

  createToken: api.createToken.handler(async ({ input: { name, scopes, expiresAt }, context }) => {
    const { studioId, now, newId } = context;
    const handle = newHandle(studioId, newId());
    const { id } = handle;
    await context.inStudio(async (tx) => {
      await tx
        .insertInto('apiTokens')
        .values({
          studioId,
          id,
          name,
          secretHash: hashOf(handle.secret),
          scopes: [...new Set(scopes)],
          createdBy: accountCaller(context).accountId,
          createdAt: now(),
          expiresAt,
        })
        .execute();
      await audited(tx, context, 'token.create', { kind: 'token', id }, { scopes });
    });
    return { id, token: TOKEN_PREFIX + writeHandle(handle) };
  }),

  revokeToken: api.revokeToken.handler(async ({ input: { id }, context }) => {
    const { studioId, now } = context;
    await context.inStudio(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('apiTokens')
        .set({ revokedAt: now() })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw refused('not-found');
      await audited(tx, context, 'token.revoke', { kind: 'token', id });
    });
    return { ok: true as const };
  }),

  audit: api.audit.handler(({ input: { before, subjectId }, context: { inStudio, studioId } }) =>
    inStudio(async (tx) => {
      const rows = await tx
        .selectFrom('auditEntries')
        .leftJoin('accounts', (join) =>
          join
            .onRef('accounts.studioId', '=', 'auditEntries.studioId')
            .onRef('accounts.id', '=', 'auditEntries.actorId'),
        )
        .leftJoin('apiTokens', (join) =>
          join
            .onRef('apiTokens.studioId', '=', 'auditEntries.studioId')
            .onRef('apiTokens.id', '=', 'auditEntries.actorId'),
        )
        .select(['seq', 'at', 'actorKind', 'actorId', 'action', 'subjectKind', 'subjectId', 'detail'])
        .select(['accounts.displayName', 'apiTokens.name as tokenName'])
        .where('auditEntries.studioId', '=', studioId)
        .$if(before !== undefined, (query) => query.where('seq', '<', before!))
        .$if(subjectId !== undefined, (query) => query.where('subjectId', '=', subjectId!))
        .orderBy('seq', 'desc')
        .limit(AUDIT_PAGE)
        .execute();
      return {
        items: rows.map(({ at, displayName, tokenName, detail, ...of }) => ({
          ...of,
          at: at.toISOString(),
          actorName: displayName || tokenName || null,
          detail: detail as Record<string, unknown>,
        })),
      };
    }),
  ),
};
