/**
 * What the law wanted kept of erased clients, once its time is over: its key is destroyed, and with it days, consent,
 * screening and contact open no more, in backups neither (forget-erased follows).
 */
import { appendAudit } from '../storage/audit.ts';
import type { Storage } from '../storage/storage.ts';
import { enqueue } from './enqueue.ts';

/** How many clients it concerned; of two at once, each counts those that it ended. */
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
  let ended = 0;
  for (const { studioId, id } of due)
    ended += await storage.inStudio(studioId, async (tx) => {
      // Ended by another since it was looked for, or to be kept longer.
      const { numUpdatedRows } = await tx
        .updateTable('clients')
        .set({ legalSealed: null, legalUntil: null })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .where('status', '=', 'erased')
        .where('legalUntil', '<=', today)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return 0;
      await storage.keys.destroy(tx, { studioId, ownerId: id, purpose: 'legal' }, now);
      await enqueue(tx, 'forget-erased');
      const subject = { subjectKind: 'client', subjectId: id };
      const actor = { actorKind: 'system', actorId: null } as const;
      await appendAudit(tx, { studioId, at: now, ...actor, action: 'client.retention-over', ...subject, detail: {} });
      return 1;
    });
  return ended;
}
