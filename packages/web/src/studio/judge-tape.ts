/**
 * Is what stands in a tape's field a length of a head, and if not, what was probably meant?
 *
 * Digits with at most one decimal point or comma, in millimetres, within what heads are (solve-head.ts): anything else
 * is said while it is typed. A number that fits once read as centimetres or inches is named as such, never converted.
 */
import type { TapeKind } from '@stipple/core/head/head-shape.ts';
import { MEASURE_LIMITS_MM } from '@stipple/core/head/solve-head.ts';

export interface TapeVerdict {
  /** The number as millimetres, in range or not; null for none. */
  readonly valueMm: number | null;
  readonly fault: string | null;
}

const INCH_MM = 25.4;

export function judgeTape(kind: TapeKind, text: string): TapeVerdict {
  const typed = text.trim();
  if (typed === '') return { valueMm: null, fault: null };
  if (!/^\d+(?:[.,]\d*)?$/.test(typed)) {
    return { valueMm: null, fault: 'Only digits, with one decimal point or comma.' };
  }
  const valueMm = Number(typed.replace(',', '.'));
  const [low, high] = MEASURE_LIMITS_MM[kind];
  if (valueMm >= low && valueMm <= high) return { valueMm, fault: null };
  return { valueMm, fault: misreadUnit(valueMm, low, high) ?? `Expected ${low} to ${high} mm.` };
}

/** Inches are often rounded, so whole ones just outside count too. */
function misreadUnit(value: number, low: number, high: number): string | null {
  const isCentimetres = 10 * value >= low && 10 * value <= high;
  const isInches = value >= Math.floor(low / INCH_MM) && value <= Math.ceil(high / INCH_MM);
  if (!isCentimetres && !isInches) return null;
  const meantMm = Math.round(value * (isCentimetres ? 10 : INCH_MM));
  const looks = `That looks like ${isCentimetres ? 'centimetres' : 'inches'}: ${meantMm} mm?`;
  return meantMm >= low && meantMm <= high ? looks : `${looks} Expected ${low} to ${high} mm.`;
}
