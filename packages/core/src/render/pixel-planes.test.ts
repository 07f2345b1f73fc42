import { describe, expect, it } from 'vitest';
import { smoothstep } from '../num/range.ts';
import { seededGenerator } from '../random/generator.ts';
import { cellGrid, meanLight, readAt } from './cell-grid.ts';
import { outlineColours, outlineShare } from './outline-share.ts';
import { insideShare, pixelPlanes } from './pixel-planes.ts';

const WIDTH = 97;
const HEIGHT = 83;
const PX_PER_MM = 2;
const random = seededGenerator(5);
const rgba = Uint8Array.from({ length: 4 * WIDTH * HEIGHT }, (_, i) =>
  i % 4 === 3 ? 255 : 60 + Math.floor(120 * random()),
);
const photo = { widthPx: WIDTH, heightPx: HEIGHT, rgba };
const quality = { mmPerPxAtHairline: 0.5, blurPx: 1, noiseCodes: 2 };

/**
 * A round head with soft edges, an ear at its side, work that thins out downwards, half of the skin darker than plain; the model
 * may stop short of its outline.
 */
function sceneOn(cellPx: number, shownPhoto = photo, shortMm = 0) {
  const grid = cellGrid(5, 4, 85, 71, cellPx);
  const plane = (value: (x: number, y: number) => number): Float32Array =>
    Float32Array.from({ length: grid.columns * grid.rows }, (_, k) =>
      value((k % grid.columns) * cellPx, Math.floor(k / grid.columns) * cellPx),
    );
  const inside = (x: number, y: number): number => 36 - Math.sqrt((x - 42) * (x - 42) + (y - 38) * (y - 38));
  const person = plane((x, y) => smoothstep(-3, 3, inside(x, y)));
  const light = plane((x, y) => (inside(x, y) > shortMm * PX_PER_MM ? 0.25 : 0));
  const cells = {
    veil: plane((_, y) => 0.3 * (1 - y / 50)),
    clear: plane((x, y) => smoothstep(10, 16, Math.abs(x - 20) + Math.abs(y - 40))),
    shading: { light: [light, light, light] as const, luminance: light, spread: 0 },
    shadow: plane(() => 0),
    domain: plane((x, y) => smoothstep(-1, 6, inside(x, y) - shortMm * PX_PER_MM)),
    outline: outlineColours(meanLight(shownPhoto, grid), grid, person, PX_PER_MM, quality.blurPx),
    shine: plane(() => 0),
    pale: plane((x) => x / 200),
  };
  return { grid, cells, planes: pixelPlanes({ photo: shownPhoto, quality }, grid, cells) };
}

describe('pixelPlanes', () => {
  it.each([1, 2, 3, 6])('reads cells of %d px as one reads them by themselves', (cellPx) => {
    const { grid, cells, planes } = sceneOn(cellPx);
    const inside = insideShare(cells.domain, grid, quality.mmPerPxAtHairline);
    let partly = 0;
    for (let y = 0; y < grid.heightPx; y++) {
      for (let x = 0; x < grid.widthPx; x++) {
        const at = (plane: Float32Array): number => readAt(plane, grid, grid.leftPx + x, grid.topPx + y);
        const k = y * grid.widthPx + x;
        const od = at(cells.veil);
        const share = outlineShare(photo, cells.outline, grid.leftPx + x, grid.topPx + y, at(cells.outline.outline));
        const open = od > 0.004 ? 255 * share * at(cells.clear) : 0;
        expect(Math.abs(planes.open[k] - open)).toBeLessThan(0.51);
        if (planes.open[k] === 0) continue;
        if (planes.open[k] < 255) partly++;
        expect(planes.veil[k]).toBeCloseTo(od, 6);
        expect(Math.abs(planes.pale[k] - 255 * at(cells.pale))).toBeLessThan(0.51);
        expect(Math.abs(planes.crisp[k] - 255 * smoothstep(0.5, 1, at(inside)))).toBeLessThan(0.51);
      }
    }
    expect(partly).toBeGreaterThan(100);
  });

  it('marks as changed what is open to work, and leaves everything else of the photo', () => {
    const { grid, planes } = sceneOn(3);
    planes.changed.forEach((value, at) => {
      const x = (at % WIDTH) - grid.leftPx;
      const y = Math.floor(at / WIDTH) - grid.topPx;
      const isInside = x >= 0 && y >= 0 && x < grid.widthPx && y < grid.heightPx;
      expect(value).toBe(isInside && planes.open[y * grid.widthPx + x] > 0 ? 1 : 0);
    });
  });

  it.each([1, 3])('of cells of %d px changes nothing outside its stretches, which come from the top down', (cellPx) => {
    const { grid, planes } = sceneOn(cellPx);
    const inside = new Uint8Array(planes.open.length);
    let before = 0;
    for (let n = 0; n < planes.stretches.length; n += 3) {
      const [y, first, end] = planes.stretches.subarray(n, n + 3);
      expect(y).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThan(first);
      inside.fill(1, y * grid.widthPx + first, y * grid.widthPx + end);
      before = y;
    }
    expect(planes.open.findIndex((open, k) => open > 0 && inside[k] === 0)).toBe(-1);
    expect(inside.indexOf(0)).not.toBe(-1);
  });

  it('finds present what is darker than plain skin, and grain within its bounds', () => {
    const { planes } = sceneOn(3);
    expect(Math.max(...planes.present)).toBeGreaterThan(100);
    expect(Math.max(...planes.detail)).toBe(24);
    expect(Math.min(...planes.detail)).toBe(-24);
  });

  it('knows hair beyond the model for there already, as far as work goes on there', () => {
    const all = { ...photo, rgba: photo.rgba.map((_, i) => (i % 4 === 3 ? 255 : 140)) };
    const hair = { ...photo, rgba: photo.rgba.map((_, i) => (i % 4 === 3 ? 255 : 25)) };
    const beyond = (shown: typeof photo): number[] => {
      const { planes } = sceneOn(1, shown, 4);
      return [...planes.open.keys()]
        .filter((k) => planes.open[k]! > 0 && planes.crisp[k] === 0)
        .map((k) => planes.present[k]!);
    };
    expect(beyond(hair).length).toBeGreaterThan(300);
    expect(Math.min(...beyond(hair))).toBeGreaterThan(200);
    expect(Math.max(...beyond(all))).toBe(0);
  });
});
