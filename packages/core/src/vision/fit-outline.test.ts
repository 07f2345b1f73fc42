import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { headMesh } from '../head/head-mesh.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { populationShape } from '../head/solve-head.ts';
import { seededGenerator } from '../random/generator.ts';
import { project, toCamera } from '../vec/camera.ts';
import { fitOutline, RAYS } from './fit-outline.ts';
import type { OutlineInput } from './fit-outline.ts';
import { CRANIUM_CENTRE, headOutlinePx } from './head-outline.ts';
import type { SoftMask } from './pixels.ts';
import { cameraOn, misjudged, personMask } from './testing/person-mask.ts';

const SIDE = 1024;
const MIDDLE = (SIDE - 1) / 2;
const SQUARE = { leftPx: 190, topPx: 90, sidePx: 640 };
const PRIOR: HeadShape = { ...populationShape({ sex: 'm', ageYears: null }), face: 1 };

const input = (camera: OutlineInput['camera'], person: SoftMask, hair: SoftMask | null = null): OutlineInput => ({
  camera,
  photoWidthPx: SIDE,
  photoHeightPx: SIDE,
  person,
  hair,
  prior: PRIOR,
});

describe('the outline of a head', () => {
  it('is where its mesh ends, by brute force, within 0.1 px', () => {
    const shape = { face: 1, width: 1.04, height: 1.08, length: 1.03 };
    const mesh = headMesh(buildHead(shape, 257), 128);
    for (const [yaw, pitch, roll] of [
      [8, 12, 5],
      [-25, 30, -10],
      [2, -12, 0],
    ]) {
      const camera = cameraOn(2200, MIDDLE, 1000, yaw, pitch, roll);
      const centre = project(camera, CRANIUM_CENTRE);
      const rays = [-70, -41, -13, 0, 22, 55, 70].map((a) => {
        const t = ((a + roll) * Math.PI) / 180;
        return [Math.sin(t), -Math.cos(t)] as const;
      });
      const farthest = rays.map(() => 0);
      const image = Array.from({ length: mesh.positionsMm.length / 3 }, (_, k) =>
        project(camera, [mesh.positionsMm[3 * k], mesh.positionsMm[3 * k + 1], mesh.positionsMm[3 * k + 2]]),
      );
      for (let k = 0; k < mesh.triangles.length; k++) {
        const a = image[mesh.triangles[k]];
        const b = image[mesh.triangles[k % 3 === 2 ? k - 2 : k + 1]];
        rays.forEach(([ex, ey], r) => {
          const sideA = (a[0] - centre[0]) * ey - (a[1] - centre[1]) * ex;
          const sideB = (b[0] - centre[0]) * ey - (b[1] - centre[1]) * ex;
          if (sideA * sideB > 0 || sideA === sideB) return;
          const t = sideA / (sideA - sideB);
          const px = (a[0] + t * (b[0] - a[0]) - centre[0]) * ex + (a[1] + t * (b[1] - a[1]) - centre[1]) * ey;
          farthest[r] = Math.max(farthest[r], px);
        });
      }
      const outline = headOutlinePx(camera, shape, toCamera(camera, CRANIUM_CENTRE), rays);
      outline.forEach((px, r) => expect(Math.abs(px - farthest[r])).toBeLessThan(0.1));
    }
  });
});

