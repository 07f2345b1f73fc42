/**
 * Is the light of a photo warm or cool? Said of what a white looks like in it, after whatever the camera made of the lamp.
 *
 * Correlated colour temperature by McCamy's cubic (1992), good to a few kelvin between 2,850 and 6,500 and to some hundred
 * beyond. A white that looks like daylight has 6,500 K.
 */
import { clamp } from '../num/range.ts';
import type { Colour3 } from '../pigment/lab.ts';

export type LightVerdict = 'warm' | 'neutral' | 'cool';

const RANGE_K = [1800, 20_000] as const;
/** Skin looks 3 dE00 and more off daylight's. */
const WARM_K = 5300;
const COOL_K = 8200;

export function kelvinOfWhite([r, g, b]: Colour3): number {
  const x = 0.4124564 * r + 0.3575761 * g + 0.1804375 * b;
  const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
  const z = 0.0193339 * r + 0.119192 * g + 0.9503041 * b;
  const sum = Math.max(1e-9, x + y + z);
  const n = (x / sum - 0.332) / (0.1858 - y / sum);
  return clamp(449 * n * n * n + 3525 * n * n + 6823.3 * n + 5520.33, RANGE_K[0], RANGE_K[1]);
}

export const verdictOn = (kelvin: number): LightVerdict =>
  kelvin < WARM_K ? 'warm' : kelvin > COOL_K ? 'cool' : 'neutral';

/**
 * b* of skin that daylight does not make: instruments give skin about 8 to 24 (typology papers, general knowledge), cameras
 * a little more. Between these the skin alone does not tell.
 */
const SKIN_B = [4, 28] as const;

/** What skin tells of the light where there is no card; null where it may be either. */
export const verdictOnSkin = ([, , b]: Colour3): 'warm' | 'cool' | null =>
  b > SKIN_B[1] ? 'warm' : b < SKIN_B[0] ? 'cool' : null;
