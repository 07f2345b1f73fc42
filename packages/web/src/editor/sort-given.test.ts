import { describe, expect, it } from 'vitest';
import { sortGiven } from './sort-given.ts';

const sorted = (...names: string[]) => {
  const { plan, scan, photos, left } = sortGiven(names.map((name) => new File([], name)));
  const of = (files: readonly File[]): string[] => files.map(({ name }) => name);
  return { plan: plan?.name ?? null, scan: scan?.name ?? null, photos: of(photos), left: of(left) };
};

describe('files given together', () => {
  it('are a plan, a scan and photos, by their names', () => {
    expect(sorted('IMG_1.JPG', 'plan.json', 'head scan.PLY', 'IMG_2.heic')).toEqual({
      plan: 'plan.json',
      scan: 'head scan.PLY',
      photos: ['IMG_1.JPG', 'IMG_2.heic'],
      left: [],
    });
    expect(sorted('stipple-plan.zip').plan).toBe('stipple-plan.zip');
    expect(sorted('notes.txt', 'noname')).toMatchObject({ plan: null, scan: null, photos: ['notes.txt', 'noname'] });
  });

  it('are taken as the plan among them says when they are a whole folder of it', () => {
    expect(sorted('dots.csv', 'head.glb', 'summary.json', 'plan (1).json')).toEqual({
      plan: 'plan (1).json',
      scan: null,
      photos: ['dots.csv'],
      left: ['head.glb', 'summary.json'],
    });
    expect(sorted('head.glb', 'other.stl')).toMatchObject({ scan: 'head.glb', left: ['other.stl'] });
  });
});
