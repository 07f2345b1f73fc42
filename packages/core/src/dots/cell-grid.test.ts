import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { cellOf, frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';

const random = seededGenerator(1);
const count = 800;
const xyz = Float64Array.from({ length: 3 * count }, () => (random() - 0.5) * 37);

describe('sortIntoCells', () => {
  it('finds in the 27 cells around a point exactly the neighbours that brute force finds', () => {
    const cellMm = 3.1;
    const { frame, start, order } = sortIntoCells(frameAround(xyz, count, cellMm), xyz, count);
    const [nx, ny] = frame.cells;
    for (let p = 0; p < count; p++) {
      const isNear = (q: number): boolean =>
        q !== p && [0, 1, 2].reduce((d2, c) => d2 + (xyz[3 * q + c] - xyz[3 * p + c]) ** 2, 0) < cellMm * cellMm;
      const found: number[] = [];
      const cell = cellOf(frame, xyz[3 * p], xyz[3 * p + 1], xyz[3 * p + 2]);
      for (let layer = -1; layer <= 1; layer++) {
        for (let row = -1; row <= 1; row++) {
          const middle = cell + nx * (row + ny * layer);
          for (let k = start[middle - 1]; k < start[middle + 2]; k++) if (isNear(order[k])) found.push(order[k]);
        }
      }
      const expected = Array.from({ length: count }, (_, q) => q).filter(isNear);
      expect(found.sort((a, b) => a - b)).toEqual(expected);
    }
  });

  it('keeps the order of points within a cell, and every point once', () => {
    const { start, order } = sortIntoCells(frameAround(xyz, count, 9), xyz, count);
    expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    for (let c = 0; c + 1 < start.length; c++) {
      for (let k = start[c] + 1; k < start[c + 1]; k++) expect(order[k]).toBeGreaterThan(order[k - 1]);
    }
  });

  it('refuses points outside its frame, on its outermost cells and not a number', () => {
    const frame = frameAround(xyz, count, 4);
    expect(() => sortIntoCells(frame, [100, 0, 0], 1)).toThrow('point 0 lies outside the grid');
    expect(() => sortIntoCells(frame, [frame.minMm[0] + 1, 0, 0], 1)).toThrow(RangeError);
    expect(() => sortIntoCells(frame, [NaN, 0, 0], 1)).toThrow(RangeError);
  });

  it('takes no points at all', () => {
    expect(sortIntoCells(frameAround([], 0, 4), [], 0).order.length).toBe(0);
  });
});

describe('gatherPoints', () => {
  it('writes coordinates in the order asked for', () => {
    expect(Array.from(gatherPoints([1, 2, 3, 4, 5, 6], Int32Array.of(1, 0)))).toEqual([4, 5, 6, 1, 2, 3]);
  });
});
