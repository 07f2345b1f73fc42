import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../vec/mat3.ts';
import { buildHead } from './build-head.ts';
import { DEPARTURE_SD, departedMm, departuresAt } from './depart-from-template.ts';
import { headOf } from './head-of.ts';
import { directionOf, onSkin, radiusMm } from './head-map.ts';
import { TEMPLATE_LANDMARKS } from './head-template.ts';
import { readTape, radiusOfMap } from './tape.ts';
import { distance } from '../vec/vec3.ts';

const SHAPE = { face: 1.03, width: 0.97, height: 1.05, length: 1.02 } as const;
const ALONG = [0.075, -0.035, 0.02, -0.055];
/** Places all over the skull, template mm. */
const PLACES = Array.from({ length: 15 * 15 }, (_, k): Vec3 =>
  directionOf(((k % 15) - 7) / 7.5, (Math.floor(k / 15) - 7) / 7.5),
)
  .map(([x, y, z]): Vec3 => [100 * x, 100 * y, 100 * z])
  .filter(([, y, z]) => y - 0.42 * z > 10);

describe('how heads depart from the stretched template', () => {
  it('is alike on both sides, and millimetres', () => {
    for (const [x, y, z] of PLACES) {
      const here = departuresAt([x, y, z]);
      departuresAt([-x, y, z]).forEach((mm, way) => expect(mm).toBeCloseTo(here[way], 12));
      expect(DEPARTURE_SD * Math.max(...here.map(Math.abs))).toBeLessThan(7);
    }
  });

  it('is most of all how far forward the forehead stands', () => {
    const forehead = departuresAt([0, 70, 75])[0];
    expect(DEPARTURE_SD * Math.abs(forehead)).toBeGreaterThan(3.5);
    const [back, side] = [departuresAt([0, 60, -85])[0], departuresAt([70, 60, -10])[0]];
    expect(Math.max(Math.abs(back), Math.abs(side))).toBeLessThan(0.5 * Math.abs(forehead));
  });

  it('adds up, and ends above the face', () => {
    const departed = departedMm(ALONG);
    for (const p of PLACES) {
      const sum = departuresAt(p).reduce((mm, way, k) => mm + way * ALONG[k], 0);
      expect(departed(...p)).toBeCloseTo(sum, 9);
    }
    expect(departed(0, -20, 100)).toBe(0);
    expect(departed(...TEMPLATE_LANDMARKS.leftTragion)).not.toBe(0);
  });

  it('is what a head has more of than the template stretched alike', () => {
    const [plain, own] = [buildHead(SHAPE), buildHead({ ...SHAPE, departures: ALONG })];
    const direction = directionOf(0.1, 0.6);
    const moreMm = radiusMm(own, ...direction) - radiusMm(plain, ...direction);
    expect(Math.abs(moreMm)).toBeGreaterThan(0.5);
    const twice = buildHead({ ...SHAPE, departures: ALONG.map((along) => 2 * along) });
    expect(radiusMm(twice, ...direction) - radiusMm(plain, ...direction)).toBeCloseTo(2 * moreMm, 1);
    expect(buildHead({ ...SHAPE, departures: [0, 0, 0, 0] })).toEqual(plain);
  });

  it('carries the landmarks along, and what a tape reads', () => {
    const fit = { shape: { ...SHAPE, departures: ALONG }, scan: null, faceTiltDeg: 0 };
    const { map, landmarks } = headOf(fit);
    for (const p of [landmarks.glabella, landmarks.vertex, landmarks.opisthocranion, landmarks.inion])
      expect(distance(p, onSkin(map, p))).toBeLessThan(1e-6);
    const plain = headOf({ ...fit, shape: SHAPE });
    const read = (head: typeof plain): number => readTape(radiusOfMap(head.map), head.landmarks, 'circumference');
    expect(Math.abs(read({ map, landmarks }) - read(plain))).toBeGreaterThan(2);
  });
});
