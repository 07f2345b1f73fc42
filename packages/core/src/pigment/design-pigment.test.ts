import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { CURRENT_CALIBRATION } from './calibration.ts';
import { designPigment } from './design-pigment.ts';
import { labOf, luminance } from './lab.ts';
import { measureColours } from './measure-colours.ts';
import type { PhotoColours } from './photo-colours.ts';
import { scatteredLight } from './scattered-light.ts';

const withHair = (hair: readonly [number, number, number]): PhotoColours => ({
  skin: [0.5, 0.3, 0.2],
  skinLab: labOf([0.5, 0.3, 0.2]),
  hair,
  hairLab: labOf(hair),
});

const UNSCATTERED = { ...CURRENT_CALIBRATION, scatteredShare: 0 };

describe('designPigment', () => {
  it('holds the pigment of fair brows under the cap and keeps its hue between own colour and grey', () => {
    const { colour } = designPigment(withHair([0.3, 0.2, 0.1]), null, UNSCATTERED);
    expect(luminance(...colour)).toBeLessThan(0.0505);
    expect(luminance(...colour)).toBeGreaterThan(0.048);
    expect(colour[0] / colour[2]).toBeGreaterThan(1.3);
    expect(colour[0] / colour[2]).toBeLessThan(3);
  });

  it('leaves dark hair as dark as it is', () => {
    const { colour } = designPigment(withHair([0.02, 0.015, 0.012]), null, UNSCATTERED);
    expect(luminance(...colour)).toBeCloseTo(luminance(0.02, 0.015, 0.012), 2);
  });

  it('lays over it the light that skin scatters', () => {
    const colours = withHair([0.02, 0.015, 0.012]);
    const [with_, without] = [designPigment(colours), designPigment(colours, null, UNSCATTERED)];
    const scattered = scatteredLight(colours.skin, CURRENT_CALIBRATION.scatteredShare);
    for (const c of [0, 1, 2] as const) expect(with_.colour[c] - without.colour[c]).toBeCloseTo(scattered[c], 3);
  });

  it('claims no shade number and no dilution from a photo alone', () => {
    const pigment = designPigment(withHair([0.1, 0.07, 0.05]));
    expect(pigment.dilution).toBeNull();
    expect(pigment.shade).toBe('by eye, lighter first');
  });
});

describe('measureColours', () => {
  const widthPx = 40;
  const heightPx = 40;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const random = seededGenerator(4);
  const places: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const shine = y < 20 && x > 30 ? 60 : 0;
      const brow = y >= 30 ? 120 : 0;
      const noise = Math.floor(5 * random()) - 2;
      [190, 150, 130].forEach((v, c) => (rgba[4 * (x + y * widthPx) + c] = v + shine - brow + noise));
      if (y < 20) places.push(x, y);
    }
  }
  const brows = Array.from({ length: 800 }, (_, i) => (i % 2 ? 20 + (i >> 1) / 20 : (i >> 1) % 40));

  const looked = { widthPx, heightPx, rgba, skin: places, skinReachPx: 1, hair: brows, hairFrom: 'brows' } as const;

  it('reads the skin beside a highlight and not the highlight', () => {
    const { skin } = measureColours(looked);
    expect(skin[0]).toBeCloseTo(0.5149, 1);
    expect(skin[0]).toBeLessThan(0.53);
  });

  it('reads the brow hair and not the skin around it', () => {
    const { hairLab, skinLab } = measureColours(looked);
    expect(hairLab[0]).toBeLessThan(skinLab[0] - 30);
  });

  it('refuses places outside the photo', () => {
    expect(() => measureColours({ ...looked, skin: [-5, 3] })).toThrow(RangeError);
  });
});
