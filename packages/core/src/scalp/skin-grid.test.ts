import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { frontEdge } from './front-edge.ts';
import { designHairline } from './design-hairline.ts';
import { sampleOf } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { gridPoints, readGrid, signedDistances } from './skin-grid.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const hairline = designHairline(head, ellipsoidLandmarks(), { sex: 'm', ageYears: 34 }, 5);
const curve = frontEdge(head, hairline, 5).irregular;

function bruteDistance(p: Vec3, c: SkinCurve): number {
  let best = Infinity;
  for (let i = 1; i < c.count; i++) {
    const a = sampleOf(c, i - 1);
    const b = sampleOf(c, i);
    const e = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const l2 = e[0] * e[0] + e[1] * e[1] + e[2] * e[2];
    const along = ((p[0] - a[0]) * e[0] + (p[1] - a[1]) * e[1] + (p[2] - a[2]) * e[2]) / l2;
    const t = Math.min(1, Math.max(0, along));
    best = Math.min(best, distance(p, [a[0] + t * e[0], a[1] + t * e[1], a[2] + t * e[2]]));
  }
  return best;
}

describe('signedDistances', () => {
  const random = seededGenerator(11);
  const points = Array.from({ length: 1500 }, () =>
    onSkin(head, [random() * 2 - 1, random() * 1.4 - 0.4, random() * 2 - 1]),
  );
  const found = signedDistances(Float64Array.from(points.flat()), curve);

  it('equals the search over every segment', () => {
    // The foot is sought among the samples, so a far point may get the next best segment: by a hundredth of a mm.
    points.forEach((p, i) => expect(Math.abs(Math.abs(found[i]) - bruteDistance(p, curve))).toBeLessThan(0.01));
  });

  it('is positive on the crown and the back of the head, negative on forehead and cheeks', () => {
    const of = (p: Vec3): number => signedDistances(Float64Array.from(onSkin(head, p)), curve)[0];
    expect(of([0, 1, 0])).toBeGreaterThan(30);
    expect(of([0.1, 0, -1])).toBeGreaterThan(30);
    expect(of([0.2, 0.6, 1])).toBeLessThan(-10);
    expect(of([-0.6, -0.1, 1])).toBeLessThan(-10);
  });

  it('is read back between the grid nodes within 0.07 mm rms near the edge, 0.25 at most', () => {
    const grid = signedDistances(gridPoints(head), curve);
    const out = new Float64Array(1);
    let near = 0;
    let squares = 0;
    let most = 0;
    points.forEach((p, i) => {
      readGrid(grid, 1, p[0], p[1], p[2], out);
      // Below the ears the curve ends, and far from it distances have creases where two feet are equally near.
      if (Math.abs(found[i]) > 8 || p[1] < 5) return;
      near++;
      const error = Math.abs(out[0] - found[i]);
      squares += error * error;
      most = Math.max(most, error);
    });
    expect(near).toBeGreaterThan(60);
    expect(Math.sqrt(squares / near)).toBeLessThan(0.07);
    expect(most).toBeLessThan(0.25);
  });
});
