import { buildHead } from '../../head/build-head.ts';
import type { HeadMap } from '../../head/head-map.ts';
import { headMesh } from '../../head/head-mesh.ts';
import type { HeadShape } from '../../head/head-shape.ts';
import { project } from '../../vec/camera.ts';
import type { Camera } from '../../vec/camera.ts';
import { multiply, rotate, rotationAboutX, rotationAboutY, rotationAboutZ } from '../../vec/mat3.ts';
import type { Mat3, Vec3 } from '../../vec/mat3.ts';
import type { SoftMask } from '../pixels.ts';

/** The middle of the face, template mm: what a face detector keeps in place when its angles are wrong. */
const FACE: Vec3 = [0, 20, 75];
const FACING: Mat3 = [1, 0, 0, 0, -1, 0, 0, 0, -1];
const RAD = Math.PI / 180;

/** A camera whose picture has the face in its middle; angles in degrees, distance to the face in mm. */
export function cameraOn(
  f: number,
  middlePx: number,
  distanceMm: number,
  yaw: number,
  pitch: number,
  roll: number,
): Camera {
  const R = multiply(
    rotationAboutZ(roll * RAD),
    multiply(FACING, multiply(rotationAboutX(pitch * RAD), rotationAboutY(yaw * RAD))),
  );
  const p = rotate(R, FACE);
  return { f, cx: middlePx, cy: middlePx, R, t: [-p[0], -p[1], distanceMm - p[2]] };
}

/** The same camera with the head turned and bowed a little more about its face: a pose that a detector got wrong. */
export function misjudged(camera: Camera, yaw: number, pitch: number): Camera {
  const R = multiply(camera.R, multiply(rotationAboutX(pitch * RAD), rotationAboutY(yaw * RAD)));
  const [a, b] = [rotate(camera.R, FACE), rotate(R, FACE)];
  const { t } = camera;
  return { ...camera, R, t: [t[0] + a[0] - b[0], t[1] + a[1] - b[1], t[2] + a[2] - b[2]] };
}

/** What is inside a triangle in mask samples times `fine` is marked. */
function fill(bits: Uint8Array, size: number, x: readonly number[], y: readonly number[]): void {
  const area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
  if (Math.abs(area) < 1e-9) return;
  for (let v = Math.max(0, Math.floor(Math.min(...y) - 0.5)); v <= Math.min(size - 1, Math.max(...y)); v++) {
    for (let u = Math.max(0, Math.floor(Math.min(...x) - 0.5)); u <= Math.min(size - 1, Math.max(...x)); u++) {
      const a = ((u + 0.5 - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (v + 0.5 - y[0])) / area;
      const b = ((x[1] - x[0]) * (v + 0.5 - y[0]) - (u + 0.5 - x[0]) * (y[1] - y[0])) / area;
      if (a >= 0 && b >= 0 && a + b <= 1) bits[v * size + u] = 1;
    }
  }
}

/** The outline of a head of this shape as a person mask over a square of the photo. */
export const personMask = (camera: Camera, shape: HeadShape, square: Square, size = 160): SoftMask =>
  maskOfHead(camera, buildHead(shape), square, size);

type Square = Pick<SoftMask, 'leftPx' | 'topPx' | 'sidePx'>;

/** The same of any head, by rasterising its mesh 4 x 4 times finer. */
export function maskOfHead(camera: Camera, head: HeadMap, square: Square, size = 160): SoftMask {
  const FINE = 4;
  const mesh = headMesh(head, 64);
  const bits = new Uint8Array(size * size * FINE * FINE);
  const perPx = (size * FINE) / square.sidePx;
  const count = mesh.positionsMm.length / 3;
  const us = new Float64Array(count);
  const vs = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const [x, y] = project(camera, [mesh.positionsMm[3 * k], mesh.positionsMm[3 * k + 1], mesh.positionsMm[3 * k + 2]]);
    us[k] = (x + 0.5 - square.leftPx) * perPx;
    vs[k] = (y + 0.5 - square.topPx) * perPx;
  }
  const t = mesh.triangles;
  for (let k = 0; k < t.length; k += 3) {
    fill(bits, size * FINE, [us[t[k]], us[t[k + 1]], us[t[k + 2]]], [vs[t[k]], vs[t[k + 1]], vs[t[k + 2]]]);
  }
  const values = new Uint8Array(size * size);
  for (let j = 0; j < size * FINE; j++) {
    for (let i = 0; i < size * FINE; i++) {
      values[Math.floor(j / FINE) * size + Math.floor(i / FINE)] += (bits[j * size * FINE + i] * 255) / (FINE * FINE);
    }
  }
  return { ...square, size, values };
}
