import type { ORPCError } from '@orpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { refused, wordsOfFault } from './refused.ts';
import type { Storage } from '../storage/storage.ts';
import { addStudio, testId, testStorage } from '../storage/testing/test-database.ts';
import { inPieces, PIECE_ROWS } from './in-pieces.ts';

let storage: Storage;
let studioId: string;

beforeAll(async () => {
  storage = await testStorage();
  studioId = await addStudio(storage);
});

/** Stores names, of which 'throw' throws. @returns what came of it */
async function give(names: readonly string[], toThrow: unknown = null): Promise<unknown> {
  return inPieces({ storage, studioId }, names, async (tx, piece) => {
    if (piece.includes('throw')) throw toThrow;
    const rows = piece.map((name) => ({ studioId, id: testId(), name, timeZone: 'UTC', opening: {} }));
    await tx.insertInto('locations').values(rows).execute();
    return rows.length;
  }).catch((error: unknown) => error);
}
const stored = () =>
  storage.inStudio(studioId, async (tx) => (await tx.selectFrom('locations').select('id').execute()).length);
const first = Array.from({ length: PIECE_ROWS }, (_, i) => `place ${i}`);
const STAY = `${PIECE_ROWS} went in and stay; send the file again for the rest`;

describe('an import that breaks off after a piece', () => {
  it('says of a row that cannot be stored how many went in, which stay', async () => {
    const before = await stored();
    const error = (await give([...first, 'next', 'a\u0000b'])) as ORPCError<string, unknown>;
    expect(error.data).toMatchObject({ code: 'input-wrong', detail: `a value that cannot be stored; ${STAY}` });
    expect((await stored()) - before).toBe(PIECE_ROWS);
  });

  it('keeps code, detail and data of a refusal', async () => {
    const thrown = [new Refusal('too-soon', 'row 7'), refused('quote-over', null, { n: 1 })];
    const [ours, wire] = (await Promise.all(thrown.map((of) => give([...first, 'throw'], of)))) as [
      ORPCError<string, unknown>,
      ORPCError<string, unknown>,
    ];
    expect(ours).toMatchObject({ status: 409, data: { code: 'too-soon', detail: `row 7; ${STAY}` } });
    expect(wire.data).toMatchObject({ code: 'quote-over', detail: STAY, data: { n: 1 } });
  });

  it('says it of an error of ours too, whose cause is kept for the log', async () => {
    const cause = new TypeError('broken');
    const error = await give([...first, 'throw'], cause);
    expect(wordsOfFault(error)).toBe(`${STAY}.`);
    expect((error as Error).cause).toBe(cause);
    // Nothing went in: nothing is said of it.
    expect(await give(['throw'], cause)).toBe(cause);
  });
});
