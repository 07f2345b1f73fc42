import { expect, it } from 'vitest';
import { headOf } from '../head/head-of.ts';
import { sampleDocument } from './testing/sample-plan.ts';
import { planChecks } from './plan-checks.ts';

it('the tape to the whorl runs to the one that the crown is worked about: of several the last', () => {
  const { head, hairline, seed } = sampleDocument();
  const toWhorl = (...heights: number[]): number | undefined => {
    const marks = heights.map((y) => ({ kind: 'whorl', centreMm: [5, y, -75] }) as const);
    const checks = planChecks({ head, hairline, marks, seed }, headOf(head));
    return checks.find(({ id }) => id.endsWith('whorl'))?.mm;
  };
  expect(toWhorl(60, 110)).toBe(toWhorl(110));
  expect(toWhorl(60, 110)).not.toBe(toWhorl(60));
});
