import { describe, expect, it } from 'vitest';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import { seededGenerator } from '../random/generator.ts';
import {
  cellCentre,
  cellGrid,
  cellRowOf,
  cellRunsAbove,
  coarsened,
  maskOnCells,
  meanLight,
  readAt,
  readEverywhere,
} from './cell-grid.ts';

const random = seededGenerator(2);

describe('cells over a photo', () => {
  it.each([1, 2, 3, 5])('of %d px exceed a level only inside their runs', (cellPx) => {
    const grid = cellGrid(0, 0, 60, 50, cellPx);
    const plane = Float32Array.from({ length: grid.columns * grid.rows }, () => (random() < 0.02 ? random() : 0));
    const runs = cellRunsAbove(plane, grid, 0.2);
    let inside = 0;
    for (let y = 0; y < 50; y++) {
      for (let x = 0; x < 60; x++) {
        // The last column whose centre is not behind the pixel.
        const i = Math.max(0, Math.floor((x - (cellPx - 1) / 2) / cellPx));
        const row = runs[cellRowOf(grid, y).j];
        const isInside = row.some((first, n) => n % 2 === 0 && i >= first && i <= row[n + 1]);
        if (isInside) inside++;
        else expect(readAt(plane, grid, x, y)).not.toBeGreaterThan(0.2);
      }
    }
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThan(60 * 50);
  });

  it('give back at their centres what they hold', () => {
    const grid = cellGrid(3, 5, 40, 24, 4);
    const plane = Float32Array.from({ length: grid.columns * grid.rows }, () => random());
    for (let j = 0; j < grid.rows; j++) {
      for (let i = 0; i < grid.columns; i++) {
        const v = readAt(plane, grid, cellCentre(3, 4, i), cellCentre(5, 4, j));
        expect(v).toBeCloseTo(plane[j * grid.columns + i], 6);
      }
    }
  });

  it('hold the mean light of their pixels, the last ones of what is left', () => {
    const widthPx = 23;
    const heightPx = 17;
    const rgba = Uint8ClampedArray.from({ length: 4 * widthPx * heightPx }, () => 255 * random());
    const grid = cellGrid(2, 3, 19, 13, 4);
    const [red, , blue] = meanLight({ widthPx, heightPx, rgba }, grid);
    expect([grid.columns, grid.rows]).toEqual([5, 4]);
    const mean = (i: number, j: number, c: number): number => {
      let sum = 0;
      let n = 0;
      for (let y = 3 + 4 * j; y < Math.min(16, 7 + 4 * j); y++) {
        for (let x = 2 + 4 * i; x < Math.min(21, 6 + 4 * i); x++, n++)
          sum += LIGHT_OF_CODE[rgba[4 * (y * widthPx + x) + c]];
      }
      return sum / n;
    };
    for (const [i, j] of [
      [0, 0],
      [3, 2],
      [4, 3],
      [4, 0],
    ]) {
      expect(red[j * 5 + i]).toBeCloseTo(mean(i, j, 0), 5);
      expect(blue[j * 5 + i]).toBeCloseTo(mean(i, j, 2), 5);
    }
  });

  it('make blocks of the mean of their cells, the last ones of what is left', () => {
    const grid = cellGrid(3, 5, 40, 26, 4);
    const planes = [0, 1, 2].map(() => Float32Array.from({ length: grid.columns * grid.rows }, () => random()));
    const { light, grid: blocks } = coarsened([planes[0], planes[1], planes[2]], grid, 3);
    expect([blocks.leftPx, blocks.topPx, blocks.cellPx, blocks.columns, blocks.rows]).toEqual([3, 5, 12, 4, 3]);
    const mean = (plane: Float32Array, cells: number[]): number =>
      cells.reduce((sum, k) => sum + plane[k], 0) / cells.length;
    expect(light[1][1]).toBeCloseTo(mean(planes[1], [3, 4, 5, 13, 14, 15, 23, 24, 25]), 6);
    expect(light[2][11]).toBeCloseTo(mean(planes[2], [69]), 6);
  });

  it.each([1, 2, 5])('of %d px are read at all pixels at once as one by one', (cellPx) => {
    const grid = cellGrid(3, 5, 33, 24, cellPx);
    const plane = Float32Array.from({ length: grid.columns * grid.rows }, () => random());
    readEverywhere(plane, grid).forEach((v, k) => {
      expect(v).toBeCloseTo(readAt(plane, grid, 3 + (k % 33), 5 + Math.floor(k / 33)), 6);
    });
  });

  it('read a soft mask where it lies and nothing outside its square', () => {
    const size = 16;
    // Rises from left to right: value 15 i + 7.5 at the sample's centre.
    const values = Uint8Array.from({ length: size * size }, (_, k) => Math.round(15 * (k % size) + 7.5));
    const mask = { leftPx: 10, topPx: 20, sidePx: 64, size, values };
    const grid = cellGrid(0, 0, 100, 100, 2);
    const cells = maskOnCells(mask, grid);
    const at = (x: number, y: number): number => cells[(y >> 1) * grid.columns + (x >> 1)];
    expect([at(4, 50), at(90, 50), at(40, 10), at(40, 90)]).toEqual([0, 0, 0, 0]);
    // Photo x 41 (the cell's middle, in units where pixel 0 spans 0 to 1) is 31 px into the square: sample 7.25.
    expect(at(40, 50)).toBeCloseTo((15 * 7.25 + 7.5) / 255, 2);
  });
});
