/**
 * What is most likely, given several pieces of evidence of different kinds, and how surely?
 *
 * Levenberg-Marquardt on the sum of their costs. Each piece reads a few of the unknowns and answers with residuals in its
 * own standard deviations; derivatives are taken by forward differences over `nudge`, so a piece may read anything smooth.
 * A robust piece says for each residual how much it still pulls. The covariance is the inverse of the information at the
 * solution: it holds what the evidence says, and a prior has to be evidence too.
 *
 * Promises: the same bits on every engine; the cost never rises. Does not do: bounds, discrete choices, several minima.
 */
import { invert, solveLinear } from './solve.ts';

export interface Evidence {
  /** Indices of the unknowns that it reads. */
  readonly on: readonly number[];
  /** Residuals, each in its standard deviations. */
  residuals(x: readonly number[]): readonly number[];
  /** Unknowns beside these in which all residuals are straight lines, and the slopes: differences are spared. */
  readonly linear?: { readonly on: readonly number[]; readonly slopes: readonly ArrayLike<number>[] };
  /** Pull left to a residual, and what it costs; `r * r` and 1 where it is missing. */
  readonly robust?: (r: number, k: number) => Pull;
}

export interface Pull {
  readonly weight: number;
  readonly cost: number;
}

export interface Likeliest {
  readonly x: readonly number[];
  /** Row-major, one row per unknown. */
  readonly covariance: readonly number[];
  readonly cost: number;
}

export interface LeastSquaresOptions {
  readonly rounds: number;
  /** Step of the differences, one for all unknowns: scale them so that it suits. */
  readonly nudge: number;
  /** A step below this in every unknown ends the search. */
  readonly enough: number;
}

export const LEAST_SQUARES_DEFAULTS: LeastSquaresOptions = { rounds: 20, nudge: 1e-3, enough: 1e-5 };

const FIRST_DAMPING = 1e-4;
const MOST_DAMPING = 1e8;

/** Throws RangeError when the evidence leaves an unknown open. */
export function leastSquares(
  evidence: readonly Evidence[],
  start: readonly number[],
  { rounds, nudge, enough }: LeastSquaresOptions = LEAST_SQUARES_DEFAULTS,
): Likeliest {
  const n = start.length;
  let x = start;
  let read = evidence.map((piece) => piece.residuals(x));
  let cost = costOf(evidence, read);
  let damping = FIRST_DAMPING;
  let information: ArrayLike<number> = [];
  for (let round = 0; round <= rounds; round++) {
    const { normal, pull } = normalEquations(evidence, x, nudge, read);
    information = normal;
    if (round === rounds) break;
    let moved: readonly number[] | null = null;
    for (; damping <= MOST_DAMPING && !moved; damping *= 8) {
      const damped = normal.slice();
      for (let k = 0; k < n; k++) damped[k * n + k] *= 1 + damping;
      const step = solveLinear(damped, pull);
      const next = x.map((value, k) => value + step[k]);
      const nextRead = evidence.map((piece) => piece.residuals(next));
      const nextCost = costOf(evidence, nextRead);
      if (nextCost <= cost) {
        moved = step;
        [x, read, cost] = [next, nextRead, nextCost];
        damping /= 64;
      }
    }
    damping = Math.max(damping, 1e-9);
    if (!moved) break;
    if (moved.every((s) => Math.abs(s) < enough)) {
      information = normalEquations(evidence, x, nudge, read).normal;
      break;
    }
  }
  return { x, covariance: invert(information, n), cost };
}

function costOf(evidence: readonly Evidence[], read: readonly (readonly number[])[]): number {
  let cost = 0;
  evidence.forEach((piece, at) => {
    const here = read[at];
    for (let k = 0; k < here.length; k++) cost += piece.robust ? piece.robust(here[k], k).cost : here[k] * here[k];
  });
  // What cannot be read is no improvement.
  return Number.isNaN(cost) ? Infinity : cost;
}

/** Information (row-major) and pull on each unknown at `x`; `read` are the residuals there, when they are at hand. */
export function normalEquations(
  evidence: readonly Evidence[],
  x: readonly number[],
  nudge = LEAST_SQUARES_DEFAULTS.nudge,
  read: readonly (readonly number[])[] = evidence.map((piece) => piece.residuals(x)),
): { normal: Float64Array; pull: Float64Array } {
  const n = x.length;
  const normal = new Float64Array(n * n);
  const pull = new Float64Array(n);
  const nudged = x.slice();
  evidence.forEach((piece, at) => {
    const { robust, linear } = piece;
    const on = linear ? [...piece.on, ...linear.on] : piece.on;
    const here = read[at];
    const slopes: ArrayLike<number>[] = piece.on.map((unknown) => {
      nudged[unknown] = x[unknown] + nudge;
      const slope = new Float64Array(piece.residuals(nudged));
      nudged[unknown] = x[unknown];
      for (let k = 0; k < slope.length; k++) slope[k] = (slope[k] - here[k]) / nudge;
      return slope;
    });
    if (linear) slopes.push(...linear.slopes);
    for (let k = 0; k < here.length; k++) {
      const weight = robust ? robust(here[k], k).weight : 1;
      if (weight === 0) continue;
      for (let a = 0; a < on.length; a++) {
        const s = weight * slopes[a][k];
        const row = on[a] * n;
        pull[on[a]] -= s * here[k];
        for (let b = 0; b < on.length; b++) normal[row + on[b]] += s * slopes[b][k];
      }
    }
  });
  return { normal, pull };
}

/** Standard deviation of a smooth reading of the unknowns, to first order, by central differences. */
export function spreadOf(
  read: (x: readonly number[]) => number,
  { x, covariance }: Pick<Likeliest, 'x' | 'covariance'>,
  on: readonly number[],
  nudge = LEAST_SQUARES_DEFAULTS.nudge,
): number {
  const slopes = on.map((unknown) => {
    const [up, down] = [x.slice(), x.slice()];
    up[unknown] += nudge;
    down[unknown] -= nudge;
    return (read(up) - read(down)) / (2 * nudge);
  });
  let variance = 0;
  on.forEach((a, ka) => on.forEach((b, kb) => (variance += slopes[ka] * covariance[a * x.length + b] * slopes[kb])));
  return Math.sqrt(Math.max(0, variance));
}
