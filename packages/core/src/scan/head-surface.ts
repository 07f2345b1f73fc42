/**
 * The template with a face: the skin by direction, and how much each direction says about where a head is.
 *
 * Cranium from the template, face from MediaPipe's canonical face, both in template millimetres. The face is smoothed
 * over its 468 points by moving least squares (a plane in the two angles, Gaussian of 3 degrees). Ears, neck and the
 * underside of the jaw say nothing: weight 0.
 */
import { exp } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { solveLinear } from '../num/solve.ts';
import { canonicalToTemplate } from '../head/canonical-to-template.ts';
import { isEar } from '../head/ears.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { templateMap } from '../head/template-radius.ts';

export interface HeadSurface extends HeadMap {
  /** Per node: 1 where heads are alike, less where they differ, 0 where the radius means nothing. */
  readonly weights: Float32Array;
  /** Per node: 1 where the radius is the face's. */
  readonly isFace: Uint8Array;
}

export const TEMPLATE_SHAPE: HeadShape = { face: 1, width: 1, height: 1, length: 1 };

/** Height above the plane from the brow to the ears, of a unit direction: above this it is cranium. */
const CRANIAL_FROM = 0.06;
const BROW_TO_EAR_SLOPE = 0.42;
const FACE_WEIGHT = 0.6;
const SIGMA_RAD = 0.055;
/** Weight of points in reach below which a direction lies off the face. */
const LEAST_SUPPORT = 0.6;
/** Square of how far the mean of the points in reach may lie from the direction. */
const LEAN = 0.36 * SIGMA_RAD * SIGMA_RAD;

const cache = new WeakMap<readonly number[], HeadSurface>();

/** The template's surface with the given canonical face (cm, x y z per point), computed once per face. */
export function headSurface(faceCm: readonly number[]): HeadSurface {
  const known = cache.get(faceCm);
  if (known) return known;
  const { size, radiiMm: skull } = templateMap();
  const radiiMm = Float32Array.from(skull);
  const weights = new Float32Array(size * size);
  const isFace = new Uint8Array(size * size);
  const face: { direction: Vec3; radius: number }[] = [];
  for (let k = 0; k + 2 < faceCm.length; k += 3) {
    const p = canonicalToTemplate([faceCm[k], faceCm[k + 1], faceCm[k + 2]]);
    const radius = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    face.push({ direction: [p[0] / radius, p[1] / radius, p[2] / radius], radius });
  }
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  for (let k = 0; k < size * size; k++) {
    const d = directionOf(node(k % size), node(Math.floor(k / size)));
    const r = skull[k];
    if (isEar(TEMPLATE_SHAPE, [d[0] * r, d[1] * r, d[2] * r], 8)) continue;
    const isFront = d[2] > 0.25 && d[1] < 0.4;
    if (d[1] - BROW_TO_EAR_SLOPE * d[2] > CRANIAL_FROM) weights[k] = 1;
    else if (!isFront) weights[k] = d[1] > -0.25 && d[2] < 0 ? 0.7 : 0;
    else {
      const onFace = faceRadius(face, d);
      if (onFace === null) continue;
      radiiMm[k] = onFace;
      weights[k] = FACE_WEIGHT;
      isFace[k] = 1;
    }
  }
  const surface = { size, radiiMm, weights, isFace };
  cache.set(faceCm, surface);
  return surface;
}

function faceRadius(face: readonly { direction: Vec3; radius: number }[], d: Vec3): number | null {
  const l = Math.sqrt(d[2] * d[2] + d[0] * d[0]);
  const side = [d[2] / l, 0, -d[0] / l] as const;
  const up = [-d[1] * side[2], side[2] * d[0] - side[0] * d[2], d[1] * side[0]] as const;
  const a = new Float64Array(9);
  const b = new Float64Array(3);
  for (const { direction: e, radius } of face) {
    const across = e[0] * side[0] + e[2] * side[2];
    const along = e[0] * up[0] + e[1] * up[1] + e[2] * up[2];
    const gap = (across * across + along * along) / (SIGMA_RAD * SIGMA_RAD);
    if (gap > 9 || e[2] < 0) continue;
    const w = exp(-gap / 2);
    const row = [1, across, along];
    for (let i = 0; i < 3; i++) {
      b[i] += w * row[i] * radius;
      for (let j = 0; j < 3; j++) a[3 * i + j] += w * row[i] * row[j];
    }
  }
  if (a[0] < LEAST_SUPPORT) return null;
  // Off the hull all points lie to one side, and a plane through them would be a guess.
  if (a[1] * a[1] + a[2] * a[2] > LEAN * a[0] * a[0]) return null;
  a[4] += 1e-6;
  a[8] += 1e-6;
  return solveLinear(a, b)[0];
}
