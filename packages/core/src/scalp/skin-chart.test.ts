import { describe, expect, it } from 'vitest';
import type { HeadMap } from '../head/head-map.ts';
import { acos, sin } from '../num/elementary.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, dot, normalise, scale } from '../vec/vec3.ts';
import { centreOf, skinChart, stretchAt } from './skin-chart.ts';

const R = 90;
const BALL: HeadMap = { size: 65, radiiMm: new Float32Array(65 * 65).fill(R) };
const CENTRE: Vec3 = [0.4, 0.7, 0.5];

/** Points of the ball up to about 60 mm from the centre. */
function around(count: number): Vec3[] {
  const random = seededGenerator(3);
  return Array.from({ length: count }, () =>
    scale(normalise(CENTRE.map((c) => c + 0.7 * (random() - 0.5)) as unknown as Vec3), R),
  );
}

describe('skinChart', () => {
  const chart = skinChart(BALL, CENTRE, [0, 1, 0]);

  it('keeps every distance from its centre', () => {
    for (const p of around(50)) {
      const [x, y] = chart.toPlane(p);
      const arc = R * acos(dot(normalise(p), normalise(CENTRE)));
      expect(Math.sqrt(x * x + y * y)).toBeCloseTo(arc, 1);
    }
  });

  it('turns up to the top of the paper and looks at the skin from outside', () => {
    const c = scale(normalise(CENTRE), R);
    expect(chart.toPlane([c[0], c[1] + 5, c[2]])[1]).toBeGreaterThan(1);
    // Seen from outside with up upwards, what lies to the right is up x outwards.
    const right = chart.toPlane([c[0] + 5, c[1], c[2] - 4]);
    expect(right[0]).toBeGreaterThan(4);
    expect(Math.abs(right[1])).toBeLessThan(1.5);
  });

  it('measures the stretch that the sphere is known to have', () => {
    for (const p of around(50)) {
      const angle = acos(dot(normalise(p), normalise(CENTRE)));
      if (angle < 0.1) continue;
      const { least, most } = stretchAt(BALL, chart, p);
      // A tenth of a per cent is what a stencil states.
      expect(Math.abs(least - 1)).toBeLessThan(1e-3);
      expect(Math.abs(most - angle / sin(angle))).toBeLessThan(1e-3);
    }
  });

  it('shrinks all lengths alike', () => {
    const [p] = around(1);
    const [x, y] = chart.toPlane(p);
    const small = skinChart(BALL, CENTRE, [0, 1, 0], 0.9).toPlane(p);
    expect(small[0]).toBeCloseTo(0.9 * x, 9);
    expect(small[1]).toBeCloseTo(0.9 * y, 9);
  });
});

describe('centreOf', () => {
  it('lies in the middle of the outermost points however the others crowd', () => {
    const crowd: Vec3[] = [...Array.from({ length: 200 }, (): Vec3 => [60, 60, 1]), [60, 60, 0], [-60, 60, 0]];
    const c = centreOf(
      crowd.flat(),
      crowd.map((_, i) => i),
    );
    expect(distance(c, [0, 1, 0])).toBeLessThan(0.03);
  });
});
