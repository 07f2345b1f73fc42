/**
 * Points spread evenly over the surface of a scan, however unevenly it is cut into triangles.
 *
 * Systematic sampling along the running sum of the areas; inside a triangle by an additive sequence. A soup, a sliver
 * and a fan give the same points as a tidy mesh, up to the cut. No randomness: the same scan gives the same points.
 */
import type { ScanMesh } from './scan-mesh.ts';

export interface SurfaceSamples {
  /** x y z per point, in the scan's unit. */
  readonly points: Float64Array;
  /** Unit normal of the triangle, by its own winding, which may be either way. */
  readonly normals: Float64Array;
}

/** Fractions of the plastic number's additive sequence. */
const STEP_A = 0.7548776662466927;
const STEP_B = 0.5698402909980532;

/** About `count` points on the triangles with a corner that `isNear` accepts; on all of them without it. */
export function sampleScan(
  { positions: p, triangles }: ScanMesh,
  count: number,
  isNear?: (x: number, y: number, z: number) => boolean,
): SurfaceSamples {
  const triangleCount = triangles.length / 3;
  const upTo = new Float64Array(triangleCount);
  let total = 0;
  for (let k = 0; k < triangleCount; k++) {
    const a = 3 * triangles[3 * k];
    if (!isNear || isNear(p[a], p[a + 1], p[a + 2])) {
      const n = crossOf(p, a, 3 * triangles[3 * k + 1], 3 * triangles[3 * k + 2]);
      total += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    }
    upTo[k] = total;
  }
  if (!(total > 0)) return { points: new Float64Array(0), normals: new Float64Array(0) };
  const points = new Float64Array(3 * count);
  const normals = new Float64Array(3 * count);
  let k = 0;
  for (let s = 0; s < count; s++) {
    const at = ((s + 0.5) / count) * total;
    while (k < triangleCount - 1 && upTo[k] < at) k++;
    const a = 3 * triangles[3 * k];
    const b = 3 * triangles[3 * k + 1];
    const c = 3 * triangles[3 * k + 2];
    let u = (0.5 + s * STEP_A) % 1;
    let v = (0.5 + s * STEP_B) % 1;
    if (u + v > 1) {
      u = 1 - u;
      v = 1 - v;
    }
    const n = crossOf(p, a, b, c);
    const l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    for (let axis = 0; axis < 3; axis++) {
      points[3 * s + axis] = p[a + axis] + u * (p[b + axis] - p[a + axis]) + v * (p[c + axis] - p[a + axis]);
      normals[3 * s + axis] = l > 0 ? n[axis] / l : 0;
    }
  }
  return { points, normals };
}

function crossOf(p: Float32Array, a: number, b: number, c: number): [number, number, number] {
  const ux = p[b] - p[a];
  const uy = p[b + 1] - p[a + 1];
  const uz = p[b + 2] - p[a + 2];
  const vx = p[c] - p[a];
  const vy = p[c + 1] - p[a + 1];
  const vz = p[c + 2] - p[a + 2];
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}
