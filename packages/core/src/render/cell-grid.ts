/**
 * The part of the photo that is worked on, and a coarser grid of cells over it for everything smooth.
 *
 * Normals, shading, veils and masks change over millimetres; on cells of about half a millimetre they cost a
 * hundredth of what they would on the pixels of a large photo, and are read back bilinearly.
 */
import type { Pixels, SoftMask } from '../vision/pixels.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';

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

/** Pixels of a row of the grid from `from` up to `to`. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** The row of cells above a row of pixels, and how far the pixels are on the way to the next. */
export function cellRowOf({ cellPx, rows }: CellGrid, row: number): { readonly j: number; readonly fy: number } {
  const gy = Math.min(Math.max((row - (cellPx - 1) / 2) / cellPx, 0), rows - 1);
  const j = Math.min(Math.floor(gy), Math.max(0, rows - 2));
  return { j, fy: gy - j };
}

/** Where, in each row of pixels, a plane of cells may read as more than `least`; an empty span where nowhere. */
export function spansAbove(plane: Float32Array, grid: CellGrid, least: number): RowSpan[] {
  const { cellPx, columns, rows, widthPx, heightPx } = grid;
  const first = new Int32Array(rows).fill(columns);
  const last = new Int32Array(rows).fill(-1);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      if (!(plane[j * columns + i] > least)) continue;
      first[j] = Math.min(first[j], i);
      last[j] = i;
    }
  }
  return Array.from({ length: heightPx }, (_, row) => {
    const { j } = cellRowOf(grid, row);
    const below = Math.min(j + 1, rows - 1);
    const end = Math.max(last[j], last[below]);
    // A cell is felt as far as the centres of its neighbours.
    const from = Math.max(0, (Math.min(first[j], first[below]) - 1) * cellPx);
    return end < 0 ? { from: 0, to: 0 } : { from, to: Math.min(widthPx, (end + 2) * cellPx) };
  });
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

/** Mean light of each cell: three planes, red, green, blue. */
export function meanLight(photo: Pixels, grid: CellGrid): readonly [Float32Array, Float32Array, Float32Array] {
  const { leftPx, topPx, widthPx, heightPx, cellPx, columns, rows } = grid;
  const planes = [0, 1, 2].map(() => new Float32Array(columns * rows)) as [Float32Array, Float32Array, Float32Array];
  const [red, green, blue] = planes;
  const { rgba } = photo;
  for (let j = 0; j < rows; j++) {
    const y1 = Math.min(heightPx, (j + 1) * cellPx);
    for (let i = 0; i < columns; i++) {
      const x1 = Math.min(widthPx, (i + 1) * cellPx);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = j * cellPx; y < y1; y++) {
        let p = 4 * ((topPx + y) * photo.widthPx + leftPx + i * cellPx);
        for (let x = i * cellPx; x < x1; x++, p += 4) {
          r += LIGHT_OF_CODE[rgba[p]];
          g += LIGHT_OF_CODE[rgba[p + 1]];
          b += LIGHT_OF_CODE[rgba[p + 2]];
        }
      }
      const share = 1 / ((x1 - i * cellPx) * (y1 - j * cellPx));
      const k = j * columns + i;
      red[k] = r * share;
      green[k] = g * share;
      blue[k] = b * share;
    }
  }
  return planes;
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
