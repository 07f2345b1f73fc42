/**
 * Stores the rows of an import in pieces, each in a transaction of its own: nobody in the studio waits for the whole
 * file, and what fails costs no more than its piece.
 *
 * The pieces are kept one by one even under an Idempotency-Key, whose transaction spans the request. That is safe for
 * what recognises its own rows: sent again, an import goes on where it stopped, and doubles nothing.
 */
import { ORPCError } from '@orpc/server';
import type { Transaction } from 'kysely';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { WireRefusal } from '@stipple/files/wire/route.ts';
import { faultOfOurs, fromRefusal, refused } from './refused.ts';
import type { StudioContext } from './request-context.ts';
import { isConnectionLoss, isUnstorable } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';

export const PIECE_ROWS = 200;

/**
 * @param store keeps one piece and says how many of it are new; may be called again for the same piece
 * @returns how many are new. @throws what `store` does; once rows went in, with how many, and that they stay
 */
export async function inPieces<Row>(
  { storage, studioId }: Pick<StudioContext, 'storage' | 'studioId'>,
  rows: readonly Row[],
  store: (tx: Transaction<Tables>, piece: readonly Row[]) => Promise<number>,
): Promise<number> {
  let created = 0;
  for (let at = 0; at < rows.length; at += PIECE_ROWS) {
    const piece = rows.slice(at, at + PIECE_ROWS);
    try {
      created += await storage.inStudio(studioId, (tx) => store(tx, piece));
    } catch (error) {
      throw created === 0 ? error : after(created, error);
    }
  }
  return created;
}

/** As the routes would answer it, and with what is in. */
function after(created: number, error: unknown): Error {
  const stay = `${created} went in and stay; send the file again for the rest`;
  const also = (detail: string | null): string => (detail === null ? stay : `${detail}; ${stay}`);
  if (isConnectionLoss(error)) return refused('storage-unavailable', stay);
  if (isUnstorable(error)) return refused('input-wrong', also('a value that cannot be stored'));
  if (error instanceof Refusal) return fromRefusal(new Refusal(error.code, also(error.detail)));
  if (error instanceof ORPCError && error.data) {
    const { code, detail, data } = error.data as WireRefusal;
    return refused(code as RefusalCode, also(detail), data);
  }
  return faultOfOurs(`${stay}.`, error);
}
