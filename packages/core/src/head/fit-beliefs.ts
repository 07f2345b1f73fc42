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

const beliefEvidence = (beliefs: readonly HeadBelief[]): Evidence[] =>
  beliefs.map(({ read, target, information }) => {
    const inDeviations = rootOf(information, target.length);
    return {
      on: LOGS,
      residuals: (x) => {
        const values = readingsAt(logsAt(x), (radius, shape) => read(logsAt(x), radius, shape));
        return inDeviations(values.map((value, i) => value - target[i]));
      },
    };
  });

/**
 * Beliefs for a solution whose first four unknowns are the logs, and whose `ways` say how far the head departs from the
 * stretched template (depart-from-template.ts). A reading takes thousands of steps over the skin and bends little, so it is
 * taken as a straight line as it runs at `near`, values of all unknowns. Take them again from each solution until it no
 * longer moves.
 */
export const straightEvidence = (
  beliefs: readonly HeadBelief[],
  ways: readonly number[],
  near: readonly number[],
): Evidence[] =>
  beliefs.map(({ read, target, information }) => {
    const inDeviations = rootOf(information, target.length);
    const readAt = (x: readonly number[]): readonly number[] => {
      const shape = { ...shapeOf(logsAt(x)), departures: ways.map((way) => x[way]) };
      return read(logsAt(x), radiusOfShape(shape), shape);
    };
    const here = readAt(near);
    const gaps = inDeviations(here.map((value, i) => value - target[i]));
    const on = [...LOGS, ...ways];
    const slopes = on.map((unknown) => {
      const moved = readAt(near.map((value, k) => (k === unknown ? value + STEP : value)));
      return inDeviations(moved.map((value, i) => (value - here[i]) / STEP));
    });
    return {
      on: [],
      residuals: (x) => gaps.map((gap, i) => on.reduce((sum, k, at) => sum + slopes[at][i] * (x[k] - near[k]), gap)),
      linear: { on, slopes },
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
