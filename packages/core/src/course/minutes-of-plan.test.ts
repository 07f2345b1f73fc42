import { expect, it } from 'vitest';
import { minutesOfPlan } from './minutes-of-plan.ts';

it('gives each session the hours of the plan, up to the quarter, and spreads them over another number of sessions', () => {
  expect(minutesOfPlan([4.5, 3.9, 2.01], 3)).toEqual([270, 240, 135]);
  expect(minutesOfPlan([4, 4, 4], 4)).toEqual([180, 180, 180, 180]);
  expect(minutesOfPlan([0.1, 14], 2)).toEqual([15, 720]);
});
