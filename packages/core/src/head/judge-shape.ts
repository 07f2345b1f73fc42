/**
 * Is this a head that people have?
 *
 * Length, breadth and height of the solved head are held against their population (head-beliefs.ts). What lies farther out
 * than nearly all people comes of something else: points marked on the wrong place, a tape misread, or a photo that was
 * stretched in one direction.
 *
 * Promises: answers in the order length, breadth, height; the same bits everywhere. Does not say what was wrong.
 */
import { exp, log } from '../num/elementary.ts';
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
const KINDS = ['length', 'breadth', 'height'] as const;

export function unusualLengths(shape: HeadShape, client: ClientFacts): UnusualLength[] {
  const radius = radiusOfShape(shape);
  const { means, sds } = populationOf(client);
  return KINDS.flatMap((kind, k) => {
    const mm = readMeasure(kind, radius, shape);
    if (Math.abs(log(mm / means[k])) <= UNHEARD_OF * sds[k]) return [];
    const reach = exp(1.96 * sds[k]);
    return [{ kind, mm, usualMm: [means[k] / reach, means[k] * reach] }];
  });
}
