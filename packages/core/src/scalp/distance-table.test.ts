import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { designHairline } from './design-hairline.ts';
import { DistanceTable } from './distance-table.ts';
import { curveByParts } from './skin-curve.ts';
import { gridPoints, signedDistances } from './skin-grid.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const xyz = gridPoints(head);
const drawn = designHairline(head, ellipsoidLandmarks(), { sex: 'm', ageYears: 40 }, 7).controlsMm;
const REACH = 20;

describe('a table of distances', () => {
  it('has the signed distances to a curve, held at its reach', () => {
    const curve = curveByParts(head, drawn);
    const { mm } = new DistanceTable(xyz, curve, REACH);
    signedDistances(xyz, curve).forEach((d, i) => {
      const held = Math.max(-REACH, Math.min(REACH, d));
      if (Math.abs(mm[i] - held) > 1e-5) expect.fail(`point ${i}: ${mm[i]}, not ${d}`);
    });
  });

  it('comes to the bits of one from nothing, however the curve is drawn, and measures little for a small change', () => {
    const random = seededGenerator(3);
    const table = new DistanceTable(xyz, curveByParts(head, drawn), REACH);
    let points: readonly Vec3[] = drawn;
    for (let n = 0; n < 60; n++) {
      const k = Math.floor(random() * points.length);
      const far = n % 10 === 9 ? 30 : 1;
      const moved = points.map((p, i): Vec3 =>
        i === k ? onSkin(head, [p[0] + far * (random() - 0.5), p[1] + far * (random() - 0.5), p[2]]) : p,
      );
      points = n % 17 === 16 ? [...moved.slice(0, k + 1), ...moved.slice(k + 2)] : moved;
      const curve = curveByParts(head, points);
      const measured = table.follow(curve);
      if (far === 1 && n % 17 !== 16) expect(measured.length).toBeLessThan(0.2 * table.mm.length);
      const { mm } = new DistanceTable(xyz, curve, REACH);
      for (let i = 0; i < mm.length; i++) {
        const isBeyond = Math.abs(mm[i]) === REACH && Math.abs(table.mm[i]) === REACH;
        if (mm[i] !== table.mm[i] && !isBeyond) expect.fail(`edit ${n}: ${table.mm[i]}, not ${mm[i]}`);
      }
    }
    expect(table.follow(curveByParts(head, points)).length).toBe(0);
  });
});
