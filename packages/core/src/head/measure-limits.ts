import { Refusal } from '../units/refusal.ts';
import type { HeadMeasure, MeasureKind } from './head-shape.ts';

/**
 * mm. Circumference to coronal: domain-facts 3.1; sagittal likewise some five standard deviations about 340. Height and
 * pupils: four to five about the means of ANSUR II.
 */
export const MEASURE_LIMITS_MM: Readonly<Record<MeasureKind, readonly [low: number, high: number]>> = {
  circumference: [500, 650],
  sagittal: [280, 410],
  coronal: [290, 410],
  length: [165, 230],
  breadth: [130, 180],
  height: [100, 160],
  pupils: [48, 80],
};

/** A number that would fit in another unit was probably taken in it. */
export function unitHint(value: number, low: number, high: number): string {
  const fits = (mm: number): boolean => mm >= low && mm <= high;
  if (fits(10 * value)) return '; that looks like centimetres';
  return fits(25.4 * value) ? '; that looks like inches' : '';
}

/** Refuses ('measure-absurd') a length that no adult head has. */
export function refuseAbsurd({ kind, valueMm, sdMm }: HeadMeasure): void {
  const [low, high] = MEASURE_LIMITS_MM[kind];
  if (!(valueMm >= low && valueMm <= high)) {
    throw new Refusal(
      'measure-absurd',
      `${kind} ${valueMm} mm, expected ${low} to ${high}${unitHint(valueMm, low, high)}`,
    );
  }
  if (!(sdMm > 0)) throw new RangeError(`${kind}: a standard deviation of ${sdMm} mm`);
}

export function refuseAbsurdMeasures(measures: readonly HeadMeasure[]): void {
  for (const measure of measures) refuseAbsurd(measure);
}
