import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';

/** Angle (rad) over which slopes of the skin are taken: 2 mm on a head of 100 mm, as in `normalAt`. */
const STEP = 0.02;

/**
 * mm2 of skin per steradian in the unit direction (x, y, z), where the radius is r mm: r^2 / (n . d), n the skin's normal.
 *
 * From the slope of r along two tangents: 1 / (n . d) = sqrt(1 + |grad r|^2 / r^2).
 */
export function skinMm2PerSteradian(
  head: HeadMap,
  x: number,
  y: number,
  z: number,
  r = radiusMm(head, x, y, z),
): number {
  // Two unit tangents; the axis least along the direction keeps them well conditioned.
  const upright = y < 0.8 && y > -0.8;
  const flat = upright ? Math.sqrt(x * x + z * z) : Math.sqrt(y * y + z * z);
  const ax = upright ? z / flat : 0;
  const ay = upright ? 0 : z / flat;
  const az = upright ? -x / flat : -y / flat;
  const bx = y * az - z * ay;
  const by = z * ax - x * az;
  const bz = x * ay - y * ax;
  const alongA =
    radiusMm(head, x + STEP * ax, y + STEP * ay, z + STEP * az) -
    radiusMm(head, x - STEP * ax, y - STEP * ay, z - STEP * az);
  const alongB =
    radiusMm(head, x + STEP * bx, y + STEP * by, z + STEP * bz) -
    radiusMm(head, x - STEP * bx, y - STEP * by, z - STEP * bz);
  const per = 1 / (2 * STEP * r);
  return r * r * Math.sqrt(1 + (alongA * alongA + alongB * alongB) * per * per);
}
