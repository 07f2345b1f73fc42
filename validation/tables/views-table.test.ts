import { describe, expect, it } from 'vitest';
import { gainTable } from './views-table.ts';
import type { ViewsErrors, ViewsRecord } from './views-table.ts';

const SETS = ['front', 'bowed', 'turned', 'front, bowed', 'front, turned', 'bowed, turned', 'all three'];
/** One error of each quantity; the scale of every set is as good as another's. */
const off = (mm: number): ViewsErrors => ({
  middle: [mm],
  corners: [mm, -mm],
  cap: [mm],
  vertex: [mm],
  scale: [1],
  breadth: [mm],
  length: [mm],
});
const recordsOf = (head: string, errorsMm: readonly number[], refusal: string | null = null): ViewsRecord[] =>
  SETS.map((set, k) => ({ head, set, refusal, errors: off(errorsMm[k]), isDoubted: false }));
const cells = (records: readonly ViewsRecord[], set: string): (string | number)[] => [
  ...gainTable(records).rows[SETS.indexOf(set)],
];

describe('several photos against the best single one', () => {
  const alike = ['one', 'other', 'third'].flatMap((head) => recordsOf(head, [4, -2, 3, 2, 1, 2.5, -3]));

  it('are a multiple of the kind of single photo that errs least', () => {
    expect(cells(alike, 'bowed').slice(0, 2)).toEqual(['bowed', '2.00']);
    expect(cells(alike, 'all three')[1]).toBe('3.00: 1.50 (1.50 to 1.50)');
    // Of their own kinds: the bowed one is not among these two.
    expect(cells(alike, 'front, turned')[2]).toBe('1.00: 0.33 (0.33 to 0.33)');
    expect(cells(alike, 'all three')[5]).toBe('1.00: 1.00 (1.00 to 1.00)');
  });

  it('are surer of a multiple the more alike their heads are', () => {
    const unlike = [...alike.filter(({ head }) => head !== 'third'), ...recordsOf('third', [1, -2, 3, 2, 1, 2.5, -9])];
    const [, low, high] = /\((.*) to (.*)\)/.exec(String(cells(unlike, 'all three')[1]))!.map(Number);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(3);
  });

  it('leave out heads of which a plan was refused', () => {
    const refused = recordsOf('fourth', [9, 9, 9, 9, 9, 9, 9], 'head-mismatch');
    expect(gainTable([...alike, ...refused])).toEqual(gainTable(alike));
  });
});
