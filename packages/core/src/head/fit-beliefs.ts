/**
 * Which head do these beliefs (head-beliefs.ts) agree on best, and how surely?
 *
 * Least squares (num/least-squares.ts) in the logarithms of the four factors; the deformed template is read without
 * building its map. The same beliefs are evidence for whoever solves for more than the head (vision/solve-views.ts).
 */
import { leastSquares } from '../num/least-squares.ts';
import type { Evidence } from '../num/least-squares.ts';
import { cholesky } from '../num/solve.ts';
import { radiusOfShape } from './build-head.ts';
import { readingsAt, shapeOf } from './head-beliefs.ts';
import type { HeadBelief, Logs } from './head-beliefs.ts';
import type { HeadShape } from './head-shape.ts';
import type { RadiusOf } from './tape.ts';

export interface HeadPosterior {
  readonly logs: Logs;
  /** Of the logs, row-major 4 x 4. */
  readonly covariance: readonly number[];
}

/** Where the logs stand among the unknowns. */
const LOGS = [0, 1, 2, 3] as const;
const STEP = 1e-3;
/** `enough` in ln: two thousandths of a millimetre on a head. */
const SEARCH = { rounds: 8, nudge: STEP, enough: 1e-5 };

export const fitBeliefs = (beliefs: readonly HeadBelief[], start: Logs): HeadPosterior => {
  const { x, covariance } = leastSquares(beliefEvidence(beliefs), start, SEARCH);
  return { logs: logsAt(x), covariance };
};

/**
 * Beliefs for a solution whose first four unknowns are the logs. `ways` says where others tell how far the head departs from
 * the stretched template (depart-from-template.ts): readings are taken as straight lines in these, as they run at `near`.
 */
export const beliefEvidence = (
  beliefs: readonly HeadBelief[],
  ways: readonly number[] = [],
  near: Logs = [0, 0, 0, 0],
): Evidence[] =>
  beliefs.map(({ read, target, information }) => {
    const inDeviations = rootOf(information, target.length);
    const here = shapeOf(near);
    const readNear = (shape: HeadShape): readonly number[] => read(near, radiusOfShape(shape), shape);
    const stretched = ways.length > 0 ? readNear(here) : [];
    const slopes = ways.map((_, way) =>
      readNear({ ...here, departures: ways.map((_other, k) => (k === way ? STEP : 0)) }).map(
        (v, i) => (v - stretched[i]) / STEP,
      ),
    );
    return {
      on: LOGS,
      residuals: (x) => {
        const values = readingsAt(logsAt(x), (radius, shape) => read(logsAt(x), radius, shape));
        return inDeviations(
          values.map((value, i) =>
            slopes.reduce((sum, slope, way) => sum + slope[i] * x[ways[way]], value - target[i]),
          ),
        );
      },
      linear: { on: ways, slopes: slopes.map(inDeviations) },
    };
  });

/** The head's part of the unknowns. */
export const logsAt = (x: readonly number[]): Logs => [x[0], x[1], x[2], x[3]];

/** What turns gaps into residuals of unit variance: the transpose of the information's Cholesky factor. */
function rootOf(information: readonly number[], n: number): (gap: readonly number[]) => number[] {
  const lower = cholesky(information, n);
  return (gap) =>
    Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let i = j; i < n; i++) sum += lower[i * n + j] * gap[i];
      return sum;
    });
}

const nudged = (t: Logs, k: number, by: number): Logs => logsAt(t.map((value, at) => (at === k ? value + by : value)));

/** Derivatives of one reading by the four logs, by central differences. */
export function gradientAt(t: Logs, read: (radius: RadiusOf, shape: HeadShape) => number): number[] {
  return LOGS.map((k) => (readingsAt(nudged(t, k, STEP), read) - readingsAt(nudged(t, k, -STEP), read)) / (2 * STEP));
}

/** Variance of the linear combination `g` of the logs. */
export function varianceOf(g: readonly number[], covariance: readonly number[]): number {
  let sum = 0;
  for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) sum += g[a] * covariance[4 * a + b] * g[b];
  return sum;
}
