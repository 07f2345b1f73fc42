import { cos, sin } from '../num/elementary.ts';

/** A point or direction. */
export type Vec3 = readonly [number, number, number];
/** Row-major 3 x 3. */
export type Mat3 = readonly [number, number, number, number, number, number, number, number, number];

export const IDENTITY: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export const multiply = (a: Mat3, b: Mat3): Mat3 => [
  a[0] * b[0] + a[1] * b[3] + a[2] * b[6],
  a[0] * b[1] + a[1] * b[4] + a[2] * b[7],
  a[0] * b[2] + a[1] * b[5] + a[2] * b[8],
  a[3] * b[0] + a[4] * b[3] + a[5] * b[6],
  a[3] * b[1] + a[4] * b[4] + a[5] * b[7],
  a[3] * b[2] + a[4] * b[5] + a[5] * b[8],
  a[6] * b[0] + a[7] * b[3] + a[8] * b[6],
  a[6] * b[1] + a[7] * b[4] + a[8] * b[7],
  a[6] * b[2] + a[7] * b[5] + a[8] * b[8],
];

export const transpose = (m: Mat3): Mat3 => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

export const rotate = (m: Mat3, p: Vec3): Vec3 => [
  m[0] * p[0] + m[1] * p[1] + m[2] * p[2],
  m[3] * p[0] + m[4] * p[1] + m[5] * p[2],
  m[6] * p[0] + m[7] * p[1] + m[8] * p[2],
];

/** Rotation by |r| radians about the axis r (Rodrigues). */
export function rotationFromVector(r: Vec3): Mat3 {
  const angle = Math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
  if (angle < 1e-12) return IDENTITY;
  const x = r[0] / angle;
  const y = r[1] / angle;
  const z = r[2] / angle;
  const c = cos(angle);
  const s = sin(angle);
  const d = 1 - c;
  return [
    c + x * x * d,
    x * y * d - z * s,
    x * z * d + y * s,
    y * x * d + z * s,
    c + y * y * d,
    y * z * d - x * s,
    z * x * d - y * s,
    z * y * d + x * s,
    c + z * z * d,
  ];
}

export const rotationAboutX = (rad: number): Mat3 => [1, 0, 0, 0, cos(rad), -sin(rad), 0, sin(rad), cos(rad)];
export const rotationAboutY = (rad: number): Mat3 => [cos(rad), 0, sin(rad), 0, 1, 0, -sin(rad), 0, cos(rad)];
export const rotationAboutZ = (rad: number): Mat3 => [cos(rad), -sin(rad), 0, sin(rad), cos(rad), 0, 0, 0, 1];
