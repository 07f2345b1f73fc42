import { directionOf } from '../head-map.ts';
import type { HeadMap } from '../head-map.ts';

type Point = readonly [number, number, number];

/** Vertices and fan triangles of an OBJ text. */
export function readObj(text: string): { vertices: Point[]; triangles: Point[] } {
  const vertices: Point[] = [];
  const triangles: Point[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('v ')) {
      const [x, y, z] = line.trim().split(/\s+/).slice(1).map(Number);
      vertices.push([x, y, z]);
    } else if (line.startsWith('f ')) {
      const at = line
        .trim()
        .split(/\s+/)
        .slice(1)
        .map((t) => Number.parseInt(t, 10) - 1);
      for (let k = 2; k < at.length; k++) triangles.push([at[0], at[k - 1], at[k]]);
    }
  }
  return { vertices, triangles };
}

/**
 * Radial map of a mesh in the head frame: nearest hit of the ray along each grid direction above 125 degrees, 100 mm
 * where nothing is hit. Left and right are averaged, as the template has no sides.
 */
export function mapOfMesh(vertices: readonly Point[], triangles: readonly Point[], size = 65): HeadMap {
  const radii = new Float64Array(size * size).fill(Infinity);
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  const directions = Array.from({ length: size * size }, (_, k) =>
    directionOf(node(k % size), node(Math.floor(k / size))),
  );
  const nodes = directions.map((_, k) => k).filter((k) => directions[k][1] > -0.58);
  // By octants and slabs of height, so that a triangle meets few directions.
  const slabs = new Map<number, number[]>();
  const slabOf = (d: Point): number => Math.floor(d[1] * 24);
  for (const k of nodes) slabs.set(slabOf(directions[k]), [...(slabs.get(slabOf(directions[k])) ?? []), k]);
  for (const [a, b, c] of triangles) {
    const [A, B, C] = [vertices[a], vertices[b], vertices[c]];
    const unit = [A, B, C].map((p) => p[1] / Math.sqrt(p[0] ** 2 + p[1] ** 2 + p[2] ** 2));
    const low = Math.floor((Math.min(...unit) - 0.03) * 24);
    const high = Math.floor((Math.max(...unit) + 0.03) * 24);
    const e1 = [B[0] - A[0], B[1] - A[1], B[2] - A[2]];
    const e2 = [C[0] - A[0], C[1] - A[1], C[2] - A[2]];
    const q = [A[2] * e1[1] - A[1] * e1[2], A[0] * e1[2] - A[2] * e1[0], A[1] * e1[0] - A[0] * e1[1]];
    for (let slab = low; slab <= high; slab++) {
      for (const k of slabs.get(slab) ?? []) {
        const d = directions[k];
        const p = [d[1] * e2[2] - d[2] * e2[1], d[2] * e2[0] - d[0] * e2[2], d[0] * e2[1] - d[1] * e2[0]];
        const det = e1[0] * p[0] + e1[1] * p[1] + e1[2] * p[2];
        if (Math.abs(det) < 1e-12) continue;
        const u = -(A[0] * p[0] + A[1] * p[1] + A[2] * p[2]) / det;
        const v = (d[0] * q[0] + d[1] * q[1] + d[2] * q[2]) / det;
        if (u < -1e-6 || v < -1e-6 || u + v > 1 + 1e-6) continue;
        const t = (e2[0] * q[0] + e2[1] * q[1] + e2[2] * q[2]) / det;
        // Nearer than 50 mm is the inside of mouth, nose or ear canal.
        if (t > 50 && t < radii[k]) radii[k] = t;
      }
    }
  }
  const radiiMm = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const [one, other] = [radii[i + size * j], radii[size - 1 - i + size * j]];
      const both = (one + other) / 2;
      radiiMm[i + size * j] = Number.isFinite(both)
        ? both
        : Number.isFinite(one)
          ? one
          : Number.isFinite(other)
            ? other
            : 100;
    }
  }
  return { size, radiiMm };
}
