/**
 * The part of the photo that is worked on, and a coarser grid of cells over it for everything smooth.
 *
 * Normals, shading, veils and masks change over millimetres; on cells of about half a millimetre they cost a
 * hundredth of what they would on the pixels of a large photo, and are read back bilinearly.
 */
import type { Pixels, SoftMask } from '../vision/pixels.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import { pixelWords } from './pixel-words.ts';

/** Side of a cell, near enough, at the scale of the head. */
export const CELL_MM = 0.5;

/** A rectangle of whole pixels inside the photo and its cells; the last column and row may reach beyond it. */
export interface CellGrid {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Side of a cell, whole pixels. */
  readonly cellPx: number;
  readonly columns: number;
  readonly rows: number;
}

export function cellGrid(leftPx: number, topPx: number, widthPx: number, heightPx: number, cellPx: number): CellGrid {
  return {
    leftPx,
    topPx,
    widthPx,
    heightPx,
    cellPx,
    columns: Math.ceil(widthPx / cellPx),
    rows: Math.ceil(heightPx / cellPx),
  };
}

/** Photo x of the centre of column i; the same with `topPx` for rows. */
export const cellCentre = (startPx: number, cellPx: number, i: number): number =>
  startPx + i * cellPx + (cellPx - 1) / 2;

/** The row of cells above a row of pixels, and how far the pixels are on the way to the next. */
export function cellRowOf({ cellPx, rows }: CellGrid, row: number): { readonly j: number; readonly fy: number } {
  const gy = Math.min(Math.max((row - (cellPx - 1) / 2) / cellPx, 0), rows - 1);
  const j = Math.min(Math.floor(gy), Math.max(0, rows - 2));
  return { j, fy: gy - j };
}

/**
 * Where a plane of cells may read as more than `least`, for the pixels that {@link cellRowOf} puts below each row of
 * cells: the first and the last column of each run. A column stands for what lies between its centre and that of the next.
 */
export function cellRunsAbove(plane: Float32Array, { columns, rows }: CellGrid, least: number): Int32Array[] {
  const runs: Int32Array[] = [];
  for (let j = 0; j < rows; j++)
    runs.push(runsOfRow(plane, j * columns, Math.min(j + 1, rows - 1) * columns, columns, least));
  return runs;
}

/** The same between the rows that begin at cells `above` and `below`. */
function runsOfRow(plane: Float32Array, above: number, below: number, columns: number, least: number): Int32Array {
  const runs: number[] = [];
  let isInRun = false;
  let isAbove = plane[above] > least || plane[below] > least;
  for (let i = 0; i < columns; i++) {
    const isNextAbove = i + 1 < columns && (plane[above + i + 1] > least || plane[below + i + 1] > least);
    if ((isAbove || isNextAbove) !== isInRun) {
      runs.push(isInRun ? i - 1 : i);
      isInRun = !isInRun;
    }
    isAbove = isNextAbove;
  }
  if (isInRun) runs.push(columns - 1);
  return Int32Array.from(runs);
}

/** Where a photo position lies among the cells: the cell before it, the ways to the next ones, the shares of those. */
export interface CellPlace {
  readonly cell: number;
  readonly right: 0 | 1;
  readonly down: number;
  readonly fx: number;
  readonly fy: number;
}

export function cellPlaceAt({ leftPx, topPx, cellPx, columns, rows }: CellGrid, x: number, y: number): CellPlace {
  const half = (cellPx - 1) / 2;
  const gx = Math.min(Math.max((x - leftPx - half) / cellPx, 0), columns - 1);
  const gy = Math.min(Math.max((y - topPx - half) / cellPx, 0), rows - 1);
  const i = Math.floor(gx);
  const j = Math.floor(gy);
  return {
    cell: j * columns + i,
    right: i + 1 < columns ? 1 : 0,
    down: j + 1 < rows ? columns : 0,
    fx: gx - i,
    fy: gy - j,
  };
}

/** Value of a plane of cells at a place, bilinear, edges continued. */
export const readPlace = (plane: Float32Array, { cell, right, down, fx, fy }: CellPlace): number =>
  (plane[cell] * (1 - fx) + plane[cell + right] * fx) * (1 - fy) +
  (plane[cell + down] * (1 - fx) + plane[cell + down + right] * fx) * fy;

/** Value of a plane of cells at photo position (x, y). */
export const readAt = (plane: Float32Array, grid: CellGrid, x: number, y: number): number =>
  readPlace(plane, cellPlaceAt(grid, x, y));

/** Mean light: planes of cells, red, green and blue. */
export type CellLight = readonly [Float32Array, Float32Array, Float32Array];

