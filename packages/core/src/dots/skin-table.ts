/**
 * The skin of a head at the nodes of its map: how much of it a steradian has, and which way it faces.
 *
 * Read between nodes by one bilinear lookup, where skin-area.ts and `normalAt` ask the map for four and six radii a point:
 * a fifth of the time for 150,000 dots, and the same within the smoothness of the map. Slopes are taken over the same
 * angle as in skin-area.ts.
 */
import { directionOf, foldOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { isWithinScalpReach } from './scalp-reach.ts';
import { STEP, tangentsAt } from './skin-area.ts';

/** Per node {@link SKIN_CHANNELS}: mm2 per steradian, and the outward normal, x, y, z, of about unit length. */
export type SkinTable = Float32Array;

export const SKIN_CHANNELS = 4;

/** Slope below the rim of the reserve within which every dot ends, and every node that it is read from lies: about 25 mm. */
const SKIRT = 0.3;

export function skinTable(head: HeadMap): SkinTable {
  const { size, radiiMm } = head;
  const table = new Float32Array(size * size * SKIN_CHANNELS);
  for (let j = 0, node = 0; j < size; j++) {
    for (let i = 0; i < size; i++, node++) {
      const [x, y, z] = directionOf((2 * i) / (size - 1) - 1, (2 * j) / (size - 1) - 1);
      if (!isWithinScalpReach(x, y, z, SKIRT)) continue;
      const { ax, ay, az, bx, by, bz } = tangentsAt(x, y, z);
      const r = radiiMm[node];
      const per = 1 / (2 * STEP * r);
      const alongA =
        per *
        (radiusMm(head, x + STEP * ax, y + STEP * ay, z + STEP * az) -
          radiusMm(head, x - STEP * ax, y - STEP * ay, z - STEP * az));
      const alongB =
        per *
        (radiusMm(head, x + STEP * bx, y + STEP * by, z + STEP * bz) -
          radiusMm(head, x - STEP * bx, y - STEP * by, z - STEP * bz));
      const steep = Math.sqrt(1 + alongA * alongA + alongB * alongB);
      const at = node * SKIN_CHANNELS;
      table[at] = r * r * steep;
      table[at + 1] = (x - alongA * ax - alongB * bx) / steep;
      table[at + 2] = (y - alongA * ay - alongB * by) / steep;
      table[at + 3] = (z - alongA * az - alongB * bz) / steep;
    }
  }
  return table;
}

/** Writes the unit normals at `count` skin points into `out`. */
export function readNormals(
  { size }: HeadMap,
  table: SkinTable,
  xyzMm: Float64Array,
  count: number,
  out: Float32Array,
): void {
  const row = size * SKIN_CHANNELS;
  for (let q = 0; q < 3 * count; q += 3) {
    const s = 1 / (Math.abs(xyzMm[q]) + Math.abs(xyzMm[q + 1]) + Math.abs(xyzMm[q + 2]));
    let u = xyzMm[q] * s;
    let v = xyzMm[q + 2] * s;
    if (xyzMm[q + 1] < 0) {
      const folded = foldOf(u, v);
      v = foldOf(v, u);
      u = folded;
    }
    const gx = (u + 1) * 0.5 * (size - 1);
    const gy = (v + 1) * 0.5 * (size - 1);
    const i = Math.min(size - 2, Math.floor(gx));
    const j = Math.min(size - 2, Math.floor(gy));
    const fx = gx - i;
    const fy = gy - j;
    const k = (i + size * j) * SKIN_CHANNELS;
    const w00 = (1 - fx) * (1 - fy);
    const w10 = fx * (1 - fy);
    const w01 = (1 - fx) * fy;
    const w11 = fx * fy;
    const x = table[k + 1] * w00 + table[k + 5] * w10 + table[k + row + 1] * w01 + table[k + row + 5] * w11;
    const y = table[k + 2] * w00 + table[k + 6] * w10 + table[k + row + 2] * w01 + table[k + row + 6] * w11;
    const z = table[k + 3] * w00 + table[k + 7] * w10 + table[k + row + 3] * w01 + table[k + row + 7] * w11;
    const l = 1 / Math.sqrt(x * x + y * y + z * z);
    out[q] = x * l;
    out[q + 1] = y * l;
    out[q + 2] = z * l;
  }
}
