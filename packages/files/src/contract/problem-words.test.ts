import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { placeIn, problemWords, problemWordsOnly } from './problem-words.ts';

function said(schema: z.ZodType, value: unknown): string {
  const [issue] = schema.safeParse(value, { error: problemWords }).error!.issues;
  return `${placeIn(issue!)} ${issue!.message}`.trim();
}

const numbers = z.object({ lab: z.tuple([z.number().min(0).max(100), z.number().min(-128).max(128)]) });

describe('problemWords', () => {
  it('says both bounds of a number and what stood there', () => {
    for (const [value, stood] of [
      [-1, '-1'],
      [400, '400'],
      ['4', '"4"'],
      [null, 'null'],
      [Infinity, 'Infinity'],
      [[1, 2], '[1, 2]'],
      [{}, 'fields in braces'],
    ])
      expect(said(numbers, { lab: [value, 0] })).toBe(`lab[0] must be a number from 0 to 100, and is ${String(stood)}`);
    expect(said(z.int().min(2), 2.5)).toBe('must be a whole number of 2 or more, and is 2.5');
    expect(said(z.int(), 'x')).toBe('must be a whole number, and is "x"');
    expect(said(z.number().max(9), 10)).toBe('must be a number of 9 or less, and is 10');
  });

  it('says how long a list or a text may be', () => {
    expect(said(numbers, { lab: [1] })).toBe('lab must be a list of 2, and is [1]');
    expect(said(z.array(z.number()).min(2).max(4), [1])).toBe('must be a list of 2 to 4 entries, and is [1]');
    expect(said(z.array(z.string()).max(9), Array(10).fill('x'))).toBe(
      'must be a list of at most 9 entries, and is a list of 10',
    );
    expect(said(z.array(z.number()).length(9), 1)).toBe('must be a list of 9 entries, and is 1');
    expect(said(z.string().min(1), '')).toBe('must be text of 1 or more characters, and is ""');
    expect(said(z.string().max(3), 'x'.repeat(99))).toBe(
      `must be text of at most 3 characters, and is "${'x'.repeat(40)}…"`,
    );
  });

  it('lists the words that are known', () => {
    expect(said(z.enum(['m', 'f']), 'x')).toBe('must be "m" or "f", and is "x"');
    expect(said(z.literal([1, 2, 3]), 4)).toBe('must be 1, 2 or 3, and is 4');
    const mark = z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['mole', 'patch']) }),
      z.object({ kind: z.literal('whorl') }),
    ]);
    expect(said(mark, { kind: 'wart' })).toBe('kind must be "mole", "patch" or "whorl", and is "wart"');
    expect(said(mark, {})).toBe('kind is missing; it must be "mole", "patch" or "whorl"');
    expect(said(z.object({ is: z.boolean() }), { is: 1 })).toBe('is must be true or false, and is 1');
  });

  it('knows files and choices', () => {
    expect(said(z.file().max(20_000_000), 'x')).toBe('must be a file of at most 20 MB, and is "x"');
    expect(said(z.union([z.string().max(9), z.boolean()]), 7)).toBe(
      'must be text of at most 9 characters or true or false, and is 7',
    );
  });

  it('leaves the value out where it may be a secret', () => {
    const only = (schema: z.ZodType, value: unknown): string =>
      schema.safeParse(value, { error: problemWordsOnly }).error!.issues[0]!.message;
    expect(only(z.string().min(12), 'hunter2')).toBe('must be text of 12 or more characters');
    expect(only(z.int(), undefined)).toBe('is missing; it must be a whole number');
    expect(only(z.strictObject({}), { secret: 'hunter2' })).toBe('is not a field that belongs there');
  });

  it('says what is missing, and what belongs nowhere', () => {
    expect(said(numbers, {})).toBe('lab is missing; it must be a list of 2');
    expect(said(numbers, 7)).toBe('must be fields in braces, and is 7');
    expect(said(z.strictObject({}), { ['k'.repeat(99)]: 1 })).toBe(
      `${'k'.repeat(40)} is not a field that belongs there`,
    );
  });

  it('uses the description that a schema has, and leaves what a schema says itself', () => {
    const day = z
      .string()
      .refine((text) => text === 'monday')
      .describe('a day of the week');
    expect(said(day, 'x')).toBe('must be a day of the week, and is "x"');
    expect(said(day, 3)).toBe('must be a day of the week, and is 3');
    expect(said(z.object({ day }), {})).toBe('day is missing; it must be a day of the week');
    expect(said(z.union([z.number(), z.boolean()]).describe('a number or yes'), 'x')).toContain('a number or yes');
    expect(said(z.string('is not wanted'), 3)).toBe('is not wanted');
  });
});
