import { describe, expect, it } from 'vitest';
import { headMesh } from '../head/head-mesh.ts';
import { buildHead } from '../head/build-head.ts';
import { castScan } from './cast-scan.ts';
import { fillRadii } from './fill-radii.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { HEAD } from './testing/scan-of-head.ts';

const SIZE = 65;
const expected = buildHead(HEAD, SIZE);
const direction = (k: number): readonly [number, number, number] => {
  const node = (n: number): number => (2 * n) / (SIZE - 1) - 1;
  return directionOf(node(k % SIZE), node(Math.floor(k / SIZE)));
};
const all = Array.from({ length: SIZE * SIZE }, (_, k) => k);
const scalp = all.filter((k) => direction(k)[1] > -0.5);

/** The plane z = 95 as two triangles, a metre wide. */
const wall = {
  positions: Float64Array.of(-500, -500, 95, 500, -500, 95, 500, 500, 95, -500, 500, 95),
  triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
};

describe('castScan', () => {
  it('meets every triangle that lies on a ray, over folds and poles of the grid', () => {
    const { positionsMm, triangles } = headMesh(expected);
    const { outermostMm, closestMm } = castScan(Float64Array.from(positionsMm), triangles, expected);
    for (const k of scalp) {
      expect(Math.abs(outermostMm[k] - expected.radiiMm[k])).toBeLessThan(0.5);
      expect(closestMm[k]).toBe(outermostMm[k]);
    }
    expect(all.filter((k) => direction(k)[1] < -0.6).every((k) => Number.isNaN(outermostMm[k]))).toBe(true);
  });

  it('meets triangles much larger than the head', () => {
    const { outermostMm } = castScan(wall.positions, wall.triangles, expected);
    const ahead = all.filter((k) => direction(k)[2] > 0.9);
    for (const k of ahead) expect(outermostMm[k]).toBeCloseTo(95 / direction(k)[2], 3);
    expect(all.every((k) => direction(k)[2] > 0 || Number.isNaN(outermostMm[k]))).toBe(true);
  });

  it('tells the outermost surface from the one nearest to the expected head, and passes over what is far from it', () => {
    const { positionsMm, triangles } = headMesh(expected);
    const scales = [0.4, 0.99, 1.1, 1.9];
    const count = positionsMm.length / 3;
    const positions = Float64Array.from(scales.flatMap((s) => [...positionsMm].map((c) => c * s)));
    const nested = Uint32Array.from(scales.flatMap((_, n) => [...triangles].map((v) => v + n * count)));
    const { outermostMm, closestMm } = castScan(positions, nested, expected);
    for (const k of scalp) {
      expect(outermostMm[k] / expected.radiiMm[k]).toBeCloseTo(1.1, 1.9);
      expect(closestMm[k] / expected.radiiMm[k]).toBeCloseTo(0.99, 1.9);
    }
  });
});

describe('fillRadii', () => {
  const swollen: HeadMap = { size: SIZE, radiiMm: expected.radiiMm.map((r) => r * 1.03) };

  it('leaves what is known and closes a gap smoothly from its rim, over the folds too', () => {
    for (const at of [direction(0), [0, 1, 0], [2 / 3, -1 / 3, 2 / 3]] as const) {
      const isGap = (k: number): boolean => direction(k).reduce((sum, c, axis) => sum + c * at[axis], 0) > 0.92;
      const gappy = swollen.radiiMm.map((r, k) => (isGap(k) ? NaN : r));
      const filled = fillRadii(gappy, expected);
      for (const k of all) {
        if (!isGap(k)) expect(filled[k]).toBe(swollen.radiiMm[k]);
        else expect(Math.abs(filled[k] / expected.radiiMm[k] - 1.025)).toBeLessThan(0.006);
      }
    }
  });

  it('trusts the expected head where nothing is known for a hand breadth', () => {
    const half = swollen.radiiMm.map((r, k) => (direction(k)[2] > 0 ? r : NaN));
    const filled = fillRadii(half, expected);
    const back = all.filter((k) => direction(k)[2] < -0.95);
    for (const k of back) expect(filled[k] / expected.radiiMm[k]).toBeLessThan(1.012);
    expect(fillRadii(new Float32Array(SIZE * SIZE).fill(NaN), expected)).toEqual(expected.radiiMm);
  });
});
