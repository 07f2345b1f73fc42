/**
 * Places that a file names on a photo: pixels of the upright photo, or fractions of its width and height.
 *
 * Pixel (0, 0) is the centre of the top-left pixel; fractions run from edge to edge, (0, 0) to (1, 1).
 */
import * as z from 'zod';
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';

export const placeUnit = z.enum(['px', 'pixel', 'pixels', 'fraction', 'fractions']).default('px');

const coordinate = z.number().min(-100_000).max(100_000);
/** [x, y] or { x, y }. */
export const place = z
  .union([z.tuple([coordinate, coordinate]), z.object({ x: coordinate, y: coordinate })])
  .describe('[x, y], two numbers')
  .transform((at): PhotoPlace => ('x' in at ? [at.x, at.y] : at));

export interface PhotoSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * How places in this unit become pixels of a photo of this size. `what` names the place in the refusal.
 *
 * @throws Refusal `code` for a place outside the photo
 */
export function intoPixels(
  unit: z.infer<typeof placeUnit>,
  { widthPx, heightPx }: PhotoSize,
  code: RefusalCode,
): (at: PhotoPlace, what: string) => PhotoPlace {
  const isFraction = unit.startsWith('fraction');
  return ([x, y], what) => {
    const px: PhotoPlace = isFraction ? [x * widthPx - 0.5, y * heightPx - 0.5] : [x, y];
    if (px[0] >= -0.5 && px[1] >= -0.5 && px[0] <= widthPx - 0.5 && px[1] <= heightPx - 0.5) return px;
    const size = isFraction ? 'which has fractions from 0 to 1' : `of ${widthPx} x ${heightPx} pixels`;
    throw new Refusal(code, `${what} at ${x}, ${y} lies outside the photo ${size}`);
  };
}
