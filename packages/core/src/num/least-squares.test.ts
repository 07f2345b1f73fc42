import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { leastSquares, spreadOf } from './least-squares.ts';
import type { Evidence } from './least-squares.ts';

/** A line a + b t seen at some places, each with its own error. */
const seen = (ts: readonly number[], values: readonly number[], sd: number): Evidence => ({
  on: [0, 1],
  residuals: ([a, b]) => ts.map((t, k) => (a + b * t - values[k]) / sd),
});
const prior = (unknown: number, mean: number, sd: number): Evidence => ({
  on: [unknown],
  residuals: (x) => [(x[unknown] - mean) / sd],
});

describe('least squares', () => {
  it('finds the line through exact points, from afar', () => {
    const ts = [-2, 0, 1, 5];
    const { x, cost } = leastSquares(
      [
        seen(
          ts,
          ts.map((t) => 3 - 0.7 * t),
          0.1,
        ),
      ],
      [100, 100],
    );
    expect(Math.abs(x[0] - 3)).toBeLessThan(1e-6);
    expect(Math.abs(x[1] + 0.7)).toBeLessThan(1e-6);
    expect(cost).toBeLessThan(1e-6);
  });

  it('weighs evidence and prior by their errors, and says what is left open', () => {
    // One measurement of 10 +- 1 and a prior of 0 +- 2: 8 +- sqrt(0.8).
    const { x, covariance } = leastSquares([prior(0, 10, 1), prior(0, 0, 2)], [5]);
    expect(x[0]).toBeCloseTo(8, 6);
    expect(covariance[0]).toBeCloseTo(0.8, 6);
    expect(spreadOf(([a]) => 3 * a, { x, covariance }, [0])).toBeCloseTo(3 * Math.sqrt(0.8), 6);
  });

  it('spares the differences where it is told the slopes', () => {
    const [ts, values] = [
      [-2, 0, 1, 5],
      [1, 2.2, 2, 4.1],
    ];
    const told: Evidence = { ...seen(ts, values, 0.1), on: [0], linear: { on: [1], slopes: [ts.map((t) => t / 0.1)] } };
    const [by, as] = [leastSquares([seen(ts, values, 0.1)], [0, 0]), leastSquares([told], [0, 0])];
    as.x.forEach((v, k) => expect(v).toBeCloseTo(by.x[k], 9));
    as.covariance.forEach((v, k) => expect(v).toBeCloseTo(by.covariance[k], 9));
  });

  it('finds what is not a straight line', () => {
    const ring: Evidence = {
      on: [0, 1],
      residuals: ([a, b]) => [(Math.sqrt(a * a + b * b) - 5) / 0.01, (b - 2 * a) / 0.01],
    };
    const { x } = leastSquares([ring], [0.1, 3]);
    expect(x[0]).toBeCloseTo(Math.sqrt(5), 4);
    expect(x[1]).toBeCloseTo(2 * Math.sqrt(5), 4);
  });

  it('lets one wild residual pull no further than its piece allows', () => {
    const values = [1, 1.02, 0.98, 1.01, 40];
    const read = (a: number): number[] => values.map((v) => (a - v) / 0.02);
    const plain: Evidence = { on: [0], residuals: ([a]) => read(a) };
    const knee = 2;
    const huber: Evidence = {
      ...plain,
      robust: (r) => {
        const size = Math.abs(r);
        return size <= knee ? { weight: 1, cost: r * r } : { weight: knee / size, cost: knee * (2 * size - knee) };
      },
    };
    expect(leastSquares([plain], [0]).x[0]).toBeGreaterThan(5);
    expect(Math.abs(leastSquares([huber], [0]).x[0] - 1)).toBeLessThan(0.03);
  });

  it('has the scatter that its covariance says', () => {
    const random = seededGenerator(5);
    const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);
    const ts = [0, 1, 2, 3, 4, 5];
    let outside = 0;
    for (let round = 0; round < 400; round++) {
      const values = ts.map((t) => 1 + 2 * t + 0.3 * normal());
      const found = leastSquares([seen(ts, values, 0.3)], [0, 0]);
      const sd = spreadOf(([a, b]) => a + 10 * b, found, [0, 1]);
      if (Math.abs(found.x[0] + 10 * found.x[1] - 21) > 1.96 * sd) outside++;
    }
    expect(outside).toBeGreaterThan(6);
    expect(outside).toBeLessThan(38);
  });

  it('refuses to guess what no evidence speaks of', () => {
    expect(() => leastSquares([prior(0, 1, 1)], [0, 0])).toThrow(RangeError);
  });
});
