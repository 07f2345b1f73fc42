import { expect, it } from 'vitest';
import { statementName } from './statement-names.ts';

it('a statement has a name from its second time on, and keeps it', () => {
  expect(statementName('select one')).toBeNull();
  const name = statementName('select one');
  expect(name).toMatch(/^s\d+$/);
  expect(statementName('select one')).toBe(name);
  statementName('select two');
  expect(statementName('select two')).not.toBe(name);
});

it('one that is longer than any we write has none, however often it comes', () => {
  const text = `select ${'1,'.repeat(20_000)}1`;
  for (let i = 0; i < 3; i++) expect(statementName(text)).toBeNull();
});

it('there are not more than five hundred names', () => {
  const names = Array.from({ length: 600 }, (_, i) => {
    statementName(`select ${i}`);
    return statementName(`select ${i}`);
  });
  expect(new Set(names.filter((name) => name !== null)).size).toBeLessThanOrEqual(500);
  expect(names.at(-1)).toBeNull();
});
