import { describe, expect, it } from 'vitest';
import type { Generator } from '../random/generator.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cross, distance, dot, normalise } from '../vec/vec3.ts';
import { buildHead } from './build-head.ts';
import { geodesicMm, geodesicPath, tapeMm } from './geodesic.ts';
import { directionOf, onSkin, radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import { randomShape } from './testing/random-shape.ts';
import { arcOnSkinMm } from './walk-on-skin.ts';

function mapOf(radius: (d: Vec3) => number, size = 129): HeadMap {
  const radiiMm = new Float32Array(size * size);
  for (let k = 0; k < size * size; k++) {
    radiiMm[k] = radius(directionOf((2 * (k % size)) / (size - 1) - 1, (2 * Math.floor(k / size)) / (size - 1) - 1));
  }
  return { size, radiiMm };
}
const SPHERE = mapOf(() => 90);
const ellipsoid = (a: number, b: number, c: number): HeadMap =>
  mapOf(([x, y, z]) => 1 / Math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2));

function scalpPoint(random: Generator): Vec3 {
  for (;;) {
    const p: Vec3 = [2 * random() - 1, random(), 2 * random() - 1];
    const l = Math.hypot(...p);
    if (l > 0.2 && l < 1 && p[1] / l > 0.4) return normalise(p);
  }
}

/** The shortest of all chains whose nodes slide in fine steps beside the plane section: slow and without slopes. */
function searchMm(map: HeadMap, from: Vec3, to: Vec3): number {
  const normal = normalise(cross(from, to));
  const ahead = cross(normal, from);
  const turn = Math.acos(dot(from, to));
  const n = Math.ceil(turn / 0.05);
  const m = 170;
  const at = (k: number, j: number): Vec3 => {
    const [c, s, o] = [Math.cos((turn * k) / n), Math.sin((turn * k) / n), (0.3 * j) / m];
    return onSkin(map, [0, 1, 2].map((i) => from[i] * c + ahead[i] * s + o * normal[i]) as unknown as Vec3);
  };
  let before: { p: Vec3; mm: number }[] = [{ p: at(0, 0), mm: 0 }];
  for (let k = 1; k <= n; k++) {
    const here: typeof before = [];
    const wide = k === n ? 0 : m;
    for (let j = -wide; j <= wide; j++) {
      const p = at(k, j);
      here.push({ p, mm: before.reduce((least, q) => Math.min(least, q.mm + distance(p, q.p)), Infinity) });
    }
    before = here;
  }
  return before[0].mm;
}

