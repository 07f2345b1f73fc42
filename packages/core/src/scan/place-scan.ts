/**
 * Finds the head in a scan of unknown axes, with shoulders, a body or holes, and how it lies there.
 *
 * Candidate centres of a cranium, coarse poses round each, the best of them fitted; then the pick of those is fitted
 * again on points taken near the head only. What explains the scan best is the head, unless another way of turning
 * it explains it about as well.
 */
import type { Vec3 } from '../vec/mat3.ts';
import { rotate, transpose } from '../vec/mat3.ts';
import { findSkullCentres } from './find-skull-centres.ts';
import type { PoseFit, PoseStart } from './fit-pose.ts';
import { fitPose } from './fit-pose.ts';
import type { HeadSurface } from './head-surface.ts';
import { TEMPLATE_SHAPE } from './head-surface.ts';
import { sampleScan } from './sample-scan.ts';
import type { ScanMesh } from './scan-mesh.ts';
import { searchPose, turnCos } from './search-pose.ts';

export interface FoundHead extends PoseFit {
  /** Whether every fit that is turned by more than 30 degrees against this one is plainly worse. */
  readonly isClear: boolean;
}

const COARSE_SAMPLES = 12_000;
const FIRST_SAMPLES = 1_500;
const NEAR_SAMPLES = 4_000;
const CENTRES = 4;
const GUESSES = 8;
const FITTED = 14;
const REFITTED = 4;
/** mm from the origin within which the head lies. */
const NEAR_MM = 190;
const FIRST_REACHES_MM = [40, 34, 28, 22, 18, 15, 13] as const;
const OTHER_TURN_COS = 0.87;

/** The best placement at this size of a unit; null where there is nothing like a head. */
export function placeScan(mesh: ScanMesh, surface: HeadSurface, mmPerUnit: number): FoundHead | null {
  const samples = sampleScan(mesh, COARSE_SAMPLES);
  const guesses = findSkullCentres(samples, mmPerUnit, CENTRES)
    .flatMap((centre) => searchPose(surface, samples, centre, mmPerUnit, GUESSES))
    .sort((a, b) => a.lossMm - b.lossMm)
    .slice(0, FITTED);
  const fits = guesses.map(({ placement }) => {
    const grown = mmPerUnit / placement.mmPerUnit;
    const start: PoseStart = {
      placement: {
        rotation: placement.rotation,
        mmPerUnit,
        shiftMm: [placement.shiftMm[0] * grown, placement.shiftMm[1] * grown, placement.shiftMm[2] * grown],
      },
      shape: { ...TEMPLATE_SHAPE, face: grown },
    };
    return fitPose(surface, nearPoints(samples.points, start), start, { reachesMm: FIRST_REACHES_MM });
  });
  fits.sort((a, b) => a.lossMm - b.lossMm);
  const refits = distinct(fits)
    .slice(0, REFITTED)
    .map((fit) => {
      const origin = originOf(fit);
      const reach = NEAR_MM / mmPerUnit;
      const near = sampleScan(mesh, NEAR_SAMPLES, (x, y, z) => {
        const [dx, dy, dz] = [x - origin[0], y - origin[1], z - origin[2]];
        return dx * dx + dy * dy + dz * dz < reach * reach;
      });
      return fitPose(surface, near.points, fit);
    })
    .sort((a, b) => a.lossMm - b.lossMm);
  const [best] = refits;
  if (!best) return null;
  const other = refits.find(({ placement }) => turnCos(placement.rotation, best.placement.rotation) < OTHER_TURN_COS);
  return { ...best, isClear: !other || isPlainlyWorse(other, best) };
}

/** Where the head's origin lies in the scan. */
function originOf({ placement: { rotation, mmPerUnit, shiftMm } }: PoseStart): Vec3 {
  const back = rotate(transpose(rotation), shiftMm);
  return [-back[0] / mmPerUnit, -back[1] / mmPerUnit, -back[2] / mmPerUnit];
}

/** Of the samples near the head, evenly, so many as a first fit needs. */
function nearPoints(points: Float64Array, start: PoseStart): Float64Array {
  const origin = originOf(start);
  const reach = NEAR_MM / start.placement.mmPerUnit;
  const near: number[] = [];
  for (let k = 0; k < points.length; k += 3) {
    const [dx, dy, dz] = [points[k] - origin[0], points[k + 1] - origin[1], points[k + 2] - origin[2]];
    if (dx * dx + dy * dy + dz * dz < reach * reach) near.push(k);
  }
  const step = Math.max(1, near.length / FIRST_SAMPLES);
  const chosen = new Float64Array(3 * Math.floor(near.length / step));
  for (let n = 0; n < chosen.length / 3; n++) {
    const k = near[Math.floor(n * step)];
    chosen.set(points.subarray(k, k + 3), 3 * n);
  }
  return chosen;
}

/** By the whole, by what both see of the scan, or by the face, which only one way of turning can show. */
const isPlainlyWorse = (other: PoseFit, best: PoseFit): boolean =>
  other.lossMm > 1.6 * best.lossMm ||
  other.gapMm > 1.6 * best.gapMm + 0.3 ||
  other.faceExplained < best.faceExplained - 0.3;

/** The best of each turn. */
function distinct(fits: readonly PoseFit[]): PoseFit[] {
  const chosen: PoseFit[] = [];
  for (const fit of fits) {
    if (chosen.every(({ placement: p }) => turnCos(p.rotation, fit.placement.rotation) < 0.98)) chosen.push(fit);
  }
  return chosen;
}