/** Mean light of each cell. */
export function meanLight(photo: Pixels, grid: CellGrid): CellLight {
  const { leftPx, topPx, widthPx, heightPx, cellPx, columns, rows } = grid;
  const cells = columns * rows;
  const [red, green, blue] = [new Float32Array(cells), new Float32Array(cells), new Float32Array(cells)];
  const pixels = pixelWords(photo.rgba);
  // By a name of this function: in a bundle those of modules are looked up at every turn of a loop.
  const lightOf = LIGHT_OF_CODE;
  for (let j = 0; j < rows; j++) {
    const y0 = topPx + j * cellPx;
    const y1 = topPx + Math.min(heightPx, (j + 1) * cellPx);
    for (let i = 0; i < columns; i++) {
      const x0 = leftPx + i * cellPx;
      const x1 = leftPx + Math.min(widthPx, (i + 1) * cellPx);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = y0; y < y1; y++) {
        for (let at = y * photo.widthPx + x0, end = at + x1 - x0; at < end; at++) {
          const pixel = pixels[at];
          r += lightOf[pixel & 255];
          g += lightOf[(pixel >>> 8) & 255];
          b += lightOf[(pixel >>> 16) & 255];
        }
      }
      const share = 1 / ((x1 - x0) * (y1 - y0));
      const k = j * columns + i;
      red[k] = r * share;
      green[k] = g * share;
      blue[k] = b * share;
    }
  }
  return [red, green, blue];
}

/** Means over blocks of so many cells each way, and the grid of the blocks. */
export function coarsened(
  light: CellLight,
  grid: CellGrid,
  factor: number,
): { readonly light: CellLight; readonly grid: CellGrid } {
  const { leftPx, topPx, widthPx, heightPx } = grid;
  const [red, green, blue] = light;
  return {
    light: [meansOver(red, grid, factor), meansOver(green, grid, factor), meansOver(blue, grid, factor)],
    grid: cellGrid(leftPx, topPx, widthPx, heightPx, grid.cellPx * factor),
  };
}

/** A plane's means over blocks of `factor` cells each way; the last of a row and column may be smaller. */
export function meansOver(
  plane: Float32Array,
  { columns, rows }: Pick<CellGrid, 'columns' | 'rows'>,
  factor: number,
): Float32Array {
  const blockColumns = Math.ceil(columns / factor);
  const blockRows = Math.ceil(rows / factor);
  const mean = new Float32Array(blockColumns * blockRows);
  for (let j = 0, k = 0; j < blockRows; j++) {
    const bottom = Math.min(rows, (j + 1) * factor);
    for (let i = 0; i < blockColumns; i++, k++) {
      const right = Math.min(columns, (i + 1) * factor);
      let sum = 0;
      for (let y = j * factor; y < bottom; y++) for (let x = i * factor; x < right; x++) sum += plane[y * columns + x];
      mean[k] = sum / ((bottom - j * factor) * (right - i * factor));
    }
  }
  return mean;
}

/** The plane of cells read at every pixel of the grid, row by row. */
export function readEverywhere(plane: Float32Array, grid: CellGrid): Float32Array {
  const { widthPx, heightPx, leftPx, topPx, columns } = grid;
  const out = new Float32Array(widthPx * heightPx);
  const column = new Int32Array(widthPx);
  const way = new Float64Array(widthPx);
  for (let x = 0; x < widthPx; x++) {
    const { cell, fx } = cellPlaceAt(grid, leftPx + x, topPx);
    column[x] = cell;
    way[x] = fx;
  }
  const line = new Float64Array(columns + 1);
  for (let y = 0; y < heightPx; y++) {
    const { cell, down, fy } = cellPlaceAt(grid, leftPx, topPx + y);
    for (let i = 0; i < columns; i++) line[i] = plane[cell + i] * (1 - fy) + plane[cell + down + i] * fy;
    line[columns] = line[columns - 1];
    for (let x = 0, k = y * widthPx; x < widthPx; x++, k++)
      out[k] = line[column[x]] + (line[column[x] + 1] - line[column[x]]) * way[x];
  }
  return out;
}

/** A soft mask on the cells, 0..1; 0 outside the mask's square. */
export function maskOnCells(mask: SoftMask, grid: CellGrid): Float32Array {
  const { columns, rows, cellPx } = grid;
  const { size, values } = mask;
  const out = new Float32Array(columns * rows);
  const perPx = size / mask.sidePx;
  for (let j = 0; j < rows; j++) {
    const v = (cellCentre(grid.topPx, cellPx, j) + 0.5 - mask.topPx) * perPx - 0.5;
    if (v < -0.5 || v > size - 0.5) continue;
    const y0 = Math.min(Math.max(Math.floor(v), 0), size - 1);
    const y1 = Math.min(y0 + 1, size - 1);
    const fy = Math.min(Math.max(v - y0, 0), 1);
    for (let i = 0; i < columns; i++) {
      const u = (cellCentre(grid.leftPx, cellPx, i) + 0.5 - mask.leftPx) * perPx - 0.5;
      if (u < -0.5 || u > size - 0.5) continue;
      const x0 = Math.min(Math.max(Math.floor(u), 0), size - 1);
      const x1 = Math.min(x0 + 1, size - 1);
      const fx = Math.min(Math.max(u - x0, 0), 1);
      const top = values[y0 * size + x0] * (1 - fx) + values[y0 * size + x1] * fx;
      const bottom = values[y1 * size + x0] * (1 - fx) + values[y1 * size + x1] * fx;
      out[j * columns + i] = (top * (1 - fy) + bottom * fy) / 255;
    }
  }
  return out;
}
