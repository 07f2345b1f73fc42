/**
 * What hue has the photo here, however its compression stores hue?
 *
 * Photos keep colour at half the pixels each way and code it in blocks of sixteen: the hue of one pixel is that of a
 * block, and what is told by it ends in steps. Evened out over a block the hue crosses an edge as evenly as the edge crosses
 * blocks, and each pixel adds its own luma. On large photos a cell is as wide as that already.
 */
import { gaussianBlur } from './blur.ts';
import type { CellGrid, CellLight } from './cell-grid.ts';

/** Planes of cells: red and blue over luma, all as square roots of light. */
export interface EvenHue {
  readonly grid: CellGrid;
  readonly red: Float32Array;
  readonly blue: Float32Array;
}

/** Of luma, red, green and blue: near enough what photos store it by. */
const LUMA = [0.3, 0.6, 0.1] as const;
/** Nearly as wide as a block of sixteen, variance, in which cells and the way between them have a part. */
const BLOCK_PX2 = 17;
const OF_CELL = 1 / 4;

/** `within` is 1 where hue is asked for; away from there no cell has one. */
export function evenHue([red, green, blue]: CellLight, grid: CellGrid, within: Uint8Array): EvenHue {
  const { columns, rows, cellPx } = grid;
  const [r, b, luma] = [red, blue, green].map(() => new Float32Array(within.length));
  for (let k = 0; k < within.length; k++) {
    if (within[k] === 0) continue;
    r[k] = Math.sqrt(red[k]);
    b[k] = Math.sqrt(blue[k]);
    luma[k] = lumaOf(r[k], Math.sqrt(green[k]), b[k]);
  }
  const sd = Math.sqrt(Math.max(0, BLOCK_PX2 / (cellPx * cellPx) - OF_CELL));
  const evened = [r, b, luma].map((plane) => gaussianBlur(plane, columns, rows, sd));
  for (let k = 0; k < within.length; k++) {
    // Where nothing is asked, all are 0.
    const per = 1 / Math.max(evened[2][k], 1e-6);
    evened[0][k] *= per;
    evened[1][k] *= per;
  }
  return { grid, red: evened[0], blue: evened[1] };
}

/** Luma of square roots of light. */
export const lumaOf = (red: number, green: number, blue: number): number =>
  LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;

/** Writes the square roots of light of place `x` with this luma and hue, three to a place. */
export function writeRoots(luma: number, red: number, blue: number, roots: Float64Array, x: number): void {
  roots[3 * x] = luma * red;
  roots[3 * x + 1] = luma * ((1 - LUMA[0] * red - LUMA[2] * blue) / LUMA[1]);
  roots[3 * x + 2] = luma * blue;
}
