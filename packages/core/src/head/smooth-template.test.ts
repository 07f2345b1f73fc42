import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { radiusMm } from './head-map.ts';
import { smoothTemplateMm } from './smooth-template.ts';
import { templateMap, templateRadiusMm } from './template-radius.ts';

/** Directions down to 125 degrees from +Y. */
function* directions(count: number): Generator<readonly [number, number, number]> {
  const random = seededGenerator(3);
  for (let n = 0; n < count; n++) {
    const y = 1 - 1.57 * random();
    const x = (2 * random() - 1) * Math.sqrt(1 - y * y);
    yield [x, y, (random() < 0.5 ? -1 : 1) * Math.sqrt(1 - y * y - x * x)];
  }
}

/** The largest jump of the slope along a line of steps of 0.01 mm, about, as a share. */
function largestJump(radius: (x: number, y: number, z: number) => number): number {
  let most = 0;
  for (const [x, y, z] of directions(30)) {
    const at = (n: number): number => radius(x + n * 1e-4, y, z - n * 1e-4);
    for (let n = 0; n < 300; n++) most = Math.max(most, Math.abs(at(n) - 2 * at(n + 1) + at(n + 2)) / 0.01);
  }
  return most;
}

describe('the template without kinks', () => {
  it('is the template to 0.005 mm, along directions of any length', () => {
    let off = 0;
    for (const [x, y, z] of directions(20_000)) {
      off = Math.max(off, Math.abs(smoothTemplateMm(80 * x, 80 * y, 80 * z) - templateRadiusMm(x, y, z)));
    }
    expect(off).toBeLessThan(0.005);
  });

  it('has slopes without jumps, which a bilinear lookup has', () => {
    const bilinear = largestJump((x, y, z) => radiusMm(templateMap(), x, y, z));
    const smooth = largestJump(smoothTemplateMm);
    expect(smooth).toBeLessThan(0.005);
    expect(bilinear).toBeGreaterThan(5 * smooth);
  });

  it('is the same on both sides', () => {
    for (const [x, y, z] of directions(500))
      expect(smoothTemplateMm(-x, y, z)).toBeCloseTo(smoothTemplateMm(x, y, z), 9);
  });
});
