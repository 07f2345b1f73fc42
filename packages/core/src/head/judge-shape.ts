/**
 * Is this a head that people have?
 *
 * Length, breadth and height of the solved head are held against their population (head-beliefs.ts). What lies farther out
 * than nearly all people comes of something else: points marked on the wrong place, a tape misread, or a photo that was
 * stretched in one direction. A stretch makes a head broad and low at once, which goes against how heads grow: so each
 * length is judged by itself and all three together, by the squared Mahalanobis distance.
 *
 * Promises: answers in the order length, breadth, height; the same bits everywhere. Does not say what was wrong.
 */
import { exp, log } from '../num/elementary.ts';
import { solveLinear } from '../num/solve.ts';
import { radiusOfShape } from './build-head.ts';
import type { ClientFacts } from './client-facts.ts';
import { populationOf, readMeasure } from './head-beliefs.ts';
import type { HeadShape } from './head-shape.ts';

export interface UnusualLength {
  readonly kind: 'length' | 'breadth' | 'height';
  readonly mm: number;
  /** Between these lie 95 of 100 people. */
  readonly usualMm: readonly [low: number, high: number];
}

/** In standard deviations of the population's logarithms: one head in 16,000 by chance. */
const UNHEARD_OF = 4;
/**
 * The same chance of all three together (chi-square, three degrees of freedom). Of the 6,068 people of ANSUR II the farthest
 * lies at 19.3; a photo stretched by 37 % brings a middling head to 29.
 */
const UNHEARD_OF_TOGETHER = 22;
/** Between these many sd lie 95 of 100. */
const USUAL = 1.96;
const KINDS = ['length', 'breadth', 'height'] as const;

/** What lies far out by itself; or what is not usual, where all together are what nobody has. */
export function unusualLengths(shape: HeadShape, client: ClientFacts): UnusualLength[] {
  const radius = radiusOfShape(shape);
  const { means, sds, correlations } = populationOf(client);
  const lengths = KINDS.map((kind, k) => {
    const mm = readMeasure(kind, radius, shape);
    const reach = exp(USUAL * sds[k]);
    return { kind, mm, usualMm: [means[k] / reach, means[k] * reach] as const, out: log(mm / means[k]) / sds[k] };
  });
  const outs = lengths.map(({ out }) => out);
  const limit = farnessTogether(outs, correlations) > UNHEARD_OF_TOGETHER ? USUAL : UNHEARD_OF;
  return lengths
    .filter(({ out }) => Math.abs(out) > limit)
    .map(({ kind, mm, usualMm }): UnusualLength => ({ kind, mm, usualMm }));
}

/** The squared Mahalanobis distance of standardised departures; rows of `correlations` have the face's size as their fourth. */
function farnessTogether(outs: readonly number[], correlations: readonly number[]): number {
  const among = KINDS.flatMap((_, row) => KINDS.map((__, column) => correlations[4 * row + column]));
  const weighed = solveLinear(among, outs);
  return outs.reduce((sum, out, k) => sum + out * weighed[k], 0);
}
