import { describe, expect, it } from 'vitest';
import { CURRENT_CALIBRATION } from '../pigment/calibration.ts';
import { toCamera } from '../vec/camera.ts';
import { gaussianBlur } from './blur.ts';
import { cellGrid, cellPlaceAt, readAt } from './cell-grid.ts';
import { fitRim, rasterAtRim, seenAtRim } from './fit-rim.ts';
import type { Rim } from './fit-rim.ts';
import { prepareScene } from './prepare-scene.ts';
import type { SceneInput } from './prepare-scene.ts';
import { rasterHead } from './raster-head.ts';
import { renderLook } from './render-look.ts';
import { seeDots } from './see-dots.ts';
import { designedScene } from './testing/designed-scene.ts';
import { LEAST_AT_RIM, workAtOutline } from './testing/work-at-outline.ts';

const HEALED = { name: 'healed', contrast: 1, dotScale: 1, softness: 1 };
const SIDE_PX = 520;
/** Of the photo a head 160 mm wide takes up. */
const FILL = 0.6;
const PX_PER_MM = (FILL * SIDE_PX) / 160;
const truth = designedScene({ sidePx: SIDE_PX, fill: FILL, noiseCodes: 1 });
const head = Float32Array.from(truth.person.values, (v) => v / 255);
const grid = cellGrid(0, 0, SIDE_PX, SIDE_PX, 1);
const person = gaussianBlur(head, SIDE_PX, SIDE_PX, 1);

/** The plan's head so many mm lower in the photo than it is. */
const lowered = (mm: number): SceneInput => {
  const [x, y, z] = truth.camera.t;
  return { ...truth, camera: { ...truth.camera, t: [x, y + mm, z] } };
};
const rimOf = (input: SceneInput, outline = person, hair: Float32Array | null = null): Rim | null =>
  fitRim(rasterHead(input.head, input.camera, grid), input, outline, outline, hair, grid, PX_PER_MM);
const beyondMm = (rim: Rim): Float64Array => rim[4].map((px) => px / PX_PER_MM);
/** Of the ray straight up. */
const TOP = 96;
const seenOf = ({ dots, camera, photo }: SceneInput) =>
  seeDots(dots, camera, CURRENT_CALIBRATION, photo.widthPx, photo.heightPx);

describe('fitRim', () => {
  it('finds nothing to move where the model ends with the person', () => {
    expect(Math.max(...beyondMm(rimOf(truth)!).map(Math.abs))).toBeLessThan(0.3);
  });

  it('finds how far the person reaches beyond the model, or falls short of it, over the crown', () => {
    for (const mm of [-4, 4]) {
      const beyond = beyondMm(rimOf(lowered(mm))!);
      for (let n = TOP - 8; n <= TOP + 8; n++) expect(Math.abs(beyond[n] - mm)).toBeLessThan(0.7);
    }
  });

  it('believes no edge of hair, none that the photo cuts off, and none that its neighbours contradict', () => {
    const input = lowered(4);
    expect(rimOf(input, person, new Float32Array(person.length).fill(1))).toBeNull();
    // The photo ends where the person begins.
    const whole = new Float32Array(person.length).fill(1);
    expect(rimOf(input, whole)).toBeNull();
    // A wisp, 5 mm wide, stands off by a centimetre.
    const wisp = person.map((v, k) => (Math.abs((k % SIDE_PX) - SIDE_PX / 2) < 6 ? 1 : v));
    expect(Math.abs(beyondMm(rimOf(input, wisp)!)[TOP] - 4)).toBeLessThan(1);
  });
});

describe('what is drawn at the rim', () => {
  const input = lowered(4);
  const rim = rimOf(input)!;
  const model = rasterHead(input.head, input.camera, grid);
  const onModel = seenOf(input);
  const seen = seenAtRim(rim, onModel);
  const raster = rasterAtRim(rim, model, grid);

  it('does not move in the middle of the picture', () => {
    const [x, y, reachPx, edgePx] = rim;
    const innermost = Math.min(...edgePx.filter((_, n) => rim[4][n] !== 0)) - reachPx - 4 * PX_PER_MM;
    let still = 0;
    for (let k = 0; k < onModel.count; k++) {
      if (Math.hypot(onModel.xPx[k] - x, onModel.yPx[k] - y) > innermost) continue;
      still++;
      for (const of of ['xPx', 'yPx', 'volume', 'meanVolume'] as const) expect(seen[of][k]).toBe(onModel[of][k]);
    }
    expect(still).toBeGreaterThan(300);
  });

  it('keeps dots and what is known of the skin together', () => {
    let [moved, off] = [0, 0];
    for (let k = 0; k < seen.count; k++) {
      const isMoved = Math.hypot(seen.xPx[k] - onModel.xPx[k], seen.yPx[k] - onModel.yPx[k]) > PX_PER_MM;
      const { cell } = cellPlaceAt(grid, seen.xPx[k], seen.yPx[k]);
      if (!isMoved || !(raster.facing[cell] > 0.3)) continue;
      const i = seen.index[k];
      const at = input.dots.positionMm.subarray(3 * i, 3 * i + 3);
      moved++;
      const depth = toCamera(input.camera, [at[0], at[1], at[2]])[2];
      if (Math.abs(readAt(raster.depthMm, grid, seen.xPx[k], seen.yPx[k]) - depth) > 3) off++;
    }
    expect(moved).toBeGreaterThan(300);
    expect(off / moved).toBeLessThan(0.02);
  });

  it('reaches the outline of the person, and is as dense there as the plan is', () => {
    const crown = (x: number): boolean => Math.abs(x - SIDE_PX / 2) < 60;
    const endOf = (depth: Float32Array): number =>
      depth.findIndex((v, k) => k % SIDE_PX === SIDE_PX / 2 && v > 0) / SIDE_PX;
    const top = endOf(rasterHead(truth.head, truth.camera, grid).depthMm);
    expect(endOf(model.depthMm) - top).toBeGreaterThan(3 * PX_PER_MM);
    expect(Math.abs(endOf(raster.depthMm) - top)).toBeLessThan(0.8 * PX_PER_MM);
    const toneOf = ({ xPx, yPx, meanVolume, count }: typeof seen, fromMm: number, toMm: number): number => {
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const insideMm = (yPx[k] - top) / PX_PER_MM;
        if (crown(xPx[k]) && insideMm > fromMm && insideMm < toMm) sum += meanVolume[k];
      }
      return sum / (toMm - fromMm);
    };
    const is = seenOf(truth);
    for (const mm of [2, 6, 10, 14]) expect(toneOf(seen, mm, mm + 4) / toneOf(is, mm, mm + 4)).toBeCloseTo(1, 0.7);
  });
});

describe('a head that goes on beyond the model', () => {
  const workOn = (input: SceneInput): number => {
    const shown = prepareScene(input);
    return workAtOutline(shown, renderLook(shown, HEALED), head, 60, [1, 4, 16]);
  };

  it('shows no bare rim, nor does one that the model reaches beyond', () => {
    for (const mm of [-4, 0, 5.5, 7]) expect(workOn(lowered(mm))).toBeGreaterThan(LEAST_AT_RIM);
  });

  it('is found bare where the work ends before it does', () => {
    const { dots } = truth;
    const isBehind = (k: number): boolean => dots.positionMm[3 * k + 2] < 0;
    const strength = dots.strength.map((v, k) => (isBehind(k) ? 0 : v));
    expect(workOn({ ...truth, dots: { ...dots, strength } })).toBeLessThan(LEAST_AT_RIM);
  });
});
