/**
 * How much of the healed contrast is left after some years, as a band, and when a touch-up is due.
 *
 * Model: C(t) = C42 exp(-k t) with k = 0.15 per year, band 0.06 to 0.35 (facts 7): the band holds what
 * practitioners claim (60 % left after 1.5 to 8 years) and the one measured series, 0.21 in the first half
 * year. Multipliers on k are practice opinion, except for scars (measured, ten people). No long-term study
 * of this work exists, so every result is labelled FORECAST_LABEL and shown with its band and where that comes from
 * ({@link forecastSource}).
 *
 * `low` is always the palest outcome (least contrast left), `high` the darkest. Does not count further hair loss,
 * which changes the contrast around the work, nor a change of hue.
 */
import { exp, log } from '../num/elementary.ts';

export const FORECAST_LABEL = 'estimate, not measured';
/** To be said wherever a later year is shown. */
export const FORECAST_NOT_COUNTED =
  'Further hair loss and greying are not in this forecast; both change how the work looks.';

/** Fading per year: `likely`, and the slow and fast ends of the band. */
export const FADE_PER_YEAR = { slow: 0.06, likely: 0.15, fast: 0.35 } as const;

/** Contrast at which a touch-up is advised, as a fraction of healed. */
export const TOUCH_UP_AT = 0.6;

/** What makes work fade faster or slower: multiplier on the yearly rate, and what supports it. */
export const FADE_FACTORS = {
  'heavy-sun': [1.5, 'practice opinion'],
  'sun-protection-always': [0.8, 'practice opinion'],
  'oily-skin': [1.2, 'practice opinion'],
  'dry-flaky-skin': [1.15, 'practice opinion'],
  scar: [2, 'measured on ten people (Liu 2025): about 1.8'],
  'shallow-work': [1.5, 'practice opinion'],
  'very-fair-skin': [1.1, 'practice opinion'],
  'dark-skin': [0.9, 'practice opinion'],
  smoker: [1.1, 'practice opinion'],
  'retinoid-or-acid-use': [1.3, 'practice opinion'],
} as const satisfies Record<string, readonly [multiplier: number, evidence: string]>;

export type FadeFactor = keyof typeof FADE_FACTORS;
export const FADE_FACTOR_NAMES = Object.keys(FADE_FACTORS) as readonly FadeFactor[];

/** Of each, one at most is true of a client. */
export const FADE_OPPOSITES: readonly (readonly [FadeFactor, FadeFactor])[] = [
  ['heavy-sun', 'sun-protection-always'],
  ['oily-skin', 'dry-flaky-skin'],
  ['very-fair-skin', 'dark-skin'],
];

/** The first two that cannot both be true, or null. */
export const opposedFactors = (factors: readonly FadeFactor[]): readonly [FadeFactor, FadeFactor] | null =>
  FADE_OPPOSITES.find((both) => both.every((factor) => factors.includes(factor))) ?? null;

export interface FadeForecast {
  /** Contrast left as a fraction of healed: the palest, the likely and the darkest outcome. */
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

const multiplierOf = (factors: readonly FadeFactor[]): number =>
  [...new Set(factors)].reduce((product, factor) => product * FADE_FACTORS[factor][0], 1);

/** Contrast left `years` after healing. Throws RangeError below 0 or above 30, where the model says nothing. */
export function forecastFade(years: number, factors: readonly FadeFactor[] = []): FadeForecast {
  if (!(years >= 0 && years <= 30)) throw new RangeError(`${years} years is outside 0 to 30`);
  const t = years * multiplierOf(factors);
  return {
    low: exp(-FADE_PER_YEAR.fast * t),
    likely: exp(-FADE_PER_YEAR.likely * t),
    high: exp(-FADE_PER_YEAR.slow * t),
  };
}

/** Where the band comes from, in words, with the share of contrast that is lost in a year. */
export function forecastSource(factors: readonly FadeFactor[] = []): string {
  const usual =
    `${lostInAYear([])}: a band that holds what studios say of touch-ups (after 1.5 to 8 years) and the one measured series, ` +
    'half a year of ten people.';
  if (factors.length === 0) return `Lost of the contrast in a year: ${usual}`;
  return `Lost of the contrast in a year: ${lostInAYear(factors)}. Without what drives it ${usual}`;
}

/** '14 %, 6 to 30' */
function lostInAYear(factors: readonly FadeFactor[]): string {
  const { low, likely, high } = forecastFade(1, factors);
  const lost = (left: number): number => Math.round(100 * (1 - left));
  return `${lost(likely)} %, ${lost(high)} to ${lost(low)}`;
}

export interface TouchUpAdvice {
  readonly fromYears: number;
  readonly likelyYears: number;
  readonly toYears: number;
  readonly label: typeof FORECAST_LABEL;
}

/**
 * When a touch-up becomes due: the likely year is the model's (3.4 without factors). The range shown is 2 to 6 years
 * (facts 7), the middle of what studios report; the model's own band is wider, 1.5 to 8.5 years.
 */
export function adviseTouchUp(factors: readonly FadeFactor[] = []): TouchUpAdvice {
  const multiplier = multiplierOf(factors);
  const tenths = (years: number): number => Math.round(years * 10) / 10;
  return {
    fromYears: tenths(2 / multiplier),
    likelyYears: tenths(-log(TOUCH_UP_AT) / (FADE_PER_YEAR.likely * multiplier)),
    toYears: tenths(6 / multiplier),
    label: FORECAST_LABEL,
  };
}
