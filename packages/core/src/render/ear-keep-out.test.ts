import { describe, expect, it } from 'vitest';
import { landmarksOf } from '../head/landmarks.ts';
import { project } from '../vec/camera.ts';
import { multiply, rotationAboutX, rotationAboutY } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cellGrid, readAt } from './cell-grid.ts';
import { earKeepOut } from './ear-keep-out.ts';

const { leftTragion, rightTragion, glabella, vertex } = landmarksOf({ face: 1, width: 1, height: 1, length: 1 });
const grid = cellGrid(0, 0, 320, 320, 2);
const cameraFrom = (yaw: number) => ({
  f: 1900,
  cx: 160,
  cy: 220,
  R: multiply(rotationAboutX(Math.PI), rotationAboutY(yaw)),
  t: [0, 0, 1500] as Vec3,
});

describe('earKeepOut', () => {
  it('keeps work off both ears from the front and off the near one from the side', () => {
    for (const yaw of [0, -0.9, 0.9]) {
      const camera = cameraFrom(yaw);
      const keep = earKeepOut([leftTragion, rightTragion], camera, grid);
      const at = (p: Vec3): number => {
        const [x, y] = project(camera, p);
        return readAt(keep, grid, x, y);
      };
      for (const side of [-1, 1]) {
        // The middle of the ear and its rim, two centimetres out.
        expect(at([side * 76, -6, -14])).toBe(0);
        expect(at([side * 88, 5, -20])).toBe(0);
      }
      expect([at(glabella), at(vertex), at([0, 90, 80])]).toEqual([1, 1, 1]);
    }
  });

  it('fades over some millimetres and is the same on both sides', () => {
    const keep = earKeepOut([leftTragion, rightTragion], { ...cameraFrom(0), cx: 159.5 }, grid);
    let soft = 0;
    keep.forEach((v, k) => {
      const mirrored = keep[k - (k % grid.columns) + (grid.columns - 1 - (k % grid.columns))];
      expect(v).toBeCloseTo(mirrored, 4);
      if (v > 0 && v < 1) soft++;
    });
    expect(soft).toBeGreaterThan(50);
  });
});
