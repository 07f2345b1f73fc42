import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { buildHead } from './build-head.ts';
import { canonicalToTemplate } from './canonical-to-template.ts';
import { deform, undeform } from './deform-head.ts';
import { isEar } from './ears.ts';
import { radiusMm } from './head-map.ts';
import type { HeadShape } from './head-shape.ts';
import { TEMPLATE_LANDMARKS } from './head-template.ts';
import { landmarksOf } from './landmarks.ts';
import { templateMap, templateRadiusMm } from './template-radius.ts';
import { randomShape } from './testing/random-shape.ts';

const MEAN: HeadShape = { face: 1, width: 1, height: 1, length: 1 };

/** A direction of the scalp: above the plane from brow to ears. */
function scalpDirection(random: () => number): Vec3 {
  for (;;) {
    const p = [2 * random() - 1, 2 * random() - 1, 2 * random() - 1] as const;
    const l = Math.hypot(...p);
    if (l < 1 && l > 0.1 && p[1] - 0.42 * p[2] > 0.1 * l) return [p[0] / l, p[1] / l, p[2] / l];
  }
}

describe('the template', () => {
  it('has its landmarks on its skin', () => {
    for (const name of ['glabella', 'vertex', 'inion', 'opisthocranion'] as const) {
      const p = TEMPLATE_LANDMARKS[name];
      const l = Math.hypot(...p);
      expect(Math.abs(templateRadiusMm(p[0] / l, p[1] / l, p[2] / l) - l), name).toBeLessThan(0.03);
    }
  });

  it('has no left and no right', () => {
    const random = seededGenerator(4);
    for (let k = 0; k < 200; k++) {
      const [x, y, z] = scalpDirection(random);
      expect(templateRadiusMm(-x, y, z)).toBe(templateRadiusMm(x, y, z));
    }
  });

  it('has a vertex above every other point and an opisthocranion behind', () => {
    const random = seededGenerator(5);
    for (let k = 0; k < 500; k++) {
      const d = scalpDirection(random);
      expect(d[1] * templateRadiusMm(...d)).toBeLessThan(TEMPLATE_LANDMARKS.vertex[1] + 0.01);
    }
    expect(TEMPLATE_LANDMARKS.opisthocranion[2]).toBeLessThan(-95);
  });

  it('is kept as a map within 0.08 mm of the harmonics over the scalp', () => {
    const random = seededGenerator(6);
    for (let k = 0; k < 3000; k++) {
      const d = scalpDirection(random);
      if (isEar(MEAN, [75 * Math.sign(d[0]), (75 * d[1]) / Math.abs(d[0]), (75 * d[2]) / Math.abs(d[0])], 10)) continue;
      expect(Math.abs(radiusMm(templateMap(), ...d) - templateRadiusMm(...d))).toBeLessThan(0.08);
    }
  });

  it('is smooth: over the scalp no ripple of curvature between points 6 mm apart', () => {
    // Second difference of the radius along great circles; a head bends it by about r h^2, a ripple by much more.
    const random = seededGenerator(7);
    const h = 0.06;
    for (let k = 0; k < 1000; k++) {
      const d = scalpDirection(random);
      if (d[1] < 0.45) continue;
      const side = [d[1], -d[0], 0];
      const l = Math.hypot(...side);
      const at = (t: number): number => {
        const q = d.map((v, axis) => v * Math.cos(t) + (side[axis] / l) * Math.sin(t));
        return templateRadiusMm(q[0], q[1], q[2]);
      };
      expect(Math.abs(at(h) - 2 * at(0) + at(-h))).toBeLessThan(0.6);
    }
  });
});