describe('the shortest way over the skin', () => {
  it('is a great circle on a sphere', () => {
    const random = seededGenerator(1);
    for (let k = 0; k < 40; k++) {
      const [a, b] = [scalpPoint(random), scalpPoint(random)];
      expect(Math.abs(geodesicMm(SPHERE, a, b) / (90 * Math.acos(dot(a, b))) - 1)).toBeLessThan(2e-4);
    }
  });

  it('is as long as the one found by search, on an ellipsoid and on heads', () => {
    const random = seededGenerator(2);
    const maps = [ellipsoid(72, 90, 98), buildHead(randomShape(random)), buildHead(randomShape(random))];
    for (const map of maps) {
      for (let k = 0; k < 3; k++) {
        const [a, b] = [scalpPoint(random), scalpPoint(random)];
        // The search's chords are 4 mm long, so it falls short by up to 0.02 %, and its steps cost as much.
        expect(Math.abs(geodesicMm(map, a, b) / searchMm(map, a, b) - 1)).toBeLessThan(5e-4);
      }
    }
  });

  it('keeps the law of Clairaut where the surface is round about an axis', () => {
    // Along a shortest way, distance from the axis times the sine of its angle to the meridian stays the same.
    const map = ellipsoid(80, 100, 80);
    const path = geodesicPath(map, normalise([1, 0.5, 0.2]), normalise([-0.2, 1.1, 0.9]));
    const constants = path.slice(1, -2).map((p, k) => {
      const q = path[k + 2];
      const middle: Vec3 = [(p[0] + q[0]) / 2, 0, (p[2] + q[2]) / 2];
      return (middle[2] * (q[0] - p[0]) - middle[0] * (q[2] - p[2])) / distance(p, q);
    });
    const mean = constants.reduce((sum, c) => sum + c, 0) / constants.length;
    for (const c of constants) expect(Math.abs(c / mean - 1)).toBeLessThan(0.02);
  });

  it('is never longer than the plane section, and the same both ways', () => {
    const random = seededGenerator(3);
    const map = buildHead(randomShape(random));
    for (let k = 0; k < 40; k++) {
      const [a, b] = [scalpPoint(random), scalpPoint(random)];
      const mm = geodesicMm(map, a, b);
      expect(mm).toBeLessThan(arcOnSkinMm(map, a, b) * 1.0005);
      expect(Math.abs(geodesicMm(map, b, a) / mm - 1)).toBeLessThan(1e-4);
    }
  });

  it('goes round a ridge, not along its crest', () => {
    const ridged = mapOf(([x, y, z]) => 90 + 25 * Math.exp(-((x / 0.15) ** 2) - (z / 0.5) ** 2 - (y < 0 ? 9 : 0)));
    const [a, b] = [normalise([0, 1, 0.9]), normalise([0, 1, -0.9])] as const;
    expect(geodesicMm(ridged, a, b)).toBeLessThan(0.97 * arcOnSkinMm(ridged, a, b));
  });

  it('lies on the skin in small steps, from one end to the other', () => {
    const random = seededGenerator(4);
    const map = buildHead(randomShape(random));
    const [a, b] = [scalpPoint(random), scalpPoint(random)];
    const path = geodesicPath(map, a, b);
    expect(distance(path[0], onSkin(map, a))).toBeLessThan(1e-9);
    expect(distance(path[path.length - 1], onSkin(map, b))).toBeLessThan(1e-6);
    for (const [k, p] of path.entries()) {
      expect(Math.abs(Math.hypot(...p) - radiusMm(map, ...p))).toBeLessThan(1e-9);
      if (k > 0) expect(distance(p, path[k - 1])).toBeLessThan(4.5);
    }
  });

  it('from ear to ear leads over the top, and from a point to itself nowhere', () => {
    expect(geodesicMm(SPHERE, [1, 0, 0], [-1, 0, 0])).toBeCloseTo(90 * Math.PI, 0);
    const top = geodesicPath(SPHERE, [1, 0, 0], [-1, 0, 0]);
    expect(top[top.length >> 1][1]).toBeGreaterThan(0);
    expect(geodesicMm(SPHERE, [0, 1, 0], [0, 1, 0])).toBe(0);
  });
});

describe('a taut tape', () => {
  it('reads the shortest way where the skin is round', () => {
    const random = seededGenerator(5);
    const map = ellipsoid(75, 95, 98);
    for (let k = 0; k < 20; k++) {
      const [a, b] = [scalpPoint(random), scalpPoint(random)];
      expect(Math.abs(tapeMm(map, a, b) / geodesicMm(map, a, b) - 1)).toBeLessThan(1e-4);
    }
  });

  it('bridges a hollow', () => {
    // A ring about the vertex, 5 mm deep, that no way can avoid.
    const angle = ([, y]: Vec3): number => Math.acos(Math.min(1, y));
    const map = mapOf((d) => 100 - 5 * Math.exp(-(((angle(d) - 0.6) / 0.12) ** 2)), 257);
    const [a, b]: [Vec3, Vec3] = [
      [0, 1, 0],
      [Math.sin(1.2), Math.cos(1.2), 0],
    ];
    const around = geodesicMm(map, a, b);
    const taut = tapeMm(map, a, b);
    expect(taut).toBeLessThan(around - 0.5);
    // Bridged by the chord from rim to rim, not cut deeper.
    expect(taut).toBeGreaterThan(100 * 1.2 - 5);
  });
});
