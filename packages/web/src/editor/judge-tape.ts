/**
 * Is what stands in a tape's field a length of a head, and if not, what was probably meant?
 *
 * Digits with at most one decimal point or comma, in millimetres, within what heads are: anything else is said while it is
 * typed. A number that fits once read as centimetres or inches is named as such, never converted.
 */
import { MEASURE_LIMITS_MM } from '@stipple/core/head/measure-limits.ts';
import { ZONE_TAPE_LIMITS_MM } from '@stipple/core/head/zone-tape.ts';
import type { FieldKind } from './measure-fields.ts';

export interface TapeVerdict {
  /** The number as millimetres, in range or not; null for none. */
  readonly valueMm: number | null;
  readonly fault: string | null;
}

const LIMITS_MM: Readonly<Record<FieldKind, readonly [low: number, high: number]>> = {
  ...MEASURE_LIMITS_MM,
  ...ZONE_TAPE_LIMITS_MM,
};
/** Errors that a tape or a calliper may have, the middle 95 % to either side, mm. */
const ERROR_LIMITS_MM = [0.1, 40] as const;
const INCH_MM = 25.4;

export const judgeTape = (kind: FieldKind, text: string): TapeVerdict => judge(text, LIMITS_MM[kind], misreadUnit);

export const judgeError = (text: string): TapeVerdict => judge(text, ERROR_LIMITS_MM, () => null);

function judge(
  text: string,
  [low, high]: readonly [low: number, high: number],
  meant: (value: number, low: number, high: number) => string | null,
): TapeVerdict {
  const typed = text.trim();
  if (typed === '') return { valueMm: null, fault: null };
  if (!/^\d+(?:[.,]\d*)?$/.test(typed)) {
    return { valueMm: null, fault: 'Only digits, with one decimal point or comma.' };
  }
  const valueMm = Number(typed.replace(',', '.'));
  if (valueMm >= low && valueMm <= high) return { valueMm, fault: null };
  return { valueMm, fault: meant(valueMm, low, high) ?? `Expected ${low} to ${high} mm.` };
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
