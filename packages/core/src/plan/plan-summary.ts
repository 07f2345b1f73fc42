/**
 * The numbers of a plan as people and other programs read them: what `summary.json` holds.
 *
 * Lengths in mm of the head frame, areas in cm2, money in major units of `quote.currency`. Null stands for 'not known':
 * without a measured head there is no mm, no cm2 and no price; dots and hours are then those of an average head, and a
 * warning says so. Intervals are the middle 95 %.
 */
import type { FadeFactor } from '../forecast/fade-forecast.ts';
import type { ExtentSource } from '../scalp/extent-source.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';

export interface PlanSummary {
  /** Version of the Stipple that computed it. */
  readonly engine: string;
  readonly areaCm2: AreaSummary | null;
  readonly scale: ScaleSummary;
  readonly zones: readonly ZoneSummary[];
  readonly sessions: readonly SessionSummary[];
  readonly dots: number;
  /** What they would be on a head and an extent at the ends of the area's interval; null without a measured head. */
  readonly dotsRange: { readonly low: number; readonly high: number; readonly source: string } | null;
  readonly hairline: HairlineSummary;
  /** What the person asked of the head, in the order of the photos; null when nothing was measured. */
  readonly readings: readonly ReadingSummary[] | null;
  readonly views: readonly ViewSummary[];
  readonly pigment: PigmentSummary;
  readonly quote: QuoteSummary | null;
  /** Pictures name: what a touch-up forecast says. */
  readonly forecast: ForecastSummary;
  readonly warnings: readonly PlanWarning[];
}

export interface AreaSummary {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
  readonly extentSource: ExtentSource;
}

export interface ScaleSummary {
  /** 'soft tape', 'calliper', 'ruler', 'known distance', 'head scan' or 'not measured'. */
  readonly source: string;
  readonly mmPerPxAtHairline: number | null;
  /** Standard deviation of any length on the scalp, as a fraction. */
  readonly relativeSd: number | null;
}

export interface ZoneSummary {
  readonly id: string;
  readonly kind: 'bald' | 'thinning' | 'scar' | 'repair' | 'blend';
  readonly areaCm2: number | null;
  /** The middle 95 % of the area: size of the head and extent of the zone; null without a measured head. */
  readonly areaLowCm2: number | null;
  readonly areaHighCm2: number | null;
  readonly extentSource: ExtentSource;
  readonly targetPerCm2: number;
  readonly dots: number;
  /** Dots of this zone in each session. */
  readonly sessionDots: readonly number[];
}

export interface SessionSummary {
  readonly n: number;
  /** Plain local date, null when the course has no start. */
  readonly date: string | null;
  /** Placed in this session. */
  readonly dots: number;
  readonly hours: number;
  readonly hoursLow: number;
  readonly hoursHigh: number;
  /** How the hours came about. */
  readonly formula: string;
}

export interface HairlineSummary {
  /** Along the skin from the glabella; null when nothing was measured. */
  readonly midFrontalAboveGlabellaMm: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What the interval comes from; null when nothing was measured. */
  readonly source: string | null;
  /** Distances to check with a tape on the client before the first dot; null when nothing was measured. */
  readonly checks: readonly TapeCheckSummary[] | null;
  /** The designed edge as it is worked, every few mm from the client's right to the left; null when nothing was measured. */
  readonly pointsMm: readonly Vec3[] | null;
}

