import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';

/** What every page of the worksheet is drawn from. */
export interface WorksheetInput {
  readonly plan: RealisedPlan;
  readonly summary: PlanSummary;
}

/** Stands wherever a length would, when no length of the head was measured. */
export const NOT_TO_SCALE = 'not to scale: measure the head';
