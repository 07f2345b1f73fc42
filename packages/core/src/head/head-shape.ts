import type { HeadLandmarks } from './head-landmarks.ts';

/**
 * How one client's head differs from the template: four factors, all 1 for the template itself, and what is left.
 *
 * `face` scales everything (template mm to this head's mm). `width`, `height` and `length` then stretch the
 * cranium above the brow and behind the face, relative to the face, so that the forehead stays joined to the face
 * that the photo placed. Which of them were measured, and how well, travels in {@link HeadFit}.
 */
export interface HeadShape {
  readonly face: number;
  readonly width: number;
  readonly height: number;
  readonly length: number;
  /** How far it departs from there in each way (depart-from-template.ts); missing where no photo tells. */
  readonly departures?: readonly number[];
}

/** What a tape or a calliper reads on the scalp. */
export type TapeKind = 'circumference' | 'sagittal' | 'coronal' | 'length' | 'breadth';

/**
 * Everything that can be measured of a head's size. `height` is by calliper, from the tragion straight up to the level
 * of the vertex; `pupils` the distance between the pupils, by ruler or from a spectacle prescription.
 */
export type MeasureKind = TapeKind | 'height' | 'pupils';

/** One measurement of the client's head. */
export interface HeadMeasure {
  readonly kind: MeasureKind;
  readonly valueMm: number;
  readonly sdMm: number;
  readonly source: 'soft tape' | 'calliper' | 'ruler';
}

/** A head shape solved from measures, photo and population, with what is left unknown. */
export interface HeadFit {
  readonly shape: HeadShape;
  /** True when at least one length was measured: only then may mm, cm2 and prices be shown. */
  readonly isMeasured: boolean;
  /** The strongest source of the scale: 'soft tape', 'calliper', 'ruler' or 'population'. */
  readonly scaleSource: string;
  /** Standard deviation of any length on the scalp, as a fraction. */
  readonly relativeSd: number;
  /** The same for areas; not always twice, because the tape fixes some directions better than others. */
  readonly relativeAreaSd: number;
  /** How far this client's face is bowed against the cranium, degrees: brow and nose bridge go along (landmarks.ts). */
  readonly faceTiltDeg: number;
  /** The head as it was scanned, which then takes the place of the stretched template; null without a scan. */
  readonly scan: HeadScan | null;
}

export interface HeadScan {
  /** Its radial map as text (scan-text.ts). */
  readonly radii: string;
  readonly landmarks: HeadLandmarks;
  readonly landmarksFrom: 'given' | 'found';
  /** Told by the person, by the file's format, chosen because the head is human in it alone; or in none, and sized by tape. */
  readonly unitFrom: 'given' | 'format' | 'size' | 'tape';
  /** Share of the scalp that the scan did not show. */
  readonly filledShare: number;
  /** True when it looks like hair or a cap rather than skin. */
  readonly isCovered: boolean;
}
