import { expect, it } from 'vitest';
import { outerSkin } from './outer-skin.ts';
import type { Volume } from './volume.ts';

const N = 64;
const RADIUS_MM = 36;

/** A ball of tissue with a hollow in the middle, a canal 3 mm wide that leads there, and a rod beside it. */
function ballVolume(): Volume {
  const values = new Float32Array(N * N * N);
  const spacing = [1.5, 1.5, 1.5] as const;
  for (let k = 0; k < N; k++) {
    for (let j = 0; j < N; j++) {
      for (let i = 0; i < N; i++) {
        const [x, y, z] = [i, j, k].map((n) => (n - (N - 1) / 2) * 1.5);
        const r = Math.sqrt(x * x + y * y + z * z);
        let value = 100 * Math.min(1, Math.max(-1, RADIUS_MM - r));
        if (Math.sqrt(x * x + (y + 12) * (y + 12)) < 1.6 && z > -10) value = -100;
        if (Math.sqrt(x * x + (y + 12) * (y + 12) + z * z) < 8) value = -100;
        if (x > 46 && Math.abs(y) < 6) value = 100;
        values[i + N * (j + N * k)] = value;
      }
    }
  }
  return { size: [N, N, N], spacingMm: spacing, values };
}

it('keeps the outer skin only: canals are closed, hollows filled, what stands beside the head is gone', () => {
  const { positionsMm: p, triangles } = outerSkin(ballVolume(), { threshold: 0, sealMm: 4 });
  const middle = ((N - 1) / 2) * 1.5;
  let area = 0;
  let volume = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => {
      const k = 3 * triangles[t + corner];
      return [p[k] - middle, p[k + 1] - middle, p[k + 2] - middle];
    });
    const u = b.map((v, k) => v - a[k]);
    const w = c.map((v, k) => v - a[k]);
    const n = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
    area += Math.hypot(...n) / 2;
    volume += (a[0] * n[0] + a[1] * n[1] + a[2] * n[2]) / 6;
  }
  expect(area / (4 * Math.PI * RADIUS_MM ** 2)).toBeCloseTo(1, 1);
  expect(volume / ((4 / 3) * Math.PI * RADIUS_MM ** 3)).toBeCloseTo(1, 1);
  for (let v = 0; v < p.length; v += 3) {
    const r = Math.hypot(p[v] - middle, p[v + 1] - middle, p[v + 2] - middle);
    expect(r).toBeGreaterThan(RADIUS_MM - 6);
    expect(r).toBeLessThan(RADIUS_MM + 1);
  }
});
