/**
 * How sharp and how noisy is this photo where it matters?
 *
 * Dots sharper than the photo are the plainest sign of a drawn picture. Hairs of brows, lashes and stubble are finer than
 * any camera's point spread, so the share of contrast in the finest band of them (below 0.7 px against 0.7 to 1.4 px)
 * tells the spread; the straight line between the two was read off photographs, one of them enlarged by a known factor.
 * A photo softer than the line reaches is measured again at half its size. Noise is the median departure of smooth
 * skin from its neighbours, pores included: dots have to stand beside both.
 */
import { clamp } from '../num/range.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';

/** A rectangle of whole pixels. */
export interface PixelRect {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const SHARPEST_PX = 0.6;
const SOFTEST_PX = 1.6;
/** From here on the next smaller size is asked. */
const SOFT_PX = 1.3;
const LEAST_SIDE_PX = 12;
/** Of all pixels, those on the strongest structures between 1.4 and 2.8 px. */
const STRONGEST = 0.04;
/** White grain of sd 1 has 4 % of its pixels above this between 1.4 and 2.8 px; structure has to stand out of it so many times. */
const GRAIN_IN_BAND = 0.28;
const STANDS_OUT = 2;

/** Point spread (sd, px) over brows and eyes. Throws RangeError when the rectangle holds less than 12 x 12 pixels of the photo. */
export const estimateBlurPx = (photo: Pixels, rect: PixelRect): number => blurIn(photo, rect, 1);

/**
 * The same where hair is sparse, over a scalp: of all pixels only those on the strongest structures are asked. Between
 * them is skin, whose grain looks sharp in the softest photo.
 */
export const estimateScalpBlurPx = (photo: Pixels, rect: PixelRect): number => blurIn(photo, rect, STRONGEST);

/**
 * The same in a small window: null where the strongest structures do not stand out of grain of `noiseCodes` by {@link STANDS_OUT},
 * or less than 12 x 12 pixels lie in the photo.
 */
export function estimateStructureBlurPx(photo: Pixels, rect: PixelRect, noiseCodes: number): number | null {
  if (photo.widthPx < LEAST_SIDE_PX || photo.heightPx < LEAST_SIDE_PX) return null;
  const { plane, columns, rows } = lumaIn(photo, rect);
  const coarse = gaussianBlur(plane, columns, rows, 1.4);
  const asked = strongest(coarse, gaussianBlur(plane, columns, rows, 2.8), STRONGEST);
  if (asked.least < STANDS_OUT * GRAIN_IN_BAND * noiseCodes) return null;
  return blurFrom(plane, columns, rows, STRONGEST, coarse, asked.is);
}

function blurIn(photo: Pixels, rect: PixelRect, share: number): number {
  const { plane, columns, rows } = lumaIn(photo, rect);
  return blurOf(plane, columns, rows, share);
}

function blurOf(plane: Float32Array, columns: number, rows: number, share: number): number {
  const coarse = gaussianBlur(plane, columns, rows, 1.4);
  const asked = share < 1 ? strongest(coarse, gaussianBlur(plane, columns, rows, 2.8), share).is : null;
  return blurFrom(plane, columns, rows, share, coarse, asked);
}

/** The same with the coarser band's blur, and 1 where it is asked; null is everywhere. */
function blurFrom(
  plane: Float32Array,
  columns: number,
  rows: number,
  share: number,
  coarse: Float32Array,
  asked: Uint8Array | null,
): number {
  const fine = gaussianBlur(plane, columns, rows, 0.7);
  let fineEnergy = 0;
  let coarseEnergy = 0;
  for (let k = 0; k < plane.length; k++) {
    if (asked && !asked[k]) continue;
    fineEnergy += (plane[k] - fine[k]) * (plane[k] - fine[k]);
    coarseEnergy += (fine[k] - coarse[k]) * (fine[k] - coarse[k]);
  }
  if (!(coarseEnergy > 0)) return SOFTEST_PX;
  const here = clamp(1.9 - 1.15 * Math.sqrt(fineEnergy / coarseEnergy), SHARPEST_PX, SOFTEST_PX);
  if (here < SOFT_PX || columns < 2 * LEAST_SIDE_PX || rows < 2 * LEAST_SIDE_PX) return here;
  const half = halved(plane, columns, rows);
  return Math.max(here, 2 * blurOf(half, columns >> 1, rows >> 1, share));
}

/** 1 where two blurs of a plane differ most, and the least of what they differ by there. */
function strongest(coarse: Float32Array, coarser: Float32Array, share: number): { is: Uint8Array; least: number } {
  const structure = new Float32Array(coarse.length);
  for (let k = 0; k < structure.length; k++) structure[k] = Math.abs(coarse[k] - coarser[k]);
  const least = structure.slice().sort()[Math.floor((1 - share) * structure.length)];
  const is = new Uint8Array(structure.length);
  for (let k = 0; k < is.length; k++) if (structure[k] >= least) is[k] = 1;
  return { is, least };
}

function halved(plane: Float32Array, columns: number, rows: number): Float32Array {
  const [w, h] = [columns >> 1, rows >> 1];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const k = 2 * y * columns + 2 * x;
      out[y * w + x] = (plane[k] + plane[k + 1] + plane[k + columns] + plane[k + columns + 1]) / 4;
    }
  }
  return out;
}

/** Grain of smooth skin: sd of luma against its neighbours, 8-bit codes. The same limits as {@link estimateBlurPx}. */
export function estimateNoiseCodes(photo: Pixels, rect: PixelRect): number {
  const { plane, columns, rows } = lumaIn(photo, rect);
  const departures = new Float64Array((columns - 2) * (rows - 2));
  for (let y = 1, n = 0; y < rows - 1; y++) {
    for (let x = 1; x < columns - 1; x++) {
      const k = y * columns + x;
      let around = -plane[k];
      for (let dy = -columns; dy <= columns; dy += columns)
        around += plane[k + dy - 1] + plane[k + dy] + plane[k + dy + 1];
      departures[n++] = Math.abs(plane[k] - around / 8);
    }
  }
  departures.sort();
  // Median to sd of a normal; a pixel against eight others has 9/8 of the variance.
  return (1.4826 * departures[departures.length >> 1]) / 1.0607;
}

function lumaIn(
  { rgba, widthPx, heightPx }: Pixels,
  rect: PixelRect,
): { plane: Float32Array; columns: number; rows: number } {
  const x0 = Math.max(0, Math.floor(rect.leftPx));
  const y0 = Math.max(0, Math.floor(rect.topPx));
  const columns = Math.min(widthPx, Math.ceil(rect.leftPx + rect.widthPx)) - x0;
  const rows = Math.min(heightPx, Math.ceil(rect.topPx + rect.heightPx)) - y0;
  if (!(columns >= LEAST_SIDE_PX && rows >= LEAST_SIDE_PX)) {
    throw new RangeError(`${columns} x ${rows} px are too few to measure sharpness or noise`);
  }
  const plane = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const p = 4 * ((y0 + y) * widthPx + x0 + x);
      plane[y * columns + x] = 0.3 * rgba[p] + 0.6 * rgba[p + 1] + 0.1 * rgba[p + 2];
    }
  }
  return { plane, columns, rows };
}