describe('deforming', () => {
  const random = seededGenerator(8);

  it('is undone by its inverse', () => {
    for (let k = 0; k < 500; k++) {
      const shape = randomShape(random);
      const p: Vec3 = [160 * random() - 80, 200 * random() - 60, 220 * random() - 110];
      const q = undeform(shape, deform(shape, p));
      for (let axis = 0; axis < 3; axis++) expect(q[axis]).toBeCloseTo(p[axis], 9);
    }
  });

  it('leaves the face where the photo placed it', () => {
    const shape = { face: 1, width: 1.15, height: 1.2, length: 0.9 };
    for (const p of [TEMPLATE_LANDMARKS.glabella, TEMPLATE_LANDMARKS.nasion, canonicalToTemplate([4.5, 2, 3])]) {
      const q = deform(shape, p);
      expect(Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2])).toBeLessThan(0.15);
    }
  });

  it('never folds: farther up, back and out stays farther up, back and out', () => {
    for (let k = 0; k < 50; k++) {
      const shape = randomShape(random);
      const at = (x: number, y: number, z: number): Vec3 => deform(shape, [x, y, z]);
      const [x, y, z] = [60, 140 * random() - 20, 180 * random() - 90];
      expect(at(x, y + 1, z)[1]).toBeGreaterThan(at(x, y, z)[1]);
      expect(at(x, y, z - 1)[2]).toBeLessThan(at(x, y, z)[2]);
      expect(at(x + 1, y, z)[0]).toBeGreaterThan(at(x, y, z)[0]);
    }
  });
});

describe('buildHead', () => {
  it('is the template for the mean shape', () => {
    expect(buildHead(MEAN).radiiMm).toEqual(templateMap().radiiMm);
  });

  it('passes through the deformed template, by brute force', () => {
    const random = seededGenerator(9);
    for (let round = 0; round < 4; round++) {
      const shape = randomShape(random);
      const map = buildHead(shape);
      for (let k = 0; k < 500; k++) {
        const d = scalpDirection(random);
        const r = radiusMm(templateMap(), ...d);
        const p = deform(shape, [d[0] * r, d[1] * r, d[2] * r]);
        expect(Math.abs(radiusMm(map, ...p) - Math.hypot(...p))).toBeLessThan(0.12);
      }
    }
  });

  it('carries the landmarks onto its skin', () => {
    const random = seededGenerator(10);
    for (let round = 0; round < 10; round++) {
      const shape = randomShape(random);
      const map = buildHead(shape);
      const { glabella, vertex, inion, opisthocranion } = landmarksOf(shape);
      for (const p of [glabella, vertex, inion, opisthocranion]) {
        expect(Math.abs(radiusMm(map, ...p) - Math.hypot(...p))).toBeLessThan(0.1);
      }
    }
  });

  it('grows in proportion with the face factor', () => {
    const small = buildHead({ face: 1, width: 1.05, height: 0.95, length: 1.02 }, 33).radiiMm;
    const large = buildHead({ face: 1.1, width: 1.05, height: 0.95, length: 1.02 }, 33).radiiMm;
    large.forEach((r, k) => expect(r / small[k]).toBeCloseTo(1.1, 6));
  });

  it('refuses a grid whose poles are not nodes', () => {
    expect(() => buildHead(MEAN, 64)).toThrow(RangeError);
  });
});

describe('ears', () => {
  it('lie behind the tragion and nowhere on the crown, the brow or the midline', () => {
    const { leftTragion, glabella, vertex, inion } = TEMPLATE_LANDMARKS;
    expect(isEar(MEAN, [leftTragion[0], -8, -13])).toBe(true);
    expect(isEar(MEAN, [-leftTragion[0] - 10, 15, -20])).toBe(true);
    // It leans back: its top is behind, its lobe in front.
    expect(isEar(MEAN, [leftTragion[0], 19, -24])).toBe(true);
    expect(isEar(MEAN, [leftTragion[0], 19, -2])).toBe(false);
    expect(isEar(MEAN, [leftTragion[0], 40, -15])).toBe(false);
    expect(isEar(MEAN, [leftTragion[0], 40, -15], 20)).toBe(true);
    for (const p of [glabella, vertex, inion]) expect(isEar(MEAN, p, 20)).toBe(false);
  });

  it('grow with the face', () => {
    const edge: Vec3 = [80, -8, -30];
    expect(isEar(MEAN, edge)).toBe(true);
    expect(isEar({ ...MEAN, face: 0.8 }, edge)).toBe(false);
  });
});
