/**
 * Where a point lies that a hand finds on the scalp by tape: so many mm from here towards there along the skin.
 *
 * A taut tape in a plane section of the head: the plane through the two points and the origin, so every step is a turn
 * of the direction, and the skin answers with its radius. Arc length is summed over chords of about 1 mm, which on a
 * head falls short by less than 1e-5 of it.
 */
import { acos, cos, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cross, distance, dot, normalise, scale } from '../vec/vec3.ts';
import { radiusOfMap } from './tape.ts';
import type { RadiusOf } from './tape.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { onSkin } from './head-map.ts';
import type { HeadMap } from './head-map.ts';

const STEP_RAD = 0.01;

/**
 * The skin point `mm` along the skin from `from` towards `towards`, in the plane of both and the origin; it may go
 * past `towards`. Negative `mm` walks away from it. Both points may lie off the skin: their directions count.
 */
export function walkOnSkin(map: HeadMap, from: Vec3, towards: Vec3, mm: number): Vec3 {
  if (!(Math.abs(mm) < 1e5)) throw new RangeError(`cannot walk ${mm} mm`);
  const a = normalise(from);
  const side = normalise(cross(cross(a, towards), a));
  const at = (angle: number): Vec3 => {
    const c = cos(angle);
    const s = sin(angle);
    return onSkin(map, [a[0] * c + side[0] * s, a[1] * c + side[1] * s, a[2] * c + side[2] * s]);
  };
  const sign = mm < 0 ? -1 : 1;
  let left = mm * sign;
  let angle = 0;
  let here = at(0);
  for (;;) {
    const next = at(angle + sign * STEP_RAD);
    const chord = distance(here, next);
    if (chord >= left) return at(angle + (sign * STEP_RAD * left) / chord);
    left -= chord;
    angle += sign * STEP_RAD;
    here = next;
  }
}

/** Arc length (mm) along the skin from `from` to `to` in the plane of both and the origin, the shorter way round. */
export const arcOnSkinMm = (map: HeadMap, from: Vec3, to: Vec3): number => arcOverMm(radiusOfMap(map), from, to);

/** The same on any skin that is given as a radius by direction, such as a stretched template without its map. */
export function arcOverMm(radius: RadiusOf, from: Vec3, to: Vec3): number {
  const a = normalise(from);
  const b = normalise(to);
  const side = normalise(cross(cross(a, b), a));
  const whole = acos(dot(a, b));
  const steps = Math.ceil(whole / STEP_RAD);
  let sum = 0;
  let here = scale(a, radius(...a));
  for (let k = 1; k <= steps; k++) {
    const angle = (whole * k) / steps;
    const c = cos(angle);
    const s = sin(angle);
    const d: Vec3 = [a[0] * c + side[0] * s, a[1] * c + side[1] * s, a[2] * c + side[2] * s];
    const next = scale(d, radius(...d));
    sum += distance(here, next);
    here = next;
  }
  return sum;
}

/** The midline skin point `mmAboveGlabella` along the skin from the glabella towards the vertex. */
export function midlinePoint(
  map: HeadMap,
  landmarks: Pick<HeadLandmarks, 'glabella' | 'vertex'>,
  mmAboveGlabella: number,
): Vec3 {
  return walkOnSkin(map, landmarks.glabella, landmarks.vertex, mmAboveGlabella);
}
