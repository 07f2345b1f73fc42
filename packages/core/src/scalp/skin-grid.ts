/**
 * Fields over the scalp, tabulated once per design on the octahedral grid of the head map and read back by one
 * bilinear lookup.
 *
 * Distances to curves cost microseconds each and a plan asks for hundreds of thousands of points; at 193 nodes a side
 * the nodes are about 1.8 mm apart, where reading between them costs about 0.06 mm near a curve as smooth as a hairline
 * (measured in the tests). Straight-line distance stands for distance along the skin: on a head of 80 mm radius it
 * is 0.1 % short at 13 mm, far inside every ramp that uses it.
 */
import { directionOf, foldOf, octahedralOf, onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { SkinCurve } from './skin-curve.ts';

export const GRID_SIZE = 193;

/** Skin points (x, y, z mm) of all nodes, row by row. */
export function gridPoints(head: HeadMap, size = GRID_SIZE): Float64Array {
  const xyz = new Float64Array(size * size * 3);
  for (let j = 0, k = 0; j < size; j++) {
    for (let i = 0; i < size; i++, k += 3) {
      xyz.set(onSkin(head, directionOf((2 * i) / (size - 1) - 1, (2 * j) / (size - 1) - 1)), k);
    }
  }
  return xyz;
}

/** Samples per bounding ball of the search. */
export const BLOCK = 12;

/** Signed distance (mm) of each point to the curve, positive on its hair side. */
export function signedDistances(xyz: Float64Array, curve: SkinCurve): Float32Array {
  const balls = ballsAbout(curve);
  const out = new Float32Array(xyz.length / 3);
  // Neighbouring nodes have neighbouring feet: starting from the last one's foot prunes nearly every ball.
  let foot = 0;
  for (let p = 0; p < out.length; p++) {
    const x = xyz[3 * p];
    const y = xyz[3 * p + 1];
    const z = xyz[3 * p + 2];
    foot = nearestSample(curve, balls, foot, x, y, z);
    out[p] = signedDistanceAt(curve, foot, squaredDistance(curve.xyzMm, foot, x, y, z), x, y, z);
  }
  return out;
}

/** Balls (x, y, z, radius) about each run of {@link BLOCK} samples of a curve, for {@link nearestSample}. */
export function ballsAbout(curve: SkinCurve): Float64Array {
  const blocks = Math.ceil(curve.count / BLOCK);
  const balls = new Float64Array(blocks * 4);
  for (let b = 0; b < blocks; b++) {
    balls.set(ballAbout(curve, b * BLOCK, Math.min((b + 1) * BLOCK, curve.count)), 4 * b);
  }
  return balls;
}

/** The ball (x, y, z, radius) halfway between the first of these samples and the last, about all of them. */
export function ballAbout({ xyzMm: c }: SkinCurve, from: number, to: number): Float64Array {
  const last = Math.max(from, to - 1);
  const ball = new Float64Array(4);
  for (let k = 0; k < 3; k++) ball[k] = (c[3 * from + k] + c[3 * last + k]) / 2;
  let r = 0;
  for (let i = from; i <= last; i++) r = Math.max(r, Math.sqrt(squaredDistance(c, i, ball[0], ball[1], ball[2])));
  ball[3] = r;
  return ball;
}

/** The first sample of run `b`. */
export const firstOfBall = (b: number): number => b * BLOCK;

/** The sample of the curve that is nearest to a point; the nearer `start` is, the fewer runs are looked into. */
export function nearestSample(
  { count, xyzMm: c }: SkinCurve,
  balls: Float64Array,
  start: number,
  x: number,
  y: number,
  z: number,
): number {
  let foot = start;
  let best = squaredDistance(c, foot, x, y, z);
  let reach = Math.sqrt(best);
  for (let b = 0; 4 * b < balls.length; b++) {
    const dx = balls[4 * b] - x;
    const dy = balls[4 * b + 1] - y;
    const dz = balls[4 * b + 2] - z;
    const limit = reach + balls[4 * b + 3];
    if (dx * dx + dy * dy + dz * dz >= limit * limit) continue;
    for (let i = b * BLOCK, end = Math.min(i + BLOCK, count); i < end; i++) {
      const d = squaredDistance(c, i, x, y, z);
      if (d < best) {
        best = d;
        foot = i;
        reach = Math.sqrt(d);
      }
    }
  }
  return foot;
}

/** Square of the distance to sample `i`. */
export function squaredDistance(c: Float64Array, i: number, x: number, y: number, z: number): number {
  const dx = c[3 * i] - x;
  const dy = c[3 * i + 1] - y;
  const dz = c[3 * i + 2] - z;
  return dx * dx + dy * dy + dz * dz;
}

/**
 * Distance to the two segments at the nearest sample `i` (squared distance `nearest`), with the side told by the
 * sample's normal x tangent.
 */
export function signedDistanceAt(
  curve: SkinCurve,
  i: number,
  nearest: number,
  x: number,
  y: number,
  z: number,
): number {
  if (curve.isClosed) return signedDistanceToRing(curve, i, nearest, x, y, z);
  const { count, xyzMm: c } = curve;
  let best = nearest;
  for (let s = Math.max(0, i - 1); s <= i && s + 1 < count; s++) {
    const k = 3 * s;
    const ex = c[k + 3] - c[k];
    const ey = c[k + 4] - c[k + 1];
    const ez = c[k + 5] - c[k + 2];
    const t = ((x - c[k]) * ex + (y - c[k + 1]) * ey + (z - c[k + 2]) * ez) / (ex * ex + ey * ey + ez * ez);
    if (t <= 0 || t >= 1) continue;
    const dx = c[k] + t * ex - x;
    const dy = c[k + 1] + t * ey - y;
    const dz = c[k + 2] + t * ez - z;
    best = Math.min(best, dx * dx + dy * dy + dz * dz);
  }
  const a = 3 * (i > 0 ? i - 1 : 0);
  const b = 3 * (i + 1 < count ? i + 1 : i);
  const tx = c[b] - c[a];
  const ty = c[b + 1] - c[a + 1];
  const tz = c[b + 2] - c[a + 2];
  return isBeyond(c, 3 * i, x, y, z, tx, ty, tz) ? -Math.sqrt(best) : Math.sqrt(best);
}

/**
 * The same for a curve that ends where it begins. Drawn by hands, these have narrow ends, at which tangents of samples say
 * nothing: the side is told by the segment that is nearest, or where that is a sample by both of its segments alike, which
 * is right however sharp the corner.
 */
function signedDistanceToRing(
  { count, xyzMm: c }: SkinCurve,
  i: number,
  nearest: number,
  x: number,
  y: number,
  z: number,
): number {
  let best = nearest;
  let [tx, ty, tz] = [0, 0, 0];
  for (const s of [i > 0 ? i - 1 : count - 2, i < count - 1 ? i : 0]) {
    const from = 3 * s;
    const ex = c[from + 3] - c[from];
    const ey = c[from + 4] - c[from + 1];
    const ez = c[from + 5] - c[from + 2];
    const squared = ex * ex + ey * ey + ez * ez;
    const t = ((x - c[from]) * ex + (y - c[from + 1]) * ey + (z - c[from + 2]) * ez) / squared;
    const dx = c[from] + t * ex - x;
    const dy = c[from + 1] + t * ey - y;
    const dz = c[from + 2] + t * ez - z;
    const d = dx * dx + dy * dy + dz * dz;
    if (t > 0 && t < 1 && d < best) {
      best = d;
      [tx, ty, tz] = [ex, ey, ez];
    } else if (best === nearest) {
      const unit = 1 / Math.sqrt(squared);
      tx += ex * unit;
      ty += ey * unit;
      tz += ez * unit;
    }
  }
  return isBeyond(c, 3 * i, x, y, z, tx, ty, tz) ? -Math.sqrt(best) : Math.sqrt(best);
}

/** Whether a place lies on the negative side of the curve's sample at `k` with this tangent: that of normal x tangent. */
function isBeyond(
  c: SkinCurve['xyzMm'],
  k: number,
  x: number,
  y: number,
  z: number,
  tx: number,
  ty: number,
  tz: number,
): boolean {
  const side =
    (x - c[k]) * (c[k + 1] * tz - c[k + 2] * ty) +
    (y - c[k + 1]) * (c[k + 2] * tx - c[k] * tz) +
    (z - c[k + 2]) * (c[k] * ty - c[k + 1] * tx);
  return side < 0;
}

/** The first of the four nodes about the direction (x, y, z): what {@link readGrid} reads between. */
export function cornerOf(x: number, y: number, z: number): number {
  const [u, v] = octahedralOf(x, y, z);
  const i = Math.min(GRID_SIZE - 2, Math.floor((u + 1) * 0.5 * (GRID_SIZE - 1)));
  return i + GRID_SIZE * Math.min(GRID_SIZE - 2, Math.floor((v + 1) * 0.5 * (GRID_SIZE - 1)));
}

/**
 * Reads `channels` interleaved values at the direction (x, y, z) into `out`.
 * `grid` holds size * size * channels numbers.
 */
export function readGrid(
  grid: Float32Array,
  channels: number,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
): void {
  const s = 1 / (Math.abs(x) + Math.abs(y) + Math.abs(z));
  let u = x * s;
  let v = z * s;
  if (y < 0) {
    const folded = foldOf(u, v);
    v = foldOf(v, u);
    u = folded;
  }
  const gx = (u + 1) * 0.5 * (GRID_SIZE - 1);
  const gy = (v + 1) * 0.5 * (GRID_SIZE - 1);
  const i = gx >= GRID_SIZE - 1 ? GRID_SIZE - 2 : Math.floor(gx);
  const j = gy >= GRID_SIZE - 1 ? GRID_SIZE - 2 : Math.floor(gy);
  const fx = gx - i;
  const fy = gy - j;
  const k = (i + GRID_SIZE * j) * channels;
  const below = k + GRID_SIZE * channels;
  for (let c = 0; c < channels; c++) {
    out[c] =
      (grid[k + c] * (1 - fx) + grid[k + channels + c] * fx) * (1 - fy) +
      (grid[below + c] * (1 - fx) + grid[below + channels + c] * fx) * fy;
  }
}
