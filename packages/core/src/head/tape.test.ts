import { describe, expect, it } from 'vitest';
import { areaMm2, vertexNormals } from '../mesh/triangle-mesh.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { buildHead } from './build-head.ts';
import { headMesh, skinAreaMm2 } from './head-mesh.ts';
import { directionOf, onSkin, radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import { landmarksOf } from './landmarks.ts';
import { TAPE_KINDS } from './take-measure.ts';
import { alongRay, opisthocranionOf, radiusOfMap, readTape } from './tape.ts';
import type { RadiusOf } from './tape.ts';
import { randomShape } from './testing/random-shape.ts';
import { arcOnSkinMm, midlinePoint, walkOnSkin } from './walk-on-skin.ts';

const [A, B, C, LIFT] = [75, 95, 98, 40];
/** An ellipsoid about (0, 40, 0). */
const ellipsoid: RadiusOf = (x, y, z) => {
  const qa = (x * x) / (A * A) + (y * y) / (B * B) + (z * z) / (C * C);
  const qb = (y * LIFT) / (B * B);
  return (qb + Math.sqrt(qb * qb - qa * ((LIFT * LIFT) / (B * B) - 1))) / qa;
};
const LANDMARKS: { glabella: Vec3; inion: Vec3 } = { glabella: [0, LIFT, C], inion: [0, LIFT, -C] };

/** Length of the ellipse (p cos t, q sin t) from t0 to t1. */
function ellipseArc(p: number, q: number, t0: number, t1: number): number {
  let sum = 0;
  const n = 20000;
  for (let k = 0; k < n; k++) {
    const t = t0 + ((t1 - t0) * (k + 0.5)) / n;
    sum += (Math.hypot(p * Math.sin(t), q * Math.cos(t)) * (t1 - t0)) / n;
  }
  return sum;
}

function mapOf(radius: RadiusOf, size = 129): HeadMap {
  const radiiMm = new Float32Array(size * size);
  for (let k = 0; k < size * size; k++) {
    radiiMm[k] = radius(...directionOf((2 * (k % size)) / (size - 1) - 1, (2 * Math.floor(k / size)) / (size - 1) - 1));
  }
  return { size, radiiMm };
}

describe('a tape on an ellipsoid reads its closed form', () => {
  const low = Math.asin(-LIFT / B);
  it.each([
    ['circumference', ellipseArc(A, C, 0, 2 * Math.PI)],
    ['sagittal', ellipseArc(C, B, 0, Math.PI)],
    ['coronal', ellipseArc(A, B, low, Math.PI - low)],
    ['length', 2 * C],
    ['breadth', 2 * A],
  ] as const)('%s', (kind, truth) => {
    expect(Math.abs(readTape(ellipsoid, LANDMARKS, kind) / truth - 1)).toBeLessThan(3e-4);
  });
});

describe('a soft tape', () => {
  it('bridges a hollow instead of dipping into it', () => {
    const [from, to] = [1.3, 1.9];
    const dented: RadiusOf = (_x, y, z) => {
      const angle = Math.atan2(y, z);
      return angle > from && angle < to ? 85 : 100;
    };
    const reading = readTape(dented, { glabella: [0, 0, 100], inion: [0, 0, -100] }, 'sagittal');
    const taut = 100 * (Math.PI - (to - from)) + 200 * Math.sin((to - from) / 2);
    expect(Math.abs(reading - taut)).toBeLessThan(0.1);
  });

  it('reads the same on a map as on the surface it samples', () => {
    const radius = radiusOfMap(mapOf(ellipsoid));
    for (const kind of TAPE_KINDS) {
      expect(Math.abs(readTape(radius, LANDMARKS, kind) / readTape(ellipsoid, LANDMARKS, kind) - 1)).toBeLessThan(4e-4);
    }
  });

  it('grows with the head', () => {
    const random = seededGenerator(11);
    const shape = randomShape(random);
    const larger = { ...shape, face: shape.face * 1.05 };
    for (const kind of TAPE_KINDS) {
      const before = readTape(radiusOfMap(buildHead(shape)), landmarksOf(shape), kind);
      expect(readTape(radiusOfMap(buildHead(larger)), landmarksOf(larger), kind) / before).toBeCloseTo(1.05, 5);
    }
  });
});

describe('walking on the skin', () => {
  const map = buildHead({ face: 1, width: 0.97, height: 1.02, length: 1.04 });
  const marks = landmarksOf({ face: 1, width: 0.97, height: 1.02, length: 1.04 });

  it('goes as far as it was told, and back', () => {
    const random = seededGenerator(12);
    for (let k = 0; k < 100; k++) {
      const from = onSkin(map, [random() - 0.5, random() * 0.8 + 0.2, random() - 0.5]);
      const towards = onSkin(map, [random() - 0.5, random() * 0.8 + 0.2, random() - 0.5]);
      const mm = 10 + 80 * random();
      const there = walkOnSkin(map, from, towards, mm);
      expect(arcOnSkinMm(map, from, there)).toBeCloseTo(mm, 1);
      const away = walkOnSkin(map, from, towards, -mm);
      expect(arcOnSkinMm(map, away, from)).toBeCloseTo(mm, 1);
      const back = walkOnSkin(map, there, from, mm);
      expect(Math.hypot(back[0] - from[0], back[1] - from[1], back[2] - from[2])).toBeLessThan(0.1);
    }
  });

  it('finds the midline at 70 mm above the glabella, on the skin', () => {
    const p = midlinePoint(map, marks, 70);
    expect(p[0]).toBe(0);
    expect(Math.abs(radiusMm(map, ...p) - Math.hypot(...p))).toBeLessThan(1e-4);
    expect(arcOnSkinMm(map, marks.glabella, p)).toBeCloseTo(70, 1);
    expect(p[1]).toBeGreaterThan(marks.glabella[1] + 50);
  });

  it('refuses a distance that is none', () => {
    expect(() => walkOnSkin(map, marks.glabella, marks.vertex, NaN)).toThrow(RangeError);
  });
});

describe('the head as a mesh', () => {
  it('has the area of a sphere cap, and of its parts', () => {
    const sphere = mapOf(() => 100, 65);
    const whole = 2 * Math.PI * 1e4 * (1 - Math.cos((125 * Math.PI) / 180));
    expect(areaMm2(headMesh(sphere)) / whole).toBeCloseTo(1, 3);
    const upper = skinAreaMm2(sphere, (_x, y) => y > 50);
    expect(upper / (2 * Math.PI * 1e4 * 0.5)).toBeCloseTo(1, 2);
    expect(upper + skinAreaMm2(sphere, (_x, y) => y <= 50)).toBeCloseTo(areaMm2(headMesh(sphere, 128)), 3);
  });

  it('has its outside outside', () => {
    const mesh = headMesh(buildHead({ face: 1, width: 1, height: 1, length: 1 }, 65), 24);
    const normals = vertexNormals(mesh);
    for (let v = 0; v < normals.length; v += 3) {
      const p = mesh.positionsMm;
      if (p[v + 1] < 20) continue;
      expect(normals[v] * p[v] + normals[v + 1] * p[v + 1] + normals[v + 2] * p[v + 2]).toBeGreaterThan(0);
      expect(Math.hypot(normals[v], normals[v + 1], normals[v + 2])).toBeCloseTo(1, 5);
    }
  });

  it('keeps the rule of the cap: area = 0.6425 sagittal x coronal arc above the glabella plane, within 3 %', () => {
    const random = seededGenerator(13);
    for (let round = 0; round < 6; round++) {
      const shape = randomShape(random);
      const map = buildHead(shape);
      const radius = radiusOfMap(map);
      const front = onSkin(map, landmarksOf(shape).glabella);
      const back = opisthocranionOf(radius, front);
      const slope = (front[1] - back[1]) / (front[2] - back[2]);
      const cap = skinAreaMm2(map, (_x, y, z) => y > front[1] + slope * (z - front[2]));
      const centre: Vec3 = [0, (front[1] + back[1]) / 2, (front[2] + back[2]) / 2];
      const l = Math.hypot(1, slope);
      const arc = (along: Vec3): number => {
        let sum = 0;
        let last: Vec3 | null = null;
        for (let k = 0; k <= 200; k++) {
          const t = (Math.PI * k) / 200;
          const [c, s] = [Math.cos(t), Math.sin(t)];
          const d: Vec3 = [along[0] * c, along[1] * c + s / l, along[2] * c - (s * slope) / l];
          const r = alongRay(radius, centre, d, 90);
          const p: Vec3 = [centre[0] + r * d[0], centre[1] + r * d[1], centre[2] + r * d[2]];
          if (last) sum += Math.hypot(p[0] - last[0], p[1] - last[1], p[2] - last[2]);
          last = p;
        }
        return sum;
      };
      const rule = 0.6425 * arc([0, slope / l, 1 / l]) * arc([1, 0, 0]);
      expect(Math.abs(rule / cap - 1)).toBeLessThan(0.03);
    }
  });
});
