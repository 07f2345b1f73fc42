/**
 * Which unit is a scan in? The one that makes its head human.
 *
 * Units lie a factor of 2.5 to 1,000 apart and heads within 20 % of each other, so at most one fits. A unit that was
 * given is not overruled: a head that is not human in it is refused, with the unit that would fit. A scan of photos has a
 * scale of its own and may be in no unit: it is made as long as the usual head, and a tape has to give its size.
 */
import { Refusal } from '../units/refusal.ts';
import { MM_PER_UNIT } from './scan-mesh.ts';
import type { LengthUnit, ScanMesh } from './scan-mesh.ts';

export interface UnitChoice {
  /** Null: none. */
  readonly unit: LengthUnit | null;
  /** Told by the person, by the file's format, chosen because the head is human in it alone, or left to a tape. */
  readonly source: 'given' | 'format' | 'size' | 'tape';
}

/** Head length, glabella to the farthest point of the occiput, mm. */
export const HUMAN_LENGTH_MM = [160, 235] as const;
/** A scan that holds a head is this large: from half a cranium to a person with arms spread, mm. */
const EXTENT_MM = [120, 3000] as const;
/** A head in no unit is made so long. It is looked for at extents so far apart, each of which finds heads 20 % off. */
const USUAL_LENGTH_MM = 197;
const SCALELESS_EXTENT_MM = [150, 900] as const;
const EXTENT_STEP = 1.25;
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
  const holdsHead = (unit: LengthUnit): boolean => {
    const extentMm = extent * MM_PER_UNIT[unit];
    return extentMm >= EXTENT_MM[0] && extentMm <= EXTENT_MM[1];
  };
  const attempt = (unit: LengthUnit): { unit: LengthUnit; lossMm: number; found: T } | null => {
    if (!holdsHead(unit)) return null;
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
    if (!best) throw new Refusal(holdsHead(given) || !(extent > 0) ? none : 'scan-unit', size);
    throw new Refusal('scan-unit', `${size}; that looks like ${best.unit}`);
  }
  if (!best) {
    const found = madeUsual(extent, tryUnit);
    if (!found) throw new Refusal(none, `the scan is ${readable(extent)} units across`);
    return { choice: { unit: null, source: 'tape' }, found };
  }
  if (second && second.lossMm < CLEARLY * best.lossMm) throw new Refusal('scan-unit', `${best.unit} or ${second.unit}`);
  return { choice: { unit: best.unit, source: 'size' }, found: best.found };
}

/** The head as it is found when it has the usual length; null when there is none at any scale. */
function madeUsual<T>(extent: number, tryUnit: TryUnit<T>): T | null {
  if (!(extent > 0)) return null;
  let best: { readonly mmPerUnit: number; readonly loss: number } | null = null;
  const [smallest, largest] = SCALELESS_EXTENT_MM;
  for (let extentMm = smallest; extentMm <= largest; extentMm *= EXTENT_STEP) {
    const result = tryUnit(extentMm / extent);
    if (!result) continue;
    const loss = result.lossMm / result.lengthMm;
    if (best && best.loss <= loss) continue;
    best = { mmPerUnit: ((extentMm / extent) * USUAL_LENGTH_MM) / result.lengthMm, loss };
  }
  return best && (tryUnit(best.mmPerUnit)?.found ?? null);
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
