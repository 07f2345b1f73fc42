/**
 * The radial map of a mesh in the head frame, as core knows heads: per grid direction the first skin beyond 50 mm from
 * the origin (nearer is mouth, nose or ear canal; farther are the flaps of the ears). Left and right are as they are.
 * Directions below 125 degrees, and those that meet nothing, are filled smoothly from their neighbours.
 */
import { directionOf } from '@stipple/core/head/head-map.ts';
import type { HeadMap } from '@stipple/core/head/head-map.ts';
import type { RayCaster } from './ray-caster.ts';

const FROM_MM = 50;
const LOWEST_COS = -0.5736;

export function radialMap(caster: RayCaster, size = 129): HeadMap {
  const radiiMm = new Float32Array(size * size).fill(NaN);
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const d = directionOf(node(i), node(j));
      const hit = d[1] < LOWEST_COS ? null : caster.cast([0, 0, 0], d, FROM_MM);
      if (hit) radiiMm[i + size * j] = hit.t;
    }
  }
  fill(radiiMm, size);
  return { size, radiiMm };
}

/** Unknown nodes become the mean of their neighbours on the octahedron, by relaxation. */
function fill(radii: Float32Array, size: number): void {
  const unknown: number[] = [];
  let sum = 0;
  radii.forEach((r, k) => (Number.isNaN(r) ? unknown.push(k) : (sum += r)));
  for (const k of unknown) radii[k] = sum / (radii.length - unknown.length);
  // Beyond a side the grid goes on in its own mirror image.
  const at = (i: number, j: number): number => {
    if (i < 0 || i >= size) [i, j] = [i < 0 ? -i : 2 * (size - 1) - i, size - 1 - j];
    if (j < 0 || j >= size) [i, j] = [size - 1 - i, j < 0 ? -j : 2 * (size - 1) - j];
    return radii[i + size * j];
  };
  for (let round = 0; round < 1500; round++) {
    for (const k of unknown) {
      const [i, j] = [k % size, Math.floor(k / size)];
      radii[k] = (at(i - 1, j) + at(i + 1, j) + at(i, j - 1) + at(i, j + 1)) / 4;
    }
  }
}
