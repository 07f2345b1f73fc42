/**
 * What a picture of the work changes between fresh, healed and years later: three numbers relative to the healed look.
 *
 * The healed look is all ones. Fresh work is darker (the healing curve), its dots 1.7 times as wide (facts 1.3) and
 * crisper; with the years it pales as the fade forecast says while dots widen a little (practitioners report it for
 * the first year; the amounts are ours). Estimates, not measured.
 */
import { forecastFade, type FadeFactor, type FadeForecast } from './fade-forecast.ts';
import { contrastWhileHealing, HEALED_DAY } from './healing-curve.ts';

export interface Look {
  /** 'fresh', 'healed', 'year5-low' ... */
  readonly name: string;
  /** Drop of the skin's L* under the work, relative to the healed look of the same plan. */
  readonly contrast: number;
  /** Diameter of a drawn dot relative to healed. Tone follows `contrast` alone. */
  readonly dotScale: number;
  /** Width of a dot's soft edge relative to healed: below 1 is crisper. */
  readonly softness: number;
}

/** Real finished work, part of it fresh, darkens the skin by at most this share of its L* (before-and-after pairs, measured). */
export const LARGEST_MEASURED_DROP = 0.35;

export type FadeBand = keyof FadeForecast;
export type LookMoment =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'healed' }
  /** `band` names the contrast left: 'low' is the palest outcome, 'high' the darkest; `factors` are the client's. */
  | {
      readonly kind: 'years';
      readonly years: number;
      readonly band: FadeBand;
      readonly factors?: readonly FadeFactor[];
    };

const FRESH: Look = { name: 'fresh', contrast: 1 / contrastWhileHealing(HEALED_DAY), dotScale: 1.7, softness: 0.7 };
const HEALED: Look = { name: 'healed', contrast: 1, dotScale: 1, softness: 1 };

/** One outcome after some years. */
export type YearMoment = Extract<LookMoment, { kind: 'years' }>;

/** The look at a moment. Throws RangeError for years outside 0 to 30. */
export function lookAt(moment: LookMoment): Look {
  if (moment.kind === 'fresh') return FRESH;
  if (moment.kind === 'healed') return HEALED;
  const { years, band, factors } = moment;
  return {
    name: `year${years}-${band}`,
    contrast: forecastFade(years, factors)[band],
    // 4 % in the first year, 1 % in each year after it.
    dotScale: 1 + 0.04 * Math.min(years, 1) + 0.01 * Math.max(0, Math.min(years, 10) - 1),
    softness: 1 + 0.05 * Math.min(years, 10),
  };
}

/**
 * The look's contrast, held inside what real work shows: `healedDrop` is the plan's healed drop of L* as a share of
 * the skin's L*. Only a fresh look of an already dark plan is ever held back.
 */
export const contrastWithinMeasured = (look: Look, healedDrop: number): number =>
  look.contrast <= 1 ? look.contrast : Math.max(1, Math.min(look.contrast, LARGEST_MEASURED_DROP / healedDrop));
