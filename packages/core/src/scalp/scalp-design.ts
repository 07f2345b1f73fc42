/** What is to be treated and how: the part of the plan document that describes the scalp. */
import type { ZoneTape } from '../head/zone-tape.ts';

/**
 * How edges are drawn and dots are laid out: 1 is what Stipple 0.1 did, 2 can follow an edit by what it reaches (decision
 * 20). A plan keeps the one it was made with.
 */
export type LayoutMethod = 1 | 2;

/** What is to be treated. Each kind is one preset of design 4.7. */
export type Presentation =
  | {
      readonly kind: 'norwood';
      readonly stage: 1 | 2 | 3 | 4 | 5 | 6 | 7;
      /** As lived with ('own') when it is not said. */
      readonly temples?: Temples;
      /** Only stages VI and VII have lost it; 'rebuilt' when it is not said. */
      readonly hump?: LateralHump;
    }
  | { readonly kind: 'ludwig'; readonly stage: 1 | 2 | 3 }
  /** The whole scalp, side hair included, shaved. */
  | { readonly kind: 'full' }
  /** Only the front edge, softened or drawn anew; with its temple peaks unless they stay as they are. */
  | { readonly kind: 'hairline'; readonly temples?: Temples }
  /** The line of a strip transplant at the back of the head. */
  | { readonly kind: 'fut-scar' }
  /** Dot scars of extracted grafts over the back and sides. */
  | { readonly kind: 'fue-scars' }
  /** Bald patches (alopecia areata) within the client's own hair. */
  | { readonly kind: 'patch' };

/** Whether hair recedes by stages, so that an outline of the bald part can stand for the stage's. */
export const isStage = (presentation: Presentation): presentation is Extract<Presentation, { stage: number }> =>
  'stage' in presentation;

/** Whether the head is worn shaved; else the work lies between or within longer hair. */
export const isShavedLook = ({ kind }: Presentation): boolean =>
  kind === 'norwood' || kind === 'full' || kind === 'hairline';

/** Whether all of the work lies in scars, where pigment holds less well. */
export const liesInScars = ({ kind }: Presentation): boolean => kind === 'fut-scar' || kind === 'fue-scars';

/** Whether the peaks in front of the temples are worked: 'own' leaves the client's as they are. */
export type Temples = 'own' | 'rebuilt';

/**
 * The hair that rises on the side between temple and crown. 'rebuilt': the work goes down to the fringe everywhere;
 * 'respected': it ends in a line from the hairline's corners back to the fringe and the temples below stay bare.
 */
export type LateralHump = 'rebuilt' | 'respected';

/**
 * Something on this client's scalp that the plan works on or around, as drawn on a photo or on the head. Points lie on
 * the skin, mm, head frame; outlines are closed and run either way.
 */
export type ScalpMark =
  | KeepOutMark
  | { readonly kind: 'fut-scar'; readonly lineMm: readonly Point[]; readonly widthMm: number }
  /**
   * 'bald' replaces the extent that a Norwood or Ludwig stage would have; 'repair' lies over earlier work, where less
   * is added; 'keep-out-area' gets no dots; the others are worked whatever the presentation.
   */
  | OutlineMark
  | WhorlMark;

/** No dots within `radiusMm + marginMm`; a mole keeps 5 mm (facts 6). */
export interface KeepOutMark {
  readonly kind: 'keep-out';
  readonly what: 'mole' | 'other';
  readonly centreMm: Point;
  readonly radiusMm: number;
  readonly marginMm: number;
}

export interface OutlineMark {
  readonly kind: 'fue-scars' | 'patch' | 'repair' | 'bald' | 'keep-out-area';
  /** At least three points, next to each other less than about 60 mm apart. */
  readonly outlineMm: readonly Point[];
}

export const outlinesOf = (marks: readonly ScalpMark[], kind: OutlineMark['kind']): (readonly Point[])[] =>
  marks.flatMap((mark) => ('outlineMm' in mark && mark.kind === kind ? [mark.outlineMm] : []));

/** The centre of the crown's whorl, as marked or as it usually lies (design-whorl.ts). */
export interface WhorlMark {
  readonly kind: 'whorl';
  readonly centreMm: Point;
  /** Sense in which hair leaves the centre, seen from above. */
  readonly turn?: 'clockwise' | 'anticlockwise';
}

/** x, y, z, mm. */
export type Point = readonly [number, number, number];

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

/** Everything that says where dots are wanted. */
export interface ScalpDesign {
  readonly presentation: Presentation;
  readonly hairline: HairlineDesign;
  readonly density: DensityDesign;
  /** As drawn on this client; scars and patches of the presentation that are not among them are the usual ones. */
  readonly marks?: readonly ScalpMark[];
  /** Tapes over the bald part. */
  readonly zoneTapes?: readonly ZoneTape[];
  /** 1 when left out. */
  readonly layout?: LayoutMethod;
  /**
   * In the second way of laying out: the hairline that hair has receded from, the usual one for the client; the one that
   * is worked when left out.
   */
  readonly usualHairline?: HairlineDesign;
}
