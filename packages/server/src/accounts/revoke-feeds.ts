import { sql, type Transaction } from 'kysely';
import type { Tables } from '../storage/tables.ts';

/** Stops the calendar feeds that a person may have the address of: those the account made, and those of the person. */
export async function revokeFeeds(
  tx: Transaction<Tables>,
  { studioId, accountId, now }: { readonly studioId: string; readonly accountId: string; readonly now: Date },
): Promise<void> {
  await sql`
    update feeds set revoked_at = ${now}
    where studio_id = ${studioId} and revoked_at is null and (
      created_by = ${accountId}
      or (kind = 'practitioner' and subject_id in
        (select id from practitioners where studio_id = ${studioId} and account_id = ${accountId}))
      or (kind = 'client' and subject_id in
        (select client_id from accounts where studio_id = ${studioId} and id = ${accountId})))`.execute(tx);
}
