/**
 * A judge that learns to tell two kinds of things apart, and how often it is right on what it has not seen.
 *
 * Logistic regression with a ridge, by Newton's method; whole groups are left out in turn (a photo's crops are
 * alike, and a judge that has seen some of them knows the rest).
 */

import { solveLinear } from '@stipple/core/num/solve.ts';

export interface Exhibit {
  readonly group: string;
  readonly isOurs: boolean;
  readonly features: readonly number[];
}

export interface Verdict {
  /** Likelihood that it is ours, by a judge who has not seen its group. */
  readonly likelihoods: readonly number[];
  /** Weight of each feature when the judge has seen all: in standard deviations, positive speaks for ours. */
  readonly weights: readonly number[];
}

const RIDGE = 12;
const ROUNDS = 12;

export function judge(exhibits: readonly Exhibit[]): Verdict {
  const likelihoods = new Array<number>(exhibits.length).fill(0.5);
  for (const group of new Set(exhibits.map((exhibit) => exhibit.group))) {
    const weights = learn(exhibits.filter((exhibit) => exhibit.group !== group));
    exhibits.forEach((exhibit, k) => {
      if (exhibit.group === group) likelihoods[k] = likelihood(weights, exhibit.features);
    });
  }
  return { likelihoods, weights: learn(exhibits).slice(1) };
}

/** Each feature in standard deviations from its group's mean, both kinds weighing alike: how an eye compares within one photo. */
export function withinGroups(exhibits: readonly Exhibit[]): Exhibit[] {
  const groups = new Map<string, Exhibit[]>();
  for (const exhibit of exhibits) groups.set(exhibit.group, [...(groups.get(exhibit.group) ?? []), exhibit]);
  return [...groups.values()].flatMap((members) => {
    const [ours, real] = [members.filter(({ isOurs }) => isOurs), members.filter(({ isOurs }) => !isOurs)];
    const mean = (some: readonly Exhibit[], f: number): number =>
      some.reduce((sum, { features }) => sum + features[f]!, 0) / Math.max(1, some.length);
    const columns = members[0]!.features.map((_, f) => {
      const centre = (mean(ours, f) + mean(real, f)) / 2;
      const variance = members.reduce((sum, { features }) => sum + (features[f]! - centre) ** 2, 0) / members.length;
      return { centre, sd: Math.sqrt(variance) + 1e-6 };
    });
    return members.map((member) => ({
      ...member,
      features: member.features.map((v, f) => (v - columns[f]!.centre) / columns[f]!.sd),
    }));
  });
}

const likelihood = (weights: readonly number[], features: readonly number[]): number => {
  let sum = weights[0]!;
  features.forEach((v, f) => (sum += weights[f + 1]! * v));
  return 1 / (1 + Math.exp(-sum));
};

/** Weights, the constant first. */
function learn(exhibits: readonly Exhibit[]): number[] {
  const size = (exhibits[0]?.features.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const hessian = new Float64Array(size * size);
    const gradient = weights.map((w, i) => (i === 0 ? 0 : -RIDGE * w));
    for (let i = 0; i < size; i++) hessian[i * size + i] = i === 0 ? 1e-6 : RIDGE;
    for (const { features, isOurs } of exhibits) {
      const p = likelihood(weights, features);
      const x = [1, ...features];
      for (let i = 0; i < size; i++) {
        gradient[i]! += ((isOurs ? 1 : 0) - p) * x[i]!;
        for (let j = 0; j < size; j++) hessian[i * size + j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const step = solveLinear(hessian, gradient);
    weights = weights.map((w, i) => w + step[i]!);
  }
  return weights;
}
