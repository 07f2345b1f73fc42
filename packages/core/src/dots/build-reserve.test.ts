import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import { buildReserve } from './build-reserve.ts';
import { nearestQuality } from './pattern-quality.ts';
import { placeReserve } from './place-reserve.ts';
import { encodeReserve } from './reserve.ts';
import { isWithinScalpReach } from './scalp-reach.ts';
import { TEMPLATE_SHAPE, testHeads } from './testing/test-plans.ts';

// A coarse reserve: the same code in a third of the time.
const template = buildHead(TEMPLATE_SHAPE);
const options = { perCm2: 60, seed: 1 };
const reserve = buildReserve(template, options);
const ground = placeReserve(reserve, template);

describe('buildReserve', () => {
  it("covers the scalp's reach with the density asked for, and nothing else", () => {
    const areaCm2 = skinAreaMm2(template, (x, y, z) => isWithinScalpReach(x, y, z)) / 100;
    expect(Math.abs(reserve.count / (60 * areaCm2) - 1)).toBeLessThan(0.02);
    for (let i = 0; i < reserve.count; i++) {
      const [x, y, z] = ground.xyzMm.subarray(3 * i, 3 * i + 3);
      // Stored directions are rounded by 0.003 mm.
      if (!isWithinScalpReach(x, y, z, 1e-3)) expect.fail(`dot ${i} is beyond the reach`);
    }
  });

  it('is spread evenly for every number of first dots', () => {
    for (const share of [1, 0.75, 0.5, 0.3, 0.2]) {
      const seats = Array.from(ground.seatOf.subarray(0, Math.round(share * reserve.count)));
      const positionMm = seats.flatMap((seat) => Array.from(ground.xyzMm.subarray(3 * seat, 3 * seat + 3)));
      const quality = nearestQuality({
        count: seats.length,
        positionMm,
        normal: [],
        densityPerCm2: seats.map((seat) => ground.perCm2[seat] * share),
        isMeasured: (i) => positionMm[3 * i + 1] > 40,
      });
      expect(quality.clarkEvans).toBeGreaterThan(1.4);
      expect(quality.min).toBeGreaterThan(0.4);
    }
  });

  it('is a mesh to integrate with: the sum of what dots stand for is the area, on every head', () => {
    for (const at of testHeads(reserve)) {
      for (const [lowMm, highMm] of [
        [60, 200],
        [100, 200],
        [20, 70],
      ] as const) {
        const isIn = (_: number, y: number, z: number): boolean => y > lowMm && y < highMm && z < 20;
        let sumCm2 = 0;
        for (let i = 0; i < reserve.count; i++) {
          const [x, y, z] = at.ground.xyzMm.subarray(3 * i, 3 * i + 3);
          if (isIn(x, y, z)) sumCm2 += 1 / at.ground.perCm2[i];
        }
        expect(Math.abs(sumCm2 / (skinAreaMm2(at.head, isIn) / 100) - 1)).toBeLessThan(0.008);
      }
    }
  });

  it('gives the same bytes for the same head and others for another seed', () => {
    const bytesFor = (seed: number): Uint8Array => encodeReserve(buildReserve(template, { perCm2: 20, seed }));
    const bytes = bytesFor(1);
    expect(bytesFor(1)).toEqual(bytes);
    expect(bytesFor(2)).not.toEqual(bytes);
  });
});
