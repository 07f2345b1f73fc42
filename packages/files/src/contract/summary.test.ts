import { describe, expect, it } from 'vitest';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { summarySchema } from './summary.ts';

describe('summarySchema', () => {
  it('describes the summary of a measured head and of one that nobody measured', () => {
    for (const document of [sampleDocument(), sampleDocument({ measures: [] })]) {
      const summary = summarisePlan(realisePlan(document, sampleReserve()));
      const written: unknown = JSON.parse(JSON.stringify(summary));
      expect(summarySchema.parse(written)).toEqual(written);
    }
  });

  it('refuses a summary with a hole in it', () => {
    const summary = summarisePlan(realisePlan(sampleDocument(), sampleReserve()));
    expect(summarySchema.safeParse({ ...summary, dots: Number.NaN }).success).toBe(false);
    expect(summarySchema.safeParse({ ...summary, hairline: undefined }).success).toBe(false);
  });
});
