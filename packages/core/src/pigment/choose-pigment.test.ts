import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { HEALED_FALL, choosePigment, hueOffStubble } from './choose-pigment.ts';
import type { Colour3 } from './lab.ts';
import { skinTypeOf } from './skin-type.ts';
import type { StudioPigment } from './studio-pigment.ts';
import { blueShiftAt } from './work-colour.ts';

const pigment = (id: string, lab: Colour3 | null, dilutions: readonly number[] = []): StudioPigment => ({
  id,
  name: id,
  maker: '',
  lab,
  dilutions,
});
const LIST = [pigment('black', [14, 0.5, -1]), pigment('ash', [30, 1, 3]), pigment('brown', [26, 8, 9])];

/** Skins from very light to very dark, and hair from blond to black. */
const SKINS: readonly Colour3[] = [
  [76, 9, 14],
  [69, 12, 17],
  [62, 14, 20],
  [54, 14, 20],
  [44, 14, 17],
  [34, 11, 11],
];
const hairs = (skinLab: Colour3): Colour3[] =>
  Array.from({ length: 40 }, (_, k): Colour3 => {
    const l = 0.9 * skinLab[0] * (1 - k / 44);
    return [l, 2 + 0.12 * l, 1 + 0.2 * l];
  });

describe('choosePigment', () => {
  it('lands in what finished work measures, on every skin with every hair', () => {
    for (const skinLab of SKINS) {
      for (const hairLab of hairs(skinLab)) {
        const choice = choosePigment(skinLab, hairLab, LIST)!;
        expect(choice.fall, `${skinLab} ${hairLab}`).toBeLessThanOrEqual(choice.aim);
        expect(choice.aim).toBeGreaterThanOrEqual(HEALED_FALL[0]);
        expect(choice.aim).toBeLessThanOrEqual(HEALED_FALL[1]);
        expect(choice.fall).toBeGreaterThan(0.06);
        expect(choice.fallLow).toBeLessThan(choice.fall);
        expect(choice.fallHigh).toBeGreaterThan(choice.fall);
      }
    }
  });

  it('never gives darker hair a lighter mixture, beyond the hundredth that hue may cost', () => {
    for (const skinLab of SKINS) {
      let before = 0;
      for (const hairLab of hairs(skinLab)) {
        const { fall } = choosePigment(skinLab, hairLab, LIST)!;
        expect(fall).toBeGreaterThanOrEqual(before - 0.01);
        before = Math.max(before, fall);
      }
    }
  });

  it('stays near own stubble in hue with a pigment of the colour of hair, and not with another', () => {
    const RED: readonly Colour3[] = [
      [40, 18, 24],
      [30, 16, 18],
    ];
    const offs = (lab: Colour3, hairsOf: (skinLab: Colour3) => readonly Colour3[]): number[] =>
      SKINS.flatMap((skinLab) =>
        hairsOf(skinLab).flatMap((hairLab) => {
          const choice = choosePigment(skinLab, hairLab, [pigment('only', lab)]);
          return choice ? [hueOffStubble(skinLab, hairLab, choice)] : [];
        }),
      );
    const OF_HAIR: readonly Colour3[] = [
      [14, 0.5, -1],
      [16, 2, -10],
      [30, 1, 3],
      [26, 8, 9],
      [35, 12, 18],
      [38, 16, 24],
      [32, 24, 22],
    ];
    for (const lab of OF_HAIR)
      expect(Math.max(...offs(lab, (skin) => [...hairs(skin), ...RED])), `${lab}`).toBeLessThan(7.5);
    const OF_NO_HAIR: readonly Colour3[] = [
      [45, 60, 40],
      [45, -40, 25],
      [70, 5, 70],
    ];
    for (const lab of OF_NO_HAIR) expect(Math.min(...offs(lab, hairs)), `${lab}`).toBeGreaterThan(7.5);
  });

  it('with one pigment adds water for lighter hair, and none for darker', () => {
    for (const skinLab of SKINS) {
      let before = Infinity;
      for (const hairLab of hairs(skinLab)) {
        const { dilution } = choosePigment(skinLab, hairLab, [LIST[0]])!;
        expect(dilution).toBeLessThanOrEqual(before);
        before = dilution;
      }
    }
  });

  it('uses less water on dark skin, as the trade does', () => {
    const water = SKINS.map((skinLab) => choosePigment(skinLab, [12, 1, 1], [LIST[0]])!.dilution);
    expect(water[0]).toBeGreaterThan(water[5]);
  });

  it('never comes off worse by one more pigment in the list', () => {
    const random = seededGenerator(8);
    for (let n = 0; n < 60; n++) {
      const skinLab = SKINS[n % SKINS.length];
      const hairLab: Colour3 = [10 + 30 * random(), 6 * random(), 10 * random()];
      const more = pigment('more', [12 + 30 * random(), 10 * random(), 12 * random() - 3]);
      const [few, many] = [choosePigment(skinLab, hairLab, LIST)!, choosePigment(skinLab, hairLab, [...LIST, more])!];
      expect(many.fall).toBeGreaterThan(few.fall - 0.01);
      expect(many.fall).toBeLessThanOrEqual(many.aim);
    }
  });

  it('keeps to the dilutions that the studio works with', () => {
    expect(choosePigment(SKINS[1], [20, 3, 4], [pigment('black', [14, 0, 0], [12, 18])])!.dilution).toBeOneOf([12, 18]);
  });

  it('takes the lightest there is when all are too dark, and says by the fall that it is', () => {
    const choice = choosePigment(SKINS[0], [60, 5, 20], [pigment('black', [14, 0, 0], [0, 4])])!;
    expect(choice.dilution).toBe(4);
    expect(choice.fall).toBeGreaterThan(choice.aim);
  });

  it('takes the pigment nearer to the hair when both serve', () => {
    const two = [pigment('grey', [22, 0, 0], [5, 10, 20]), pigment('warm', [22, 9, 10], [5, 10, 20])];
    expect(choosePigment(SKINS[1], [22, 12, 16], two)!.pigment.id).toBe('warm');
    expect(choosePigment(SKINS[1], [22, 0, -1], two)!.pigment.id).toBe('grey');
  });

  it('has nothing to choose among pigments of unknown colour', () => {
    expect(choosePigment(SKINS[0], [20, 3, 4], [pigment('mystery', null)])).toBeNull();
    expect(choosePigment(SKINS[0], [20, 3, 4], [])).toBeNull();
  });

  it('never chooses a pigment that lightens the skin', () => {
    const white = pigment('white', [97, 0, 0], [10]);
    expect(choosePigment(SKINS[0], [20, 2, 2], [white])).toBeNull();
    expect(choosePigment(SKINS[0], [20, 2, 2], [white, pigment('black', [5, 0, 0], [0])])!.pigment.id).toBe('black');
  });

  it('heals bluer the deeper it lies', () => {
    const at = (depthMm: number) => choosePigment(SKINS[1], [15, 1, 1], [pigment('black', [14, 0, 0], [10])], depthMm)!;
    expect(at(1.2).healedLab[2]).toBeLessThan(at(0.5).healedLab[2] - 0.5);
    for (const depth of [0, 0.3, 1, 1.5, 3]) expect(blueShiftAt(depth)).toBeLessThanOrEqual(3);
  });

  it('aims higher the more the hair stands out', () => {
    const aimFor = (hairLab: Colour3): number => choosePigment([70, 12, 16], hairLab, LIST)!.aim;
    expect(aimFor([60, 5, 15])).toBe(HEALED_FALL[0]);
    expect(aimFor([40, 5, 15])).toBeGreaterThan(aimFor([50, 5, 15]));
    expect(aimFor([12, 1, 1])).toBe(HEALED_FALL[1]);
  });
});

it('names skins as the typology angle does', () => {
  expect(SKINS.map((skinLab) => skinTypeOf(skinLab).name)).toEqual([
    'very light',
    'light',
    'intermediate',
    'tan',
    'brown',
    'dark',
  ]);
  expect(skinTypeOf([76, 9, 14]).itaDeg).toBeCloseTo(61.7, 1);
});
