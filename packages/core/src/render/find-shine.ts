/**
 * Light that the skin throws back from its surface: it lies above the pigment, has the lamp's colour, and stays when the skin
 * below is worked.
 *
 * In: the photo's light and the shading of plain skin, on cells. What is brighter than plain skin is shine as far as it is
 * whiter too: light the same in all channels that brings the rest back to the skin's ratio of blue to red. Shine is as smooth
 * as the skin is bent, so it is evened out over a millimetre: pixels judged by themselves gave the grain's lighter half for
 * shine, which work then spared, and left red skin frosted.
 */
import { smoothstep } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { gaussianBlur } from './blur.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';

const KEPT = 0.8;
/** So much brighter than plain skin a place is all shine. */
const FULL_SHINE = 0.35;
/** Of the darkest channel more is never shine. */
const MOST_OF_DARKEST = 0.6;
/** Facing from which the fit of the shading can be trusted: at the rim it knows no more what is highlight. */
const SEEN_LEAST = 0.12;
const SEEN_WELL = 0.4;
const EVENED_MM = 0.8;

/** Light of the shine per cell, the same in each channel. */
export function findShine(
  [red, green, blue]: CellLight,
  { light: [plainRed, , plainBlue], luminance: plain }: Shading,
  facing: Float32Array,
  { columns, rows, cellPx }: CellGrid,
  pxPerMm: number,
): Float32Array {
  const shine = new Float32Array(plain.length);
  for (let k = 0; k < shine.length; k++) {
    if (!(plain[k] > 0 && facing[k] > SEEN_LEAST)) continue;
    const brighter = luminance(red[k], green[k], blue[k]) / plain[k] - 1;
    const ofSkin = plainBlue[k] / plainRed[k];
    if (!(brighter > 0 && ofSkin < 0.95)) continue;
    const white = Math.max(0, (blue[k] - ofSkin * red[k]) / (1 - ofSkin));
    const most = MOST_OF_DARKEST * Math.min(red[k], green[k], blue[k]);
    shine[k] =
      KEPT * smoothstep(SEEN_LEAST, SEEN_WELL, facing[k]) * smoothstep(0, FULL_SHINE, brighter) * Math.min(white, most);
  }
  return gaussianBlur(shine, columns, rows, (EVENED_MM * pxPerMm) / cellPx);
}
