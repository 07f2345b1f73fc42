/**
 * Makes a picture small enough for print on a sheet: whole-number reduction by the mean of each block, the same
 * integers on every engine. Columns and rows that fill no block at the right and lower edge are left out.
 */
import type { Pixels } from '@stipple/core/vision/pixels.ts';

export function shrinkPixels({ widthPx, heightPx, rgba }: Pixels, longestSidePx: number): Pixels {
  const factor = Math.ceil(Math.max(widthPx, heightPx) / longestSidePx);
  const columns = Math.floor(widthPx / factor);
  const rows = Math.floor(heightPx / factor);
  const out = new Uint8Array(columns * rows * 4);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let dy = 0; dy < factor; dy++) {
          const row = (y * factor + dy) * widthPx + x * factor;
          for (let dx = 0; dx < factor; dx++) sum += rgba[4 * (row + dx) + c]!;
        }
        out[4 * (y * columns + x) + c] = Math.round(sum / (factor * factor));
      }
    }
  }
  return { widthPx: columns, heightPx: rows, rgba: out };
}
