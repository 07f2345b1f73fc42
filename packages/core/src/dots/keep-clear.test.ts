import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import { createScalpField } from '../scalp/create-scalp-field.ts';
import { crownCentre } from '../scalp/hair-extent.ts';
import type { KeepOutMark, Presentation } from '../scalp/scalp-design.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { closedCurveThrough, distanceNear } from '../scalp/skin-outline.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { moveClear } from './keep-clear.ts';
import { layOutOn } from './lay-out-dots.ts';
import { DENSITY, testHeads, testReserve } from './testing/test-plans.ts';

const reserve = testReserve();
const heads = testHeads(reserve);

describe('layOutOn with keep-outs', () => {
  it('leaves no dot nearer to a mole than its radius and gap, on any head, wherever it lies', () => {
    const random = seededGenerator(77);
    const presentations: readonly Presentation[] = [
      { kind: 'norwood', stage: 6 },
      { kind: 'full' },
      { kind: 'ludwig', stage: 3 },
    ];
    heads.forEach((test, n) => {
      const front = test.hairline('m');
      // On the hairline and on the crown as well as anywhere; one beside the other, so that their gaps overlap.
      const places: Vec3[] = [
        front.controlsMm[front.controlsMm.length >> 1] as Vec3,
        crownCentre(test.head),
        [4, 130, 2],
        [10, 130, 5],
        ...Array.from({ length: 12 }, (): Vec3 => [2 * random() - 1, 0.35 + random(), 2 * random() - 1]),
      ];
      const marks = places.map((p): KeepOutMark => ({
        kind: 'keep-out',
        what: 'mole',
        centreMm: onSkin(test.head, p),
        radiusMm: 0.5 + 4 * random(),
        marginMm: 5,
      }));
      const presentation = presentations[n % presentations.length];
      const field = createScalpField(
        test.head,
        landmarksOf(test.shape),
        { presentation, hairline: front, density: DENSITY, marks },
        7,
      );
      const dots = layOutOn(test.ground, { field, density: DENSITY, seed: 7 });
      expect(dots.count).toBeGreaterThan(1000);
      const tooNear: number[] = [];
      for (let k = 0; k < dots.count; k++) {
        const p: Vec3 = [dots.positionMm[3 * k], dots.positionMm[3 * k + 1], dots.positionMm[3 * k + 2]];
        for (const { centreMm, radiusMm, marginMm } of marks) {
          if (distance(p, centreMm) < radiusMm + marginMm) tooNear.push(k);
        }
      }
      expect(tooNear).toEqual([]);
    });
  });
});

describe('layOutOn with outlined keep-outs', () => {
  it('leaves no dot within a strip, a bean or a patch, on any head, also where they overlap', () => {
    const presentations: readonly Presentation[] = [
      { kind: 'norwood', stage: 6 },
      { kind: 'full' },
      { kind: 'ludwig', stage: 3 },
    ];
    heads.forEach((test, n) => {
      const about = (p: Vec3, at: (turn: number) => readonly [number, number], points: number): Vec3[] =>
        Array.from({ length: points }, (_, i) => {
          const [dx, dz] = at((2 * Math.PI * i) / points);
          return onSkin(test.head, [p[0] + dx, p[1], p[2] + dz]);
        });
      const outlines = [
        about([0, 120, 10], (a) => [45 * Math.cos(a), 3.5 * Math.sin(a)], 24),
        about(
          [-20, 118, -15],
          (a) => [(14 + 7 * Math.cos(2 * a)) * Math.cos(a), 12 * Math.sin(a) - 5 * Math.cos(2 * a)],
          20,
        ),
        about([10, 120, 20], (a) => [16 * Math.cos(a), 14 * Math.sin(a)], 8),
      ];
      const marks = outlines.map((outlineMm) => ({ kind: 'keep-out-area', outlineMm }) as const);
      const field = createScalpField(
        test.head,
        landmarksOf(test.shape),
        {
          presentation: presentations[n % presentations.length],
          hairline: test.hairline('m'),
          density: DENSITY,
          marks,
        },
        7,
      );
      const dots = layOutOn(test.ground, { field, density: DENSITY, seed: 7 });
      expect(dots.count).toBeGreaterThan(1000);
      const depths = outlines.map((outline) => distanceNear(closedCurveThrough(test.head, outline), 5));
      const within: number[] = [];
      let beside = 0;
      for (let k = 0; k < dots.count; k++) {
        const p = dots.positionMm.subarray(3 * k, 3 * k + 3);
        const mm = Math.max(...depths.map((depth) => depth(p[0], p[1], p[2])));
        if (mm > 0) within.push(mm);
        if (mm > -4) beside++;
      }
      expect(within).toEqual([]);
      expect(beside).toBeGreaterThan(50);
    });
  });
});

describe('moveClear', () => {
  const { head } = heads[0];
  const centreMm = onSkin(head, [10, 120, 5]);

  it('puts a point back to the nearest place of the rim, on the skin', () => {
    const random = seededGenerator(3);
    for (let n = 0; n < 200; n++) {
      const start = onSkin(head, [
        centreMm[0] + 12 * (random() - 0.5),
        centreMm[1],
        centreMm[2] + 12 * (random() - 0.5),
      ]);
      const points = Float64Array.from(start);
      moveClear(head, [{ centreMm, radiusMm: 7 }], points, 0);
      const there: Vec3 = [points[0], points[1], points[2]];
      const before = distance(start, centreMm);
      if (before > 7.01) expect(there).toEqual(start);
      else expect(Math.abs(distance(there, centreMm) - 7)).toBeLessThan(0.03);
      expect(distance(there, onSkin(head, there))).toBeLessThan(1e-9);
      expect(distance(there, start)).toBeLessThan(Math.max(0.02, 7.1 - before + 0.1));
    }
  });

  it('finds a way out of two that overlap, and from the very middle of one', () => {
    const other = onSkin(head, [centreMm[0] + 6, centreMm[1], centreMm[2]]);
    const clear: readonly KeepClear[] = [
      { centreMm, radiusMm: 7 },
      { centreMm: other, radiusMm: 7 },
    ];
    for (const start of [centreMm, other, onSkin(head, [centreMm[0] + 3, centreMm[1], centreMm[2] + 0.5])]) {
      const points = Float64Array.from(start);
      moveClear(head, clear, points, 0);
      for (const { centreMm: c, radiusMm } of clear) {
        expect(distance([points[0], points[1], points[2]], c)).toBeGreaterThanOrEqual(radiusMm);
      }
    }
  });
});