export interface TapeCheckSummary {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly way: 'over the skin' | 'straight';
  /** What the tape should read, and the middle 95 % of what it may read at the place that the picture shows. */
  readonly mm: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/** What a tape reads between two places of the skin, or the skin within an outline, with the middle 95 %. */
export type ReadingSummary =
  | {
      readonly kind: 'tape';
      readonly view: string;
      /** Over the skin, and straight, as a calliper reads. */
      readonly mm: number;
      readonly low: number;
      readonly high: number;
      readonly straightMm: number;
      readonly source: string;
    }
  | {
      readonly kind: 'area';
      readonly view: string;
      readonly cm2: number;
      readonly low: number;
      readonly high: number;
      readonly source: string;
    };

export interface ViewSummary {
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0 where no face was found. */
  readonly faceScore: number;
  readonly placedBy: 'face' | 'anchors';
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** The middle 95 % of turn and bow, to either side, by the joint solution; null for plans of before, which did not tell. */
  readonly poseError: { readonly yawDeg: number; readonly pitchDeg: number } | null;
  /** x_camera = R x_head + t, then f x / z + cx; image y down. `t` is null when nothing was measured. */
  readonly camera: {
    readonly f: number;
    readonly cx: number;
    readonly cy: number;
    readonly R: Mat3;
    readonly t: Vec3 | null;
  };
  /** Head model against the person's outline. */
  readonly outline: { readonly rmsPx: number; readonly relative: number };
  /** Share of the plan's dots that this view sees. */
  readonly dotsInView: number | null;
}

export interface PigmentSummary {
  /** D65; corrected by the colour card when there is one, else as the photo has them. */
  readonly skinLab: Vec3;
  readonly hairLab: Vec3;
  readonly shade: string;
  /** Pigment : water as 1 : n; null without a list or a card. */
  readonly dilution: number | null;
  /** The same with what is known of their error; null without a photo. */
  readonly skin: SkinSummary | null;
  readonly hair: ColourSummary | null;
  /** What the photo's light makes of a white; null when nothing in it tells. */
  readonly light: {
    readonly verdict: 'warm' | 'neutral' | 'cool';
    /** Null when the skin alone tells. */
    readonly kelvin: number | null;
    readonly source: string;
  } | null;
  readonly card: CardSummary | null;
  /** Out of the studio's own list; null without a list or a card. */
  readonly choice: ChoiceSummary | null;
}

export interface ColourSummary {
  readonly lab: Vec3;
  readonly low: Vec3;
  readonly high: Vec3;
  readonly source: string;
}

export interface SkinSummary extends ColourSummary {
  /** Null without a colour card. Fitzpatrick is an estimate. */
  readonly type: {
    readonly itaDeg: number;
    readonly name: string;
    readonly fitzpatrick: readonly [from: number, to: number];
  } | null;
  /** Shares of the places looked at that are no plain skin; null for plans of before. */
  readonly leftOut: {
    readonly highlight: number;
    readonly shadow: number;
    readonly redSpots: number;
    readonly otherColour: number;
  } | null;
}

export interface CardSummary {
  readonly view: string;
  readonly name: string;
  /** Null when it is seen and cannot be used; `fault` then says why. Differences are dE00. */
  readonly use: {
    readonly trust: 'published' | 'read' | 'as printed';
    readonly words: string;
    readonly isMirrored: boolean;
    readonly meanBefore: number;
    readonly mostBefore: number;
    readonly meanAfter: number;
    readonly mostAfter: number;
    readonly read: number;
    readonly used: number;
    readonly patches: readonly { readonly id: string; readonly before: number; readonly after: number }[];
  } | null;
  readonly fault: string | null;
}

export interface ChoiceSummary {
  readonly name: string;
  readonly maker: string;
  readonly dilution: number;
  readonly depthMm: number;
  /** Fall of L* as a share of the skin's: aimed at, expected healed, and its interval. */
  readonly aim: number;
  readonly fall: number;
  readonly low: number;
  readonly high: number;
  readonly healedLab: Vec3;
  readonly days: readonly { readonly day: number; readonly lab: Vec3; readonly fall: number }[];
  readonly reasons: readonly string[];
  readonly label: string;
}

export interface QuoteSummary {
  readonly currency: string;
  readonly low: number;
  /** Null when the extent is a template: then the range stands alone. */
  readonly likely: number | null;
  readonly high: number;
  readonly lines: readonly QuoteLineSummary[];
  readonly extras: readonly QuoteLineSummary[];
  /** The studio whose list it is; missing is an example list. */
  readonly listOf?: string;
  /** How the price came about, and whose the list is. */
  readonly why: string;
}

export interface QuoteLineSummary {
  readonly id: string;
  readonly label: string;
  /** Null: not included, or only the range is known. */
  readonly low: number | null;
  readonly likely: number | null;
  readonly high: number | null;
}

export interface ForecastSummary {
  readonly label: string;
  /** Where the band comes from. */
  readonly source: string;
  readonly notCounted: string;
  /** What makes this work fade faster (above 1) or slower, and what supports it. */
  readonly drivers: readonly { readonly id: FadeFactor; readonly multiplier: number; readonly evidence: string }[];
  /** Contrast left as a fraction of that of the first day; straight lines between. */
  readonly healing: readonly { readonly day: number; readonly contrast: number }[];
  /** Contrast left as a fraction of healed. */
  readonly years: readonly {
    readonly years: number;
    readonly low: number;
    readonly likely: number;
    readonly high: number;
  }[];
  readonly touchUpYears: { readonly from: number; readonly likely: number; readonly to: number };
}

export interface PlanWarning {
  readonly code: string;
  readonly text: string;
}
