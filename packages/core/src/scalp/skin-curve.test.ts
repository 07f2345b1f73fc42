import { describe, expect, it } from 'vitest';
import { onSkin, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { cos, sin } from '../num/elementary.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, length } from '../vec/vec3.ts';
import { curveThrough, displaced, hairSideOf, sampleOf, walkTowards } from './skin-curve.ts';
import { ellipsoidHead } from './testing/ellipsoid-head.ts';

const ball: HeadMap = { size: 33, radiiMm: new Float32Array(33 * 33).fill(90) };
const ellipsoid = ellipsoidHead();
const hairline: Vec3[] = [
  [-70, 30, 30],
  [-50, 100, 20],
  [3, 105, 65],
  [52, 98, 24],
  [71, 28, 33],
].map((p) => onSkin(ellipsoid, p as unknown as Vec3));

describe('walkTowards', () => {
  it('covers the great-circle arc on a ball, forwards and backwards', () => {
    const random = seededGenerator(3);
    for (let n = 0; n < 50; n++) {
      const from: Vec3 = [random() - 0.5, random() + 0.1, random() - 0.5];
      const to: Vec3 = [random() - 0.5, -random(), random() - 0.5];
      const mm = (random() * 2 - 1) * 120;
      const p = walkTowards(ball, from, to, mm);
      const start = onSkin(ball, from);
      const arc = 2 * 90 * Math.asin(distance(start, p) / 180);
      expect(arc).toBeCloseTo(Math.abs(mm), 2);
      const nearer = distance(p, onSkin(ball, to)) < distance(start, onSkin(ball, to));
      if (Math.abs(mm) > 1 && Math.abs(mm) < 40 && distance(start, onSkin(ball, to)) > 100) expect(nearer).toBe(mm > 0);
    }
  });

  it('follows the skin of an ellipsoid: the arc measured in a thousand pieces is what was asked', () => {
    const p = walkTowards(ellipsoid, [0, 40, 100], [0, 131, 0], 80);
    const a0 = Math.atan2(40, 100);
    const a1 = Math.atan2(p[1], p[2]);
    let arc = 0;
    let last = onSkin(ellipsoid, [0, sin(a0), cos(a0)]);
    for (let i = 1; i <= 1000; i++) {
      const a = a0 + ((a1 - a0) * i) / 1000;
      const q = onSkin(ellipsoid, [0, sin(a), cos(a)]);
      arc += distance(last, q);
      last = q;
    }
    expect(Math.abs(arc - 80)).toBeLessThan(0.05);
  });

  it('refuses a target straight ahead of itself', () => {
    expect(() => walkTowards(ball, [0, 1, 0], [0, 2, 0], 5)).toThrow(RangeError);
  });
});

describe('curveThrough', () => {
  const curve = curveThrough(ellipsoid, hairline);

  it('passes each given point at the arc position it reports, on the skin, in even steps', () => {
    hairline.forEach((p, i) => {
      const at = curve.atMm[i] / curve.stepMm;
      const q = sampleOf(curve, Math.round(at));
      expect(distance(p, q)).toBeLessThan(0.51 * curve.stepMm + 0.05);
    });
    for (let i = 1; i < curve.count; i++) {
      const p = sampleOf(curve, i);
      expect(Math.abs(length(p) - radiusMm(ellipsoid, ...p))).toBeLessThan(1e-6);
      expect(Math.abs(distance(p, sampleOf(curve, i - 1)) - curve.stepMm)).toBeLessThan(0.02);
    }
  });

  it('keeps the hair on the side of the crown for a line from right to left', () => {
    const middle = Math.round(curve.count / 2);
    expect(hairSideOf(curve, middle)[1]).toBeGreaterThan(0);
    expect(hairSideOf(curve, middle)[2]).toBeLessThan(0);
    const moved = displaced(ellipsoid, curve, () => 3);
    for (let i = 5; i < curve.count - 5; i += 7) {
      expect(Math.abs(distance(sampleOf(curve, i), sampleOf(moved, i)) - 3)).toBeLessThan(0.15);
    }
    expect(moved.xyzMm[3 * middle + 1]).toBeGreaterThan(curve.xyzMm[3 * middle + 1]);
  });
});
