/**
 * The plan document: everything a plan is made of, and nothing that can be derived from it.
 *
 * Plain JSON, immutable, lengths in mm of the head frame (origin midway between the tragions, +X client's left, +Y up,
 * +Z forward). Measurements taken from the photo (camera, shape, colours, masks) are quantised before they enter,
 * so that from here on every engine computes the same dots and numbers, bit for bit. Dots, areas, hours and prices
 * are derived by `realisePlan`; pictures by `renderLook` from this, the dots and the photo.
 */
import type { FadeFactor } from '../forecast/fade-forecast.ts';
import type { HeadFit, HeadMeasure } from '../head/head-shape.ts';
import type { CardReading } from '../card/card-reading.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import type { CourseDesign } from '../course/course-design.ts';
import type { PhotoColours } from '../pigment/photo-colours.ts';
import type { PigmentDesign } from '../pigment/pigment-design.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import type { DensityDesign, HairlineDesign, LayoutMethod, Presentation, ScalpMark } from '../scalp/scalp-design.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { MaskText } from '../vision/mask-text.ts';
import type { Anchor, KnownDistance, PlacedBy } from '../vision/view-evidence.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';

export const PLAN_SCHEMA = 2;

export interface PlanDocument {
  readonly schema: typeof PLAN_SCHEMA;
  /** Version of the Stipple that measured it. */
  readonly engine: string;
  readonly seed: number;
  readonly client: ClientFacts;
  readonly measures: readonly HeadMeasure[];
  /** Tapes over the area to be treated. */
  readonly zoneTapes: readonly ZoneTape[];
  readonly head: HeadFit;
  readonly photos: readonly PlanPhoto[];
  readonly presentation: Presentation;
  readonly hairline: HairlineDesign;
  /** Moles, scars, patches and outlines, as drawn on the photos. */
  readonly marks: readonly ScalpMark[];
  /** What the person wants to know of the head beside the work; missing is nothing. */
  readonly readings?: readonly HeadReading[];
  readonly density: DensityDesign;
  /** Missing in plans that know of one only: 1. */
  readonly layout?: LayoutMethod;
  /**
   * How unevenly dots lie: standard deviation of their nearest distances over the mean, within `SPREADS`
   * (dots/layout-style.ts); only with layout 2. Missing is the usual, 0.106.
   */
  readonly unevenness?: number;
  /** What makes this work fade faster or slower; missing is nothing, as in plans of before. */
  readonly fading?: readonly FadeFactor[];
  readonly pigment: PigmentDesign;
  /** Values of the studio's printed card, as somebody read them, were given; missing is no. */
  readonly isOwnCardRead?: boolean;
  /** The healed pictures are given in the light of the colour card, too; missing is no. */
  readonly isCardLight?: boolean;
  readonly course: CourseDesign;
}

/** Of all photos together. */
export const MOST_MARKS = 200;
export const MOST_READINGS = 40;

/** What is to be read in a photo; places on the skin, mm, head frame. */
export type HeadReading =
  | { readonly kind: 'tape'; readonly view: string; readonly fromMm: Vec3; readonly toMm: Vec3; readonly sdMm: number }
  | { readonly kind: 'area'; readonly view: string; readonly outlineMm: readonly Vec3[]; readonly relativeSd: number };

/** Standard deviations, propagated from the solution that placed the head (plan/shown-spread.ts). */
export interface PhotoSpread {
  /** Of mm per pixel at the middle of the hairline, as a fraction. */
  readonly relativeScale: number;
  /** Of how far the head is turned and bowed, degrees; missing in plans of before, which did not tell. */
  readonly pose?: { readonly yawDeg: number; readonly pitchDeg: number };
  /** Of the distances that a tape checks (head/tape-checks.ts), as far as this photo shows them. */
  readonly checks: readonly { readonly id: string; readonly sdMm: number }[];
}

/** A distance between two places of the skin as the head is without it. */
export interface ForetoldDistance {
  readonly valueMm: number;
  readonly sdMm: number;
}

export interface PlanPhoto {
  /** 'front', 'top' ...: names the output files. */
  readonly view: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** Upright size. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** How surely a face was found; 0 where none was, as from behind. */
  readonly faceScore: number;
  /** What the camera was found from. */
  readonly placedBy: PlacedBy;
  /** Points of the head and known distances that a person marked. */
  readonly anchors: readonly Anchor[];
  readonly distances: readonly KnownDistance[];
  /** What everything else foretells of each of `distances`; missing without any, and in plans of before, which did not tell. */
  readonly distancesForetold?: readonly ForetoldDistance[];
  /** Head turned to the client's left is positive; head bowed is positive pitch. Degrees. */
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly camera: Camera;
  /** Where the focal length came from. */
  readonly focalSource: 'exif' | 'assumed';
  /** How surely this photo shows what is told of it; null for plans of Stipple 0.1, which did not know. */
  readonly spread: PhotoSpread | null;
  /** How far the head that it shows lies from that of the other photos (vision/views-apart.ts); missing for one photo, and on a scan. */
  readonly apart?: number;
  /** Outline of the head model against the person's outline after the fit: root mean square, px, and as a fraction of the head's width. */
  readonly outline: { readonly rmsPx: number; readonly relative: number; readonly raysUsed: number };
  /** Person against background over the head: 255 inside. Run-length text, see vision/mask-text.ts. */
  readonly person: MaskText;
  /** Hair longer than stubble, seen by colour or given by hand; null when none was found with confidence. */
  readonly hair: (MaskText & { readonly source: 'suggested' | 'given' }) | null;
  readonly quality: PhotoQuality;
  readonly colours: PhotoColours;
  /** The colour card in this photo; missing when none is seen, and in plans of before, which did not look. */
  readonly card?: CardReading;
}
