/** Fine contrast, the grain of skin and of work: differences of Gaussians at one, two and four times the finest sd. */
import { gaussianBlur } from './blur.ts';

/** Sd of the finest band that grain is measured in: 0.7 px, or as many mm as that is at 0.4 mm a pixel. */
export const finestPx = (mmPerPx: number): number => 0.7 * Math.max(1, 0.4 / mmPerPx);

/** Sd, in samples, from which every other sample of a plane tells all of it. */
const SMOOTH = 3;

/** Root sum of {@link bandVariances}. */
export function bandContrast(...of: Parameters<typeof bandVariances>): number {
  const [fine, middle, coarse] = bandVariances(...of);
  return Math.sqrt(fine + middle + coarse);
}

/**
 * Variances of three fine bands at the places `where`, the finest first. Each band is looked at on a grid no finer than it
 * needs: at every other, then every fourth place of a row.
 */
export function bandVariances(
  plane: Float32Array,
  columns: number,
  rows: number,
  where: ArrayLike<number>,
  finest: number,
): number[] {
  let finer: Places = { plane, columns, rows, where: Int32Array.from(where) };
  const variances: number[] = [];
  let step = 1;
  let blurred = 0;
  for (const sd of [finest, 2 * finest, 4 * finest]) {
    const more = Math.sqrt(sd * sd - blurred * blurred) / step;
    const coarser = gaussianBlur(finer.plane, finer.columns, finer.rows, more);
    variances.push(meanSquare(finer.plane, coarser, finer.where));
    finer = { ...finer, plane: coarser };
    blurred = sd;
    for (; sd >= SMOOTH * step; step *= 2) finer = everyOther(finer);
  }
  return variances;
}

/** Of the difference of two planes. */
function meanSquare(one: Float32Array, other: Float32Array, where: Int32Array): number {
  let sum = 0;
  for (let n = 0; n < where.length; n++) {
    const by = one[where[n]] - other[where[n]];
    sum += by * by;
  }
  return sum / where.length;
}

interface Places {
  readonly plane: Float32Array;
  readonly columns: number;
  readonly rows: number;
  readonly where: Int32Array;
}

function everyOther({ plane, columns, rows, where }: Places): Places {
  const [fewColumns, fewRows] = [Math.ceil(columns / 2), Math.ceil(rows / 2)];
  const few = new Float32Array(fewColumns * fewRows);
  for (let j = 0, k = 0; j < fewRows; j++)
    for (let i = 0; i < fewColumns; i++, k++) few[k] = plane[2 * (j * columns + i)];
  const kept = new Int32Array(where.length);
  let count = 0;
  for (let n = 0; n < where.length; n++) {
    const k = where[n];
    const i = k % columns;
    const j = (k - i) / columns;
    if (i % 2 === 0 && j % 2 === 0) kept[count++] = (j / 2) * fewColumns + i / 2;
  }
  return { plane: few, columns: fewColumns, rows: fewRows, where: kept.subarray(0, count) };
}
