/**
 * Closed curves on the skin, and how far inside them a point lies.
 *
 * In: a head map and the points of an outline (mm, head frame), run either way. Out: the smooth curve through them, its
 * inside on the side of normal x tangent as hair is everywhere in this room, and exact distances to it, read only where
 * an outline can matter. The neck is outside of every outline: that tells which side is meant.
 *
 * Pure: a point gets the same distance alone and in any batch, because every search starts from the nearest part of the
 * curve and not from the point before. About 1 us a point near a curve, some nanoseconds elsewhere.
 */
import type { HeadMap } from '../head/head-map.ts';
import { onSkin } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { length } from '../vec/vec3.ts';
import type { Point } from './scalp-design.ts';
import { curveThrough } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { ballsAbout, firstOfBall, nearestSample, signedDistanceAt, squaredDistance } from './skin-grid.ts';

/** The smooth closed curve through at least three skin points: its last sample is its first. */
export function closedCurveThrough(head: HeadMap, points: readonly Point[]): SkinCurve {
  const n = points.length;
  if (n < 3) throw new RangeError('an outline needs three points');
  const on = (i: number): Vec3 => onSkin(head, points[((i % n) + n) % n]);
  const forward = turnsAboutTop(points) > 0;
  const ring = Array.from({ length: n + 5 }, (_, i) => on(forward ? i - 2 : 2 - i));
  const open = curveThrough(head, ring);
  // The curve runs two points past both ends of the ring so that its bend there is the ring's own.
  const from = Math.round(open.atMm[2] / open.stepMm);
  const to = Math.round(open.atMm[n + 2] / open.stepMm);
  const xyzMm = open.xyzMm.slice(3 * from, 3 * to + 3);
  xyzMm.set(xyzMm.subarray(0, 3), xyzMm.length - 3);
  return {
    count: to - from + 1,
    xyzMm,
    stepMm: open.stepMm,
    isClosed: true,
    atMm: open.atMm.slice(2, n + 3).map((at) => at - open.atMm[2]),
  };
}

export type FlatPoint = readonly [x: number, z: number];

/** The head laid flat about its top (stereographic, any unit): shapes keep their order, the neck is at infinity. */
export function flatAboutTop(p: Point): FlatPoint {
  const s = 1 / Math.max(1e-6, length(p) + p[1]);
  return [p[0] * s, p[2] * s];
}

/** Area of an outline laid flat, with its sign: positive when normal x tangent points inwards. */
function turnsAboutTop(points: readonly Point[]): number {
  const flat = points.map(flatAboutTop);
  return flat.reduce((sum, [x, z], i) => {
    const [nextX, nextZ] = flat[(i + 1) % flat.length];
    return sum + z * nextX - x * nextZ;
  }, 0);
}

/** Signed distance (mm) of a skin point to a curve, positive on the side of normal x tangent; -Infinity beyond `reachMm`. */
export type DistanceNear = (x: number, y: number, z: number) => number;

/** A ball (mm, head frame) that holds a closed curve and what it encloses. */
export function ballOfOutline({ count, xyzMm: c }: SkinCurve): { readonly centreMm: Vec3; readonly radiusMm: number } {
  const middle: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < count; i++) for (let k = 0; k < 3; k++) middle[k] += c[3 * i + k] / count;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    widest = Math.max(widest, Math.sqrt(squaredDistance(c, i, middle[0], middle[1], middle[2])));
  }
  // An outline bulges out of the ball about its own rim: what it encloses is at most twice as far from its middle.
  return { centreMm: middle, radiusMm: widest * 2 };
}

/** `reachMm`: how far outside of the curve, and of what it encloses, distances are still wanted. */
export function distanceNear(curve: SkinCurve, reachMm: number): DistanceNear {
  const { xyzMm: c } = curve;
  const balls = ballsAbout(curve);
  const { centreMm: middle, radiusMm } = ballOfOutline(curve);
  const bound = radiusMm + reachMm;
  return (x, y, z) => {
    const mx = x - middle[0];
    const my = y - middle[1];
    const mz = z - middle[2];
    if (mx * mx + my * my + mz * mz > bound * bound) return -Infinity;
    let start = 0;
    let nearest = Infinity;
    for (let b = 0; 4 * b < balls.length; b++) {
      const dx = balls[4 * b] - x;
      const dy = balls[4 * b + 1] - y;
      const dz = balls[4 * b + 2] - z;
      const d = dx * dx + dy * dy + dz * dz;
      if (d < nearest) {
        nearest = d;
        start = b;
      }
    }
    const foot = nearestSample(curve, balls, firstOfBall(start), x, y, z);
    return signedDistanceAt(curve, foot, squaredDistance(c, foot, x, y, z), x, y, z);
  };
}
