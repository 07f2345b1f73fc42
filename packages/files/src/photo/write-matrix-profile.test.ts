import { describe, expect, it } from 'vitest';
import { readIccProfile } from './read-icc-profile.ts';
import { ADOBE_RGB, DISPLAY_P3, REC_2020, writeMatrixProfile } from './write-matrix-profile.ts';

describe('writeMatrixProfile', () => {
  it.each([DISPLAY_P3, ADOBE_RGB, REC_2020])(
    'writes a matrix profile of $name whose primaries add up to D50',
    (space) => {
      const profile = readIccProfile(writeMatrixProfile(space))!;
      expect([profile.model, profile.isMatrix]).toEqual(['rgb', true]);
      const sums = [0, 1, 2].map((k) => space.primaries.reduce((sum, xyz) => sum + xyz[k]!, 0));
      [0.9642, 1, 0.8249].forEach((white, k) => expect(sums[k]).toBeCloseTo(white, 3));
    },
  );
});
