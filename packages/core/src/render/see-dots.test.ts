import { describe, expect, it } from 'vitest';
import type { Dots } from '../dots/dots.ts';
import { CURRENT_CALIBRATION } from '../pigment/calibration.ts';
import type { OpticalCalibration } from '../pigment/calibration.ts';
import { cameraPosition, project } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { dot, length, subtract } from '../vec/vec3.ts';
import { FULL_FACING, LEAST_FACING, facingShare, opticalAreaMm2, seeDots } from './see-dots.ts';
import type { SeenDots } from './see-dots.ts';
import { syntheticScene } from './testing/synthetic-scene.ts';

const { camera, dots, photo } = syntheticScene();
const seenBy = (calibration: OpticalCalibration): SeenDots =>
  seeDots(dots, camera, calibration, photo.widthPx, photo.heightPx);
const seen = seenBy(CURRENT_CALIBRATION);
const vectorAt = (values: ArrayLike<number>, i: number): Vec3 => [values[3 * i], values[3 * i + 1], values[3 * i + 2]];
const facingOf = (i: number): number => {
  const sight = subtract(cameraPosition(camera), vectorAt(dots.positionMm, i));
  return dot(sight, vectorAt(dots.normal, i)) / length(sight);
};

describe('seeDots', () => {
  it('sees exactly the dots that face the camera, where they project to', () => {
    const index = Array.from(seen.index.subarray(0, seen.count));
    const expected = Array.from({ length: dots.count }, (_, i) => i).filter((i) => facingOf(i) > LEAST_FACING);
    expect(index).toEqual(expected);
    expect(seen.count).toBeGreaterThan(1000);
    expect(seen.count).toBeLessThan(dots.count);
    const { xPx, yPx } = seenBy({ ...CURRENT_CALIBRATION, strayMm: 0 });
    index.forEach((i, k) => {
      const [x, y] = project(camera, vectorAt(dots.positionMm, i));
      expect(xPx[k]).toBeCloseTo(x, 3);
      expect(yPx[k]).toBeCloseTo(y, 3);
    });
  });

  it('sets each beside its place, evenly to all sides, within the plane of the skin', () => {
    const { strayMm } = CURRENT_CALIBRATION;
    const exact = seenBy({ ...CURRENT_CALIBRATION, strayMm: 0 });
    let [right, down, squares] = [0, 0, 0];
    for (let k = 0; k < seen.count; k++) {
      const [x, y] = [seen.xPx[k] - exact.xPx[k], seen.yPx[k] - exact.yPx[k]].map((v) => v / seen.pxPerMm[k]);
      expect(Math.hypot(x, y)).toBeLessThan(strayMm * Math.SQRT2 + 1e-3);
      const [nx, ny] = [seen.nx[k], seen.ny[k]];
      const slope = Math.hypot(nx, ny);
      // Toward where the skin turns away it is seen shortened.
      if (slope > 0.1)
        expect(Math.abs(x * nx + y * ny) / slope).toBeLessThan(strayMm * Math.SQRT2 * facingOf(seen.index[k]) + 0.04);
      right += x;
      down += y;
      squares += x * x;
    }
    expect(Math.abs(right / seen.count)).toBeLessThan(0.02);
    expect(Math.abs(down / seen.count)).toBeLessThan(0.02);
    expect(squares / seen.count).toBeGreaterThan(0.02);
  });

  it('gives each the optical area of the calibration in the mean, foreshortened as it is seen', () => {
    let sum = 0;
    let n = 0;
    for (let k = 0; k < seen.count; k++) {
      const facing = facingOf(seen.index[k]);
      if (facing < FULL_FACING) continue;
      sum += seen.volume[k] / (seen.pxPerMm[k] * seen.pxPerMm[k] * facing);
      n++;
    }
    // Dots vary by 0.35: the mean of some thousands is good to a hundredth.
    expect(sum / n / opticalAreaMm2(CURRENT_CALIBRATION)).toBeCloseTo(1, 1);
    // What the calibration means: at its density, that coverage.
    expect(1 - Math.exp(-opticalAreaMm2(CURRENT_CALIBRATION) * 0.85)).toBeCloseTo(CURRENT_CALIBRATION.coverage, 10);
  });

  it('weighs a dot by its strength and the area of its disc', () => {
    const changed = (change: Partial<Dots>) =>
      seeDots({ ...dots, ...change }, camera, CURRENT_CALIBRATION, photo.widthPx, photo.heightPx);
    const faint = changed({ strength: new Float32Array(dots.count).fill(0.25) });
    const wide = changed({ diameterMm: new Float32Array(dots.count).fill(0.3) });
    for (let k = 0; k < seen.count; k += 50) {
      expect(faint.volume[k] / seen.volume[k]).toBeCloseTo(0.25, 4);
      expect(wide.volume[k] / seen.volume[k]).toBeCloseTo(4, 3);
      expect(wide.width[k] / seen.width[k]).toBeCloseTo(2, 4);
    }
  });

  it('leaves out what lies beside the photo or behind the camera', () => {
    expect(seeDots(dots, camera, CURRENT_CALIBRATION, 10, 10).count).toBe(0);
    const behind = { ...camera, t: [0, 0, -800] as Vec3 };
    expect(seeDots(dots, behind, CURRENT_CALIBRATION, photo.widthPx, photo.heightPx).count).toBe(0);
  });

  it('fades dots in at the outline', () => {
    expect([facingShare(LEAST_FACING), facingShare(FULL_FACING), facingShare(1)]).toEqual([0, 1, 1]);
  });
});
