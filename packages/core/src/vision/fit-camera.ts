/**
 * Which camera sees these points there? Perspective-n-point for a known focal length.
 *
 * Levenberg-Marquardt on a small rotation before R and on t, with Huber weights: beyond `kneePx` the pull of a point no
 * longer grows, so that a raised brow does not turn the head. Starts upright to `turnRad`, over the centroid, at the
 * distance that gives the points their spread; from there it finds heads turned by up to 75 degrees.
 */
import { multiply, rotate, rotationAboutZ, rotationFromVector } from '../vec/mat3.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { solveLinear } from '../num/solve.ts';
import { toCamera, unproject } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { subtract } from '../vec/vec3.ts';

/** A point of the head frame (mm) and where the photo shows it. */
export interface SeenPoint {
  readonly point: Vec3;
  readonly xPx: number;
  readonly yPx: number;
}

/** Turned by half about x: head axes (y up, z to the camera) in the camera's (y down, z away), looked at frontally. */
export const FACING: Mat3 = [1, 0, 0, 0, -1, 0, 0, 0, -1];
const ITERATIONS = 60;

interface Row {
  readonly dx: number;
  readonly dy: number;
  /** The point in the camera's frame. */
  readonly q: Vec3;
}

/** `f`, `cx`, `cy` as in {@link Camera}; `turnRad` is the image's angle of the head's x axis. */
export function fitCamera(
  points: readonly SeenPoint[],
  f: number,
  cx: number,
  cy: number,
  turnRad: number,
  kneePx: number,
): Camera {
  let camera = startCamera(points, f, cx, cy, turnRad);
  let rows = residuals(camera, points);
  let cost = costOf(rows, kneePx);
  let damping = 1e-3;
  for (let round = 0; round < ITERATIONS; round++) {
    const { normal, pull } = normalEquations(camera, rows, kneePx);
    const before = cost;
    for (; damping < 1e9; damping *= 4) {
      const damped = normal.slice();
      for (let k = 0; k < 6; k++) damped[7 * k] *= 1 + damping;
      const step = solveLinear(damped, pull);
      const moved: Camera = {
        ...camera,
        R: multiply(rotationFromVector([step[0], step[1], step[2]]), camera.R),
        t: [camera.t[0] + step[3], camera.t[1] + step[4], camera.t[2] + step[5]],
      };
      const movedRows = residuals(moved, points);
      const movedCost = costOf(movedRows, kneePx);
      if (movedCost < cost && movedRows.every(({ q }) => q[2] > 0)) {
        [camera, rows, cost] = [moved, movedRows, movedCost];
        damping = Math.max(1e-9, damping / 5);
        break;
      }
    }
    if (before - cost <= 1e-10 * before) break;
  }
  return camera;
}

/** Root mean square distance between points and their images, px. */
export function reprojectionPx(camera: Camera, points: readonly SeenPoint[]): number {
  const rows = residuals(camera, points);
  return Math.sqrt(rows.reduce((sum, { dx, dy }) => sum + dx * dx + dy * dy, 0) / rows.length);
}

const residuals = (camera: Camera, points: readonly SeenPoint[]): Row[] =>
  points.map(({ point, xPx, yPx }) => {
    const q = toCamera(camera, point);
    return { dx: (camera.f * q[0]) / q[2] + camera.cx - xPx, dy: (camera.f * q[1]) / q[2] + camera.cy - yPx, q };
  });

function costOf(rows: readonly Row[], knee: number): number {
  let cost = 0;
  for (const { dx, dy } of rows) {
    const r = Math.sqrt(dx * dx + dy * dy);
    cost += r <= knee ? r * r : knee * (2 * r - knee);
  }
  return cost;
}

function startCamera(points: readonly SeenPoint[], f: number, cx: number, cy: number, turnRad: number): Camera {
  const mean = (value: (seen: SeenPoint) => number): number =>
    points.reduce((sum, seen) => sum + value(seen), 0) / points.length;
  const centroid: Vec3 = [mean(({ point }) => point[0]), mean(({ point }) => point[1]), mean(({ point }) => point[2])];
  const [x, y] = [mean(({ xPx }) => xPx), mean(({ yPx }) => yPx)];
  const square = (a: number, b: number): number => a * a + b * b;
  const spreadPx = mean(({ xPx, yPx }) => square(xPx - x, yPx - y));
  const spreadMm = mean(({ point }) => square(point[0] - centroid[0], point[1] - centroid[1]));
  const depth = f * Math.sqrt(spreadMm / spreadPx);
  const R = multiply(rotationAboutZ(turnRad), FACING);
  const t = subtract(unproject({ f, cx, cy }, x, y, depth), rotate(R, centroid));
  return { f, cx, cy, R, t };
}

/** Of the six unknowns: a small rotation before R, and t. */
function normalEquations({ f, t }: Camera, rows: readonly Row[], knee: number): { normal: number[]; pull: number[] } {
  const normal = new Array<number>(36).fill(0);
  const pull = new Array<number>(6).fill(0);
  for (const { dx, dy, q } of rows) {
    const r = Math.sqrt(dx * dx + dy * dy);
    const weight = r <= knee ? 1 : knee / r;
    const k = f / q[2];
    const a: Vec3 = [q[0] - t[0], q[1] - t[1], q[2] - t[2]];
    const u = -(k * q[0]) / q[2];
    const v = -(k * q[1]) / q[2];
    // d(image)/d(rotation) = d(image)/d(q) x (rotated point).
    const slopes = [
      { error: dx, by: [u * a[1], k * a[2] - u * a[0], -k * a[1], k, 0, u] },
      { error: dy, by: [v * a[1] - k * a[2], -v * a[0], k * a[0], 0, k, v] },
    ];
    for (const { error, by } of slopes) {
      for (let m = 0; m < 6; m++) {
        pull[m] -= weight * by[m] * error;
        for (let n = 0; n < 6; n++) normal[6 * m + n] += weight * by[m] * by[n];
      }
    }
  }
  return { normal, pull };
}
