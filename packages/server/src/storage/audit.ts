/**
 * What was done by whom, for good: the table `audit_entries`, a hash chain per studio (migrations/0002-audit.sql).
 *
 * Entries hold ids, dates and codes only, nothing that names a person, and so outlive an erasure. Neither the
 * application's role nor the owner can change one; whoever gets round that breaks the chain, which `verifyAudit` finds.
 * Somebody who rewrites the whole chain from an entry on is found by heads kept elsewhere, as every backup does.
 */
import { type Transaction, sql } from 'kysely';
import { commitsUnsynced, send } from './batching-dialect.ts';
import type { Tables } from './tables.ts';

export interface AuditEntry {
  readonly studioId: string;
  readonly at: Date;
  readonly actorKind: 'account' | 'token' | 'system' | 'anyone';
  readonly actorId: string | null;
  /** Thing and verb, such as 'client.create'. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditHead {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** The lock on the studio's chain, and a commit that does not hold it until the disk has it all (batching-dialect.ts). */
const TAKE_CHAIN = `
  select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(hashtextextended($1, 1))`;
const APPEND = `
  insert into audit_entries (
    studio_id, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, previous_hash, hash)
  select $1, seq, $2, $3, $4, $5, $6, $7, $8, previous, audit_hash(previous, $1, seq, $2, $3, $4, $5, $6, $7, $8)
  from (
    select coalesce(last.seq, 0) + 1 as seq, coalesce(last.hash, '') as previous
    from (values (1)) one
      left join (select seq, hash from audit_entries where studio_id = $1 order by seq desc limit 1) last on true
  ) place`;

/**
 * Appends in the transaction that did it. Best as its last statement: from here to the commit the studio's chain is
 * locked. A transaction that looks at an older state, in which the chain was shorter, runs into the primary key; begun
 * anew, it sees the end (sql-state.ts).
 */
export async function appendAudit(tx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  const { studioId, at, actorKind, actorId, action, subjectKind, subjectId } = entry;
  commitsUnsynced(tx);
  // Apart from what it guards, which looks at the chain as it is once it is locked.
  send(tx, TAKE_CHAIN, [studioId]);
  const values = [
    studioId,
    at.toISOString(),
    actorKind,
    actorId,
    action,
    subjectKind,
    subjectId,
    JSON.stringify(entry.detail),
  ];
  send(tx, APPEND, values);
}

export interface AuditVerdict {
  readonly entries: number;
  readonly head: AuditHead | null;
  /** The first entry that does not fit, with why; null when the chain is whole. */
  readonly broken: { readonly seq: number; readonly why: 'changed' | 'missing' | 'rewritten' } | null;
}

/** @param known heads that were seen before, such as in backups: the chain must still hold them */
export async function verifyAudit(
  tx: Transaction<Tables>,
  studioId: string,
  known: readonly AuditHead[] = [],
): Promise<AuditVerdict> {
  const { rows } = await sql<{ seq: number; why: 'changed' | 'missing' }>`
    select seq, case when seq <> before + 1 or previous_hash <> hash_before then 'missing' else 'changed' end as why
    from (
      select *, lag(seq, 1, 0::bigint) over chain as before, lag(hash, 1, ''::bytea) over chain as hash_before
      from audit_entries where studio_id = ${studioId} window chain as (order by seq)
    ) entries
    where seq <> before + 1 or previous_hash <> hash_before or hash <> audit_hash(
      previous_hash, studio_id, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
    order by seq limit 1`.execute(tx);
  const last = await tx
    .selectFrom('auditEntries')
    .select(['seq', 'hash'])
    .where('studioId', '=', studioId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const head = last ? { seq: last.seq, hash: last.hash.toString('hex') } : null;
  return { entries: head?.seq ?? 0, head, broken: rows[0] ?? (await firstLost(tx, studioId, known)) };
}

async function firstLost(
  tx: Transaction<Tables>,
  studioId: string,
  known: readonly AuditHead[],
): Promise<AuditVerdict['broken']> {
  for (const { seq, hash } of known.toSorted((a, b) => a.seq - b.seq)) {
    const entry = await tx
      .selectFrom('auditEntries')
      .select('hash')
      .where('studioId', '=', studioId)
      .where('seq', '=', seq)
      .executeTakeFirst();
    if (!entry) return { seq, why: 'missing' };
    if (entry.hash.toString('hex') !== hash) return { seq, why: 'rewritten' };
  }
  return null;
}
