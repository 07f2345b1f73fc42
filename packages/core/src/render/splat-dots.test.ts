import { describe, expect, it } from 'vitest';
import { CURRENT_CALIBRATION } from '../pigment/calibration.ts';
import { seededGenerator } from '../random/generator.ts';
import { cellGrid } from './cell-grid.ts';
import type { SeenDots } from './see-dots.ts';
import { splatDots } from './splat-dots.ts';

const SIDE = 96;
const grid = cellGrid(20, 30, SIDE, SIDE, 2);

function oneDot(change: {
  pxPerMm: number;
  nx?: number;
  ny?: number;
  xPx?: number;
  yPx?: number;
  width?: number;
}): SeenDots {
  const { pxPerMm, nx = 0, ny = 0, xPx = 68.3, yPx = 77.6, width = 1 } = change;
  const [x, y, scale, a, b, wide] = [xPx, yPx, pxPerMm, nx, ny, width].map((v) => Float32Array.of(v));
  return {
    count: 1,
    index: Uint32Array.of(0),
    xPx: x,
    yPx: y,
    pxPerMm: scale,
    nx: a,
    ny: b,
    volume: Float32Array.of(2.5),
    meanVolume: Float32Array.of(2.5),
    spread: Float32Array.of(1),
    defocus: Float32Array.of(0),
    width: wide,
  };
}

/** Sum, centre and variances of what was drawn. */
function moments(plane: Float32Array) {
  let [sum, mx, my] = [0, 0, 0];
  plane.forEach((v, k) => {
    sum += v;
    mx += v * (20 + (k % SIDE));
    my += v * (30 + Math.floor(k / SIDE));
  });
  mx /= sum;
  my /= sum;
  let [xx, yy, xy] = [0, 0, 0];
  plane.forEach((v, k) => {
    const [dx, dy] = [20 + (k % SIDE) - mx, 30 + Math.floor(k / SIDE) - my];
    xx += (v * dx * dx) / sum;
    yy += (v * dy * dy) / sum;
    xy += (v * dx * dy) / sum;
  });
  return { sum, mx, my, xx, yy, xy };
}

const style = { dotScale: 1, softness: 1, blurPx: 0.6 };

describe('splatDots', () => {
  it("keeps a dot's volume at every tilt, scale, place and sharpness", () => {
    const random = seededGenerator(1);
    for (const pxPerMm of [0.5, 2, 6, 15]) {
      for (const blurPx of [0.6, 1.5, 3]) {
        for (let n = 0; n < 12; n++) {
          const tilt = 0.99 * random();
          const turn = 6.28 * random();
          const dot = oneDot({
            pxPerMm,
            nx: tilt * Math.cos(turn),
            ny: tilt * Math.sin(turn),
            xPx: 60 + 10 * random(),
            yPx: 70 + 10 * random(),
          });
          const { sum, mx, my } = moments(splatDots(dot, grid, CURRENT_CALIBRATION, { ...style, blurPx }));
          expect(Math.abs(sum / 2.5 - 1)).toBeLessThan(0.012);
          expect(Math.hypot(mx - dot.xPx[0], my - dot.yPx[0])).toBeLessThan(0.03);
        }
      }
    }
  });

  it("is a disc with the camera's blur seen squarely, and as narrow as it is tilted seen askew", () => {
    const { drawnDiameterMm, skinSpreadMm } = CURRENT_CALIBRATION;
    const skin = (drawnDiameterMm * drawnDiameterMm) / 16 + skinSpreadMm * skinSpreadMm;
    const flat = moments(splatDots(oneDot({ pxPerMm: 12 }), grid, CURRENT_CALIBRATION, style));
    const askew = moments(splatDots(oneDot({ pxPerMm: 12, nx: 0.8 }), grid, CURRENT_CALIBRATION, style));
    expect(flat.xx / (skin * 144 + 0.36)).toBeCloseTo(1, 1);
    expect(flat.yy / flat.xx).toBeCloseTo(1, 1);
    // cos^2 of the tilt is 0.36.
    expect(askew.xx / (0.36 * skin * 144 + 0.36)).toBeCloseTo(1, 1);
    expect(askew.yy / flat.yy).toBeCloseTo(1, 1);
    const slanted = moments(splatDots(oneDot({ pxPerMm: 12, nx: 0.6, ny: 0.6 }), grid, CURRENT_CALIBRATION, style));
    expect(slanted.xy).toBeLessThan(-0.3);
  });

  it("grows with the look's scale and softness, but keeps the volume", () => {
    const sizes = [
      [1, 1],
      [1.7, 1],
      [1.7, 1.5],
    ].map(([dotScale, softness]) =>
      moments(splatDots(oneDot({ pxPerMm: 10 }), grid, CURRENT_CALIBRATION, { ...style, dotScale, softness })),
    );
    expect(sizes[1].xx).toBeGreaterThan(1.2 * sizes[0].xx);
    expect(sizes[2].xx).toBeGreaterThan(1.3 * sizes[1].xx);
    for (const { sum } of sizes) expect(sum).toBeCloseTo(2.5, 1);
  });

  it('draws the part of a dot that lies in the picture and no more', () => {
    const cut = moments(splatDots(oneDot({ pxPerMm: 10, xPx: 19.5 }), grid, CURRENT_CALIBRATION, style));
    expect(cut.sum / 2.5).toBeCloseTo(0.5, 1);
    expect(splatDots(oneDot({ pxPerMm: 10, xPx: 500 }), grid, CURRENT_CALIBRATION, style).every((v) => v === 0)).toBe(
      true,
    );
  });
});
