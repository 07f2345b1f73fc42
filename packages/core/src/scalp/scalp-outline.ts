/**
 * Where hair can grow at all, apart from the front: from sideburn to sideburn over the ears and along the nape.
 *
 * The rim passes 6 to 10 mm from the ear (its outline in the sagittal plane: about 32 mm up, 30 mm down, 2 mm ahead
 * and 33 mm behind the tragion on an adult). Without that distance grey patches sat on ears and sideburns in six of
 * six trial pictures, because a template's ears are not the client's. All positions are estimates scaled by the
 * head's width at the ears; a rim drawn on the client replaces them.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { distance } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { curveThrough, sampleOf } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';

/** Left half of the rim, from the sideburn's foot to the nape's middle, mm on a head 144 mm wide between the tragions. */
const LEFT_RIM: readonly Vec3[] = [
  [72, -5, 13],
  [72, 10, 8],
  [73, 28, 7],
  [75, 38, 0],
  [76, 41, -14],
  [75, 36, -29],
  [72, 18, -37],
  [67, -6, -43],
  [55, -30, -57],
  [30, -43, -75],
];
const NAPE: Vec3 = [0, -46, -81];

/** Width over which a full treatment tapers along the rim. */
export const RIM_TAPER_MM = 10;

/** The rim from the left end of the hairline round the back to its right end; hair on normal x tangent. */
export function lowerRim(
  head: HeadMap,
  landmarks: HeadLandmarks,
  front: SkinCurve,
  through: typeof curveThrough = curveThrough,
): SkinCurve {
  const k = headScale(landmarks);
  const put = ([x, y, z]: Vec3, sign: number): Vec3 => onSkin(head, [sign * x * k, y * k, z * k]);
  const left = LEFT_RIM.map((p) => put(p, 1));
  const right = LEFT_RIM.map((p) => put(p, -1)).reverse();
  return through(head, [sampleOf(front, front.count - 1), ...left, put(NAPE, 1), ...right, sampleOf(front, 0)]);
}

/** Size of this head relative to the average one the constants of this room are written for. */
export const headScale = (landmarks: HeadLandmarks): number =>
  distance(landmarks.leftTragion, landmarks.rightTragion) / 144;
