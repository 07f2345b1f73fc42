import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';

/** Half the angle (rad) over which slopes of the skin are taken: 2 mm to either side on a head of 100 mm, as in `normalAt`. */
export const STEP = 0.02;

type Tangents = Readonly<Record<'ax' | 'ay' | 'az' | 'bx' | 'by' | 'bz', number>>;

/** Two unit tangents, a and b, of the unit direction (x, y, z); the axis least along it keeps them well conditioned. */
export function tangentsAt(x: number, y: number, z: number): Tangents {
  const upright = y < 0.8 && y > -0.8;
  const flat = upright ? Math.sqrt(x * x + z * z) : Math.sqrt(y * y + z * z);
  const ax = upright ? z / flat : 0;
  const ay = upright ? 0 : z / flat;
  const az = upright ? -x / flat : -y / flat;
  return { ax, ay, az, bx: y * az - z * ay, by: z * ax - x * az, bz: x * ay - y * ax };
}

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
  const { ax, ay, az, bx, by, bz } = tangentsAt(x, y, z);
  const alongA =
    radiusMm(head, x + STEP * ax, y + STEP * ay, z + STEP * az) -
    radiusMm(head, x - STEP * ax, y - STEP * ay, z - STEP * az);
  const alongB =
    radiusMm(head, x + STEP * bx, y + STEP * by, z + STEP * bz) -
    radiusMm(head, x - STEP * bx, y - STEP * by, z - STEP * bz);
  const per = 1 / (2 * STEP * r);
  return r * r * Math.sqrt(1 + (alongA * alongA + alongB * alongB) * per * per);
}
