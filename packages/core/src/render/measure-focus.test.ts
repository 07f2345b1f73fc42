import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { gaussianBlur } from './blur.ts';
import { readAt } from './cell-grid.ts';
import { measureFocus } from './measure-focus.ts';
import { prepareScene } from './prepare-scene.ts';
import type { Scene, SceneInput } from './prepare-scene.ts';
import { renderLook } from './render-look.ts';
import { syntheticScene } from './testing/synthetic-scene.ts';

const SIDE = 520;
const HEALED = { name: 'healed', contrast: 1, dotScale: 1, softness: 1 };
const LENS_PX = 0.7;
/** Point spread of the soft half, and so how much softer it is. */
const SOFT_PX = 1.75;
const SOFTER_PX = SOFT_PX - LENS_PX;
const MIDDLE = SIDE / 2;

/** A head with pores; its left half seen by a lens that is out of focus there, the camera's grain over both. */
function shot(leftPx: number): SceneInput {
  const sharp = syntheticScene({ sidePx: SIDE, fill: 0.8, pitchRad: 0.55, fromMm: 80 });
  const random = seededGenerator(3);
  const pores = new Float32Array(SIDE * SIDE);
  for (let n = 0; n < pores.length / 30; n++) pores[Math.floor(pores.length * random())] = -90 * (0.5 + random());
  const seen = gaussianBlur(pores, SIDE, SIDE, LENS_PX);
  const soft = gaussianBlur(pores, SIDE, SIDE, leftPx);
  const rgba = Uint8ClampedArray.from(sharp.photo.rgba);
  for (let k = 0; k < pores.length; k++) {
    const x = k % SIDE;
    const pore = (x < MIDDLE ? soft[k] : seen[k]) + 1.2 * (random() + random() - 1);
    for (let c = 0; c < 3; c++) rgba[4 * k + c] = rgba[4 * k + c] + pore;
  }
  const quality = { ...sharp.quality, blurPx: LENS_PX, noiseCodes: 1.5 };
  return { ...sharp, quality, photo: { ...sharp.photo, rgba } };
}

const isOnLeft = (x: number): boolean => x < MIDDLE - 30;
const isOnRight = (x: number): boolean => x > MIDDLE + 30;

/** Finest contrast against the next, of what the work changed: falls with softness. */
function fineness(
  { grid, open, veil }: Scene,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  isIn: (x: number) => boolean,
) {
  const luma = (rgba: ArrayLike<number>, k: number): number =>
    0.3 * rgba[4 * k] + 0.6 * rgba[4 * k + 1] + 0.1 * rgba[4 * k + 2];
  const change = Float32Array.from({ length: SIDE * SIDE }, (_, k) => luma(after, k) - luma(before, k));
  const [fine, coarse] = [0.7, 1.4].map((sd) => gaussianBlur(change, SIDE, SIDE, sd));
  let [fineEnergy, coarseEnergy] = [0, 0];
  for (let k = 0; k < veil.length; k++) {
    const at = (grid.topPx + Math.floor(k / grid.widthPx)) * SIDE + grid.leftPx + (k % grid.widthPx);
    if (!(veil[k] > 0.3 && open[k] === 255 && isIn(at % SIDE))) continue;
    fineEnergy += (change[at] - fine[at]) * (change[at] - fine[at]);
    coarseEnergy += (fine[at] - coarse[at]) * (fine[at] - coarse[at]);
  }
  return Math.sqrt(fineEnergy / coarseEnergy);
}

describe('a photo that is out of focus on one side', () => {
  const input = shot(SOFT_PX);
  const scene = prepareScene(input);

  it('is known for soft there, and for sharp on the other', () => {
    const worked = new Float32Array(scene.grid.columns * scene.grid.rows).fill(1);
    const pxPerMm = 1 / input.quality.mmPerPxAtHairline;
    const focus = measureFocus(input.photo, scene.grid, worked, input.quality, pxPerMm)!;
    for (const y of [150, 200, 250]) {
      expect(readAt(focus.softerPx, focus.tiles, 160, y)).toBeGreaterThan(0.3 * SOFTER_PX);
      expect(readAt(focus.softerPx, focus.tiles, 160, y)).toBeLessThan(1.3 * SOFTER_PX);
      expect(readAt(focus.softerPx, focus.tiles, 370, y)).toBeLessThan(0.15);
    }
  });

  it('gets soft dots there and sharp ones on the other', () => {
    const { rgba } = renderLook(scene, HEALED);
    const [left, right] = [isOnLeft, isOnRight].map((isIn) => fineness(scene, input.photo.rgba, rgba, isIn));
    expect(left).toBeLessThan(0.75 * right);
  });

  it('is told from one that is in focus all over', () => {
    const even = shot(LENS_PX);
    const sharp = prepareScene(even);
    expect(sharp.seen.defocus.every((v) => v < 0.1)).toBe(true);
    const { rgba } = renderLook(sharp, HEALED);
    const [left, right] = [isOnLeft, isOnRight].map((isIn) => fineness(sharp, even.photo.rgba, rgba, isIn));
    expect(left / right).toBeGreaterThan(0.85);
    expect(left / right).toBeLessThan(1.18);
  });
});
