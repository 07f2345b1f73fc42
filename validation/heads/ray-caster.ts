/** Where rays meet a triangle mesh: a hierarchy of boxes, built once and queried; some 10 us a ray. */
import type { Vec3 } from '@stipple/core/vec/mat3.ts';

export interface RayHit {
  /** Along the direction as given. */
  readonly t: number;
  readonly triangle: number;
  /** Weights of the triangle's second and third corner. */
  readonly u: number;
  readonly v: number;
}

export interface RayCaster {
  /** The nearest hit with t > `from`; null when there is none. */
  cast(origin: Vec3, direction: Vec3, from?: number): RayHit | null;
}

const LEAF = 6;

export function rayCaster(positionsMm: ArrayLike<number>, triangles: ArrayLike<number>): RayCaster {
  const count = triangles.length / 3;
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const middles = new Float32Array(3 * count);
  for (let k = 0; k < count; k++) {
    for (let axis = 0; axis < 3; axis++) {
      for (let corner = 0; corner < 3; corner++) {
        middles[3 * k + axis] += positionsMm[3 * triangles[3 * k + corner] + axis] / 3;
      }
    }
  }
  // Per node: box (6), then [first, count] of a leaf or [right child, 0]; the left child follows its parent.
  const boxes: number[] = [];
  const links: number[] = [];
  const build = (first: number, end: number): void => {
    const node = links.length / 2;
    const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    const spread = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
    for (let at = first; at < end; at++) {
      const k = order[at];
      for (let axis = 0; axis < 3; axis++) {
        const m = middles[3 * k + axis];
        spread[axis] = Math.min(spread[axis], m);
        spread[axis + 3] = Math.max(spread[axis + 3], m);
        for (let corner = 0; corner < 3; corner++) {
          const x = positionsMm[3 * triangles[3 * k + corner] + axis];
          box[axis] = Math.min(box[axis], x);
          box[axis + 3] = Math.max(box[axis + 3], x);
        }
      }
    }
    boxes.push(...box);
    links.push(first, end - first);
    if (end - first <= LEAF) return;
    const extents = [0, 1, 2].map((axis) => spread[axis + 3] - spread[axis]);
    const axis = extents.indexOf(Math.max(...extents));
    order.subarray(first, end).sort((a, b) => middles[3 * a + axis] - middles[3 * b + axis]);
    const half = (first + end) >> 1;
    build(first, half);
    links[2 * node] = links.length / 2;
    links[2 * node + 1] = 0;
    build(half, end);
  };
  build(0, count);
  const box = Float64Array.from(boxes);
  const link = Int32Array.from(links);
  const stack = new Int32Array(128);

  return {
    cast(origin, direction, from = 1e-6) {
      // A zero would leave rays that run along the side of a box undecided.
      const inverse = direction.map((d) => 1 / (d === 0 ? 1e-30 : d));
      let best: RayHit | null = null;
      let nearest = Infinity;
      let top = 0;
      stack[top++] = 0;
      while (top > 0) {
        const node = stack[--top];
        let low = from;
        let high = nearest;
        for (let axis = 0; axis < 3; axis++) {
          const a = (box[6 * node + axis] - origin[axis]) * inverse[axis];
          const b = (box[6 * node + axis + 3] - origin[axis]) * inverse[axis];
          low = Math.max(low, Math.min(a, b));
          high = Math.min(high, Math.max(a, b));
        }
        if (!(low <= high)) continue;
        const size = link[2 * node + 1];
        if (size === 0) {
          stack[top++] = node + 1;
          stack[top++] = link[2 * node];
          continue;
        }
        for (let at = link[2 * node]; at < link[2 * node] + size; at++) {
          const hit = meet(positionsMm, triangles, order[at], origin, direction);
          if (hit && hit.t > from && hit.t < nearest) {
            nearest = hit.t;
            best = hit;
          }
        }
      }
      return best;
    },
  };
}

/** Moeller and Trumbore 1997. */
function meet(p: ArrayLike<number>, triangles: ArrayLike<number>, k: number, o: Vec3, d: Vec3): RayHit | null {
  const [a, b, c] = [3 * triangles[3 * k], 3 * triangles[3 * k + 1], 3 * triangles[3 * k + 2]];
  const e1x = p[b] - p[a];
  const e1y = p[b + 1] - p[a + 1];
  const e1z = p[b + 2] - p[a + 2];
  const e2x = p[c] - p[a];
  const e2y = p[c + 1] - p[a + 1];
  const e2z = p[c + 2] - p[a + 2];
  const hx = d[1] * e2z - d[2] * e2y;
  const hy = d[2] * e2x - d[0] * e2z;
  const hz = d[0] * e2y - d[1] * e2x;
  const det = e1x * hx + e1y * hy + e1z * hz;
  if (Math.abs(det) < 1e-12) return null;
  const sx = o[0] - p[a];
  const sy = o[1] - p[a + 1];
  const sz = o[2] - p[a + 2];
  const u = (sx * hx + sy * hy + sz * hz) / det;
  if (u < -1e-6 || u > 1 + 1e-6) return null;
  const qx = sy * e1z - sz * e1y;
  const qy = sz * e1x - sx * e1z;
  const qz = sx * e1y - sy * e1x;
  const v = (d[0] * qx + d[1] * qy + d[2] * qz) / det;
  if (v < -1e-6 || u + v > 1 + 1e-6) return null;
  return { t: (e2x * qx + e2y * qy + e2z * qz) / det, triangle: k, u, v };
}
