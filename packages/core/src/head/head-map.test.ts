import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { directionOf, normalAt, octahedralOf, onSkin, radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';

/** A sphere of radius 100 about (0, 20, 5): its map is exact at the nodes. */
function sphereMap(size: number): HeadMap {
  const radiiMm = new Float32Array(size * size);
  for (let k = 0; k < size * size; k++) {
    const [, y, z] = directionOf((2 * (k % size)) / (size - 1) - 1, (2 * Math.floor(k / size)) / (size - 1) - 1);
    const b = 20 * y + 5 * z;
    radiiMm[k] = b + Math.sqrt(b * b - 425 + 10000);
  }
  return { size, radiiMm };
}

describe('octahedral coordinates', () => {
  it('come back as the same direction from every octant', () => {
    const random = seededGenerator(1);
    for (let k = 0; k < 2000; k++) {
      const p = [random() - 0.5, random() - 0.5, random() - 0.5] as const;
      const l = Math.hypot(...p);
      const d = directionOf(...octahedralOf(...p));
      for (let axis = 0; axis < 3; axis++) expect(d[axis]).toBeCloseTo(p[axis] / l, 12);
    }
  });

  it('stay in the square, with up in its middle', () => {
    expect(octahedralOf(0, 3, 0)).toEqual([0, 0]);
    const random = seededGenerator(2);
    for (let k = 0; k < 500; k++) {
      const [u, v] = octahedralOf(random() - 0.5, random() - 0.5, random() - 0.5);
      expect(Math.max(Math.abs(u), Math.abs(v))).toBeLessThanOrEqual(1);
    }
  });
});

describe('a head map', () => {
  const map = sphereMap(129);
  const random = seededGenerator(3);
  const direction = (): [number, number, number] => [random() - 0.5, random() - 0.4, random() - 0.5];

  it('answers within 0.02 mm between its nodes', () => {
    for (let k = 0; k < 1000; k++) {
      const p = onSkin(map, direction());
      expect(Math.abs(Math.hypot(p[0], p[1] - 20, p[2] - 5) - 100)).toBeLessThan(0.02);
    }
  });

  it('gives the same radius for a direction of any length', () => {
    expect(radiusMm(map, 3, 7, -2)).toBeCloseTo(radiusMm(map, 0.3, 0.7, -0.2), 10);
  });

  it('has normals within half a degree', () => {
    for (let k = 0; k < 1000; k++) {
      const p = onSkin(map, direction());
      const n = normalAt(map, p);
      const cosine = (n[0] * p[0] + n[1] * (p[1] - 20) + n[2] * (p[2] - 5)) / Math.hypot(p[0], p[1] - 20, p[2] - 5);
      expect(Math.acos(Math.min(1, cosine))).toBeLessThan(0.0088);
    }
  });
});
