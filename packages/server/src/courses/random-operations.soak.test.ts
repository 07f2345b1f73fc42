import { expect, it } from 'vitest';
import { testNodes } from '../storage/testing/test-database.ts';
import { noFindings } from './testing/book-model.ts';
import { type Play, playBook } from './testing/random-operations.ts';

/** Fewer for a first look: STIPPLE_OPERATIONS=5000. */
const OPERATIONS = Number(process.env['STIPPLE_OPERATIONS'] ?? 100_000);
/** Of four studios and a year: with more, most calls would only find that everything is taken. */
const A_YEAR = 5000;

it(
  'the book keeps its rules through 100,000 random calls by two servers: no floor broken, no hour twice, no answer lost',
  { timeout: 3_600_000 },
  async () => {
    const nodes = await testNodes(2);
    const plays: Play[] = [];
    for (let seed = 5; plays.length * A_YEAR < OPERATIONS; seed += 1000)
      plays.push(await playBook(nodes, { operations: A_YEAR, lanes: 2, looks: 2, seed }));
    const sum = (of: (play: Play) => number): number => plays.reduce((total, play) => total + of(play), 0);
    // oxlint-disable-next-line no-console -- the figures are what a soak is run for
    console.log({
      operations: sum((play) => play.operations),
      acknowledged: sum((play) => play.acknowledged),
      appointments: sum((play) => play.appointments),
    });
    for (const play of plays) expect(play.findings).toEqual(noFindings());
    expect(sum((play) => play.operations)).toBeGreaterThanOrEqual(OPERATIONS);
  },
);
