/**
 * From the light that the photo has to the light that the card's patches are known to have: three by three numbers.
 *
 * Least squares in linear light. Errors are weighed by what the eye makes of them, about the inverse of a patch's light,
 * greys count three times, because a tint of the grey is a tint of everything, and a patch that lies far off the others
 * loses its weight round by round (glare, dirt, another printer). Three by three cannot undo a camera's tone
 * curve or its leaning colours, nor a lamp that lacks part of the spectrum; what is left after it is told by dE00.
 *
 * A card whose colours nobody has read is used for its greys alone: one factor per channel, and the level of the paper.
 * Level: the photo's exposure is corrected with the colour. Whether the head stands in the same light as the card is
 * for the caller to doubt.
 */
import { solveLinear } from '../num/solve.ts';
import { deltaE2000, labOf, luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { times } from './card-reference.ts';
import type { CardReference } from './card-reference.ts';
import type { PatchReading } from './read-patches.ts';

export interface CardCorrection {
  /** Row-major; true linear light = matrix times the photo's. */
  readonly matrix: readonly number[];
  /** dE00 of each patch of the design before and after; null where it could not be read. */
  readonly patches: readonly (PatchDifference | null)[];
  readonly before: MeanAndMost;
  readonly after: MeanAndMost;
  /** Patches that were read, and of those the ones that the correction rests on. */
  readonly read: number;
  readonly used: number;
}

export interface PatchDifference {
  readonly before: number;
  readonly after: number;
}

export interface MeanAndMost {
  readonly mean: number;
  readonly most: number;
}

const GREY_WEIGHT = 3;
const EYE_FLOOR = 0.03;
const ROUNDS = 8;
/** dE00 at which a patch counts half, and beyond which it is not used. */
const HALF = 4;
const OFF = 12;
/** Fewest patches, of a read card and of the greys of a printed one. */
export const FEWEST_PATCHES = 12;
export const FEWEST_GREYS = 3;

/** Null when too few patches can be used. */
export function fitCorrection(readings: readonly PatchReading[], reference: CardReference): CardCorrection | null {
  const isBalance = reference.trust === 'as printed';
  const { patches } = reference.design;
  const usable = readings.flatMap(({ fault }, k) => (fault === null && (!isBalance || patches[k].isGrey) ? [k] : []));
  if (usable.length < (isBalance ? FEWEST_GREYS : FEWEST_PATCHES)) return null;
  const target = (k: number): Colour3 => reference.lights[k];
  const difference = (matrix: readonly number[], k: number): number =>
    deltaE2000(held(labOf(times(matrix, readings[k].light))), held(reference.labs[k]));

  const trust = new Float64Array(readings.length).fill(1);
  let matrix = IDENTITY;
  for (let round = 0; round < ROUNDS; round++) {
    const weights = usable.map((k) => {
      const eye = luminance(...target(k)) + EYE_FLOOR;
      return (trust[k] * (patches[k].isGrey ? GREY_WEIGHT : 1)) / (eye * eye);
    });
    const from = usable.map((k) => readings[k].light);
    const to = usable.map(target);
    matrix = isBalance ? solveGains(from, to, weights) : solveMatrix(from, to, weights);
    for (const k of usable) {
      const off = difference(matrix, k) / HALF;
      trust[k] = 1 / (1 + off * off * off * off);
    }
  }
  const used = usable.filter((k) => difference(matrix, k) <= OFF);
  const told = readings.map(({ fault }, k) =>
    fault === 'outside' || (isBalance && !patches[k].isGrey)
      ? null
      : { before: difference(IDENTITY, k), after: difference(matrix, k) },
  );
  return {
    matrix,
    patches: told,
    before: meanAndMost(used.map((k) => told[k]!.before)),
    after: meanAndMost(used.map((k) => told[k]!.after)),
    read: usable.length,
    used: used.length,
  };
}

const IDENTITY: readonly number[] = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** No negative L*: a correction may throw a black a little below. */
const held = ([l, a, b]: Colour3): Colour3 => [Math.max(0, l), a, b];

function solveMatrix(from: readonly Colour3[], to: readonly Colour3[], weights: readonly number[]): number[] {
  const normal = new Float64Array(9);
  const right = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  from.forEach((light, k) => {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) normal[3 * i + j] += weights[k] * light[i] * light[j];
      for (let c = 0; c < 3; c++) right[c][i] += weights[k] * light[i] * to[k][c];
    }
  });
  // Greys alone would leave two directions open: lean a little to one factor per channel.
  const gains = solveGains(from, to, weights);
  for (let i = 0; i < 3; i++) {
    const lean = 1e-4 * normal[4 * i] + 1e-9;
    normal[4 * i] += lean;
    for (let c = 0; c < 3; c++) right[c][i] += lean * gains[3 * c + i];
  }
  return right.flatMap((b) => solveLinear(normal, b));
}

function solveGains(from: readonly Colour3[], to: readonly Colour3[], weights: readonly number[]): number[] {
  const gain = (c: number): number => {
    let [over, under] = [0, 1e-12];
    from.forEach((light, k) => {
      over += weights[k] * light[c] * to[k][c];
      under += weights[k] * light[c] * light[c];
    });
    return over / under;
  };
  return [gain(0), 0, 0, 0, gain(1), 0, 0, 0, gain(2)];
}

function meanAndMost(values: readonly number[]): MeanAndMost {
  if (values.length === 0) return { mean: 0, most: 0 };
  return { mean: values.reduce((sum, v) => sum + v, 0) / values.length, most: Math.max(...values) };
}
