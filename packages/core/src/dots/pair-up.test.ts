import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import { frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';
import { RELAX_CELL_MM, WIDEST_SPACING_MM, kernelScale, reachSquared } from './kernel.ts';
import { occupiedCells } from './occupied-cells.ts';
import { isNearBall } from './point-cells.ts';
import { pairUp } from './pair-up.ts';
import { TEMPLATE_SHAPE } from './testing/test-plans.ts';

const head = buildHead(TEMPLATE_SHAPE);
const random = seededGenerator(3);
const COUNT = 900;
const xyzMm = Float64Array.from(
  Array.from({ length: COUNT }, () => onSkin(head, [60 * random() - 20, 100, 60 * random() - 20])).flat(),
);
const grid = sortIntoCells(frameAround(xyzMm, COUNT, RELAX_CELL_MM, RELAX_CELL_MM), xyzMm, COUNT);
const points = gatherPoints(xyzMm, grid.order);
const cells = occupiedCells(grid, points);

const squaredDistance = (a: number, b: number): number =>
  [0, 1, 2].map((c) => points[3 * b + c] - points[3 * a + c]).reduce((sum, d) => sum + d * d, 0);

describe('pairUp', () => {
  it.each([1, 1.1])('finds every pair within %s times its reach, in the order of the grid, and no other', (slack) => {
    const spacing = Float32Array.from({ length: COUNT }, () => (0.5 + 0.5 * random()) * (WIDEST_SPACING_MM / slack));
    const { first, other, scale } = pairUp(points, spacing, cells, slack);
    for (let a = 0; a < COUNT; a++) {
      const within = Array.from({ length: COUNT - a - 1 }, (_, k) => a + 1 + k).filter(
        (b) => squaredDistance(a, b) < slack * slack * reachSquared(spacing[a], spacing[b]),
      );
      expect(Array.from(other.subarray(first[a], first[a + 1]))).toEqual(within);
      within.forEach((b, k) => expect(scale[first[a] + k]).toBe(Math.fround(kernelScale(spacing[a], spacing[b]))));
    }
    expect(first[COUNT]).toBeGreaterThan(COUNT);
  });
});

describe('occupiedCells', () => {
  it('has balls that hold their points: none is nearer than the ball it is in', () => {
    expect(cells.start[cells.count]).toBe(COUNT);
    for (let n = 0; n < 40; n++) {
      const [x, y, z] = [80 * random() - 40, 60 + 80 * random(), 80 * random() - 40];
      for (let s = 0; s < cells.count; s++) {
        for (let a = cells.start[s]; a < cells.start[s + 1]; a++) {
          const [dx, dy, dz] = [points[3 * a] - x, points[3 * a + 1] - y, points[3 * a + 2] - z];
          const away = Math.sqrt(dx * dx + dy * dy + dz * dz);
          if (!isNearBall(cells.ball, s, x, y, z, away)) expect.fail(`point ${a} is nearer than its ball`);
        }
      }
    }
  });
});
