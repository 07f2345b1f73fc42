/**
 * What a stage usually looks like: how far hair recedes behind the designed hairline, how large the crown is, how high
 * the fringe stands. Numbers only; hair-extent.ts puts them on a head.
 *
 * No measured extents by stage were found: depths and fringe heights are estimates, set so that areas on an average
 * head come out in the middle of the ranges of surgeons' graft counts (domain facts 3.3). How far a client may lie from
 * them is in extent-source.ts.
 *
 * Depths are in mm on an average head and scale with the client's; directions need no scale.
 */
import type { Presentation } from './scalp-design.ts';

/** Recession (mm behind the designed edge) at the middle, the corner, the upper temple, the peak and below. */
export type Recession = readonly [middle: number, corner: number, recess: number, peak: number, sideburn: number];

/** Fringe edge, left half, as [azimuth from straight ahead, elevation above the Frankfurt plane] in degrees. */
export type Fringe = readonly (readonly [azimuthDeg: number, elevationDeg: number])[];

export interface StageTemplate {
  /** Every line that hair has receded to; what lies before any of them is bare. */
  readonly recessions: readonly Recession[];
  readonly crownRadiusMm: number | null;
  readonly fringe: Fringe | null;
  /** Of the thinning field about the parting, midway. */
  readonly partingHalfWidthMm: number | null;
}

/** Norwood I to IV. */
const RECESSIONS: readonly Recession[] = [
  [2, 4, -6, -13, -14],
  [5, 25, 4, -13, -14],
  [13, 50, 10, -12, -14],
  [29, 62, 14, -11, -14],
];
const HAIRLINE_BAND: Recession = [14, 14, 13, 8, -12];
const HAIRLINE_WITHOUT_PEAKS: Recession = [14, 14, 6, -13, -14];

/** Norwood V to VII: each falls below the one before. */
const FRINGES: readonly Fringe[] = [
  [
    [42, 18],
    [54, 36],
    [66, 52],
    [90, 63],
    [120, 62],
    [150, 53],
    [180, 47],
  ],
  [
    [42, 14],
    [56, 30],
    [70, 44],
    [90, 53],
    [120, 53],
    [150, 46],
    [180, 41],
  ],
  [
    [42, 8],
    [58, 22],
    [72, 33],
    [90, 41],
    [120, 41],
    [150, 36],
    [180, 33],
  ],
];

const CROWN_RADIUS_MM = 33;

const PARTING_HALF_WIDTH_MM = [19, 32, 46] as const;

const NOTHING: StageTemplate = { recessions: [], crownRadiusMm: null, fringe: null, partingHalfWidthMm: null };

/** The line behind a rebuilt temple peak: the peak is worked as in a hairline. */
const withPeaks = ([middle, corner, recess]: Recession): Recession => [
  middle,
  corner,
  Math.max(recess, HAIRLINE_BAND[2]),
  HAIRLINE_BAND[3],
  HAIRLINE_BAND[4],
];

/** Null when no stage says where hair is missing: a whole scalp, scars, patches. */
export function templateOf(presentation: Presentation): StageTemplate | null {
  switch (presentation.kind) {
    case 'norwood': {
      // Fringes fall from stage to stage; receded lines may cross by a millimetre where they fold, so earlier ones stay
      // in: each stage contains the one before (tested).
      const { stage, temples } = presentation;
      const recessions = RECESSIONS.slice(0, stage);
      return {
        ...NOTHING,
        recessions: temples === 'rebuilt' ? recessions.map(withPeaks) : recessions,
        crownRadiusMm: stage >= 4 ? CROWN_RADIUS_MM : null,
        fringe: stage >= 5 ? FRINGES[stage - 5] : null,
      };
    }
    case 'ludwig':
      return { ...NOTHING, partingHalfWidthMm: PARTING_HALF_WIDTH_MM[presentation.stage - 1] };
    case 'hairline':
      return { ...NOTHING, recessions: [presentation.temples === 'own' ? HAIRLINE_WITHOUT_PEAKS : HAIRLINE_BAND] };
    case 'full':
    case 'fut-scar':
    case 'fue-scars':
    case 'patch':
      return null;
  }
}
