/**
 * What can be measured of a head, with which tool, and how well that tool repeats.
 *
 * Standard deviations of one reading in trained hands, mm. Estimates, to be replaced by a studio's own repeated measures
 * (each measure may carry its own). How far heads differ from a stretched template is not in them (head-beliefs.ts).
 */
import type { HeadMeasure, MeasureKind, TapeKind } from './head-shape.ts';

const TOOLS: Readonly<Record<HeadMeasure['source'], number>> = { 'soft tape': 3, calliper: 1.5, ruler: 1 };

const TOOL_OF: Readonly<Record<MeasureKind, HeadMeasure['source']>> = {
  circumference: 'soft tape',
  sagittal: 'soft tape',
  coronal: 'soft tape',
  length: 'calliper',
  breadth: 'calliper',
  height: 'calliper',
  pupils: 'ruler',
};

/** What is read on the scalp: arcs by soft tape, straight lines by calliper. */
export const TAPE_KINDS: readonly TapeKind[] = ['circumference', 'sagittal', 'coronal', 'length', 'breadth'];

/** Every measure of a head's size. */
export const MEASURE_KINDS: readonly MeasureKind[] = [...TAPE_KINDS, 'height', 'pupils'];

/** A measure as taken in the studio, with the error of the tool it is taken with. Does not judge the value. */
export function takeMeasure(kind: MeasureKind, valueMm: number, sdMm?: number): HeadMeasure {
  const source = TOOL_OF[kind];
  return { kind, valueMm, sdMm: sdMm ?? TOOLS[source], source };
}
