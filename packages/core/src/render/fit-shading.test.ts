import { describe, expect, it } from 'vitest';
import type { Colour3 } from '../pigment/lab.ts';
import { seededGenerator } from '../random/generator.ts';
import { fitShading } from './fit-shading.ts';
import type { HeadRaster } from './raster-head.ts';

const SIDE = 60;
const SKIN: Colour3 = [0.5, 0.31, 0.22];

/** Half a sphere facing the camera. */
function dome(): HeadRaster {
  const raster = {
    depthMm: new Float32Array(SIDE * SIDE),
    normal: new Float32Array(3 * SIDE * SIDE),
    facing: new Float32Array(SIDE * SIDE),
  };
  for (let k = 0; k < SIDE * SIDE; k++) {
    const x = ((k % SIDE) - 29.5) / 30;
    const y = (Math.floor(k / SIDE) - 29.5) / 30;
    if (x * x + y * y > 0.92) continue;
    const z = -Math.sqrt(1 - x * x - y * y);
    raster.depthMm[k] = 900;
    raster.normal.set([x, y, z], 3 * k);
    raster.facing[k] = -z;
  }
  return raster;
}

const raster = dome();
const isSkin = Uint8Array.from(raster.depthMm, (d) => (d > 0 ? 1 : 0));
/** Brightness under a lamp from the upper left, as second-order harmonics. */
const lit = (k: number): number => {
  const [x, y, z] = raster.normal.subarray(3 * k, 3 * k + 3);
  return 0.7 - 0.25 * x - 0.2 * y - 0.3 * z + 0.08 * x * z + 0.05 * (x * x - y * y);
};
const shot = (shade: (k: number, c: number) => number): [Float32Array, Float32Array, Float32Array] => {
  const plane = (c: number): Float32Array =>
    raster.depthMm.map((d, k) => (d > 0 ? SKIN[c] * lit(k) * shade(k, c) : 0.1));
  return [plane(0), plane(1), plane(2)];
};

/** Largest |fitted / true - 1| of green over the dome. */
const worst = (light: readonly Float32Array[]): number => {
  let most = 0;
  light[1].forEach((v, k) => {
    if (raster.depthMm[k] > 0) most = Math.max(most, Math.abs(v / (SKIN[1] * lit(k)) - 1));
  });
  return most;
};

describe('fitShading', () => {
  it('recovers the light of plain skin from a photo of it', () => {
    const shading = fitShading(
      raster,
      shot(() => 1),
      isSkin,
      SKIN,
    );
    expect(worst(shading.light)).toBeLessThan(0.02);
    expect(shading.spread).toBeLessThan(0.01);
    expect(shading.luminance[0]).toBe(0);
  });

  it('is not led astray by grain', () => {
    const random = seededGenerator(3);
    const shading = fitShading(
      raster,
      shot(() => 0.95 + 0.1 * random()),
      isSkin,
      SKIN,
    );
    expect(worst(shading.light)).toBeLessThan(0.04);
    expect(shading.spread).toBeGreaterThan(0.01);
  });

  it('looks through dark hair on a third of the skin and a highlight on some more', () => {
    const hair = (k: number): boolean => k % SIDE < 22;
    const glint = (k: number): boolean => Math.hypot((k % SIDE) - 42, Math.floor(k / SIDE) - 20) < 6;
    const photo = shot((k, c) => (hair(k) ? [0.07, 0.08, 0.09][c] : glint(k) ? [1.5, 1.8, 2.1][c] : 1));
    const shading = fitShading(raster, photo, isSkin, SKIN);
    // Away from the hair the fit is close; under it, it extrapolates.
    const seen = shading.light.map((plane) => plane.map((v, k) => (hair(k) ? SKIN[1] * lit(k) : v)));
    expect(worst(seen)).toBeLessThan(0.06);
    expect(worst(shading.light)).toBeLessThan(0.3);
  });

  it("looks through hair of the skin's own colour, told by its darkness alone", () => {
    const shading = fitShading(
      raster,
      shot((k) => (k % 4 === 0 ? 0.35 : 1)),
      isSkin,
      SKIN,
    );
    expect(worst(shading.light)).toBeLessThan(0.04);
  });

  it("stands on the forehead's colour when there is no skin to look at", () => {
    const shading = fitShading(
      raster,
      shot(() => 1),
      new Uint8Array(isSkin.length),
      SKIN,
    );
    const k = 30 * SIDE + 30;
    SKIN.forEach((v, c) => expect(shading.light[c][k]).toBeCloseTo(v, 2));
  });
});
