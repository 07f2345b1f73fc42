/**
 * A photo small enough to look for a card in: about {@link LONGEST_PX} pixels long, each the mean of a few of the photo's.
 *
 * Means of codes, not of light: edges are looked for, not colours. Every second pixel of a square is read, which halves
 * the cost and leaves grain enough smaller.
 */
import type { Pixels } from '../vision/pixels.ts';

export const LONGEST_PX = 1100;

export interface SmallPhoto {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Three bytes a pixel. */
  readonly rgb: Uint8Array;
  readonly luma: Uint8Array;
  /** Photo pixels to one of these. */
  readonly factor: number;
}

export function shrinkForSearch({ widthPx, heightPx, rgba }: Pixels): SmallPhoto {
  const factor = Math.max(1, Math.round(Math.max(widthPx, heightPx) / LONGEST_PX));
  const step = factor > 2 ? 2 : 1;
  const small = { widthPx: Math.floor(widthPx / factor), heightPx: Math.floor(heightPx / factor) };
  const rgb = new Uint8Array(3 * small.widthPx * small.heightPx);
  const luma = new Uint8Array(small.widthPx * small.heightPx);
  for (let y = 0, k = 0; y < small.heightPx; y++) {
    for (let x = 0; x < small.widthPx; x++, k++) {
      let [r, g, b, n] = [0, 0, 0, 0];
      for (let j = 0; j < factor; j += step) {
        const row = (y * factor + j) * widthPx + x * factor;
        for (let i = 0; i < factor; i += step) {
          const at = 4 * (row + i);
          r += rgba[at];
          g += rgba[at + 1];
          b += rgba[at + 2];
          n++;
        }
      }
      rgb[3 * k] = r / n;
      rgb[3 * k + 1] = g / n;
      rgb[3 * k + 2] = b / n;
      luma[k] = (0.299 * r + 0.587 * g + 0.114 * b) / n;
    }
  }
  return { ...small, rgb, luma, factor };
}

/** A place of the small photo in pixels of the photo itself. */
export const inPhoto = (x: number, factor: number): number => (x + 0.5) * factor - 0.5;
