/**
 * Which unit is a scan in? The one that makes its head human.
 *
 * Units lie a factor of 2.5 to 1,000 apart and heads within 20 % of each other, so at most one fits. A unit that was
 * given is not overruled: a head that is not human in it is refused, with the unit that would fit.
 */
import { Refusal } from '../units/refusal.ts';
import { MM_PER_UNIT } from './scan-mesh.ts';
import type { LengthUnit, ScanMesh } from './scan-mesh.ts';

export interface UnitChoice {
  readonly unit: LengthUnit;
  /** Told by the person, by the file's format, or chosen because the head is human in it alone. */
  readonly source: 'given' | 'format' | 'size';
}

/** Head length, glabella to the farthest point of the occiput, mm. */
export const HUMAN_LENGTH_MM = [160, 235] as const;
/** A scan that holds a head is this large: from half a cranium to a person with arms spread, mm. */
const EXTENT_MM = [120, 3000] as const;
/** Two units that explain the scan this nearly as well as each other leave it open. */
const CLEARLY = 1.4;

/** One unit tried: how well a head of human length explains the scan in it; null when none does. */
export type TryUnit<T> = (
  mmPerUnit: number,
) => { readonly lossMm: number; readonly lengthMm: number; readonly found: T } | null;

export function chooseUnit<T>(
  mesh: ScanMesh,
  given: LengthUnit | null,
  tryUnit: TryUnit<T>,
  none: 'scan-unplaced' | 'scan-landmarks' = 'scan-unplaced',
): { readonly choice: UnitChoice; readonly found: T } {
  const extent = longestExtent(mesh);
  const attempt = (unit: LengthUnit): { unit: LengthUnit; lossMm: number; found: T } | null => {
    const extentMm = extent * MM_PER_UNIT[unit];
    if (!(extentMm >= EXTENT_MM[0] && extentMm <= EXTENT_MM[1])) return null;
    const result = tryUnit(MM_PER_UNIT[unit]);
    if (!result || !(result.lengthMm >= HUMAN_LENGTH_MM[0] && result.lengthMm <= HUMAN_LENGTH_MM[1])) return null;
    return { unit, lossMm: result.lossMm, found: result.found };
  };
  const told = given ?? mesh.unit;
  if (told) {
    const result = attempt(told);
    if (result) return { choice: { unit: told, source: given ? 'given' : 'format' }, found: result.found };
  }
  const others = (Object.keys(MM_PER_UNIT) as LengthUnit[])
    .filter((unit) => unit !== told)
    .map(attempt)
    .filter((result) => result !== null)
    .sort((a, b) => a.lossMm - b.lossMm);
  const [best, second] = others;
  if (given) {
    const size = `the scan is ${readable(extent)} ${given} across`;
    if (!best) throw new Refusal(none, size);
    throw new Refusal('scan-unit', `${size}; that looks like ${best.unit}`);
  }
  if (!best) throw new Refusal(none, `the scan is ${readable(extent)} units across`);
  if (second && second.lossMm < CLEARLY * best.lossMm) throw new Refusal('scan-unit', `${best.unit} or ${second.unit}`);
  return { choice: { unit: best.unit, source: 'size' }, found: best.found };
}

const readable = (x: number): string => (x >= 10 ? x.toFixed(0) : x.toPrecision(2));

function longestExtent({ positions: p, triangles }: ScanMesh): number {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const v of triangles) {
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], p[3 * v + axis]);
      high[axis] = Math.max(high[axis], p[3 * v + axis]);
    }
  }
  return Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
}
