/**
 * Stores the rows of an import in pieces, each in a transaction of its own: nobody in the studio waits for the whole
 * file, and what fails costs no more than its piece.
 *
 * The pieces are kept one by one even under an Idempotency-Key, whose transaction spans the request. That is safe for
 * what recognises its own rows: sent again, an import goes on where it stopped, and doubles nothing.
 */
import type { Transaction } from 'kysely';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { isConnectionLoss } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';

export const PIECE_ROWS = 200;

/**
 * @param store keeps one piece and says how many of it are new; may be called again for the same piece
 * @returns how many are new. @throws 'storage-unavailable', saying how many went in before
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
      if (!isConnectionLoss(error)) throw error;
      throw refused('storage-unavailable', `${created} went in and stay; send the file again for the rest`);
    }
  }
  return created;
}
