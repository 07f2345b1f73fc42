import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { nearestQuality, spectrumQuality } from './pattern-quality.ts';
import { flatPattern, hexagons, whiteNoise } from './testing/flat-patterns.ts';

const SIDE_MM = 120;

describe('nearestQuality', () => {
  it('knows random points: Clark-Evans 1, half the hexagonal distance, half of it spread', () => {
    const quality = nearestQuality(whiteNoise(85, SIDE_MM, seededGenerator(1)));
    expect(quality.clarkEvans).toBeCloseTo(1, 1);
    expect(quality.mean).toBeCloseTo(0.4653, 1);
    expect(quality.spread).toBeCloseTo(0.5227, 1);
    expect(quality.min).toBeLessThan(0.05);
    expect(quality.p1).toBeGreaterThan(quality.min);
  });

  it('knows a perfect lattice: 1 everywhere, Clark-Evans 2.149', () => {
    const quality = nearestQuality(hexagons(60, SIDE_MM, 0, seededGenerator(2)));
    expect(quality.min).toBeCloseTo(1, 6);
    expect(quality.mean).toBeCloseTo(1, 6);
    expect(quality.spread).toBeLessThan(1e-6);
    expect(quality.clarkEvans).toBeCloseTo(2.1491, 3);
  });

  it('finds the one pair that is too close', () => {
    const even = hexagons(60, SIDE_MM, 0, seededGenerator(2));
    const xy = Array.from({ length: even.count }, (_, i): [number, number] => [
      even.positionMm[3 * i],
      even.positionMm[3 * i + 1],
    ]);
    const dot = xy.findIndex(([x, y]) => Math.abs(x - 60) < 2 && Math.abs(y - 60) < 2);
    xy.push([xy[dot][0] + 0.2, xy[dot][1]]);
    expect(nearestQuality(flatPattern(xy, 60, SIDE_MM)).min).toBeCloseTo((0.2 * Math.sqrt(60)) / 10.7457, 4);
  });

  it('refuses to measure lonely dots, and none', () => {
    expect(() =>
      nearestQuality(
        flatPattern(
          [
            [20, 20],
            [60, 60],
          ],
          1,
          120,
        ),
      ),
    ).toThrow('no neighbour within');
    expect(() => nearestQuality({ ...whiteNoise(85, 40, seededGenerator(1)), isMeasured: () => false })).toThrow(
      'no dots to measure',
    );
  });
});

describe('spectrumQuality', () => {
  it('gives white noise a power of 1 at low frequencies, and no rows', () => {
    for (const [seed, density] of [
      [3, 30],
      [4, 85],
    ] as const) {
      const quality = spectrumQuality(whiteNoise(density, SIDE_MM, seededGenerator(seed)));
      expect(Math.abs(quality.lowPower - 1)).toBeLessThan(0.12);
      expect(quality.rows).toBeLessThan(0.2);
    }
  });

  it('sees the rows of a lattice, and fewer of them as it is jittered', () => {
    const rows = [0, 0.1, 0.25, 0.5].map(
      (jitter) => spectrumQuality(hexagons(60, SIDE_MM, jitter, seededGenerator(5))).rows,
    );
    expect(rows[0]).toBeGreaterThan(0.8);
    expect(rows[1]).toBeGreaterThan(0.5);
    expect(rows[2]).toBeLessThan(rows[1]);
    expect(rows[3]).toBeLessThan(0.15);
  });

  it('finds next to no power at low frequencies in a lattice', () => {
    expect(spectrumQuality(hexagons(60, SIDE_MM, 0, seededGenerator(5))).lowPower).toBeLessThan(1e-3);
  });

  it('sees blotches that nearest distances do not show', () => {
    const random = seededGenerator(6);
    const even = hexagons(85, SIDE_MM, 0.15, random);
    const wavy = Array.from({ length: even.count }, (_, i): [number, number] => {
      const [x, y] = [even.positionMm[3 * i], even.positionMm[3 * i + 1]];
      return [x + 0.25 * Math.sin(x * 2.1), y + 0.25 * Math.sin(y * 2.3)];
    });
    const [before, after] = [even, flatPattern(wavy, 85, SIDE_MM)].map((pattern) => spectrumQuality(pattern).lowPower);
    expect(after).toBeGreaterThan(before + 0.1);
  });

  it('refuses patches too small for the density', () => {
    const options = { patches: 4, halfMm: 2, seed: 1 };
    expect(() => spectrumQuality(whiteNoise(30, SIDE_MM, seededGenerator(1)), options)).toThrow('too small');
  });
});
