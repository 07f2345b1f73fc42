/**
 * Is what was scanned skin, or hair, or a cap over it?
 *
 * Hair scans rough, and it makes the cranium large for the face below it. The roughness, what is left of the radii after
 * smoothing over some 9 mm, decides: skin shows 0.10 to 0.25 mm, with a noisy scanner 0.4. How thick the cover is follows
 * from the cranium's excess over the population's, which is right to about 4 mm at best. Nothing is taken off.
 * A smooth, snug cap cannot be told from a head.
 */
import { log } from '../num/elementary.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { neighboursOf } from './fill-radii.ts';

export interface CoverReport {
  readonly isCovered: boolean;
  /** Root mean square (mm) of the fine relief of the scalp. */
  readonly roughnessMm: number;
  /** About how far (mm) the outside of the cover stands off the skin. */
  readonly coverMm: number;
}

const SMOOTHINGS = 6;
const COVERED_ROUGHNESS_MM = 0.6;
/** Hair of a given relief stands off at least about this many times as far: an estimate. */
const COVER_PER_ROUGHNESS = 4;
/** Radius of the cranium, mm, and its stretch over the face in the population: the mean of its three factors in ln. */
const CRANIUM_MM = 95;
const USUAL_STRETCH = 0.002;

export function judgeCover(map: HeadMap, isSeen: Uint8Array, landmarks: HeadLandmarks, shape: HeadShape): CoverReport {
  const { size, radiiMm } = map;
  const around = neighboursOf(size);
  let smooth = Float64Array.from(radiiMm);
  for (let round = 0; round < SMOOTHINGS; round++) {
    const next = new Float64Array(smooth.length);
    for (let k = 0; k < smooth.length; k++) {
      const sum =
        smooth[around[4 * k]] + smooth[around[4 * k + 1]] + smooth[around[4 * k + 2]] + smooth[around[4 * k + 3]];
      next[k] = 0.5 * smooth[k] + 0.125 * sum;
    }
    smooth = next;
  }
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  const relief: number[] = [];
  for (let k = 0; k < radiiMm.length; k++) {
    if (!isSeen[k]) continue;
    const d = directionOf(node(k % size), node(Math.floor(k / size)));
    const y = d[1] * radiiMm[k];
    // Well above the brow and the ears: the octahedron's own edges bend the smoothed skin little there.
    if (y < landmarks.glabella[1] + 15) continue;
    const off = radiiMm[k] - smooth[k];
    relief.push(off * off);
  }
  relief.sort((a, b) => a - b);
  // The middle nine tenths: a seam of the scanner is not hair.
  const kept = relief.slice(0, Math.floor(relief.length * 0.95));
  let sum = 0;
  for (const value of kept) sum += value;
  const roughnessMm = kept.length > 0 ? Math.sqrt(sum / kept.length) : 0;
  const isCovered = roughnessMm > COVERED_ROUGHNESS_MM;
  const stretch = log(shape.width * shape.height * shape.length) / 3 - USUAL_STRETCH;
  const coverMm = Math.max(COVER_PER_ROUGHNESS * roughnessMm, stretch * CRANIUM_MM * shape.face);
  return { isCovered, roughnessMm, coverMm: isCovered ? coverMm : 0 };
}
