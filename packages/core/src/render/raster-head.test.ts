import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { normalAt, radiusMm } from '../head/head-map.ts';
import { cameraPosition, project } from '../vec/camera.ts';
import { multiply, rotate, rotationAboutX, rotationAboutY } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { dot } from '../vec/vec3.ts';
import { cellCentre, cellGrid } from './cell-grid.ts';
import { headPointAt, rasterHead } from './raster-head.ts';

const head = buildHead({ face: 1, width: 1, height: 1, length: 1 });
const camera = {
  f: 1400,
  cx: 130,
  cy: 150,
  t: [4, -20, 1100] as Vec3,
  R: multiply(rotationAboutX(Math.PI + 0.35), rotationAboutY(0.4)),
};
const grid = cellGrid(0, 0, 270, 250, 3);
const raster = rasterHead(head, camera, grid);

/** First point of the line of sight through (x, y) that lies on the map's skin above the neck; null when it misses. */
function castRay(x: number, y: number): Vec3 | null {
  const eye = cameraPosition(camera);
  const far = headPointAt(camera, x, y, 1000);
  const at = (t: number): Vec3 => [0, 1, 2].map((c) => eye[c] + t * (far[c] - eye[c])) as unknown as Vec3;
  const above = (t: number): number => {
    const p = at(t);
    return Math.sqrt(dot(p, p)) - radiusMm(head, p[0], p[1], p[2]);
  };
  for (let t = 0.9; t < 1.3; t += 0.0005) {
    if (above(t) > 0) continue;
    let [low, high] = [t - 0.0005, t];
    for (let n = 0; n < 30; n++) {
      const middle = (low + high) / 2;
      if (above(middle) > 0) low = middle;
      else high = middle;
    }
    return at(high);
  }
  return null;
}

describe('rasterHead', () => {
  it('sees skin at the depth and with the normal that casting a ray through the map finds', () => {
    let compared = 0;
    let missed = 0;
    for (let j = 0; j < grid.rows; j += 2) {
      for (let i = 0; i < grid.columns; i += 2) {
        const k = j * grid.columns + i;
        const [x, y] = [cellCentre(0, 3, i), cellCentre(0, 3, j)];
        const hit = castRay(x, y);
        const isScalp = hit !== null && hit[1] > 0;
        if (isScalp && raster.depthMm[k] === 0) missed++;
        if (!isScalp || raster.facing[k] < 0.2) continue;
        compared++;
        expect(Math.abs(raster.depthMm[k] - project(camera, hit)[2])).toBeLessThan(0.35);
        const n = rotate(camera.R, normalAt(head, hit));
        const seen = [0, 1, 2].map((c) => raster.normal[3 * k + c]) as unknown as Vec3;
        expect(dot(n, seen)).toBeGreaterThan(0.998);
        const back = headPointAt(camera, x, y, raster.depthMm[k]);
        expect(Math.hypot(...[0, 1, 2].map((c) => back[c] - hit[c]))).toBeLessThan(0.4);
      }
    }
    expect(compared).toBeGreaterThan(500);
    // Only cells at the very outline may differ.
    expect(missed).toBeLessThan(20);
  });

  it('is empty beside the head, and knows how squarely each place is seen', () => {
    expect(raster.depthMm[0]).toBe(0);
    expect(raster.facing[0]).toBe(0);
    expect(Math.max(...raster.facing)).toBeGreaterThan(0.999);
    raster.depthMm.forEach((depth, k) => {
      if (depth === 0) return;
      expect(Math.hypot(...raster.normal.subarray(3 * k, 3 * k + 3))).toBeCloseTo(1, 5);
    });
  });
});