describe('fitting the outline', () => {
  it('recovers width, height and turn of heads seen with a wrong yaw', () => {
    const random = seededGenerator(31);
    const near = (spread: number): number => spread * (2 * random() - 1);
    for (let round = 0; round < 8; round++) {
      const shape = {
        ...PRIOR,
        width: PRIOR.width * (1 + near(0.07)),
        height: PRIOR.height * (1 + near(0.1)),
      };
      const truth = cameraOn(2200, MIDDLE, 1000, near(20), 10 + near(15), near(8));
      const yawError = near(5);
      const fit = fitOutline(input(misjudged(truth, yawError, 0), personMask(truth, shape, SQUARE)));
      expect(Math.abs(fit.widthRatio / shape.width - 1)).toBeLessThan(0.012);
      expect(Math.abs(fit.heightRatio / shape.height - 1)).toBeLessThan(0.012);
      expect(Math.abs((fit.turnedRad * 180) / Math.PI + yawError)).toBeLessThan(0.4);
      expect(fit.raysUsed).toBe(RAYS);
      expect(fit.rmsPx).toBeLessThan(1);
      expect(fit.relative).toBeLessThan(0.005);
      // The camera that comes out is the true one.
      fit.camera.R.forEach((r, k) => expect(Math.abs(r - truth.R[k])).toBeLessThan(0.008));
    }
  });

  it('covers width and height when pitch and focal length are wrong too', () => {
    const random = seededGenerator(32);
    const near = (spread: number): number => spread * (2 * random() - 1);
    let inside = 0;
    for (let round = 0; round < 20; round++) {
      const shape = {
        face: 1,
        width: PRIOR.width * (1 + near(0.07)),
        height: PRIOR.height * (1 + near(0.1)),
        length: PRIOR.length * (1 + near(0.06)),
      };
      const truth = cameraOn(2200, MIDDLE, 1000, near(15), 8 + near(12), near(5));
      const k = 1.2 + near(0.5);
      const guess = misjudged(truth, near(4), near(3));
      const middle = guess.R[7] * 20 + guess.R[8] * 75;
      const farther = {
        ...guess,
        f: guess.f * k,
        t: [guess.t[0], guess.t[1], (guess.t[2] + middle) * k - middle] as const,
      };
      const fit = fitOutline(input(farther, personMask(truth, shape, SQUARE, 96)));
      if (Math.abs(Math.log(fit.widthRatio / shape.width)) < 1.96 * fit.widthSd) inside++;
      if (Math.abs(Math.log(fit.heightRatio / shape.height)) < 1.96 * fit.heightSd) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(36);
  });

  it('tells how large an outline it was given, turned as from the front', () => {
    const larger = 1.08;
    const shape = {
      ...PRIOR,
      width: PRIOR.width * larger,
      height: PRIOR.height * larger,
      length: PRIOR.length * larger,
    };
    for (const [yaw, pitch] of [
      [0, 5],
      [40, 0],
      [60, 0],
      [-40, 20],
    ]) {
      const camera = cameraOn(2200, MIDDLE, 1000, yaw, pitch, 0);
      const { areaRatio } = fitOutline(input(camera, personMask(camera, shape, SQUARE)));
      expect(Math.abs(areaRatio / (larger * larger) - 1)).toBeLessThan(0.06);
    }
  });

  it('does not take hair at the sides for skull', () => {
    const camera = cameraOn(2200, MIDDLE, 1000, 4, 8, 0);
    const bald = personMask(camera, PRIOR, SQUARE);
    const bushy = personMask(camera, { ...PRIOR, width: PRIOR.width * 1.22 }, SQUARE);
    // Hair below the top of the cranium only.
    const from = Math.round(((MIDDLE - 150 - SQUARE.topPx) * bald.size) / SQUARE.sidePx) * bald.size;
    const values = bald.values.map((v, k) => (k < from ? v : Math.max(v, bushy.values[k])));
    const hair = { ...bald, values: bushy.values.map((v, k) => (k < from ? 0 : Math.max(0, v - bald.values[k]))) };
    const seen = fitOutline(input(camera, { ...bald, values }));
    const told = fitOutline(input(camera, { ...bald, values }, hair));
    expect(seen.widthRatio / PRIOR.width).toBeLessThan(1.02);
    expect(told.widthRatio / PRIOR.width).toBeLessThan(1.003);
    expect(seen.raysHair).toBeGreaterThan(4);
    expect(seen.raysUsed + seen.raysHair).toBe(RAYS);
    // Neither is a mismatch; a hat is.
    expect(seen.relative).toBeLessThan(0.015);
    expect(told.relative).toBeLessThan(0.015);
    const hat = personMask(camera, { ...PRIOR, width: PRIOR.width * 1.4, height: PRIOR.height * 1.2 }, SQUARE);
    const brim = Math.round(((MIDDLE - 190 - SQUARE.topPx) * bald.size) / SQUARE.sidePx) * bald.size;
    const worn = fitOutline(
      input(camera, { ...bald, values: bald.values.map((v, k) => (k < brim ? hat.values[k] : v)) }),
    );
    expect(worn.relative).toBeGreaterThan(0.02);
  });

  it('counts the rays that leave the photo, and still fits a cropped crown by its sides', () => {
    const camera = cameraOn(2200, MIDDLE, 1000, 3, 8, 0);
    const shape = { ...PRIOR, width: PRIOR.width * 1.05 };
    const topPx = 320;
    const whole = personMask(camera, shape, SQUARE);
    // The photo starts 320 px lower: the crown is cut off, the mask ends there too.
    const perPx = whole.size / SQUARE.sidePx;
    const cut = Math.round((topPx - SQUARE.topPx) * perPx) * whole.size;
    const person = { ...whole, topPx: SQUARE.topPx - topPx, values: whole.values.map((v, k) => (k < cut ? 0 : v)) };
    const fit = fitOutline({ ...input({ ...camera, cy: camera.cy - topPx }, person), photoHeightPx: SIDE - topPx });
    expect(fit.raysCropped).toBeGreaterThan(10);
    expect(fit.raysUsed).toBeGreaterThan(10);
    expect(fit.raysUsed + fit.raysCropped).toBe(RAYS);
    expect(Math.abs(fit.widthRatio / shape.width - 1)).toBeLessThan(0.02);
    expect(Math.abs(fit.heightRatio / PRIOR.height - 1)).toBeLessThan(0.06);
  });

  it('says so when nobody is there', () => {
    const camera = cameraOn(2200, MIDDLE, 1000, 0, 0, 0);
    const nobody = { ...SQUARE, size: 64, values: new Uint8Array(64 * 64) };
    const fit = fitOutline(input(camera, nobody));
    expect(fit.raysUsed).toBe(0);
    expect(fit.relative).toBe(Infinity);
    expect(fit.widthRatio).toBeCloseTo(PRIOR.width, 10);
  });
});
