/** Says in the audit chain what was done, in the transaction that did it. */
import type { Transaction } from 'kysely';
import { appendAudit } from '../storage/audit.ts';
import type { Tables } from '../storage/tables.ts';
import type { StudioContext } from './request-context.ts';

/**
 * @param action verb and noun, such as 'client.create'
 * @param detail ids, dates and codes only: nothing that names a person
 */
export async function audited(
  tx: Transaction<Tables>,
  { caller, studioId, now }: StudioContext,
  action: string,
  subject: { readonly kind: string; readonly id: string | null },
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await appendAudit(tx, {
    studioId,
    at: now(),
    actorKind: caller.kind,
    actorId: caller.kind === 'account' ? caller.accountId : caller.tokenId,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    detail,
  });
}
