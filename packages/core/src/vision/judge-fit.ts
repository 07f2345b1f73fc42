/**
 * May a plan be drawn on this head? Three reasons why not, told from the outline fit.
 *
 * The limits come from 30 portraits looked at one by one. Size here is the area of the outline against that of the head
 * that was expected, in ln: bald or shaved men lie between -0.24 and 0.28, also with a fringe that bulges at the sides; hair that
 * stands off the skull all around (short afro, combed-back, curls) lies between 0.32 and 0.51. Width times height, which
 * were asked before, say the same of a front view; turned or bowed, where little of one of them shows, they left bare heads out.
 * A portrait whose crown is cut off loses 9 of 49 rays and is followed to 0.8 % by the others; one that loses 23 is mostly guessed.
 * Residuals: 0.4 to 1.25 % where the model follows, 2 % and more where it does not.
 *
 * Does not see a cap that fits like skin, nor long hair that falls as close as skin: hair masks do.
 */
import { log } from '../num/elementary.ts';
import { Refusal } from '../units/refusal.ts';
import { RAYS } from './fit-outline.ts';
import type { OutlineFit } from './fit-outline.ts';

/** Largest share of rays that may leave the photo before they meet the outline. */
const LARGEST_CROPPED = 0.34;
/** Of the rays that stay in the photo, the share that may meet no outline at all. */
const LARGEST_LOST = 0.25;
/** ln of the outline's area against the prior's. */
const LARGEST_SIZE = 0.3;
const SMALLEST_SIZE = -0.6;
/** Of the head's width. */
const LARGEST_RESIDUAL = 0.02;

/**
 * The refusal to throw, or null when the fit can be used. A photo that tells its focal length and was cut out of a larger
 * one puts the camera too near, and the skull that it expects beside the face comes out too small.
 */
export function judgeFit(fit: OutlineFit, isFocalKnown: boolean): Refusal | null {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const cropped = fit.raysCropped / RAYS;
  if (cropped > LARGEST_CROPPED) return new Refusal('head-cropped', `${percent(cropped)} of the outline is outside`);
  const size = log(fit.areaRatio);
  if (size > LARGEST_SIZE) {
    const cut = isFocalKnown ? '; or the photo was cut out of a larger one, then give the whole one' : '';
    return new Refusal('head-covered', `the outline is far larger than a skull${cut}`);
  }
  const lost = 1 - (fit.raysUsed + fit.raysHair) / (RAYS - fit.raysCropped);
  if (lost > LARGEST_LOST) return new Refusal('head-mismatch', `${percent(lost)} of the outline was not found`);
  if (size < SMALLEST_SIZE) return new Refusal('head-mismatch', 'the outline is far smaller than a skull');
  if (!(fit.relative <= LARGEST_RESIDUAL)) {
    const residual = Number.isFinite(fit.relative) ? Math.round(1000 * fit.relative) / 10 : 100;
    return new Refusal('head-mismatch', `off by ${residual} % of the head's width`);
  }
  return null;
}
