import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { deltaE2000, labOf } from './lab.ts';
import type { Colour3 } from './lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from './linear-light.ts';
import { readSkin } from './read-skin.ts';

/** From very light to very dark, in even light. */
const SKINS: Readonly<Record<string, Colour3>> = {
  veryLight: [0.72, 0.52, 0.43],
  light: [0.56, 0.36, 0.27],
  olive: [0.42, 0.27, 0.18],
  brown: [0.24, 0.13, 0.08],
  veryDark: [0.075, 0.042, 0.03],
};

type Paint = (skin: Colour3, u: number, v: number) => Colour3;
const within = (u: number, v: number, cu: number, cv: number, r: number): boolean =>
  (u - cu) * (u - cu) + (v - cv) * (v - cv) < r * r;
const times = (a: Colour3, k: number): Colour3 => [a[0] * k, a[1] * k, a[2] * k];

const plain: Paint = (skin) => skin;
const highlight: Paint = (skin, u, v) => {
  const d = Math.sqrt((u - 0.35) * (u - 0.35) + (v - 0.4) * (v - 0.4));
  const glint = 0.7 * Math.max(0, 1 - d / 0.32);
  return [Math.min(1, skin[0] + glint), Math.min(1, skin[1] + glint), Math.min(1, skin[2] + glint)];
};
const shadow: Paint = (skin, u) => (u > 0.68 ? times(skin, 0.35) : skin);
const lipstick: Paint = (skin, u, v) => (within(u, v, 0.6, 0.5, 0.25) ? [0.45, 0.03, 0.06] : skin);
const foundation: Paint = (skin, u, v) =>
  within(u, v, 0.3, 0.5, 0.34) ? [skin[0] * 0.98, skin[1] * 1.1, skin[2] * 1.24] : skin;
const redSpots: Paint = (skin, u, v) =>
  [0.15, 0.35, 0.55, 0.75].some((cu, k) => within(u, v, cu, 0.3 + 0.15 * (k % 3), 0.09))
    ? [skin[0] * 0.96, skin[1] * 0.72, skin[2] * 0.78]
    : skin;
const everything: Paint = (skin, u, v) => {
  if (u > 0.86) return times(skin, 0.4);
  if (within(u, v, 0.2, 0.75, 0.17)) return [0.45, 0.03, 0.06];
  return within(u, v, 0.3, 0.3, 0.28) ? highlight(skin, u, v) : redSpots(skin, u, v);
};

/** A forehead of 32 x 24 places, lit a little from one side, with the grain of a phone. */
function forehead(skin: Colour3, paint: Paint, seed = 3): Colour3[] {
  const random = seededGenerator(seed);
  const lights: Colour3[] = [];
  for (let j = 0; j < 24; j++) {
    for (let i = 0; i < 32; i++) {
      const lit = 1 + 0.06 * (i / 16 - 1);
      const colour = times(paint(skin, i / 31, j / 23), lit);
      const grained = colour.map((light) => {
        const code = codeOfLight(light) + 1.4 * (random() + random() + random() - 1.5);
        return LIGHT_OF_CODE[Math.max(0, Math.min(255, Math.round(code)))];
      });
      lights.push([grained[0], grained[1], grained[2]]);
    }
  }
  return lights;
}

const CASES: readonly (readonly [name: string, paint: Paint, leftOut: string | null])[] = [
  ['nothing painted', plain, null],
  ['a highlight', highlight, 'highlight'],
  ['a third in shadow', shadow, 'shadow'],
  ['a patch of lipstick', lipstick, 'redSpots'],
  ['a third under foundation', foundation, 'otherColour'],
  ['red spots', redSpots, 'redSpots'],
  ['all of them at once', everything, null],
];

describe('readSkin', () => {
  for (const [name, paint, kind] of CASES) {
    it(`stays within a difference of 1.5 of the clean skin with ${name}`, () => {
      for (const [which, skin] of Object.entries(SKINS)) {
        const { skin: read, low, high, leftOut } = readSkin(forehead(skin, paint));
        const truth = labOf(skin);
        expect(deltaE2000(labOf(read), truth), which).toBeLessThan(1.5);
        for (let c = 0; c < 3; c++) {
          expect(truth[c], `${which} ${c}`).toBeGreaterThan(low[c]);
          expect(truth[c], `${which} ${c}`).toBeLessThan(high[c]);
        }
        const out = leftOut.highlight + leftOut.shadow + leftOut.redSpots + leftOut.otherColour;
        if (kind) expect(leftOut[kind as keyof typeof leftOut], which).toBeGreaterThan(0.06);
        else if (paint === plain) expect(out, which).toBeLessThan(0.06);
      }
    });
  }

  it('would be drawn far off by the same paint without leaving anything out', () => {
    const lights = forehead(SKINS.light, everything);
    const mean = [0, 1, 2].map((c) => lights.reduce((sum, light) => sum + light[c], 0) / lights.length);
    expect(deltaE2000(labOf([mean[0], mean[1], mean[2]]), labOf(SKINS.light))).toBeGreaterThan(2);
  });

  it('keeps the warmth of a warm lamp, which is the lamp of the picture too', () => {
    const warm: Paint = (skin) => [skin[0] * 1.2, skin[1] * 0.97, skin[2] * 0.6];
    const read = readSkin(forehead(SKINS.olive, warm)).skin;
    expect(read[2] / read[0]).toBeCloseTo((SKINS.olive[2] * 0.6) / (SKINS.olive[0] * 1.2), 2);
  });

  it('answers with the middle of what it is given when all of it is white', () => {
    expect(readSkin([[1, 1, 1]]).skin).toEqual([1, 1, 1]);
    expect(() => readSkin([])).toThrow(RangeError);
  });
});
