import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { buildReserve } from './build-reserve.ts';
import { sortIntoCells } from './cell-grid.ts';
import { expectedPush, pushMesh } from './expected-push.ts';
import { placeReserve } from './place-reserve.ts';
import { TEMPLATE_SHAPE, flatField, samplesAt } from './testing/test-plans.ts';

const head = buildHead(TEMPLATE_SHAPE);
const ground = placeReserve(buildReserve(head, { perCm2: 120, seed: 1 }), head, 1);
const dots = [
  [5, 140, -10],
  [-25, 130, 10],
  [30, 120, -30],
].map(([x, y, z]) => {
  // The reserve dot nearest to the place: any skin point will do.
  let best = 0;
  for (let i = 0; i < ground.reserve.count; i++) {
    const d = (k: number): number =>
      Math.hypot(ground.xyzMm[3 * k] - x, ground.xyzMm[3 * k + 1] - y, ground.xyzMm[3 * k + 2] - z);
    if (d(i) < d(best)) best = i;
  }
  return Array.from(ground.xyzMm.subarray(3 * best, 3 * best + 3));
});

function pushOf(densityAt: (x: number, y: number, z: number) => number): number[][] {
  const { densityPerCm2 } = samplesAt(ground, flatField(60, -200));
  for (let i = 0; i < densityPerCm2.length; i++) {
    densityPerCm2[i] = densityAt(ground.xyzMm[3 * i], ground.xyzMm[3 * i + 1], ground.xyzMm[3 * i + 2]);
  }
  const chance = densityPerCm2.map((d, i) => d / ground.perCm2[i]);
  const spacing = Float32Array.from(dots, ([x, y, z]) => 10 / Math.sqrt(densityAt(x, y, z)));
  const places = Float64Array.from(dots.flat());
  const mesh = pushMesh(ground, chance, densityPerCm2);
  const push = expectedPush(mesh, places, spacing, sortIntoCells(ground.frame, places, dots.length));
  return dots.map((_, k) => Array.from(push.subarray(3 * k, 3 * k + 3)));
}

describe('expectedPush', () => {
  it('is next to nothing where the density is even', () => {
    // Along the normal the curvature of the head leaves a little; it is projected away when dots move.
    for (const [x, , z] of pushOf(() => 60)) expect(Math.hypot(x, z)).toBeLessThan(0.25);
  });

  it('points to the sparse side of a slope, more on a steeper one', () => {
    // 60 per cm2 at the dot itself, falling towards its left.
    const slope = (per: number) => dots.map(([x0], k) => pushOf((x) => 60 * Math.exp(-per * (x - x0)))[k][0]);
    const even = slope(0);
    const gentle = slope(0.02).map((x, k) => x - even[k]);
    const steep = slope(0.06).map((x, k) => x - even[k]);
    const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
    expect(mean(gentle)).toBeGreaterThan(0.001);
    expect(mean(steep)).toBeGreaterThan(2 * mean(gentle));
  });

  it('points out of an edge', () => {
    const [x0] = dots[0];
    const edge = pushOf((x) => (x < x0 + 0.3 ? 60 : 0.001))[0][0];
    expect(edge).toBeGreaterThan(0.5);
  });
});
