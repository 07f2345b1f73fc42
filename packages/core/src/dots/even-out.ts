/**
 * Evens out dots that were chosen by rank: the second way, which an edit can be followed through.
 *
 * As `relaxDots`, with these differences. The kernel is softer and ends smoothly (kernel.ts): three longer steps leave
 * less power at low frequencies than six did, and a pattern that needs no roughening; where one less regular is wanted, dots
 * are drawn together in pairs (draw-together.ts). Neighbours are found once, where dots start, with some slack for the way
 * they go. Only steep slopes of density are held (held-push.ts). Dots are put back on the skin after every third step: in
 * between they leave it by hundredths of a millimetre. And places are rounded to a thousandth of a millimetre, spacings,
 * pushes and what loosens the edge more coarsely, so that what an edit changes by less dies out.
 *
 * Pure: sums run in the order of seats.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { hash32 } from '../random/hash.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { addForces } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { feelPartner, matchPairs } from './draw-together.ts';
import { moveClear } from './keep-clear.ts';
import { WIDEST_SPACING_MM, softKernel } from './kernel.ts';
import type { SecondWay } from './layout-style.ts';
import { pairUp } from './pair-up.ts';
import type { PointCells } from './point-cells.ts';
import { pushApart } from './push-apart.ts';
import { rounded } from './thousandths.ts';

/** Neighbours are those within this many times their reach at the start. */
export const SLACK = 1.05;
export const WIDEST_MM = Math.fround(WIDEST_SPACING_MM / SLACK);
export const PUSH_ROUNDS = 4;
/**
 * 11 dots per cm2. The sparser ones, ahead of an edge, are kept 2 mm apart: what they could meet further off is not among
 * the neighbours of the start.
 */
export const WIDEST_HEX_MM = 3.3;
export const STEP = 0.45;
/** Then pairs are drawn together, and as many steps even out what that left uneven. */
export const STEPS_BEFORE_PAIRS = 3;

/** Spacing that a density asks for, mm, to a 128th: a small move of an edge leaves most as they are. */
export const spacingOf = (perCm2: number): number => Math.round(1280 / Math.sqrt(perCm2)) / 128;

/** Moves the dots of a crowd, whose cells are those of their seats; `salt` tells which pairs are drawn together. */
export function evenOut(
  dots: Pick<Crowd, 'head' | 'keepClear' | 'points' | 'wanted' | 'mobility' | 'id'> & { readonly push: Float64Array },
  cells: PointCells,
  { iterations, firmness, paired }: SecondWay,
  salt: number,
): void {
  const { head, keepClear, points, wanted, mobility, push, id } = dots;
  const spacing = new Float32Array(wanted.length);
  for (let a = 0; a < spacing.length; a++) spacing[a] = wanted[a] < WIDEST_MM ? wanted[a] : WIDEST_MM;
  const pairs = pairUp(points, spacing, cells, SLACK);
  // Named one by one: V8 forgets the shape that a spread makes, and compiles the sums over it anew with every layout.
  const crowd = { head, keepClear, points, wanted, mobility, push, id, pairs, widestHexMm: WIDEST_HEX_MM };
  const kernel = softKernel(firmness);
  const force = new Float64Array(points.length);
  let partner: Int32Array | null = null;
  for (let n = 1; n <= iterations; n++) {
    for (let q = 0; q < force.length; q++) force[q] = -push[q];
    addForces(points, pairs, kernel, force);
    for (let a = 0; a < mobility.length; a++) {
      step(head, keepClear, points, 3 * a, force, STEP * mobility[a], isLanding(n, iterations));
    }
    if (paired > 0 && n === STEPS_BEFORE_PAIRS) partner = matchPairs(crowd, pairs, paired, salt);
    if (partner) bringTogether(crowd, partner, force);
  }
  pushApart(crowd, PUSH_ROUNDS);
}

function bringTogether(crowd: Crowd, partner: Int32Array, force: Float64Array): void {
  const { head, keepClear, points } = crowd;
  for (let a = 0; a < partner.length; a++) {
    const b = partner[a];
    if (b <= a) continue;
    for (let q = 3 * a; q < 3 * a + 3; q++) force[q] = 0;
    feelPartner(crowd, a, b, force);
    for (let c = 0; c < 3; c++) force[3 * b + c] = -force[3 * a + c];
  }
  for (let a = 0; a < partner.length; a++) {
    if (partner[a] >= 0) step(head, keepClear, points, 3 * a, force, 1, true);
  }
}

/** Which of the pairs that there could be are drawn together. */
export const pairingSalt = (seed: number): number => hash32(seed, 16);

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
