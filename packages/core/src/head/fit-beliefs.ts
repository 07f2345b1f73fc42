/**
 * Which head do these beliefs (head-beliefs.ts) agree on best, and how surely?
 *
 * Gauss-Newton in the logarithms of the four factors, derivatives by differences; the posterior covariance is the
 * inverse of the information at the end. Deterministic; the deformed template is read without building its map.
 */
import { invert, solveLinear } from '../num/solve.ts';
import { readingsAt } from './head-beliefs.ts';
import type { HeadBelief, Logs } from './head-beliefs.ts';
import type { HeadShape } from './head-shape.ts';
import type { RadiusOf } from './tape.ts';

export interface HeadPosterior {
  readonly logs: Logs;
  /** Of the logs, row-major 4 x 4. */
  readonly covariance: readonly number[];
}

const ITERATIONS = 8;
const STEP = 1e-3;
/** In ln: two thousandths of a millimetre on a head. */
const ENOUGH = 1e-5;

export function fitBeliefs(beliefs: readonly HeadBelief[], start: Logs): HeadPosterior {
  const readAll = (t: Logs): readonly (readonly number[])[] =>
    readingsAt(t, (radius, shape) => beliefs.map((belief) => belief.read(t, radius, shape)));
  let logs = start;
  let information: number[] = [];
  for (let round = 0; round < ITERATIONS; round++) {
    const here = readAll(logs);
    const moved = [0, 1, 2, 3].map((k) => readAll(nudged(logs, k, STEP)));
    information = new Array<number>(16).fill(0);
    const pull = [0, 0, 0, 0];
    beliefs.forEach(({ target, information: w }, at) => {
      const n = target.length;
      const gap = target.map((value, i) => value - here[at][i]);
      const slopes = moved.map((readings) => readings[at].map((value, i) => (value - here[at][i]) / STEP));
      for (let a = 0; a < 4; a++) {
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            pull[a] += slopes[a][i] * w[i * n + j] * gap[j];
            for (let b = 0; b < 4; b++) information[4 * a + b] += slopes[a][i] * w[i * n + j] * slopes[b][j];
          }
        }
      }
    });
    const step = solveLinear(information, pull);
    logs = [logs[0] + step[0], logs[1] + step[1], logs[2] + step[2], logs[3] + step[3]];
    if (step.every((s) => Math.abs(s) < ENOUGH)) break;
  }
  return { logs, covariance: invert(information, 4) };
}

const nudged = (t: Logs, k: number, by: number): Logs => [
  t[0] + (k === 0 ? by : 0),
  t[1] + (k === 1 ? by : 0),
  t[2] + (k === 2 ? by : 0),
  t[3] + (k === 3 ? by : 0),
];

/** Derivatives of one reading by the four logs, by central differences. */
export function gradientAt(t: Logs, read: (radius: RadiusOf, shape: HeadShape) => number): number[] {
  return [0, 1, 2, 3].map(
    (k) => (readingsAt(nudged(t, k, STEP), read) - readingsAt(nudged(t, k, -STEP), read)) / (2 * STEP),
  );
}

/** Variance of the linear combination `g` of the logs. */
export function varianceOf(g: readonly number[], covariance: readonly number[]): number {
  let sum = 0;
  for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) sum += g[a] * covariance[4 * a + b] * g[b];
  return sum;
}
