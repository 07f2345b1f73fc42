import { describe, expect, it } from 'vitest';
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import { cos, sin } from '../num/elementary.ts';
import { distance, length } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { CONTROLS_PER_SIDE, designHairline, midFrontalForAge } from './design-hairline.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const man = (ageYears: number | null): ClientFacts => ({ sex: 'm', ageYears });
const woman = (ageYears: number | null): ClientFacts => ({ sex: 'f', ageYears });
const design = (client: ClientFacts, seed = 7, scale = 1) =>
  designHairline(ellipsoidHead(scale), ellipsoidLandmarks(scale), client, seed);
const MIDDLE = CONTROLS_PER_SIDE;

/** Midline arc over the skin between two directions, in pieces far finer than the design's own walk. */
function midlineArc(head: HeadMap, from: Vec3, to: Vec3): number {
  const a0 = Math.atan2(from[1], from[2]);
  const a1 = Math.atan2(to[1], to[2]);
  let arc = 0;
  let last: Vec3 | null = null;
  for (let i = 0; i <= 4000; i++) {
    const a = a0 + ((a1 - a0) * i) / 4000;
    const d: Vec3 = [0, sin(a), cos(a)];
    const r = radiusMm(head, ...d);
    const q: Vec3 = [0, d[1] * r, d[2] * r];
    if (last) arc += distance(last, q);
    last = q;
  }
  return arc;
}

describe('designHairline', () => {
  it('puts the mid-frontal point at the age table, measured back over the skin, on small and large heads', () => {
    for (const [client, mm] of [
      [man(22), 70],
      [man(35), 75],
      [man(44), 80],
      [man(71), 85],
      [woman(24), 55],
      [woman(33), 58],
      [woman(45), 60],
      [woman(66), 63],
    ] as const) {
      expect(midFrontalForAge(client)).toBe(mm);
      for (const scale of [0.9, 1, 1.1]) {
        const head = ellipsoidHead(scale);
        const { controlsMm } = design(client, 7, scale);
        expect(controlsMm[MIDDLE][0]).toBe(0);
        expect(Math.abs(midlineArc(head, ellipsoidLandmarks(scale).glabella, controlsMm[MIDDLE]) - mm)).toBeLessThan(
          0.5,
        );
      }
    }
  });

  it('takes the mature line when the age is not known', () => {
    expect(design(man(null))).toEqual(design(man(45)));
    expect(design(woman(null))).toEqual(design(woman(45)));
  });

  it("lists skin points from the client's right to the left, ordered along the line", () => {
    for (const client of [man(30), woman(30)]) {
      const { controlsMm } = design(client);
      expect(controlsMm).toHaveLength(2 * CONTROLS_PER_SIDE + 1);
      expect(controlsMm[0][0]).toBeLessThan(-60);
      expect(controlsMm[controlsMm.length - 1][0]).toBeGreaterThan(60);
      const head = ellipsoidHead();
      for (const p of controlsMm) expect(Math.abs(length(p) - radiusMm(head, ...p))).toBeLessThan(0.05);
    }
  });

  it("sets a man's corner above the outer corner of the eye and level with the middle, or at the farthest retreat", () => {
    for (const age of [20, 35, 45, 60]) {
      for (let seed = 0; seed < 12; seed++) {
        const { controlsMm } = design(man(age), seed);
        const middle = controlsMm[MIDDLE];
        for (const corner of [controlsMm[MIDDLE - 3], controlsMm[MIDDLE + 3]]) {
          expect(Math.abs(corner[0])).toBeGreaterThan(45);
          expect(Math.abs(corner[0])).toBeLessThan(55);
          const isLevel = corner[1] >= middle[1] - 0.02;
          const isFarthest = Math.abs(middle[2] - corner[2] - 42) < 0.05;
          expect(isLevel || isFarthest).toBe(true);
        }
      }
    }
  });

  it('gives a measured face its own eye width', () => {
    const wide = designHairline(ellipsoidHead(), ellipsoidLandmarks(), man(30), 7, { outerCanthiMm: 98 });
    expect(wide.controlsMm[MIDDLE + 3][0] - design(man(30)).controlsMm[MIDDLE + 3][0]).toBeCloseTo(4 * 1.12, 1);
  });

  it("rounds a woman's line down at the sides and keeps her temples forward of a man's", () => {
    const [f, m] = [design(woman(40)), design(man(40))];
    expect(f.controlsMm[MIDDLE + 3][1]).toBeLessThan(f.controlsMm[MIDDLE][1] - 15);
    for (const i of [MIDDLE + 3, MIDDLE + 4, MIDDLE + 5])
      expect(f.controlsMm[i][2]).toBeGreaterThan(m.controlsMm[i][2]);
  });

  it('recedes with age', () => {
    const [young, old] = [design(man(25)).controlsMm, design(man(60)).controlsMm];
    for (const i of [MIDDLE, MIDDLE + 3, MIDDLE + 5]) expect(old[i][2]).toBeLessThan(young[i][2]);
  });

  it('is uneven by up to 3 mm from side to side, never even, and the same for the same seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { controlsMm } = design(man(28), seed);
      let most = 0;
      for (let i = 1; i <= CONTROLS_PER_SIDE; i++) {
        const [l, r] = [controlsMm[MIDDLE + i], controlsMm[MIDDLE - i]];
        most = Math.max(most, distance(l, [-r[0], r[1], r[2]]));
      }
      expect(most).toBeGreaterThan(0.9);
      expect(most).toBeLessThan(5);
      expect(design(man(28), seed)).toEqual(design(man(28), seed));
    }
    expect(design(man(28), 1)).not.toEqual(design(man(28), 2));
  });
});
