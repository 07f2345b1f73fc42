import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { nearestQuality, spectrumQuality } from './pattern-quality.ts';
import { eliminateSamples } from './sample-elimination.ts';
import { flatPattern, whiteNoise } from './testing/flat-patterns.ts';

const SIDE_MM = 90;
const crowd = whiteNoise(240, SIDE_MM, seededGenerator(1));
const target = Math.round((60 * SIDE_MM * SIDE_MM) / 100);
const hexMm = 10.7457 / Math.sqrt(60);

const thinned = (removed: Int32Array) => {
  const gone = new Set(removed);
  const left = Array.from({ length: crowd.count }, (_, i) => i).filter((i) => !gone.has(i));
  return flatPattern(
    left.map((i) => [crowd.positionMm[3 * i], crowd.positionMm[3 * i + 1]]),
    60,
    SIDE_MM,
  );
};

describe('eliminateSamples', () => {
  const removed = eliminateSamples(crowd.positionMm, crowd.count, target, hexMm);

  it('removes each point at most once, and as many as asked', () => {
    expect(removed.length).toBe(crowd.count - target);
    expect(new Set(removed).size).toBe(removed.length);
  });

  it('leaves a Poisson disk pattern where random thinning leaves noise', () => {
    const nearest = nearestQuality(thinned(removed));
    expect(nearest.min).toBeGreaterThan(0.5);
    expect(nearest.mean).toBeGreaterThan(0.7);
    expect(spectrumQuality(thinned(removed)).lowPower).toBeLessThan(0.15);
    const noise = thinned(Int32Array.from({ length: removed.length }, (_, i) => i));
    expect(nearestQuality(noise).min).toBeLessThan(0.1);
  });

  it('keeps an even pattern even all the way to half of it', () => {
    const even = thinned(removed);
    const half = even.count >> 1;
    const order = eliminateSamples(even.positionMm, even.count, half, hexMm * Math.SQRT2);
    for (const share of [0.3, 0.6, 1]) {
      const gone = new Set(order.subarray(0, Math.round(share * order.length)));
      const left = Array.from({ length: even.count }, (_, i) => i).filter((i) => !gone.has(i));
      const density = (100 * left.length) / (SIDE_MM * SIDE_MM);
      const pattern = flatPattern(
        left.map((i) => [even.positionMm[3 * i], even.positionMm[3 * i + 1]]),
        density,
        SIDE_MM,
      );
      expect(nearestQuality(pattern).clarkEvans).toBeGreaterThan(1.35);
    }
  });

  it('takes the point in the middle of a clump first', () => {
    const xyz = [0, 0, 0, 1, 0, 0, 0.5, 0.1, 0, 5, 5, 0, 9, 1, 0];
    expect(eliminateSamples(xyz, 5, 4, 2)[0]).toBe(2);
  });

  it('gives the same order for the same points', () => {
    expect(eliminateSamples(crowd.positionMm, crowd.count, target, hexMm)).toEqual(removed);
  });
});
