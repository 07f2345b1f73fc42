import { expect, it } from 'vitest';
import { testNodes } from '../storage/testing/test-database.ts';
import { noFindings } from './testing/book-model.ts';
import { playBook } from './testing/random-operations.ts';

/** Fewer for a first look: STIPPLE_OPERATIONS=5000. */
const OPERATIONS = Number(process.env['STIPPLE_OPERATIONS'] ?? 100_000);

it(
  'the book keeps its rules through 100,000 random calls by two servers: no floor broken, no hour twice, no answer lost',
  { timeout: 3_600_000 },
  async () => {
    const play = await playBook(await testNodes(2), { operations: OPERATIONS, lanes: 2, looks: 20, seed: 5 });
    // oxlint-disable-next-line no-console -- the figures are what a soak is run for
    console.log(JSON.stringify(play, null, 2));
    expect(play.findings).toEqual(noFindings());
    expect(play.operations).toBeGreaterThanOrEqual(OPERATIONS);
  },
);
