/**
 * Draws some dots together in pairs: how a pattern becomes less regular without becoming blotchy.
 *
 * Two that are each other's nearest go towards each other by the same way, down to the least distance that dots keep. Nothing
 * is gathered or thinned by that at more than a pair's length; what little is left of it is taken away by the steps of evening
 * out that follow, in which the two of a pair do not feel each other. Jitter of single dots, however it is smoothed, puts
 * power into low frequencies (0.010 at a spread of 0.125), and most of the spread it adds is lost again where pairs
 * that came too close are pushed apart.
 *
 * Not along the front edge, where places are irregular as they are.
 */
import { hashUnit } from '../random/hash.ts';
import type { Crowd } from './crowd.ts';
import { HEX_IN_SPACINGS } from './kernel.ts';
import type { Pairs } from './pair-up.ts';

/** Of the hexagonal distance: as near as two of a pair come. */
const TOGETHER = 0.625;

/** The other of each dot's pair, or -1; these pairs feel each other no longer. `share` of those there could be. */
export function matchPairs(
  { points, mobility, id }: Pick<Crowd, 'points' | 'mobility' | 'id'>,
  { first, other, scale }: Pairs,
  share: number,
  salt: number,
): Int32Array {
  const count = mobility.length;
  const nearest = new Int32Array(count).fill(-1);
  const pairOf = new Int32Array(count);
  const least = new Float64Array(count).fill(Infinity);
  for (let a = 0; a < count; a++) {
    const x = points[3 * a];
    const y = points[3 * a + 1];
    const z = points[3 * a + 2];
    let own = least[a];
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      const b = other[p];
      const dx = x - points[3 * b];
      const dy = y - points[3 * b + 1];
      const dz = z - points[3 * b + 2];
      const d2 = dx * dx + dy * dy + dz * dz;
      if (d2 < own) {
        own = d2;
        nearest[a] = b;
        pairOf[a] = p;
      }
      if (d2 < least[b]) {
        least[b] = d2;
        nearest[b] = a;
      }
    }
  }
  const partner = new Int32Array(count).fill(-1);
  for (let a = 0; a < count; a++) {
    const b = nearest[a];
    if (b < a || nearest[b] !== a || mobility[a] < 1 || mobility[b] < 1) continue;
    if (hashUnit(Math.min(id[a], id[b]), salt) >= share) continue;
    partner[a] = b;
    partner[b] = a;
    scale[pairOf[a]] = Infinity;
  }
  return partner;
}

/** Adds to the force on dot `a` the way that brings it and its partner together. */
export function feelPartner(
  { points, wanted, widestHexMm }: Pick<Crowd, 'points' | 'wanted' | 'widestHexMm'>,
  a: number,
  b: number,
  force: Float64Array,
): void {
  const dx = points[3 * b] - points[3 * a];
  const dy = points[3 * b + 1] - points[3 * a + 1];
  const dz = points[3 * b + 2] - points[3 * a + 2];
  const d = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const together = TOGETHER * Math.min(widestHexMm, HEX_IN_SPACINGS * Math.min(wanted[a], wanted[b]));
  const k = d > 0 ? (0.5 * (d - together)) / d : 0;
  force[3 * a] += k * dx;
  force[3 * a + 1] += k * dy;
  force[3 * a + 2] += k * dz;
}
