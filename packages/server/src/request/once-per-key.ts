/**
 * Does a request with an Idempotency-Key once, however often it is sent.
 *
 * The key's row is written first, in the very transaction in which the handler then works, and the answer is put into
 * it before the commit. So there is never an answer without what it says, nor the other way round, whatever is killed
 * when. The same request sent meanwhile waits at the row; it gets the first one's answer, or does the work itself when
 * the first one was refused. A refusal keeps nothing.
 *
 * Answers may name clients. They are sealed with a key that is made from the Idempotency-Key, of which only a hash is
 * kept: who does not have the key cannot read them, whatever becomes of the database. Requests may hold passwords: what
 * is kept to know them by is hashed under the master key, so they cannot be tried out on it either.
 *
 * The handler's own transactions become savepoints, one after the other; they may not be nested.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { type Transaction, sql } from 'kysely';
import { forget } from '../storage/batching-dialect.ts';
import { APP_CONNECTIONS } from '../storage/open-database.ts';
import type { Storage } from '../storage/storage.ts';
import { keyedHash } from '../storage/keys/master-key.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import type { Tables } from '../storage/tables.ts';
import { refused } from './refused.ts';

export interface Once {
  readonly studioId: string;
  /** Account or token; the nil UUID for routes without a sign-in. */
  readonly callerId: string;
  readonly key: string;
  readonly requestHash: Buffer;
  readonly now: Date;
}

export type InStudio = <T>(work: (tx: Transaction<Tables>) => Promise<T>) => Promise<T>;

/** Keys are forgotten after this. */
export const KEPT_HOURS = 48;
const KEY_FORM = /^[\x21-\x7e]{16,200}$/;

/**
 * Who does a request once holds a connection all the while, and its handler may need another, as limits of tries do. So
 * such requests take half of the connections at most: else they would all wait for one that none of them gives back.
 */
const MOST_AT_ONCE = APP_CONNECTIONS / 2;
const places = new WeakMap<Storage, { taken: number; readonly queue: (() => void)[] }>();

async function inPlace<T>(storage: Storage, work: () => Promise<T>): Promise<T> {
  const place = places.get(storage) ?? { taken: 0, queue: [] };
  places.set(storage, place);
  if (place.taken === MOST_AT_ONCE) await new Promise<void>((go) => place.queue.push(go));
  else place.taken++;
  try {
    return await work();
  } finally {
    // Handed on to who waits longest, or given back.
    const next = place.queue.shift();
    if (next) next();
    else place.taken--;
  }
}

/** @param work does the request; its transactions have to be made by `inStudio` */
export async function oncePerKey<T>(
  storage: Storage,
  once: Once,
  work: (inStudio: InStudio) => Promise<T>,
): Promise<T> {
  const { studioId, callerId, key, now } = once;
  if (!KEY_FORM.test(key)) throw refused('input-wrong', 'Idempotency-Key must be 16 to 200 plain characters');
  const keyHash = createHash('sha256').update(key).digest();
  const requestHash = keyedHash(storage.master, studioId, 'request', once.requestHash.toString('hex'));
  const sealing = Buffer.from(hkdfSync('sha256', key, storage.master.derive('hash'), 'idempotency', 32));
  const place = `idempotency/${studioId}/${callerId}`;
  const oldest = new Date(now.getTime() - KEPT_HOURS * 3_600_000);

  return inPlace(storage, () =>
    storage.inStudio(studioId, async (tx) => {
      const row = { studioId, callerId, keyHash };
      // An expired key is a new one.
      await tx.deleteFrom('idempotencyKeys').where(sameRow(row)).where('createdAt', '<', oldest).execute();
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('idempotencyKeys')
        .values({ ...row, requestHash, createdAt: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) {
        const first = await tx
          .selectFrom('idempotencyKeys')
          .select(['requestHash', 'sealed'])
          .where(sameRow(row))
          .executeTakeFirstOrThrow();
        if (!first.requestHash.equals(requestHash) || !first.sealed) throw refused('key-used-otherwise');
        return openJson(sealing, place, first.sealed) as T;
      }
      const answer = await work(savepointsIn(tx));
      await tx
        .updateTable('idempotencyKeys')
        .set({ sealed: sealJson(sealing, place, answer) })
        .where(sameRow(row))
        .execute();
      return answer;
    }),
  );
}

const sameRow =
  ({ studioId, callerId, keyHash }: { studioId: string; callerId: string; keyHash: Buffer }) =>
  () =>
    sql<boolean>`studio_id = ${studioId} and caller_id = ${callerId} and key_hash = ${keyHash}`;

/** A failure inside one leaves the transaction usable, as it would be with transactions of their own. */
function savepointsIn(tx: Transaction<Tables>): InStudio {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(async () => {
      await sql`savepoint part`.execute(tx);
      try {
        const result = await work(tx);
        await sql`release savepoint part`.execute(tx);
        return result;
      } catch (error) {
        forget(tx);
        await sql`rollback to savepoint part`.execute(tx);
        await sql`release savepoint part`.execute(tx);
        throw error;
      }
    });
    last = mine.catch(() => {});
    return mine;
  };
}

/** The same for two requests that ask the same of the same route, however their bodies were packed. */
export async function requestHashOf(route: string, input: unknown): Promise<Buffer> {
  const hash = createHash('sha256').update(`${route}\0`);
  const add = async (value: unknown): Promise<void> => {
    if (value instanceof Blob) {
      hash.update(`f${value.type}\0${value.size}\0`).update(Buffer.from(await value.arrayBuffer()));
    } else if (Array.isArray(value)) {
      hash.update(`a${value.length}\0`);
      for (const item of value) await add(item);
    } else if (value !== null && typeof value === 'object') {
      const entries = Object.entries(value).filter(([, of]) => of !== undefined);
      hash.update(`o${entries.length}\0`);
      for (const [name, of] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
        hash.update(`${name.length}\0${name}`);
        await add(of);
      }
    } else {
      const text = JSON.stringify(value) ?? 'undefined';
      hash.update(`v${text.length}\0${text}`);
    }
  };
  await add(input);
  return hash.digest();
}
