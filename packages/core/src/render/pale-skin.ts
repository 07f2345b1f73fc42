/**
 * How much of the skin's light is white beyond what the measured skin has: sheen so broad that the shading has taken it in, pale
 * patches, light of a window along the side.
 *
 * In: the photo's light without the shine that find-shine.ts found, on cells. Out: white as a share of the light's luminance,
 * evened out over millimetres. White is told as there: light the same in all channels that brings the rest back
 * to the skin's ratio of blue to red. What is dark already, hair and stubble, says nothing; it has what lies around it.
 *
 * Why: how pigment looks is known as a share of the measured skin's light, channel by channel, and of orange skin's blue that
 * is most. Of skin that is paler it left the same share of blue, and work at the edge of a shine was mauve.
 */
import { clamp } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { gaussianBlur } from './blur.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';

/** Grain and pores are smaller, patches and sheen larger, sd. */
const EVENED_MM = 2;
/** Of cells less light than this part of plain skin nothing is asked. */
const PLAIN_SHARE = 0.86;
/** Skin with next to no colour tells nothing. */
const MOST_BLUE = 0.95;
const LEAST_KNOWN = 1e-3;

/** `isSkin` holds for cells that are surely head; `plain` is the luminance of plain skin. */
export function paleSkin(
  [red, green, blue]: CellLight,
  shine: Float32Array,
  plain: Float32Array,
  isSkin: (cell: number) => boolean,
  skin: Colour3,
  { columns, rows, cellPx }: CellGrid,
  pxPerMm: number,
): Float32Array {
  const pale = new Float32Array(plain.length);
  const ofSkin = skin[2] / skin[0];
  if (!(ofSkin < MOST_BLUE)) return pale;
  const [white, whole] = [new Float32Array(plain.length), new Float32Array(plain.length)];
  for (let k = 0; k < plain.length; k++) {
    const light = luminance(red[k], green[k], blue[k]);
    if (!(plain[k] > 0 && isSkin(k) && light > PLAIN_SHARE * plain[k])) continue;
    whole[k] = light - shine[k];
    white[k] = (blue[k] - ofSkin * red[k]) / (1 - ofSkin) - shine[k];
  }
  const sd = (EVENED_MM * pxPerMm) / cellPx;
  const [whiteAround, wholeAround] = [gaussianBlur(white, columns, rows, sd), gaussianBlur(whole, columns, rows, sd)];
  for (let k = 0; k < pale.length; k++)
    if (wholeAround[k] > LEAST_KNOWN) pale[k] = clamp(whiteAround[k] / wholeAround[k], 0, 1);
  return pale;
}
