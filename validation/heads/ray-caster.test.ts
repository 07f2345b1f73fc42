import { seededGenerator } from '@stipple/core/random/generator.ts';
import { expect, it } from 'vitest';
import { rayCaster } from './ray-caster.ts';

it('finds the hit that trying every triangle finds', () => {
  const random = seededGenerator(5);
  const count = 400;
  const positions = Float32Array.from({ length: 9 * count }, (_, k) => {
    const triangle = Math.floor(k / 9);
    const middle = [Math.sin(triangle), Math.cos(1.7 * triangle), Math.sin(2.3 * triangle + 1)][k % 3];
    return 100 * middle + 30 * (random() - 0.5);
  });
  const triangles = Uint32Array.from({ length: 3 * count }, (_, k) => k);
  const whole = rayCaster(positions, triangles);
  const single = Array.from({ length: count }, (_, t) => rayCaster(positions, triangles.subarray(3 * t, 3 * t + 3)));
  let hits = 0;
  for (let ray = 0; ray < 200; ray++) {
    // Every tenth runs along a plane of the axes, where boxes begin and end.
    const d = [ray % 10 === 0 ? 0 : random() - 0.5, random() - 0.5, random() - 0.5] as const;
    const from = ray % 3 === 0 ? 20 : 1e-6;
    const best = Math.min(...single.map((each) => each.cast([0, 0, 0], d, from)?.t ?? Infinity));
    const found = whole.cast([0, 0, 0], d, from);
    expect(found?.t ?? Infinity).toBeCloseTo(best, 9);
    if (found) hits++;
  }
  expect(hits).toBeGreaterThan(50);
});
