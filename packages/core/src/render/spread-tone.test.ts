import { describe, expect, it } from 'vitest';
import { CURRENT_CALIBRATION } from '../pigment/calibration.ts';
import { cellGrid } from './cell-grid.ts';
import type { SeenDots } from './see-dots.ts';
import { spreadTone } from './spread-tone.ts';

const SIDE = 200;
const PX_PER_MM = 4;
const grid = cellGrid(0, 0, SIDE, SIDE, 2);

/** A dot every second pixel where `isThere`, each of volume 1. */
function dotsWhere(isThere: (x: number, y: number) => boolean): SeenDots {
  const xy: [number, number][] = [];
  for (let y = 1; y < SIDE - 1; y += 2) for (let x = 1; x < SIDE - 1; x += 2) if (isThere(x, y)) xy.push([x, y]);
  const plane = (v: number): Float32Array => new Float32Array(xy.length).fill(v);
  return {
    count: xy.length,
    index: Uint32Array.from(xy, (_, i) => i),
    xPx: Float32Array.from(xy, ([x]) => x),
    yPx: Float32Array.from(xy, ([, y]) => y),
    pxPerMm: plane(PX_PER_MM),
    nx: plane(0),
    ny: plane(0),
    volume: plane(1),
    meanVolume: plane(1),
    spread: plane(1),
    defocus: plane(0),
    width: plane(1),
  };
}

const isInDisc = (x: number, y: number): boolean => Math.hypot(x - 100, y - 100) < 70;
const disc = Float32Array.from({ length: grid.columns * grid.rows }, (_, k) =>
  isInDisc(2 * (k % grid.columns) + 0.5, 2 * Math.floor(k / grid.columns) + 0.5) ? 1 : 0,
);
const at = (plane: Float32Array, x: number, y: number): number =>
  plane[Math.round(y / 2) * grid.columns + Math.round(x / 2)];

describe('spreadTone', () => {
  it('has no rim where the head ends: an even work is even up to its outline', () => {
    const tone = spreadTone(dotsWhere(isInDisc), grid, disc, PX_PER_MM, CURRENT_CALIBRATION);
    expect(at(tone, 100, 100)).toBeCloseTo(0.25, 3);
    for (let turn = 0; turn < 6.28; turn += 0.1) {
      const rim = at(tone, 100 + 66 * Math.cos(turn), 100 + 66 * Math.sin(turn));
      expect(Math.abs(rim / 0.25 - 1)).toBeLessThan(0.08);
    }
  });

  it('goes on beyond the end of the model as it is there, without a line where a spread ends', () => {
    const tone = spreadTone(dotsWhere(isInDisc), grid, disc, PX_PER_MM, CURRENT_CALIBRATION);
    for (let turn = 0; turn < 6.28; turn += 0.1) {
      const beyond = (px: number): number => at(tone, 100 + px * Math.cos(turn), 100 + px * Math.sin(turn)) / 0.25;
      for (let px = 66; px < 70 + 2.5 * PX_PER_MM; px += 2) {
        expect(beyond(px)).toBeGreaterThan(0.75);
        expect(Math.abs(beyond(px + 2) - beyond(px))).toBeLessThan(0.3);
      }
    }
  });

  it('runs out at the front edge, which is no border of the domain, and keeps the sum there', () => {
    const everywhere = new Float32Array(disc.length).fill(1);
    const dots = dotsWhere((x, y) => y < 100 && y > 40 && x > 40 && x < 160);
    const tone = spreadTone(dots, grid, everywhere, PX_PER_MM, CURRENT_CALIBRATION);
    expect(at(tone, 100, 70)).toBeCloseTo(0.25, 2);
    expect(at(tone, 100, 100) / 0.25).toBeGreaterThan(0.35);
    expect(at(tone, 100, 100) / 0.25).toBeLessThan(0.65);
    expect(at(tone, 100, 130)).toBeLessThan(0.01);
    const sum = tone.reduce((total, v) => total + 4 * v, 0);
    expect(sum / dots.count).toBeCloseTo(1, 2);
  });

  it('leaves out dots off the domain and is nothing far from it', () => {
    const tone = spreadTone(
      dotsWhere(() => true),
      grid,
      disc,
      PX_PER_MM,
      CURRENT_CALIBRATION,
    );
    expect(at(tone, 5, 5)).toBe(0);
    expect(at(tone, 100, 100)).toBeCloseTo(0.25, 2);
  });
});
