/**
 * Which known distances do the tapes and photos of a plan contradict, though not so badly as to be refused (place-head.ts)?
 *
 * Judged by what everything else foretold of each before it was believed: the head of the plan has been drawn after it.
 * Beside a circumference 4 % of right distances of 50 to 70 mm are told; of those wrong by 10 % more than half; of those wrong by
 * 13 % a quarter is refused and four in five of the others told (268 on rendered foreheads, known to a millimetre).
 */
import { log } from '../num/elementary.ts';
import type { KnownDistance } from '../vision/view-evidence.ts';
import type { ForetoldDistance, PlanPhoto } from './plan-document.ts';

export interface DoubtedDistance {
  readonly view: string;
  /** Which of the photo's distances, counted from 1. */
  readonly n: number;
  readonly mm: number;
  readonly foretold: ForetoldDistance;
}

/** Standard deviations. */
const DOUBT = 2.5;

/** How far a distance lies from what is foretold of it, in standard deviations of both; positive when it is longer. */
export function deviationsOf(
  { mm, sdMm }: Pick<KnownDistance, 'mm' | 'sdMm'>,
  { valueMm, sdMm: foretoldSdMm }: ForetoldDistance,
): number {
  const own = sdMm / mm;
  const open = foretoldSdMm / valueMm;
  return log(mm / valueMm) / Math.sqrt(own * own + open * open);
}

/** The worst first. */
export function doubtedDistances(
  photos: readonly Pick<PlanPhoto, 'view' | 'distances' | 'distancesForetold'>[],
): DoubtedDistance[] {
  const found = photos.flatMap(({ view, distances, distancesForetold = [] }) =>
    distancesForetold.map((foretold, k) => {
      const deviations = Math.abs(deviationsOf(distances[k], foretold));
      return { deviations, doubted: { view, n: k + 1, mm: distances[k].mm, foretold } };
    }),
  );
  return found
    .filter(({ deviations }) => deviations > DOUBT)
    .sort((a, b) => b.deviations - a.deviations)
    .map(({ doubted }) => doubted);
}
