/**
 * What the law wanted kept of erased clients, once its time is over: its key is destroyed, and with it days, consent,
 * screening and contact open no more, in backups neither (forget-erased follows).
 */
import { appendAudit } from '../storage/audit.ts';
import type { Storage } from '../storage/storage.ts';
import { enqueue } from './enqueue.ts';

/** How many clients it concerned. */
export async function endRetention(storage: Storage, now: Date): Promise<number> {
  const today = now.toISOString().slice(0, 10);
  const due = await storage.inEveryStudio((tx) =>
    tx
      .selectFrom('clients')
      .select(['studioId', 'id'])
      .where('status', '=', 'erased')
      .where('legalUntil', '<=', today)
      .execute(),
  );
  for (const { studioId, id } of due)
    await storage.inStudio(studioId, async (tx) => {
      await storage.keys.destroy(tx, { studioId, ownerId: id, purpose: 'legal' }, now);
      await tx
        .updateTable('clients')
        .set({ legalSealed: null, legalUntil: null })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
      await enqueue(tx, 'forget-erased');
      const subject = { subjectKind: 'client', subjectId: id };
      const actor = { actorKind: 'system', actorId: null } as const;
      await appendAudit(tx, { studioId, at: now, ...actor, action: 'client.retention-over', ...subject, detail: {} });
    });
  return due.length;
}
