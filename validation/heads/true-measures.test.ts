import { describe, expect, it } from 'vitest';
import { ballHead } from './testing/ball.ts';
import { areaAboveMm2, trueWayMm, trueCapMm2, trueTape } from './true-measures.ts';

const RADIUS = 90;
const ball = ballHead(RADIUS);

describe('the truth about a ball', () => {
  it('goes along the great circle', () => {
    const { glabella, vertex } = ball.landmarks;
    const angle = Math.acos((glabella[1] * vertex[1]) / (RADIUS * RADIUS));
    expect(trueWayMm(ball, glabella, vertex) / (RADIUS * angle)).toBeCloseTo(1, 2);
    // Off every axis of the mesh.
    const [a, b] = [
      [40, 60, Math.sqrt(90 * 90 - 40 * 40 - 60 * 60)],
      [-30, 70, -Math.sqrt(90 * 90 - 30 * 30 - 70 * 70)],
    ] as const;
    const turn = Math.acos((a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (RADIUS * RADIUS));
    expect(trueWayMm(ball, a, b) / (RADIUS * turn)).toBeCloseTo(1, 2);
  });

  it('cuts triangles at the border of an area', () => {
    for (const height of [-20, 3.3, 36, 71.7]) {
      const cap = 2 * Math.PI * RADIUS * (RADIUS - height);
      expect(areaAboveMm2(ball, (p) => p[1] - height) / cap).toBeCloseTo(1, 2);
    }
    expect(trueCapMm2(ball) / (2 * Math.PI * RADIUS * RADIUS * 0.6)).toBeCloseTo(1, 2);
  });

  it('reads tapes as on paper', () => {
    expect(trueTape(ball, 'coronal')).toBeCloseTo(Math.PI * RADIUS, 0);
    expect(trueTape(ball, 'length')).toBeCloseTo(2 * RADIUS * Math.sqrt(0.84 + 0.16) * 0.98, -1);
  });
});
