import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cross, distance, dot, normalise } from '../vec/vec3.ts';
import { buildHead } from './build-head.ts';
import { geodesicMm } from './geodesic.ts';
import { skinAreaMm2 } from './head-mesh.ts';
import { onSkin } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import { areaInsideMm2, distanceToLineMm } from './measure-on-skin.ts';
import { randomShape } from './testing/random-shape.ts';

const SPHERE: HeadMap = { size: 129, radiiMm: new Float32Array(129 * 129).fill(90) };

/** `count` directions around `axis`, `spread(angle around)` radians from it. */
function ring(axis: Vec3, count: number, spread: (around: number) => number): Vec3[] {
  const u = normalise(cross(axis, Math.abs(axis[0]) < 0.8 ? [1, 0, 0] : [0, 1, 0]));
  const v = cross(axis, u);
  return Array.from({ length: count }, (_, k) => {
    const around = (2 * Math.PI * k) / count;
    const [c, s] = [Math.cos(spread(around)), Math.sin(spread(around))];
    return [0, 1, 2].map(
      (i) => axis[i] * c + s * (u[i] * Math.cos(around) + v[i] * Math.sin(around)),
    ) as unknown as Vec3;
  });
}

describe('the area inside an outline', () => {
  it.each([0.1, 0.4, 0.9, 1.4])('is that of the cap on a sphere: %f rad', (spread) => {
    const axis = normalise([0.2, 0.9, -0.3]);
    const exact = 2 * Math.PI * 90 * 90 * (1 - Math.cos(spread));
    expect(
      Math.abs(
        areaInsideMm2(
          SPHERE,
          ring(axis, 240, () => spread),
        ) /
          exact -
          1,
      ),
    ).toBeLessThan(1e-3);
  });

  it('does not depend on where the outline starts, or which way round', () => {
    const map = buildHead(randomShape(seededGenerator(6)));
    const outline = ring(normalise([0, 1, -0.4]), 90, (a) => 0.5 + 0.1 * Math.sin(3 * a));
    const area = areaInsideMm2(map, outline);
    expect(areaInsideMm2(map, [...outline].reverse()) / area).toBeCloseTo(1, 5);
    expect(areaInsideMm2(map, [...outline.slice(30), ...outline.slice(0, 30)]) / area).toBeCloseTo(1, 5);
  });

  it('agrees with counting triangles of the skin, also where the outline turns back on itself', () => {
    const random = seededGenerator(7);
    for (let k = 0; k < 3; k++) {
      const map = buildHead(randomShape(random));
      const axis = normalise([0.3 * random(), 1, 0.5 - random()]);
      // A crescent: the middle of the outline lies outside of it.
      const [outer, inner] = [0.7, 0.55];
      const open = (a: number): number => (Math.PI / 3) * (a / Math.PI - 1) * 2;
      const whole = ring(axis, 360, () => Math.PI / 2);
      const arc = (spread: number): Vec3[] =>
        Array.from(
          { length: 121 },
          (_, i) =>
            ring(axis, 360, () => spread)[(360 + Math.round((open((2 * Math.PI * i) / 120) * 180) / Math.PI)) % 360],
        );
      const outline = [...arc(outer), ...arc(inner).reverse()];
      const [u, v] = [whole[0], whole[90]];
      const isInside = (x: number, y: number, z: number): boolean => {
        const d = normalise([x, y, z]);
        const far = Math.acos(dot(d, axis));
        return far > inner && far < outer && Math.abs(Math.atan2(dot(d, v), dot(d, u))) < (2 * Math.PI) / 3;
      };
      expect(Math.abs(areaInsideMm2(map, outline) / skinAreaMm2(map, isInside) - 1)).toBeLessThan(0.03);
    }
  });

  it('adds up when an outline is cut in two', () => {
    const map = buildHead(randomShape(seededGenerator(8)));
    const outline = ring(normalise([0, 1, 0.3]), 100, () => 0.6);
    const cut = Array.from({ length: 49 }, (_, k) => {
      const t = (k + 1) / 50;
      return normalise([0, 1, 2].map((i) => outline[50][i] * t + outline[0][i] * (1 - t)) as unknown as Vec3);
    });
    const one = areaInsideMm2(map, [...outline.slice(0, 51), ...[...cut].reverse()]);
    const other = areaInsideMm2(map, [...outline.slice(50), outline[0], ...cut]);
    expect((one + other) / areaInsideMm2(map, outline)).toBeCloseTo(1, 3);
  });

  it('refuses an outline wider than a hemisphere, and gives none for less than a triangle', () => {
    expect(() => areaInsideMm2(SPHERE, ring([0, 1, 0], 12, () => 1.7).with(0, [0.5, 0.9, 0]))).toThrow(RangeError);
    expect(
      areaInsideMm2(SPHERE, [
        [0, 1, 0],
        [0, 1, 1],
      ]),
    ).toBe(0);
  });
});

describe('the distance of a point from a line over the skin', () => {
  it('is the arc to the meridian on a sphere', () => {
    const line = Array.from({ length: 30 }, (_, k): Vec3 => [0, Math.cos(k / 20 - 0.7), Math.sin(k / 20 - 0.7)]);
    const { mm, at } = distanceToLineMm(SPHERE, [0.4, 0.8, 0.3], line);
    const exact = 90 * Math.asin(0.4 / Math.hypot(0.4, 0.8, 0.3));
    expect(Math.abs(mm - exact)).toBeLessThan(0.02);
    expect(Math.abs(at[0])).toBeLessThan(1e-6);
  });

  it('finds the middle of a long edge, though a corner elsewhere is nearer than its ends', () => {
    const line: Vec3[] = [
      [-1, 1, 0.05],
      [1, 1, 0.05],
      [1, 1, 0.6],
      [0, 1, 0.45],
    ];
    const { at } = distanceToLineMm(SPHERE, [0, 1, 0], line);
    expect(Math.abs(at[0])).toBeLessThan(0.1);
    expect(at[2]).toBeLessThan(10);
  });

  it('is the least of the distances to many points of the line', () => {
    const random = seededGenerator(9);
    const map = buildHead(randomShape(random));
    const line = ring(normalise([0, 1, 0.2]), 24, (a) => 0.7 + 0.15 * Math.sin(2 * a)).slice(0, 12);
    const dense = line
      .slice(1)
      .flatMap((b, k) =>
        Array.from({ length: 40 }, (_, i) =>
          onSkin(
            map,
            [0, 1, 2].map(
              (j) => onSkin(map, line[k])[j] * (1 - i / 40) + (onSkin(map, b)[j] * i) / 40,
            ) as unknown as Vec3,
          ),
        ),
      );
    const point: Vec3 = [0.1, 1, 0.1];
    const least = Math.min(...dense.map((p) => geodesicMm(map, point, p)));
    const { mm, at } = distanceToLineMm(map, point, line);
    expect(mm).toBeLessThanOrEqual(least + 0.02);
    expect(least - mm).toBeLessThan(0.1);
    expect(Math.abs(geodesicMm(map, point, at) - mm)).toBeLessThan(1e-9);
    expect(distance(at, onSkin(map, at))).toBeLessThan(1e-9);
  });
});
