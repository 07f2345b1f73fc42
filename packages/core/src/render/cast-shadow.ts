/**
 * Is a dark place a shadow on skin, or hair?
 *
 * The shading fit knows no cast shadows, so a hard one is as dark beside it as hair. But skin in shadow keeps its colour
 * (hair is greyer or of its own hue) and its smoothness (hair has contrast from one half-millimetre to the next, in
 * proportion to its light). Both must speak for shadow. Smooth, saturated hair on similar skin would be taken for
 * shadow; none was met.
 */
import { smoothstep } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { gaussianBlur } from './blur.ts';
import type { CellGrid } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';

/** Neighbourhood over which texture is judged. */
const AROUND_MM = 2.5;

/** 0..1 per cell: how surely what is darker than plain skin there is only shadow. */
export function castShadow(
  [red, green, blue]: readonly [Float32Array, Float32Array, Float32Array],
  shading: Shading,
  { columns, rows, cellPx }: CellGrid,
  pxPerMm: number,
): Float32Array {
  const sd = (AROUND_MM * pxPerMm) / cellPx;
  const light = new Float32Array(red.length);
  for (let k = 0; k < light.length; k++) light[k] = luminance(red[k], green[k], blue[k]);
  const fine = gaussianBlur(light, columns, rows, 0.25 * sd);
  const around = gaussianBlur(light, columns, rows, sd);
  const unlike = new Float32Array(light.length);
  for (let k = 0; k < unlike.length; k++) unlike[k] = (light[k] - fine[k]) * (light[k] - fine[k]);
  const rough = gaussianBlur(unlike, columns, rows, sd);
  const meanRed = gaussianBlur(red, columns, rows, 0.5 * sd);
  const meanBlue = gaussianBlur(blue, columns, rows, 0.5 * sd);
  const [plainRed, , plainBlue] = shading.light;
  const shadow = new Float32Array(light.length);
  for (let k = 0; k < shadow.length; k++) {
    if (shading.luminance[k] === 0) continue;
    const texture = Math.sqrt(Math.max(0, rough[k])) / Math.max(around[k], 1e-4);
    const warmth = (meanRed[k] - meanBlue[k]) / Math.max(meanRed[k] + meanBlue[k], 1e-4);
    const plainWarmth = (plainRed[k] - plainBlue[k]) / Math.max(plainRed[k] + plainBlue[k], 1e-4);
    shadow[k] = smoothstep(0.16, 0.07, texture) * smoothstep(0.8, 0.97, warmth / Math.max(plainWarmth, 0.02));
  }
  return shadow;
}
