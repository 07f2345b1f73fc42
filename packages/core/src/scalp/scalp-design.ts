/** What is to be treated and how: the part of the plan document that describes the scalp. */

/** What is to be treated. Each kind is one preset of design 4.7. */
export type Presentation =
  | { readonly kind: 'norwood'; readonly stage: 1 | 2 | 3 | 4 | 5 | 6 | 7 }
  | { readonly kind: 'ludwig'; readonly stage: 1 | 2 | 3 }
  /** The whole scalp, side hair included, shaved. */
  | { readonly kind: 'full' }
  /** Only the front edge, softened or drawn anew. */
  | { readonly kind: 'hairline' };

export interface HairlineDesign {
  /** Skin distance along the midline from the glabella. */
  readonly midFrontalAboveGlabellaMm: number;
  /** Skin points from the client's right end to the left end; the curve runs smoothly through them. */
  readonly controlsMm: readonly (readonly [number, number, number])[];
  /** 'age-table' (facts 4), 'drawn'. */
  readonly source: 'age-table' | 'drawn';
  readonly transitionMm: number;
  readonly macroAmplitudeMm: number;
  readonly macroWavelengthMm: number;
  readonly microJitterMm: number;
  readonly sentinelShare: number;
  readonly sentinelReachMm: number;
}

export interface DensityDesign {
  /** Follicular-unit based target at full strength, dots per cm2, healed, after the last session. */
  readonly fullPerCm2: number;
  /** Cumulative share placed after each session, last is 1. */
  readonly sessionShares: readonly number[];
  /** Healed dot diameter, mean and sd, mm. */
  readonly dotDiameterMm: number;
  readonly dotDiameterSdMm: number;
}
