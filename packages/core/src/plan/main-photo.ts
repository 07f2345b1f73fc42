import { MID_FRONTAL_CHECK } from './plan-checks.ts';
import type { PlanPhoto } from './plan-document.ts';

/** The photo that a plan's colours and scale are told by: the one that shows the middle of the hairline best. */
export function mainPhoto(photos: readonly Pick<PlanPhoto, 'faceScore' | 'spread'>[]): number {
  let best = 0;
  const doubt = ({ faceScore, spread }: (typeof photos)[number]): number =>
    (faceScore > 0 ? 0 : 1000) + (spread?.checks.find(({ id }) => id === MID_FRONTAL_CHECK)?.sdMm ?? 100);
  photos.forEach((photo, k) => {
    if (doubt(photo) < doubt(photos[best])) best = k;
  });
  return best;
}
