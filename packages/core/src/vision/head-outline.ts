/**
 * Where the outline of a head runs in a photo: its distance (px) from a centre along rays.
 *
 * Each ray and the camera span a plane that cuts the head in a loop around an inner point; the outline is the point of
 * that loop seen farthest from the centre. The loop is walked by angle on the deformed template itself, so the answer
 * is smooth in every parameter and needs no mesh: about 10 us a ray.
 */
import { undeform } from '../head/deform-head.ts';
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { templateMap } from '../head/template-radius.ts';
import { PI, cos, sin } from '../num/elementary.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { length, normalise, subtract } from '../vec/vec3.ts';

/** Inside every head, in template mm: the middle of the cranium at brow height. A good place to start rays from. */
export const CRANIUM_CENTRE: Vec3 = [0, 45, -5];

/** Angles of the loop that are tried, radians towards (-) and away from (+) the camera. */
const FIRST = -PI / 3;
const LAST = PI / 3;
const STEPS = 16;

/** How far (mm of the template, about) a point of the head frame lies outside the head of this shape. */
function outside(template: HeadMap, shape: HeadShape, x: number, y: number, z: number): number {
  const p = undeform(shape, [x, y, z]);
  return Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]) - radiusMm(template, p[0], p[1], p[2]);
}

/** Distance from `centre`, inside the head, along unit `d` to its skin: secant steps from `guess` to 1 um. */
function reach(template: HeadMap, shape: HeadShape, centre: Vec3, d: Vec3, guess: number): number {
  const at = (t: number): number =>
    outside(template, shape, centre[0] + t * d[0], centre[1] + t * d[1], centre[2] + t * d[2]);
  let a = guess;
  let fa = at(a);
  let b = a - fa;
  for (let round = 0; round < 20 && Math.abs(fa) > 1e-3; round++) {
    const fb = at(b);
    const slope = (fb - fa) / (b - a);
    a = b;
    fa = fb;
    b -= fb / (slope > 0.1 ? slope : 1);
  }
  return a;
}

/**
 * Distances (px) of the outline along image directions `rays` (unit, y down) from the image of `middle`, a point inside
 * the head in camera coordinates (mm). Meant for rays that meet the cranium; towards the neck the head has no outline
 * of its own.
 */
export function headOutlinePx(
  camera: Camera,
  shape: HeadShape,
  middle: Vec3,
  rays: readonly (readonly [number, number])[],
): number[] {
  const template = templateMap();
  const { R, t, f } = camera;
  const toHead = (q: Vec3): Vec3 => [
    R[0] * q[0] + R[3] * q[1] + R[6] * q[2],
    R[1] * q[0] + R[4] * q[1] + R[7] * q[2],
    R[2] * q[0] + R[5] * q[1] + R[8] * q[2],
  ];
  const centre = toHead(subtract(middle, t));
  const distanceMm = length(middle);
  const away = normalise(middle);
  return rays.map(([ex, ey]) => {
    // Across: the ray's direction in the camera, made square to the line of sight.
    const along = ex * away[0] + ey * away[1];
    const across = normalise(subtract([ex, ey, 0], [away[0] * along, away[1] * along, away[2] * along]));
    const headAcross = toHead(across);
    const headAway = toHead(away);
    let guess = 80 * shape.face;
    /** Tangent of the angle at which the point of the loop is seen. */
    const seen = (psi: number): number => {
      const c = cos(psi);
      const s = sin(psi);
      const d: Vec3 = [
        headAcross[0] * c + headAway[0] * s,
        headAcross[1] * c + headAway[1] * s,
        headAcross[2] * c + headAway[2] * s,
      ];
      guess = reach(template, shape, centre, d, guess);
      return (guess * c) / (distanceMm + guess * s);
    };
    const step = (LAST - FIRST) / STEPS;
    const values: number[] = [];
    let best = 1;
    for (let k = 0; k <= STEPS; k++) {
      values.push(seen(FIRST + k * step));
      if (k < STEPS && values[k] > values[best]) best = k;
    }
    let tangent = values[best];
    if (best + 1 < values.length) {
      const bend = values[best - 1] - 2 * values[best] + values[best + 1];
      if (bend < 0) {
        const psi = FIRST + (best + (0.5 * (values[best - 1] - values[best + 1])) / bend) * step;
        tangent = Math.max(tangent, seen(psi));
      }
    }
    const q: Vec3 = [away[0] + across[0] * tangent, away[1] + across[1] * tangent, away[2] + across[2] * tangent];
    const dx = q[0] / q[2] - middle[0] / middle[2];
    const dy = q[1] / q[2] - middle[1] / middle[2];
    return f * (dx * ex + dy * ey);
  });
}
