import { expect, it } from 'vitest';
import { testNodes } from '../storage/testing/test-database.ts';
import { noFindings } from './testing/book-model.ts';
import { playBook } from './testing/random-operations.ts';

it('the book keeps its rules through random calls from all sides', async () => {
  const play = await playBook(await testNodes(1), { operations: 600, lanes: 2, looks: 2, seed: 11 });
  expect(play.findings).toEqual(noFindings());
  expect(play.acknowledged).toBeGreaterThan(200);
  expect(play.appointments).toBeGreaterThan(100);
});
