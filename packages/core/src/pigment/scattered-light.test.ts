import { describe, expect, it } from 'vitest';
import { luminance } from './lab.ts';
import type { Colour3 } from './lab.ts';
import { scatteredLight } from './scattered-light.ts';

const SHARE = 0.12;
const ORANGE: Colour3 = [0.5, 0.21, 0.08];
const SKINS: readonly Colour3[] = [ORANGE, [0.6, 0.5, 0.42], [0.27, 0.08, 0.05], [0.5, 0.33, 0.31], [0.17, 0.12, 0.13]];

describe('scatteredLight', () => {
  it('is its share of the skin’s luminance, whatever its colour', () => {
    for (const skin of SKINS)
      expect(luminance(...scatteredLight(skin, SHARE))).toBeCloseTo(SHARE * luminance(...skin), 9);
  });

  it('lacks blue as melanin does, and is never as coloured as the skin', () => {
    for (const skin of SKINS.slice(0, 4)) {
      const [red, green, blue] = scatteredLight(skin, SHARE);
      expect(blue).toBeLessThan(green);
      expect(blue / green).toBeGreaterThan(skin[2] / skin[1]);
      expect(red).toBeGreaterThan(green);
      expect(red / green).toBeLessThan(skin[0] / skin[1]);
    }
  });

  it('knows no blood: red skin without yellow scatters grey', () => {
    const [red, green, blue] = scatteredLight([0.6, 0.2, 0.2], SHARE);
    expect(red).toBe(green);
    expect(blue).toBe(green);
  });

  it('is grey where a lamp makes skin bluer than green', () => {
    const [red, green, blue] = scatteredLight([0.17, 0.12, 0.13], SHARE);
    expect(red).toBe(green);
    expect(blue).toBe(green);
  });

  it('is none of black', () => {
    expect(Math.max(...scatteredLight([0, 0, 0], SHARE))).toBe(0);
  });
});
