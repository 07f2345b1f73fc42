/**
 * How far a place of the skin is cranium whose outline a photo shows: 0 where face, ears or neck stand before it or are not
 * in the head map, 1 on the scalp. Template mm.
 */
import { smoothstep } from '../num/range.ts';
import { cos, degToRad, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';

/** The plane from the glabella to the inion: below it are face and neck. */
const PLANE_SLOPE = 0.216;
const PLANE_UP_MM = 19.5;
/** Brow and nose stand before what lies lower than this at the front. */
const BROW_MM = [44, 58] as const;
const FRONT_MM = [35, 60] as const;
/** The ear as seen from the side (head/ears.ts): centre, half axes, lean; hair and rims add to it. */
const EAR_CENTRE = [-8, -13] as const;
const EAR_HALF_MM = [40, 28] as const;
const EAR_LEAN = degToRad(16);
const EAR_SIDE_MM = [30, 55] as const;

export function outlineTrust([x, y, z]: Vec3): number {
  const above = smoothstep(0, 10, y - PLANE_SLOPE * z - PLANE_UP_MM);
  const face = smoothstep(FRONT_MM[0], FRONT_MM[1], z) * (1 - smoothstep(BROW_MM[0], BROW_MM[1], y));
  const up = y - EAR_CENTRE[0];
  const back = EAR_CENTRE[1] - z;
  const along = (up * cos(EAR_LEAN) + back * sin(EAR_LEAN)) / EAR_HALF_MM[0];
  const across = (back * cos(EAR_LEAN) - up * sin(EAR_LEAN)) / EAR_HALF_MM[1];
  const beside = smoothstep(EAR_SIDE_MM[0], EAR_SIDE_MM[1], Math.abs(x));
  const ear = beside * (1 - smoothstep(1, 1.35, Math.sqrt(along * along + across * across)));
  return above * (1 - face) * (1 - ear);
}
