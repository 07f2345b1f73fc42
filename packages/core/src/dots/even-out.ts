/**
 * Evens out dots that were chosen by rank: the second way, which an edit can be followed through.
 *
 * As `relaxDots`, with these differences. The kernel is softer and ends smoothly (kernel.ts): three longer steps leave
 * less power at low frequencies than six did, and a pattern that needs no roughening. Neighbours are found once, where
 * dots start, with some slack for the way they go. Slopes of density below a factor of 1.4 within three cells are left to
 * themselves, because a few steps hardly flatten them. Dots are put back on the skin after every third step: in
 * between they leave it by hundredths of a millimetre. And places, spacings and pushes are rounded to a thousandth of a
 * millimetre, so that what an edit changes by less dies out.
 *
 * Pure: sums run in the order of the cell a dot starts in, and its seat.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { addForces } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import type { PushStyle } from './expected-push.ts';
import { moveClear } from './keep-clear.ts';
import { WIDEST_SPACING_MM, WITHIN_REACH, softKernel } from './kernel.ts';
import type { SecondWay } from './layout-style.ts';
import type { OccupiedCells } from './occupied-cells.ts';
import { pairUp } from './pair-up.ts';
import { pushApart } from './push-apart.ts';

/** Neighbours are those within this many times their reach at the start. */
export const SLACK = 1.05;
export const WIDEST_MM = Math.fround(WIDEST_SPACING_MM / SLACK);
/** Factor between densities within three cells from which on a slope is held. */
const HELD_SLOPE = 1.4;
export const PUSH_ROUNDS = 4;
/**
 * 11 dots per cm2. The sparser ones, ahead of an edge, are kept 2 mm apart: what they could meet further off is not among
 * the neighbours of the start.
 */
export const WIDEST_HEX_MM = 3.3;
export const STEP = 0.45;

/** Added and taken away again, it leaves a number of millimetres in whole 1024ths: its last bit is one. */
const TO_1024THS = 6_597_069_766_656;
const rounded = (mm: number): number => mm + TO_1024THS - TO_1024THS;

/** Spacing that a density asks for, mm. */
export const spacingOf = (perCm2: number): number => rounded(10 / Math.sqrt(perCm2));

/** How the expected push is read for this way. */
export const pushStyle = ({ firmness }: SecondWay): PushStyle => ({
  kernel: softKernel(firmness),
  steepest: HELD_SLOPE,
  round: rounded,
});

/** Moves the dots of a crowd, whose cells are those they start in. */
export function evenOut(
  crowd: Pick<Crowd, 'head' | 'keepClear' | 'points' | 'wanted' | 'mobility'> & { readonly push: Float64Array },
  cells: OccupiedCells,
  { iterations, firmness }: SecondWay,
): void {
  const { head, keepClear, points, wanted, mobility, push } = crowd;
  const spacing = wanted.map((mm) => (mm < WIDEST_MM ? mm : WIDEST_MM));
  const pairs = pairUp(points, spacing, cells, SLACK);
  const kernel = softKernel(firmness);
  const force = new Float64Array(points.length);
  for (let n = 1; n <= iterations; n++) {
    for (let q = 0; q < force.length; q++) force[q] = -push[q];
    addForces(points, pairs, kernel, WITHIN_REACH, force);
    for (let a = 0; a < mobility.length; a++) {
      step(head, keepClear, points, 3 * a, force, STEP * mobility[a], isLanding(n, iterations));
    }
  }
  pushApart({ ...crowd, pairs, widestHexMm: WIDEST_HEX_MM }, PUSH_ROUNDS);
}

/** Whether step `n` of so many, counted from 1, puts dots back on the skin. */
export const isLanding = (n: number, iterations: number): boolean => n === iterations || n % 3 === 0;

/** Moves the point at `q` by `k` times its force there, out of what must be kept clear, and onto the skin if it is to land. */
export function step(
  head: HeadMap,
  keepClear: readonly KeepClear[],
  points: Float64Array,
  q: number,
  force: Float64Array,
  k: number,
  lands: boolean,
): void {
  let x = points[q] + k * force[q];
  let y = points[q + 1] + k * force[q + 1];
  let z = points[q + 2] + k * force[q + 2];
  if (lands) {
    const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
    x *= s;
    y *= s;
    z *= s;
  }
  points[q] = rounded(x);
  points[q + 1] = rounded(y);
  points[q + 2] = rounded(z);
  if (keepClear.length > 0) moveClear(head, keepClear, points, q);
}
