/**
 * The points that a hairline is named by: its middle, the corners where the front turns into the temples, the temple peaks.
 *
 * A designed line has them among its controls. On a line drawn by hand they are found on the curve: a corner is where the
 * front leaves the direction of the brow, the place farthest from the chord between middle and end; a peak is not named.
 */
import type { HairlinePoints } from '../head/tape-checks.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cross, length, normalise, subtract } from '../vec/vec3.ts';
import { CONTROLS_PER_SIDE } from './design-hairline.ts';
import { frontEdge } from './front-edge.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { sampleOf } from './skin-curve.ts';

/** Controls from the middle out to the corner and to the peak of a designed line. */
const CORNER = 3;
const PEAK = 5;

export function hairlinePoints(
  head: HeadMap,
  hairline: HairlineDesign,
  seed: number,
): Omit<HairlinePoints, 'crownWhorl'> {
  const { controlsMm } = hairline;
  if (hairline.source === 'age-table' && controlsMm.length === 2 * CONTROLS_PER_SIDE + 1) {
    const middle = CONTROLS_PER_SIDE;
    return {
      midFrontal: controlsMm[middle],
      leftCorner: controlsMm[middle + CORNER],
      rightCorner: controlsMm[middle - CORNER],
      leftTemporalPeak: controlsMm[middle + PEAK],
      rightTemporalPeak: controlsMm[middle - PEAK],
    };
  }
  const { smooth, middleAtMm } = frontEdge(head, hairline, seed);
  const middle = Math.round(middleAtMm / smooth.stepMm);
  const farthest = (from: number, to: number): Vec3 => {
    const start = sampleOf(smooth, from);
    const chord = normalise(subtract(sampleOf(smooth, to), start));
    const step = from < to ? 1 : -1;
    let best = from;
    let most = -1;
    for (let i = from; i !== to; i += step) {
      const off = length(cross(subtract(sampleOf(smooth, i), start), chord));
      if (off > most) [best, most] = [i, off];
    }
    return sampleOf(smooth, best);
  };
  return {
    midFrontal: sampleOf(smooth, middle),
    leftCorner: farthest(middle, smooth.count - 1),
    rightCorner: farthest(middle, 0),
    leftTemporalPeak: null,
    rightTemporalPeak: null,
  };
}
