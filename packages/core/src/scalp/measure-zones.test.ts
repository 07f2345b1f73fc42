import { describe, expect, it } from 'vitest';
import type { HeadMap } from '../head/head-map.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import { createScalpField } from './create-scalp-field.ts';
import { designDensity } from './design-density.ts';
import { designHairline } from './design-hairline.ts';
import { measureZones } from './measure-zones.ts';
import type { ZoneMeasure } from './measure-zones.ts';
import type { Presentation } from './scalp-design.ts';
import type { ScalpField } from './scalp-field.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const total = (zones: readonly ZoneMeasure[]): number => zones.reduce((sum, z) => sum + z.areaCm2, 0);
const dots = (zones: readonly ZoneMeasure[]): number => zones.reduce((sum, z) => sum + z.expectedDots, 0);
const fieldOf = (client: ClientFacts, presentation: Presentation, scale = 1): ScalpField => {
  const head = ellipsoidHead(scale);
  const landmarks = ellipsoidLandmarks(scale);
  const hairline = designHairline(head, landmarks, client, 4);
  return createScalpField(head, landmarks, { presentation, hairline, density: designDensity(3) }, 4);
};

/** Domain facts 3.3. */
const NORWOOD_RANGES = [
  [0, 20],
  [8, 35],
  [25, 70],
  [70, 130],
  [110, 185],
  [150, 260],
  [200, 360],
] as const;
const LUDWIG_RANGES = [
  [45, 80],
  [85, 140],
  [130, 210],
] as const;

describe('measureZones', () => {
  it('integrates a constant field over a spherical cap exactly', () => {
    const ball: HeadMap = { size: 65, radiiMm: new Float32Array(65 * 65).fill(95) };
    const cap: ScalpField = {
      zones: [{ id: 'cap', kind: 'bald', targetPerCm2: 80 }],
      sample(xyz, count, out) {
        for (let i = 0; i < count; i++) {
          const inside = xyz[3 * i + 1] > 47.5;
          out.zoneIndex[i] = inside ? 0 : 255;
          out.coverage[i] = inside ? 0.5 : 0;
          out.densityPerCm2[i] = inside ? 40 : 0;
        }
      },
    };
    const [zone] = measureZones(ball, cap, 400);
    // Archimedes: 2 pi R h.
    const capCm2 = (2 * Math.PI * 95 * 47.5) / 100;
    expect(zone.areaCm2 / (capCm2 / 2)).toBeCloseTo(1, 2);
    expect(zone.expectedDots / (capCm2 * 40)).toBeCloseTo(1, 2);
  });

  it('finds every preset within its range on an average head, young and old', () => {
    for (const ageYears of [25, 35, 45, 60]) {
      NORWOOD_RANGES.forEach(([low, high], i) => {
        const presentation = { kind: 'norwood', stage: i + 1 } as Presentation;
        const area = total(measureZones(ellipsoidHead(), fieldOf({ sex: 'm', ageYears }, presentation), 160));
        expect(area).toBeGreaterThan(low);
        expect(area).toBeLessThan(high);
      });
    }
    for (const ageYears of [30, 60]) {
      LUDWIG_RANGES.forEach(([low, high], i) => {
        const presentation = { kind: 'ludwig', stage: i + 1 } as Presentation;
        const area = total(measureZones(ellipsoidHead(), fieldOf({ sex: 'f', ageYears }, presentation), 160));
        expect(area).toBeGreaterThan(low);
        expect(area).toBeLessThan(high);
      });
    }
    for (const client of [
      { sex: 'm', ageYears: 45 },
      { sex: 'f', ageYears: 45 },
    ] as const) {
      const area = total(measureZones(ellipsoidHead(), fieldOf(client, { kind: 'full' }), 160));
      expect(area).toBeGreaterThan(480);
      expect(area).toBeLessThan(650);
    }
  });

  it('does not depend on the mesh: areas and dots agree within 0.1 %, zones within 0.3 % or 0.1 cm2', () => {
    for (const presentation of [
      { kind: 'norwood', stage: 3 },
      { kind: 'norwood', stage: 6 },
      { kind: 'full' },
    ] as const) {
      const field = fieldOf({ sex: 'm', ageYears: 40 }, presentation);
      const head = ellipsoidHead();
      const [coarse, usual, fine] = [500, 600, 800].map((size) => measureZones(head, field, size));
      for (const z of [coarse, usual]) {
        expect(Math.abs(total(z) / total(fine) - 1)).toBeLessThan(0.001);
        expect(Math.abs(dots(z) / dots(fine) - 1)).toBeLessThan(0.001);
        z.forEach((zone, i) => {
          expect(Math.abs(zone.areaCm2 - fine[i].areaCm2)).toBeLessThan(Math.max(0.1, 0.003 * fine[i].areaCm2));
        });
      }
    }
  });

  it('grows with the square of the head for extents that belong to the head', () => {
    const of = (scale: number): number =>
      total(
        measureZones(ellipsoidHead(scale), fieldOf({ sex: 'm', ageYears: 40 }, { kind: 'norwood', stage: 7 }, scale)),
      );
    // The hairline stays 75-80 mm above the brow on every head, so a larger head gains a little more than its square.
    const growth = of(1.06) / of(1);
    expect(growth).toBeGreaterThan(1.06 * 1.06);
    expect(growth).toBeLessThan(1.06 * 1.06 * 1.06);
  });

  it('asks for fewer dots than area times full density, by edges, blends and regions', () => {
    const zones = measureZones(ellipsoidHead(), fieldOf({ sex: 'm', ageYears: 40 }, { kind: 'norwood', stage: 6 }));
    const perCm2 = dots(zones) / total(zones);
    expect(perCm2).toBeGreaterThan(70);
    expect(perCm2).toBeLessThan(85);
  });
});
