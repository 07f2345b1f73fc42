import { CORNER_CHECKS, MID_FRONTAL_CHECK } from './plan-checks.ts';
import type { PlanPhoto } from './plan-document.ts';

type Shown = Pick<PlanPhoto, 'faceScore' | 'spread'>;

/** What a photo does not show, mm: less sure than anything that it does. */
const NOT_SHOWN_SD_MM = 100;
/** mm2; a face comes first. */
const WITHOUT_FACE = 1e6;
/**
 * What the middle counts against the corners. By the middle alone a level photo passes for as good as a bowed one, in which
 * corners are not seen at a slant; counted alike, a bowed one beats a turned one, which tells the middle better. Anything
 * from 5 to 15 makes several photos of 30 rendered persons err at middle, corners and scale by 0.8 to 1.05 times the best
 * single kind of photo; the middle alone does by up to 1.24, both alike by up to 1.14.
 */
const MIDDLE = 8;

/**
 * The photo that a plan's colours and scale are told by: the one that shows the hairline best, its middle and those of its
 * corners that show.
 */
export function mainPhoto(photos: readonly Shown[]): number {
  const doubt = (photo: Shown): number =>
    (photo.faceScore > 0 ? 0 : WITHOUT_FACE) +
    MIDDLE * variance(photo, [MID_FRONTAL_CHECK]) +
    variance(photo, CORNER_CHECKS);
  let best = 0;
  photos.forEach((photo, k) => {
    if (doubt(photo) < doubt(photos[best])) best = k;
  });
  return best;
}

/** Mean of those that the photo shows, mm2. */
function variance({ spread }: Shown, checks: readonly string[]): number {
  const shown = (spread?.checks ?? []).filter(({ id }) => checks.includes(id)).map(({ sdMm }) => sdMm * sdMm);
  if (shown.length === 0) return NOT_SHOWN_SD_MM * NOT_SHOWN_SD_MM;
  return shown.reduce((sum, mm2) => sum + mm2, 0) / shown.length;
}
