import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { PI, TAU, cos, sin } from '../num/elementary.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, normalise } from '../vec/vec3.ts';
import { sampleOf } from './skin-curve.ts';
import { signedDistances } from './skin-grid.ts';
import { closedCurveThrough, distanceNear, flatAboutTop } from './skin-outline.ts';
import { ellipsoidHead } from './testing/ellipsoid-head.ts';

const R = 95;
const ball: HeadMap = { size: 65, radiiMm: new Float32Array(65 * 65).fill(R) };

/** Points on a circle of the ball, `angle` rad about `axis`. */
function circle(axis: Vec3, angle: number, n = 12): Vec3[] {
  const up = normalise(axis);
  const [x, y, z] = up;
  const a = normalise(Math.abs(y) < 0.9 ? [z, 0, -x] : [0, z, -y]);
  const b: Vec3 = [y * a[2] - z * a[1], z * a[0] - x * a[2], x * a[1] - y * a[0]];
  return Array.from({ length: n }, (_, i) => {
    const [c, s] = [cos((TAU * i) / n), sin((TAU * i) / n)];
    const k = sin(angle);
    return onSkin(ball, [0, 1, 2].map((m) => up[m] * cos(angle) + k * (c * a[m] + s * b[m])) as unknown as Vec3);
  });
}

describe('closedCurveThrough', () => {
  it('closes smoothly: no gap, no kink where the points begin', () => {
    const curve = closedCurveThrough(ball, circle([0.3, 1, -0.5], 0.3));
    expect(sampleOf(curve, 0)).toEqual(sampleOf(curve, curve.count - 1));
    for (let i = 0; i + 1 < curve.count; i++) {
      expect(distance(sampleOf(curve, i), sampleOf(curve, i + 1))).toBeLessThan(1.6 * curve.stepMm);
    }
    // A circle's chord radius everywhere, the seam included.
    for (let i = 0; i < curve.count; i++) {
      const c = onSkin(ball, [0.3, 1, -0.5]);
      expect(distance(sampleOf(curve, i), c)).toBeCloseTo(2 * R * sin(0.15), 1);
    }
  });

  it('has the same inside whichever way it is run, wherever it lies above the neck', () => {
    for (const axis of [
      [0, 1, 0],
      [0, 0.2, -1],
      [1, 0.1, 0],
      [-0.5, -0.3, -1],
    ] as Vec3[]) {
      for (const angle of [0.1, 0.5, 1.2]) {
        const points = circle(axis, angle);
        const inside = onSkin(ball, axis);
        const outside = onSkin(ball, [-axis[0] * 0.2, -1, 0.1]);
        for (const run of [points, points.toReversed()]) {
          const d = signedDistances(Float64Array.from([...inside, ...outside]), closedCurveThrough(ball, run));
          expect(d[0]).toBeGreaterThan(0);
          expect(d[1]).toBeLessThan(0);
        }
      }
    }
  });

  it('knows the inside of an outline that bends round the back of the head', () => {
    const head = ellipsoidHead();
    const at = (azimuth: number, y: number): Vec3 => onSkin(head, [80 * sin(azimuth), y, 100 * cos(azimuth)]);
    const azimuths = Array.from({ length: 9 }, (_, i) => PI * (0.6 + 0.1 * i));
    const band = [...azimuths.map((a) => at(a, 60)), ...azimuths.toReversed().map((a) => at(a, -10))];
    const probes = [at(PI, 25), at(0.65 * PI, 25), at(PI, 110), at(PI, -45), at(0, 60)];
    for (const run of [band, band.toReversed()]) {
      const d = signedDistances(Float64Array.from(probes.flat()), closedCurveThrough(head, run));
      expect(Array.from(d, (mm) => mm > 0)).toEqual([true, true, false, false, false]);
    }
  });

  it('needs three points', () => {
    expect(() => closedCurveThrough(ball, circle([0, 1, 0], 0.2).slice(0, 2))).toThrow(RangeError);
  });
});

describe('distanceNear', () => {
  const curve = closedCurveThrough(ball, circle([0.4, 1, -0.2], 0.35, 14));

  it('agrees with the distances of the grid where an outline can matter, and is silent elsewhere', () => {
    const near = distanceNear(curve, 10);
    const random = seededGenerator(5);
    const points = Array.from({ length: 4000 }, () =>
      onSkin(ball, [random() - 0.5, random() - 0.4, random() - 0.5] as Vec3),
    );
    const exact = signedDistances(Float64Array.from(points.flat()), curve);
    let silent = 0;
    points.forEach((p, i) => {
      const d = near(...p);
      if (d === -Infinity) {
        silent++;
        expect(exact[i]).toBeLessThan(-10);
      } else expect(d).toBeCloseTo(exact[i], 4);
    });
    expect(silent).toBeGreaterThan(500);
    expect(silent).toBeLessThan(3500);
  });

  it('knows the inside of outlines with narrow ends, near and far beyond them', () => {
    const random = seededGenerator(9);
    const narrow = (long: number, wide: number): Vec3[] =>
      Array.from({ length: 24 }, (_, i) => onSkin(ball, [long * cos((TAU * i) / 24), R, wide * sin((TAU * i) / 24)]));
    const kite = [
      onSkin(ball, [40, R, 0]),
      onSkin(ball, [0, R, 9]),
      onSkin(ball, [-8, R, 0]),
      onSkin(ball, [0, R, -9]),
    ];
    for (const points of [narrow(60, 3), narrow(45, 9), kite]) {
      const ring = closedCurveThrough(ball, points);
      const near = distanceNear(ring, 40);
      const flat = Array.from({ length: ring.count - 1 }, (_, i) => flatAboutTop(sampleOf(ring, i)));
      const isWithin = (p: Vec3): boolean => {
        const [x, z] = flatAboutTop(p);
        return (
          flat.filter(([ax, az], i) => {
            const [bx, bz] = flat[(i + 1) % flat.length];
            return az > z !== bz > z && x < ax + ((z - az) / (bz - az)) * (bx - ax);
          }).length %
            2 ===
          1
        );
      };
      const wrong = Array.from({ length: 6000 }, () => onSkin(ball, [2 * random() - 1, 1, 2 * random() - 1]))
        .map((p) => ({ p, mm: near(...p) }))
        .filter(({ p, mm }) => Math.abs(mm) > 0.05 && mm !== -Infinity && mm > 0 !== isWithin(p));
      expect(wrong).toEqual([]);
    }
  });

  it('gives a point the same distance whatever was asked before', () => {
    const one = distanceNear(curve, 10);
    const other = distanceNear(curve, 10);
    const random = seededGenerator(6);
    for (let i = 0; i < 300; i++) {
      const p = onSkin(ball, [random() - 0.3, 1, random() - 0.5]);
      other(...onSkin(ball, [random() - 0.5, 1, random() - 0.5]));
      expect(other(...p)).toBe(one(...p));
    }
  });
});
