/**
 * The colour of worked skin from the first day to the healed one, L*a*b* (D65).
 *
 * Contrast follows the healing curve and is held inside what photographs of finished work show; the blue of healed
 * work grows with it; fair skin is red for the first three days, dark skin hardly (facts 5.2). An estimate, not measured.
 */
import { exp } from '../num/elementary.ts';
import { smoothstep } from '../num/range.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { PigmentChoice } from '../pigment/choose-pigment.ts';
import { skinTypeOf } from '../pigment/skin-type.ts';
import { blueShiftAt, fallOf, workLab } from '../pigment/work-colour.ts';
import { contrastWhileHealing, HEALED_DAY } from './healing-curve.ts';
import { LARGEST_MEASURED_DROP } from './look.ts';

/** The days that a sheet or a page shows. */
export const COLOUR_DAYS: readonly number[] = [0, 3, 7, 28, HEALED_DAY];

/** a* of fresh redness on very light skin, and how fast it goes. */
const REDNESS = 6;
const REDNESS_DAYS = 1.5;

export interface WorkColour {
  readonly day: number;
  readonly lab: Colour3;
  /** Fall of L* as a share of the skin's. */
  readonly fall: number;
}

export function workColourOn(day: number, skinLab: Colour3, { pigment, fall, depthMm }: PigmentChoice): WorkColour {
  const contrast = contrastWhileHealing(day) / contrastWhileHealing(HEALED_DAY);
  const wanted = Math.min(fall * contrast, Math.max(fall, LARGEST_MEASURED_DROP));
  const shift = (blueShiftAt(depthMm) * Math.min(day, HEALED_DAY)) / HEALED_DAY;
  const worked = { skinLab, pigmentLab: pigment.lab, depthMm };
  let [low, high] = [0, 1];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (fallOf(skinLab, workLab(worked, middle, shift)) < wanted) low = middle;
    else high = middle;
  }
  const [l, a, b] = workLab(worked, (low + high) / 2, shift);
  const redness = REDNESS * smoothstep(-10, 55, skinTypeOf(skinLab).itaDeg) * exp(-day / REDNESS_DAYS);
  const lab: Colour3 = [l, a + redness, b];
  return { day, lab, fall: fallOf(skinLab, lab) };
}
