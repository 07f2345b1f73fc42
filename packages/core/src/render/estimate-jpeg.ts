/**
 * How coarsely was this photo compressed? The steps of its JPEG, read from the decoded pixels.
 *
 * A JPEG keeps each frequency of an 8 x 8 block as a whole number of steps, so the frequencies of a decoded photo lie at
 * multiples of them, blurred by the rounding of pixels only (sd about 0.3). For each frequency the largest step is taken
 * that its values fit; where hardly any value is left (the step was larger than all of them) the steps found elsewhere,
 * relative to the table of ITU-T T.81 K.1, say what it was. Blocks start at the photo's corner, or after turning upright at
 * the opposite one.
 *
 * Null for photos that were never compressed so, were resized since, or so finely that it cannot be seen.
 */
import type { Pixels } from '../vision/pixels.ts';
import { BLOCK_PX, toFrequencies } from './block-transform.ts';
import type { PixelRect } from './measure-sharpness.ts';

export interface JpegSteps {
  /** Where the first whole block begins, 0 to 7. */
  readonly leftPx: number;
  readonly topPx: number;
  /** Of each frequency of the luma, 8-bit codes, as coefficients of block-transform.ts. */
  readonly steps: Float64Array;
}

/** ITU-T T.81 table K.1, row by row: what most encoders scale. */
const K1 = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
] as const;

const MOST_BLOCKS = 400;
/** More values of one frequency say nothing new. */
const MOST_VALUES = 99;
const LARGEST_STEP = 121;
/** Values nearer to nothing tell no step: the rounding of a plain wave has overtones as large. */
const LEAST_VALUE = 2.4;
const FEWEST_VALUES = 14;
/** Median distance from the nearest multiple that rounding alone explains; by chance it would be a quarter of the step. */
const ROUNDING = 0.32;
const CHANCE = 0.16;
/** Of the frequencies that tell anything, so many must tell a step above one: of the first ones asked, and of all. */
const LEAST_SHARE = 0.6;
const FEWEST_FREQUENCIES = 4;
const FIRST_ASKED = 10;

/** From the blocks that lie in the rectangle. */
export function estimateJpeg(photo: Pixels, rect: PixelRect): JpegSteps | null {
  let best: (JpegSteps & { readonly told: number }) | null = null;
  for (const leftPx of new Set([0, photo.widthPx % BLOCK_PX])) {
    for (const topPx of new Set([0, photo.heightPx % BLOCK_PX])) {
      const found = stepsOf(frequencies(photo, rect, leftPx, topPx));
      if (found && found.told > (best?.told ?? 0)) best = { leftPx, topPx, ...found };
    }
  }
  return best && { leftPx: best.leftPx, topPx: best.topPx, steps: best.steps };
}

/** Values of each frequency over evenly spread blocks. */
function frequencies(photo: Pixels, rect: PixelRect, left: number, top: number): Float64Array[] {
  const first = (start: number, from: number): number =>
    from + BLOCK_PX * Math.max(0, Math.ceil((start - from) / BLOCK_PX));
  const [x0, y0] = [first(rect.leftPx, left), first(rect.topPx, top)];
  const columns = Math.floor((Math.min(photo.widthPx, rect.leftPx + rect.widthPx) - x0) / BLOCK_PX);
  const rows = Math.floor((Math.min(photo.heightPx, rect.topPx + rect.heightPx) - y0) / BLOCK_PX);
  const total = Math.max(0, columns) * Math.max(0, rows);
  const every = Math.max(1, Math.ceil(total / MOST_BLOCKS));
  const blocks: Float64Array[] = [];
  for (let n = 0; n < total; n += every) {
    const block = new Float64Array(64);
    readLuma(photo, x0 + BLOCK_PX * (n % columns), y0 + BLOCK_PX * Math.floor(n / columns), block);
    toFrequencies(block);
    blocks.push(block);
  }
  return Array.from({ length: 64 }, (_, k) => Float64Array.from(blocks, (block) => block[k]));
}

function readLuma({ rgba, widthPx }: Pixels, x0: number, y0: number, block: Float64Array): void {
  for (let k = 0; k < 64; k++) {
    const p = 4 * ((y0 + (k >> 3)) * widthPx + x0 + (k & 7));
    block[k] = 0.299 * rgba[p] + 0.587 * rgba[p + 1] + 0.114 * rgba[p + 2];
  }
}

function stepsOf(values: readonly Float64Array[]): { readonly steps: Float64Array; readonly told: number } | null {
  const steps = new Float64Array(64);
  const ratios: number[] = [];
  let asked = 0;
  for (let k = 1; k < 64; k++) {
    const telling = values[k].filter((v) => Math.abs(v) > LEAST_VALUE);
    if (telling.length < FEWEST_VALUES) continue;
    steps[k] = largestStep(telling.subarray(0, MOST_VALUES));
    if (steps[k] > 0) ratios.push(steps[k] / K1[k]);
    if (++asked === FIRST_ASKED && ratios.length < LEAST_SHARE * asked) return null;
  }
  if (ratios.length < FEWEST_FREQUENCIES || ratios.length < LEAST_SHARE * asked) return null;
  ratios.sort((a, b) => a - b);
  const scale = ratios[ratios.length >> 1];
  for (let k = 0; k < 64; k++) if (steps[k] === 0) steps[k] = Math.max(1, K1[k] * scale);
  return { steps, told: ratios.length };
}

/** Largest step, 2 and more, that the values are multiples of; 0 for none. Some blocks were clipped, so the median counts. */
function largestStep(values: Float64Array): number {
  const off = new Float64Array(values.length);
  const largest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  for (let step = Math.min(LARGEST_STEP, Math.ceil(largest)); step >= 2; step--) {
    let reached = 0;
    for (let i = 0; i < values.length; i++) {
      const multiple = Math.round(values[i] / step);
      off[i] = Math.abs(values[i] - multiple * step);
      if (multiple !== 0) reached++;
    }
    // Values that all round to nothing are no multiples of it.
    if (2 * reached < values.length) continue;
    off.sort();
    if (off[off.length >> 1] < Math.min(ROUNDING, CHANCE * step)) return step;
  }
  return 0;
}
