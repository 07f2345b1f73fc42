/**
 * Where the tragions are, by the ears that a scan shows.
 *
 * An ear is what stands off the skin beside the tragion by more than 6 mm; the middle of that patch lies a steady
 * way below and behind the tragion: within 1.5 mm on 19 ICT heads, 5 mm over other scans. An ear that is missing,
 * under hair or far from where the fitted head has it leaves the fitted tragion as it is.
 */
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import type { CastRadii } from './cast-scan.ts';
import { fillRadii } from './fill-radii.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';

const STANDS_OFF_MM = 6;
/** Middle of the ear's patch seen from the tragion, at `face` 1, mm: up, forward. */
const FROM_TRAGION_MM = [-7, -18] as const;
/** Where ears are looked for: an ellipse round their usual centre, mm at `face` 1. */
const CENTRE_MM = [-8, -13] as const;
const HALF_MM = [45, 38] as const;
const INNERMOST_MM = 40;
/** An ear's patch, mm2 as seen from the side. */
const PATCH_MM2 = [500, 4000] as const;
const FARTHEST_MM = 16;

/** A tragion (mm, head frame) of each side, or null where no ear is seen. */
export function tragionsByEars(
  { outermostMm }: CastRadii,
  expected: HeadMap,
  face: number,
): { readonly left: Vec3 | null; readonly right: Vec3 | null } {
  const { size } = expected;
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  const directions = Array.from({ length: size * size }, (_, k) =>
    directionOf(node(k % size), node(Math.floor(k / size))),
  );
  const bare = Float32Array.from(outermostMm);
  const zone: number[] = [];
  directions.forEach((d, k) => {
    const r = expected.radiiMm[k];
    const up = (d[1] * r - CENTRE_MM[0] * face) / (HALF_MM[0] * face);
    const forward = (d[2] * r - CENTRE_MM[1] * face) / (HALF_MM[1] * face);
    if (Math.abs(d[0]) * r < INNERMOST_MM || up * up + forward * forward > 1) return;
    zone.push(k);
    bare[k] = NaN;
  });
  const skin = fillRadii(bare, expected);
  const tragion = (side: 1 | -1): Vec3 | null => {
    let [area, up, forward] = [0, 0, 0];
    for (const k of zone) {
      const d = directions[k];
      const r = outermostMm[k];
      if (d[0] * side < 0 || !(r - skin[k] > STANDS_OFF_MM)) continue;
      // Area of the node on the unit sphere, on the skin, as seen from the side.
      const l1 = Math.abs(d[0]) + Math.abs(d[1]) + Math.abs(d[2]);
      const step = 2 / (size - 1);
      const seen = l1 * l1 * l1 * step * step * r * r * Math.abs(d[0]);
      area += seen;
      up += seen * d[1] * r;
      forward += seen * d[2] * r;
    }
    if (!(area > PATCH_MM2[0] * face * face && area < PATCH_MM2[1] * face * face)) return null;
    const y = up / area - FROM_TRAGION_MM[0] * face;
    const z = forward / area - FROM_TRAGION_MM[1] * face;
    const at = skinBeside(skin, directions, side, y, z);
    return at && distance(at, [at[0], 0, 0]) < FARTHEST_MM ? at : null;
  };
  return { left: tragion(1), right: tragion(-1) };
}

/** The skin point at this height and depth: that of the node nearest to it. */
function skinBeside(skin: Float32Array, directions: readonly Vec3[], side: 1 | -1, y: number, z: number): Vec3 | null {
  let best: Vec3 | null = null;
  let nearest = 16;
  directions.forEach((d, k) => {
    if (d[0] * side < 0.7) return;
    const r = skin[k];
    const off = (d[1] * r - y) * (d[1] * r - y) + (d[2] * r - z) * (d[2] * r - z);
    if (off >= nearest) return;
    nearest = off;
    best = [d[0] * r, y, z];
  });
  return best;
}
