import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, dot, subtract } from '../vec/vec3.ts';
import { designHairline } from './design-hairline.ts';
import { frontEdge } from './front-edge.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { hairSideOf, sampleOf } from './skin-curve.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';
import { workedEdge } from './worked-edge.ts';

const head = ellipsoidHead();
const hairline = designHairline(head, ellipsoidLandmarks(), { sex: 'm', ageYears: 40 }, 3);

/** How far each sample of the worked edge lies behind the designed curve, mm, and the sample in the middle. */
function deviations(seed: number, design: HairlineDesign = hairline): { offsets: number[]; middle: number } {
  const { smooth, irregular, middleAtMm } = workedEdge(head, design, seed);
  const offsets = Array.from({ length: smooth.count }, (_, i) =>
    dot(subtract(sampleOf(irregular, i), sampleOf(smooth, i)), hairSideOf(smooth, i)),
  );
  return { offsets, middle: Math.round(middleAtMm / smooth.stepMm) };
}

describe('workedEdge', () => {
  it('runs where the first way has the curve', () => {
    const [own, other] = [workedEdge(head, hairline, 3).smooth, frontEdge(head, hairline, 3).smooth];
    for (let i = 0; i < own.count; i += 7) {
      const p = sampleOf(own, i);
      let nearest = Infinity;
      for (let j = 0; j < other.count; j++) nearest = Math.min(nearest, distance(p, sampleOf(other, j)));
      expect(nearest).toBeLessThan(0.6);
    }
  });

  it('waves by about the stated height from crest to trough over the forehead, for every seed', () => {
    for (let seed = 0; seed < 30; seed++) {
      const { offsets, middle } = deviations(seed);
      const forehead = offsets.slice(middle - 80, middle + 80);
      const height = Math.max(...forehead) - Math.min(...forehead);
      expect(height).toBeGreaterThan(0.6 * hairline.macroAmplitudeMm);
      expect(height).toBeLessThan(1.02 * hairline.macroAmplitudeMm);
    }
  });

  it('has waves of about the wavelength on average, and not of one length', () => {
    const halves: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const { offsets, middle } = deviations(seed);
      let last = -1;
      for (let i = middle - 80; i < middle + 80; i++) {
        if (offsets[i - 1] < 0 === offsets[i] < 0) continue;
        if (last >= 0) halves.push(i - last);
        last = i;
      }
    }
    const mean = halves.reduce((sum, h) => sum + h, 0) / halves.length;
    expect(mean).toBeGreaterThan(0.35 * hairline.macroWavelengthMm);
    expect(mean).toBeLessThan(0.65 * hairline.macroWavelengthMm);
    expect(new Set(halves).size).toBeGreaterThan(10);
  });

  it('keeps the mid-frontal point where it was asked for and the sideburns as designed', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { offsets, middle } = deviations(seed);
      expect(Math.abs(offsets[middle])).toBeLessThan(0.1);
      expect(Math.abs(offsets[5])).toBeLessThan(1e-9);
      expect(Math.abs(offsets[offsets.length - 6])).toBeLessThan(1e-9);
    }
    for (const d of deviations(5, { ...hairline, macroAmplitudeMm: 0 }).offsets) expect(Math.abs(d)).toBeLessThan(1e-9);
  });

  it('keeps every bit beyond the second point next to one that moves', () => {
    const moved = hairline.controlsMm.map((p, k): Vec3 => (k === 6 ? onSkin(head, [p[0], p[1] - 0.5, p[2]]) : p));
    const [before, after] = [hairline, { ...hairline, controlsMm: moved }].map(
      (line) => workedEdge(head, line, 3).irregular,
    );
    const [from, to] = [before.atMm[4], before.atMm[8]].map((mm) => Math.round(mm / before.stepMm));
    const tail = before.count - to - 8;
    expect(after.xyzMm.subarray(0, 3 * (from - 8))).toEqual(before.xyzMm.subarray(0, 3 * (from - 8)));
    expect(after.xyzMm.subarray(after.xyzMm.length - 3 * tail)).toEqual(
      before.xyzMm.subarray(before.xyzMm.length - 3 * tail),
    );
  });
});
