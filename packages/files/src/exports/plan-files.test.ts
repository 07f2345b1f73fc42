import { describe, expect, it } from 'vitest';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { planFiles } from './plan-files.ts';
import type { PlanFile } from './plan-files.ts';

async function filesOf(overrides: Partial<PlanDocument> = {}): Promise<readonly PlanFile[]> {
  const plan = realisePlan(sampleDocument(overrides), sampleReserve());
  return planFiles(plan, summarisePlan(plan));
}

describe('planFiles', () => {
  it('makes all files of a measured plan, none of them empty', async () => {
    const files = await filesOf();
    expect(files.map(({ name }) => name)).toEqual([
      'plan.json',
      'summary.json',
      'dots.csv',
      'head.glb',
      'stencil.svg',
      'worksheet.pdf',
      'course.ics',
    ]);
    for (const { bytes } of files) expect(bytes.length).toBeGreaterThan(0);
    const [plan, summary] = files.map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(JSON.parse(plan ?? '').schema).toBe(2);
    expect(JSON.parse(summary ?? '').dots).toBeGreaterThan(10000);
  });

  it('leaves out every file in millimetres when the head was not measured', async () => {
    const files = await filesOf({ measures: [], presentation: { kind: 'hairline' } });
    expect(files.map(({ name }) => name)).toEqual(['plan.json', 'summary.json', 'worksheet.pdf', 'course.ics']);
  });

  it('gives the same bytes twice', async () => {
    const overrides = { presentation: { kind: 'ludwig', stage: 1 } } as const;
    expect(await filesOf(overrides)).toEqual(await filesOf(overrides));
  });
});
