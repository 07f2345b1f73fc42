/** The distances of a plan that a tape can check on the client (head/tape-checks.ts), for the head and line of the plan. */
import type { Head } from '../head/head-of.ts';
import { canthiOf, tapeChecks } from '../head/tape-checks.ts';
import type { TapeCheck } from '../head/tape-checks.ts';
import { whorlOf } from '../scalp/design-whorl.ts';
import { hairlinePoints } from '../scalp/hairline-points.ts';
import type { HairlineDesign, ScalpMark } from '../scalp/scalp-design.ts';

/** The one that places a hairline: from the glabella to its middle. */
export const MID_FRONTAL_CHECK = 'glabella-mid-frontal';
/** Those that place its corners. */
export const CORNER_CHECKS: readonly string[] = ['canthus-corner-left', 'canthus-corner-right'];

export interface CheckedPlan {
  readonly head: { readonly shape: { readonly face: number } };
  readonly hairline: HairlineDesign;
  readonly marks: readonly ScalpMark[];
  readonly seed: number;
}

export function planChecks({ head, hairline, marks, seed }: CheckedPlan, { map, landmarks }: Head): TapeCheck[] {
  const points = { ...hairlinePoints(map, hairline, seed), crownWhorl: whorlOf(marks)?.centreMm ?? null };
  return tapeChecks(map, landmarks, canthiOf(head.shape.face), points);
}
