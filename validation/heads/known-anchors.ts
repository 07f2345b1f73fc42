/**
 * Where the points that a person marks really lie on a known head, mm. Of ears the highest and lowest points are marked: on
 * heads of ICT-FaceKit among the same corners as in scripts/fit-anchor-covariance.mjs, on others where the skin beside the
 * tragion stands off. Points that a head does not show (a scan cut off above the chin) are left out.
 */
import { isEar as isUsualEar } from '@stipple/core/head/ears.ts';
import { radiusMm } from '@stipple/core/head/head-map.ts';
import type { HeadShape } from '@stipple/core/head/head-shape.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { length } from '@stipple/core/vec/vec3.ts';
import type { AnchorName } from '@stipple/core/vision/anchors.ts';
import { ICT_PICKS } from './head-picks.ts';
import type { KnownHead } from './known-head.ts';

/** Where ears are looked for, and how far they stand off at least. */
const USUAL: HeadShape = { face: 1, width: 1, height: 1, length: 1 };
const MARGIN_MM = 8;
const STANDS_OFF_MM = 6;

export function knownAnchors(head: KnownHead): ReadonlyMap<AnchorName, Vec3> {
  const { landmarks } = head;
  const standsOff = (p: Vec3): boolean =>
    isUsualEar(USUAL, p, MARGIN_MM) && length(p) - radiusMm(head.map, ...p) > STANDS_OFF_MM;
  const points = new Map<AnchorName, Vec3>([
    ['left-tragus', landmarks.leftTragion],
    ['right-tragus', landmarks.rightTragion],
    ['glabella', landmarks.glabella],
    ['nasion', landmarks.nasion],
    ['vertex', landmarks.vertex],
    ['opisthocranion', landmarks.opisthocranion],
    ['inion', landmarks.inion],
  ]);
  if (landmarks.leftCanthus) points.set('left-canthus', landmarks.leftCanthus);
  if (landmarks.rightCanthus) points.set('right-canthus', landmarks.rightCanthus);
  for (const [side, sign] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    const isEar = (p: Vec3, at: number): boolean =>
      sign * p[0] > 0 && (head.paintCm ? isIctEar(head.paintCm, at) : standsOff(p));
    const top = extreme(head, isEar, 1, 1);
    const lobe = extreme(head, isEar, 1, -1);
    if (top) points.set(`${side}-ear-top`, top);
    if (lobe) points.set(`${side}-ear-lobe`, lobe);
  }
  const nose = extreme(head, ([x, y]) => Math.abs(x) < 12 && y < 10 && y > -45, 2, 1);
  if (nose) points.set('nose-tip', nose);
  return points;
}

/** By the place of corner `at` on the neutral head, cm in its file. */
function isIctEar(paintCm: ArrayLike<number>, at: number): boolean {
  const { leftTragion } = ICT_PICKS;
  const [x, y, z] = [
    10 * paintCm[at],
    10 * (paintCm[at + 1] - leftTragion[1]),
    10 * (paintCm[at + 2] - leftTragion[2]),
  ];
  return Math.abs(x) > (y > 0 ? 82 : 74) && y > -50 && y < 40 && z > -50 && z < 5;
}

function extreme(
  { positionsMm: p }: KnownHead,
  isIn: (p: Vec3, at: number) => boolean,
  axis: number,
  sign: 1 | -1,
): Vec3 | null {
  let best: Vec3 | null = null;
  for (let k = 0; k < p.length; k += 3) {
    const at: Vec3 = [p[k], p[k + 1], p[k + 2]];
    if (isIn(at, k) && (!best || sign * (at[axis] - best[axis]) > 0)) best = at;
  }
  return best;
}
