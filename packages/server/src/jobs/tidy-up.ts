import type { Storage } from '../storage/storage.ts';
import { endRetention } from './end-retention.ts';

const HOUR_MS = 3_600_000;

/** Removes what has had its time: idempotency keys, sign-ins, links, counted tries, what the law wanted kept. */
export async function tidyUp(storage: Storage, now: Date): Promise<void> {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  await storage.inEveryStudio(async (tx) => {
    await tx.deleteFrom('idempotencyKeys').where('createdAt', '<', ago(48)).execute();
    await tx
      .deleteFrom('signIns')
      .where('expiresAt', '<', ago(24 * 30))
      .execute();
    await tx
      .deleteFrom('oneTimeLinks')
      .where('expiresAt', '<', ago(24 * 30))
      .execute();
    await tx.deleteFrom('tries').where('until', '<', now).execute();
  });
  await endRetention(storage, now);
}
