/**
 * The plan document: everything a plan is made of, and nothing that can be derived from it.
 *
 * Plain JSON, immutable, lengths in mm of the head frame (origin midway between the tragions, +X client's left, +Y up,
 * +Z forward). Measurements taken from the photo (camera, shape, colours, masks) are quantised before they enter,
 * so that from here on every engine computes the same dots and numbers, bit for bit. Dots, areas, hours and prices
 * are derived by `realisePlan`; pictures by `renderLook` from this, the dots and the photo.
 */
import type { HeadFit, HeadMeasure } from '../head/head-shape.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import type { CourseDesign } from '../course/course-design.ts';
import type { PhotoColours } from '../pigment/photo-colours.ts';
import type { PigmentDesign } from '../pigment/pigment-design.ts';
import type { DensityDesign, HairlineDesign, Presentation } from '../scalp/scalp-design.ts';
import type { Camera } from '../vec/camera.ts';
import type { MaskText } from '../vision/mask-text.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';

export const PLAN_SCHEMA = 1;

export interface PlanDocument {
  readonly schema: typeof PLAN_SCHEMA;
  /** Version of the Stipple that measured it. */
  readonly engine: string;
  readonly seed: number;
  readonly client: ClientFacts;
  readonly measures: readonly HeadMeasure[];
  readonly head: HeadFit;
  readonly photos: readonly PlanPhoto[];
  readonly presentation: Presentation;
  readonly hairline: HairlineDesign;
  readonly density: DensityDesign;
  readonly pigment: PigmentDesign;
  readonly course: CourseDesign;
}

export interface PlanPhoto {
  /** 'front', 'top' ...: names the output files. */
  readonly view: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** Upright size. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faceScore: number;
  /** Head turned to the client's left is positive; head bowed is positive pitch. Degrees. */
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly camera: Camera;
  /** Where the focal length came from. */
  readonly focalSource: 'exif' | 'assumed';
  /** Outline of the head model against the person's outline after the fit: root mean square, px, and as a fraction of the head's width. */
  readonly outline: { readonly rmsPx: number; readonly relative: number; readonly raysUsed: number };
  /** Person against background over the head: 255 inside. Run-length text, see vision/mask-text.ts. */
  readonly person: MaskText;
  /** Hair longer than stubble, seen by colour or given by hand; null when none was found with confidence. */
  readonly hair: (MaskText & { readonly source: 'suggested' | 'given' }) | null;
  readonly quality: PhotoQuality;
  readonly colours: PhotoColours;
}
