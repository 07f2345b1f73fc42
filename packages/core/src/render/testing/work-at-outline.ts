/** A rim of bare skin along the outline gives work away: how much of the work reaches it, read from the picture. */
import { gaussianBlur } from '../blur.ts';
import type { Scene } from '../prepare-scene.ts';
import type { LookPicture } from '../render-look.ts';
import { darkening } from './give-aways.ts';

/** Less is a bare rim: 0.96 and more here, 0.69 where the work ends half a millimetre before the head. */
export const LEAST_AT_RIM = 0.8;
/** The normal distribution one sd inside. */
const ONE_SD = 0.841;

/**
 * Work close inside the outline of the crown against the work farther in. `head` is 1 on the head, per pixel of the photo;
 * the crown are the first so many rows of it; the borders of what is close and farther in lie within the photo's outline.
 */
export function workAtOutline(
  scene: Scene,
  picture: LookPicture,
  head: Float32Array,
  crownRows: number,
  [fromPx, closePx, fartherPx]: readonly [number, number, number],
): number {
  const { grid, photo } = scene;
  const { widthPx, heightPx } = photo;
  const taken = darkening(scene, picture);
  const end = head.findIndex((v) => v > 0.5) + crownRows * widthPx;
  const isWithin = [fromPx, closePx, fartherPx].map((px) => {
    const share = gaussianBlur(head, widthPx, heightPx, px);
    return (at: number): boolean => share[at] > ONE_SD;
  });
  const sums = [0, 0];
  const counts = [0, 0];
  taken.forEach((v, k) => {
    const at = (grid.topPx + Math.floor(k / grid.widthPx)) * widthPx + grid.leftPx + (k % grid.widthPx);
    if (at >= end || !isWithin[0](at) || isWithin[2](at)) return;
    const part = isWithin[1](at) ? 1 : 0;
    sums[part] += v;
    counts[part]++;
  });
  return sums[0] / counts[0] / (sums[1] / counts[1]);
}
