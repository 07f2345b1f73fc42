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
import { cellGrid, meansOver, readEverywhere } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import type { Shading } from './fit-shading.ts';

/** Neighbourhood over which texture is judged. */
const AROUND_MM = 2.5;
/** Where that is fewer cells, sd, none can be spared. */
const FINE_CELLS = 4;

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
  const unlike = gaussianBlur(light, columns, rows, 0.25 * sd);
  for (let k = 0; k < unlike.length; k++) unlike[k] = (light[k] - unlike[k]) * (light[k] - unlike[k]);
  // What is judged over millimetres is as well told on blocks of cells, for a fraction of the time.
  const blocks = cellGrid(0, 0, columns, rows, sd < FINE_CELLS ? 1 : 2);
  const spread = (plane: Float32Array, share: number): Float32Array =>
    gaussianBlur(
      meansOver(plane, { columns, rows }, blocks.cellPx),
      blocks.columns,
      blocks.rows,
      (share * sd) / blocks.cellPx,
    );
  const shadow = readEverywhere(
    shadowOf(
      spread(unlike, 1),
      spread(light, 1),
      spread(red, 0.5),
      spread(blue, 0.5),
      meansOver(shading.light[0], { columns, rows }, blocks.cellPx),
      meansOver(shading.light[2], { columns, rows }, blocks.cellPx),
    ),
    blocks,
  );
  for (let k = 0; k < shadow.length; k++) if (shading.luminance[k] === 0) shadow[k] = 0;
  return shadow;
}

/** By texture and colour together; `rough` is the square of the contrast. */
function shadowOf(
  rough: Float32Array,
  around: Float32Array,
  red: Float32Array,
  blue: Float32Array,
  plainRed: Float32Array,
  plainBlue: Float32Array,
): Float32Array {
  const shadow = new Float32Array(rough.length);
  for (let k = 0; k < shadow.length; k++) {
    const texture = Math.sqrt(Math.max(0, rough[k])) / Math.max(around[k], 1e-4);
    const warmth = (red[k] - blue[k]) / Math.max(red[k] + blue[k], 1e-4);
    const plainWarmth = (plainRed[k] - plainBlue[k]) / Math.max(plainRed[k] + plainBlue[k], 1e-4);
    shadow[k] = smoothstep(0.16, 0.07, texture) * smoothstep(0.8, 0.97, warmth / Math.max(plainWarmth, 0.02));
  }
  return shadow;
}
