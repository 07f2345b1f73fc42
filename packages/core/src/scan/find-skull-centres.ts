/**
 * Where in a scan could a cranium be? Candidates for its centre of curvature, whatever the axes of the scan.
 *
 * The calvaria is nearly a sphere of 75 to 105 mm: every surface sample votes for the points that far along its
 * normal, to either side because windings lie (the Hough transform of a sphere). The votes of a calvaria pile up in one
 * place; those of limbs and shoulders lie along lines.
 */
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import type { SurfaceSamples } from './sample-scan.ts';

const RADII_MM = [74, 82, 90, 98, 106] as const;
const CELL_MM = 14;
const APART_MM = 45;
/** Cells per axis that a key has room for. */
const SPAN = 1 << 16;

/** The best `count` candidates, best first, in the unit of the samples. */
export function findSkullCentres({ points, normals }: SurfaceSamples, mmPerUnit: number, count: number): Vec3[] {
  const cell = CELL_MM / mmPerUnit;
  const votes = new Map<number, number>();
  const low = [Infinity, Infinity, Infinity];
  for (let k = 0; k < points.length; k++) low[k % 3] = Math.min(low[k % 3], points[k]);
  const keyOf = (x: number, y: number, z: number): number => (x * SPAN + y) * SPAN + z;
  const cellOf = (value: number, axis: number): number => Math.floor((value - low[axis]) / cell) + 10;
  for (let k = 0; k < points.length; k += 3) {
    for (const radiusMm of RADII_MM) {
      for (const side of [-radiusMm / mmPerUnit, radiusMm / mmPerUnit]) {
        const x = cellOf(points[k] + side * normals[k], 0);
        const y = cellOf(points[k + 1] + side * normals[k + 1], 1);
        const z = cellOf(points[k + 2] + side * normals[k + 2], 2);
        if (Math.min(x, y, z) < 0 || Math.max(x, y, z) >= SPAN) continue;
        const key = keyOf(x, y, z);
        votes.set(key, (votes.get(key) ?? 0) + 1);
      }
    }
  }
  const piles: { at: Vec3; votes: number }[] = [];
  let most = 0;
  for (const n of votes.values()) most = Math.max(most, n);
  for (const [key, own] of votes) {
    if (own < most / 4) continue;
    const z = key % SPAN;
    const y = Math.floor(key / SPAN) % SPAN;
    const x = Math.floor(key / SPAN / SPAN);
    let sum = 0;
    const mean = [0, 0, 0];
    for (let n = 0; n < 27; n++) {
      const around = [x + (n % 3) - 1, y + (Math.floor(n / 3) % 3) - 1, z + Math.floor(n / 9) - 1] as const;
      const here = votes.get(keyOf(...around)) ?? 0;
      sum += here;
      for (let axis = 0; axis < 3; axis++) mean[axis] += here * around[axis];
    }
    const middle = (axis: number): number => low[axis] + (mean[axis] / sum - 10 + 0.5) * cell;
    piles.push({ at: [middle(0), middle(1), middle(2)], votes: sum });
  }
  piles.sort((a, b) => b.votes - a.votes);
  const chosen: Vec3[] = [];
  for (const { at } of piles) {
    if (chosen.length === count) break;
    if (chosen.every((other) => distance(at, other) * mmPerUnit > APART_MM)) chosen.push(at);
  }
  return chosen;
}
