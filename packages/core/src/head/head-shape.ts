/**
 * How one client's head differs from the template: four factors, all 1 for the template itself.
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
}

export type TapeKind = 'circumference' | 'sagittal' | 'coronal' | 'length' | 'breadth';

/** One measurement of the client's head. */
export interface HeadMeasure {
  readonly kind: TapeKind;
  readonly valueMm: number;
  readonly sdMm: number;
  readonly source: 'soft tape' | 'calliper';
}

/** A head shape solved from measures, photo and population, with what is left unknown. */
export interface HeadFit {
  readonly shape: HeadShape;
  /** True when at least one length was measured: only then may mm, cm2 and prices be shown. */
  readonly isMeasured: boolean;
  /** 'soft tape' | 'calliper' | 'population' ... the strongest source of the scale. */
  readonly scaleSource: string;
  /** Standard deviation of any length on the scalp, as a fraction. */
  readonly relativeSd: number;
  /** The same for areas; not always twice, because the tape fixes some directions better than others. */
  readonly relativeAreaSd: number;
}
