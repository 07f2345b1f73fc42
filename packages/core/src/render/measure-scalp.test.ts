import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { Refusal } from '../units/refusal.ts';
import type { Pixels } from '../vision/pixels.ts';
import { cameraOn, personMask } from '../vision/testing/person-mask.ts';
import { measureScalp } from './measure-scalp.ts';

const SHAPE = { face: 1, width: 1, height: 1, length: 1 };
const SIDE = 600;
const SQUARE = { leftPx: 60, topPx: 0, sidePx: 480 };
/** From above and behind. */
const CAMERA = cameraOn(1400, 299.5, 1100, 180, 35, 0);
const PERSON = personMask(CAMERA, SHAPE, SQUARE);

/** A photo of one colour with grain, a third of it darker. */
function photoOf(colour: readonly [number, number, number]): Pixels {
  const rgba = new Uint8Array(4 * SIDE * SIDE);
  for (let k = 0; k < SIDE * SIDE; k++) {
    const grain = ((k * 7919) % 9) - 4 - (k % 3 === 0 ? 60 : 0);
    for (let c = 0; c < 3; c++) rgba[4 * k + c] = Math.max(0, colour[c] + grain);
    rgba[4 * k + 3] = 255;
  }
  return { widthPx: SIDE, heightPx: SIDE, rgba };
}
const measured = (
  colour: readonly [number, number, number],
  changes: Partial<Parameters<typeof measureScalp>[0]> = {},
) =>
  measureScalp({
    photo: photoOf(colour),
    camera: CAMERA,
    head: buildHead(SHAPE),
    person: PERSON,
    hair: null,
    midFrontal: [0, 100, 75],
    like: null,
    ...changes,
  });

describe('a photo without a face', () => {
  it('tells the skin of the scalp, without its stubble and highlights', () => {
    const { colours, quality } = measured([200, 160, 140]);
    expect(colours.skinLab[0]).toBeGreaterThan(66);
    expect(colours.skinLab[0]).toBeLessThan(72);
    expect(quality.mmPerPxAtHairline).toBeGreaterThan(0.6);
    expect(quality.blurPx).toBeGreaterThan(0);
    expect(quality.noiseCodes).toBeGreaterThan(0);
  });

  it('borrows the hair of a photo that shows the face, as it would look in this light', () => {
    const { colours: bright } = measured([200, 160, 140]);
    const like = { ...bright, hair: [0.04, 0.03, 0.02], hairLab: [20, 3, 4] } as const;
    const { colours: dim } = measured([120, 96, 84], { like });
    dim.hair.forEach((light, c) => {
      expect(light / dim.skin[c]).toBeCloseTo(like.hair[c] / like.skin[c], 2);
    });
  });

  it('is refused when next to no bare scalp is seen', () => {
    const hair = { ...PERSON, values: new Uint8Array(PERSON.values.length).fill(255) };
    expect(() => measured([200, 160, 140], { hair })).toThrow(Refusal);
  });
});
