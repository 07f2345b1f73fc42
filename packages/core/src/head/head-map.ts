import type { Vec3 } from '../vec/mat3.ts';

/**
 * A head as one number per direction: the distance in mm from the head origin (midway between the tragions)
 * to the skin, on an octahedral grid. +X client's left, +Y up, +Z forward, Frankfurt plane horizontal.
 *
 * The head above ears and nape is star-shaped about that origin, so every point of the scalp is one direction,
 * and putting a point on the skin is one bilinear lookup (about 20 ns). Below theta = 125 degrees from +Y the
 * values continue smoothly and mean nothing.
 */
export interface HeadMap {
  /** Grid nodes per side. */
  readonly size: number;
  /** size * size radii, mm, row (v) by row; node (u, v) = octahedral coordinates in [-1, 1]. */
  readonly radiiMm: Float32Array;
}

/** The lower half of the octahedron is folded out over the corners: one coordinate after the fold, and back by the same. */
export const foldOf = (one: number, other: number): number => (1 - Math.abs(other)) * (one < 0 ? -1 : 1);

/** Octahedral coordinates (u, v) in [-1, 1] of a direction of any length; +Y is at the centre. */
export function octahedralOf(x: number, y: number, z: number): readonly [u: number, v: number] {
  const s = 1 / (Math.abs(x) + Math.abs(y) + Math.abs(z));
  const u = x * s;
  const v = z * s;
  if (y >= 0) return [u, v];
  return [foldOf(u, v), foldOf(v, u)];
}

/** Unit direction of octahedral coordinates: the inverse of {@link octahedralOf}. */
export function directionOf(u: number, v: number): Vec3 {
  const y = 1 - Math.abs(u) - Math.abs(v);
  let x = u;
  let z = v;
  if (y < 0) {
    x = foldOf(u, v);
    z = foldOf(v, u);
  }
  const l = Math.sqrt(x * x + y * y + z * z);
  return [x / l, y / l, z / l];
}

/** Distance (mm) from the origin to the skin along (x, y, z), which may have any length but zero. */
export function radiusMm(map: HeadMap, x: number, y: number, z: number): number {
  const { size, radiiMm } = map;
  const s = 1 / (Math.abs(x) + Math.abs(y) + Math.abs(z));
  let u = x * s;
  let v = z * s;
  if (y < 0) {
    const folded = foldOf(u, v);
    v = foldOf(v, u);
    u = folded;
  }
  const gx = (u + 1) * 0.5 * (size - 1);
  const gy = (v + 1) * 0.5 * (size - 1);
  const i = gx >= size - 1 ? size - 2 : Math.floor(gx);
  const j = gy >= size - 1 ? size - 2 : Math.floor(gy);
  const fx = gx - i;
  const fy = gy - j;
  const k = i + size * j;
  return (
    (radiiMm[k] * (1 - fx) + radiiMm[k + 1] * fx) * (1 - fy) +
    (radiiMm[k + size] * (1 - fx) + radiiMm[k + size + 1] * fx) * fy
  );
}

/** The skin point (mm) in the direction of `p`. */
export function onSkin(map: HeadMap, p: Vec3): Vec3 {
  const k = radiusMm(map, p[0], p[1], p[2]) / Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
  return [p[0] * k, p[1] * k, p[2] * k];
}

/** Outward unit normal at the skin point in the direction of `p`, from central differences over 2 mm. */
export function normalAt(map: HeadMap, p: Vec3): Vec3 {
  const l = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
  const r = radiusMm(map, p[0], p[1], p[2]);
  const x = (p[0] / l) * r;
  const y = (p[1] / l) * r;
  const z = (p[2] / l) * r;
  const h = 2;
  // |q| - r(q) is zero on the skin and grows outwards: its gradient is the normal.
  const level = (a: number, b: number, c: number): number => Math.sqrt(a * a + b * b + c * c) - radiusMm(map, a, b, c);
  const nx = level(x + h, y, z) - level(x - h, y, z);
  const ny = level(x, y + h, z) - level(x, y - h, z);
  const nz = level(x, y, z + h) - level(x, y, z - h);
  const q = Math.sqrt(nx * nx + ny * ny + nz * nz);
  return [nx / q, ny / q, nz / q];
}
