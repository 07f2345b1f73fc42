import type { HeadMeasure, TapeKind } from './head-shape.ts';

/** Repeatability in trained hands, sd in mm: an estimate, to be replaced by a studio's own repeated measures. */
const SOFT_TAPE_SD_MM = 3;
const CALLIPER_SD_MM = 1.5;

/** Every measure there is: arcs by soft tape, straight lines by calliper. */
export const TAPE_KINDS: readonly TapeKind[] = ['circumference', 'sagittal', 'coronal', 'length', 'breadth'];

/** A measure as taken in the studio, with the error of the tool it is taken with. Does not judge the value. */
export function takeMeasure(kind: TapeKind, valueMm: number): HeadMeasure {
  return kind === 'length' || kind === 'breadth'
    ? { kind, valueMm, sdMm: CALLIPER_SD_MM, source: 'calliper' }
    : { kind, valueMm, sdMm: SOFT_TAPE_SD_MM, source: 'soft tape' };
}
