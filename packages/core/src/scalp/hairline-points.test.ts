import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { distance } from '../vec/vec3.ts';
import { designHairline } from './design-hairline.ts';
import { hairlinePoints } from './hairline-points.ts';

const SHAPE = { face: 1, width: 1, height: 1, length: 1 };
const HEAD = buildHead(SHAPE);

describe.each([
  ['m', 24],
  ['m', 55],
  ['f', 38],
] as const)('the named points of a hairline, %s %i', (sex, ageYears) => {
  const designed = designHairline(HEAD, landmarksOf(SHAPE), { sex, ageYears }, 7);
  const points = hairlinePoints(HEAD, designed, 7);

  it('are its own controls when it was designed', () => {
    for (const point of Object.values(points)) expect(designed.controlsMm).toContainEqual(point);
    expect(points.midFrontal[0]).toBe(0);
    expect(points.leftCorner[0]).toBeGreaterThan(30);
    expect(points.rightCorner[0]).toBeLessThan(-30);
    expect(points.leftTemporalPeak![1]).toBeLessThan(points.leftCorner[1]);
  });
});

it('finds them on a line that a man had drawn by hand: the middle to 1 mm, the corners to 8', () => {
  // A woman's rounded line has no corner that could be told from the curve alone.
  for (const ageYears of [24, 55]) {
    const designed = designHairline(HEAD, landmarksOf(SHAPE), { sex: 'm', ageYears }, 7);
    const points = hairlinePoints(HEAD, designed, 7);
    const drawn = hairlinePoints(HEAD, { ...designed, source: 'drawn' }, 7);
    expect(distance(drawn.midFrontal, points.midFrontal)).toBeLessThan(1);
    expect(distance(drawn.leftCorner, points.leftCorner)).toBeLessThan(8);
    expect(distance(drawn.rightCorner, points.rightCorner)).toBeLessThan(8);
    expect(drawn.leftTemporalPeak).toBeNull();
  }
});
