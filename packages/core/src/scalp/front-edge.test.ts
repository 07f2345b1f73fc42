import { describe, expect, it } from 'vitest';
import { dot, subtract } from '../vec/vec3.ts';
import { designHairline } from './design-hairline.ts';
import { frontEdge } from './front-edge.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { hairSideOf, sampleOf } from './skin-curve.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const hairline = designHairline(head, ellipsoidLandmarks(), { sex: 'm', ageYears: 40 }, 3);

/** How far each sample of the worked edge lies behind the designed curve, mm. */
function deviations(
  seed: number,
  design: HairlineDesign = hairline,
): { offsets: number[]; step: number; middle: number } {
  const { smooth, irregular, middleAtMm } = frontEdge(head, design, seed);
  const offsets = Array.from({ length: smooth.count }, (_, i) =>
    dot(subtract(sampleOf(irregular, i), sampleOf(smooth, i)), hairSideOf(smooth, i)),
  );
  return { offsets, step: smooth.stepMm, middle: middleAtMm };
}

describe('frontEdge', () => {
  it('waves by the stated height from crest to trough over the forehead, for every seed', () => {
    for (let seed = 0; seed < 30; seed++) {
      const { offsets, step, middle } = deviations(seed);
      const forehead = offsets.filter((_, i) => Math.abs(i * step - middle) < 80);
      const height = Math.max(...forehead) - Math.min(...forehead);
      expect(height).toBeGreaterThan(0.6 * hairline.macroAmplitudeMm);
      expect(height).toBeLessThan(1.02 * hairline.macroAmplitudeMm);
    }
  });

  it('has waves of 0.7 to 1.3 of the wavelength, not of one length', () => {
    const { offsets, step, middle } = deviations(5);
    const crossings: number[] = [];
    for (let i = 1; i < offsets.length; i++) {
      if (Math.abs(i * step - middle) < 90 && offsets[i - 1] < 0 !== offsets[i] < 0) crossings.push(i * step);
    }
    const halves = crossings.slice(1).map((at, i) => at - crossings[i]);
    expect(halves.length).toBeGreaterThan(9);
    expect(Math.min(...halves)).toBeGreaterThan(22 * 0.3);
    expect(Math.max(...halves)).toBeLessThan(22 * 0.7);
    expect(Math.max(...halves) - Math.min(...halves)).toBeGreaterThan(1);
  });

  it('keeps the mid-frontal point where it was asked for and the sideburns as designed', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { offsets, step, middle } = deviations(seed);
      expect(Math.abs(offsets[Math.round(middle / step)])).toBeLessThan(0.3);
      expect(Math.abs(offsets[5])).toBeLessThan(1e-9);
      expect(Math.abs(offsets[offsets.length - 6])).toBeLessThan(1e-9);
    }
  });

  it('is the designed curve itself when no waves are wanted', () => {
    for (const d of deviations(5, { ...hairline, macroAmplitudeMm: 0 }).offsets) expect(Math.abs(d)).toBeLessThan(1e-9);
  });
});
