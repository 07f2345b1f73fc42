import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { onSkin } from '../head/head-map.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { isWithinScalpReach } from './scalp-reach.ts';
import { skinMm2PerSteradian } from './skin-area.ts';
import { steradiansOfCell, steradiansOfDots } from './skin-share.ts';
import { TEMPLATE_SHAPE } from './testing/test-plans.ts';

const head = buildHead({ face: 1, width: 0.95, height: 1.05, length: 1.06 });

describe('steradiansOfDots', () => {
  it('gives each dot what it stands for: double where dots are half as dense, the whole in the sum', () => {
    const random = seededGenerator(3);
    const dots: Vec3[] = [];
    // 190 per cm2 on the right half of the top, half of it on the left, on a jittered grid.
    for (const [side, step] of [
      [-1, 0.725],
      [1, 0.725 * Math.SQRT2],
    ] as const) {
      for (let u = step / 2; u < 40; u += step) {
        for (let v = -40; v < 40; v += step) {
          dots.push(onSkin(head, [side * (u + 0.2 * random() * step), 150, v + 0.2 * random() * step]));
        }
      }
    }
    const share = steradiansOfDots(head, Float64Array.from(dots.flat()), 0);
    const mean = (isIn: (p: Vec3) => boolean): number => {
      const some = dots.map((p, i) => [p, share[i]] as const).filter(([p]) => isIn(p));
      return some.reduce((sum, [, s]) => sum + s, 0) / some.length;
    };
    const onTop = (p: Vec3): boolean => Math.abs(p[2] + 10) < 15;
    const ratio = mean((p) => onTop(p) && p[0] > 6 && p[0] < 20) / mean((p) => onTop(p) && p[0] < -6 && p[0] > -20);
    expect(ratio).toBeGreaterThan(1.9);
    expect(ratio).toBeLessThan(2.1);
  });

  it("knows the solid angle of the octahedral square's cells: all of them are a sphere", () => {
    const side = 2 / 200;
    let sum = 0;
    for (let j = 0; j < 200; j++)
      for (let i = 0; i < 200; i++) sum += steradiansOfCell(-1 + (i + 0.5) * side, -1 + (j + 0.5) * side, side);
    expect(sum / (4 * Math.PI)).toBeCloseTo(1, 3);
  });
});

describe('skinMm2PerSteradian', () => {
  it('sums to the area of the scalp that a triangle mesh has', () => {
    const n = 220;
    const side = 2 / n;
    let mm2 = 0;
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        const [u, v] = [-1 + (i + 0.5) * side, -1 + (j + 0.5) * side];
        const y = 1 - Math.abs(u) - Math.abs(v);
        if (y < 0) continue;
        const l = Math.hypot(u, y, v);
        mm2 += steradiansOfCell(u, v, side) * skinMm2PerSteradian(head, u / l, y / l, v / l);
      }
    }
    expect(mm2 / skinAreaMm2(head, (_, y) => y > 0)).toBeCloseTo(1, 2);
  });
});

describe('isWithinScalpReach', () => {
  it('is mirror symmetric, the same at every distance, and wider with a skirt', () => {
    const random = seededGenerator(5);
    let inside = 0;
    for (let i = 0; i < 5000; i++) {
      const [x, y, z] = [random() * 2 - 1, random() * 2 - 1, random() * 2 - 1];
      const is = isWithinScalpReach(x, y, z);
      expect(isWithinScalpReach(-x, y, z)).toBe(is);
      expect(isWithinScalpReach(90 * x, 90 * y, 90 * z)).toBe(is);
      if (is) expect(isWithinScalpReach(x, y, z, 0.1)).toBe(true);
      if (is) inside++;
    }
    expect(inside / 5000).toBeGreaterThan(0.5);
  });

  it('leaves out brows, face and neck and takes in vertex, temples and nape', () => {
    const at = (x: number, y: number, z: number): boolean =>
      isWithinScalpReach(...onSkin(buildHead(TEMPLATE_SHAPE), [x, y, z]));
    expect([at(0, 42, 95), at(30, 20, 80), at(0, -70, -60), at(60, -40, 50)]).toEqual([false, false, false, false]);
    expect([at(0, 130, 0), at(65, 60, 30), at(0, -30, -90), at(0, 100, 70)]).toEqual([true, true, true, true]);
  });
});
