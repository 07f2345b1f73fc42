import { describe, expect, it } from 'vitest';
import { choosePigment } from '../pigment/choose-pigment.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LARGEST_MEASURED_DROP } from './look.ts';
import { COLOUR_DAYS, workColourOn } from './work-by-day.ts';

const FAIR: Colour3 = [74, 10, 15];
const DARK: Colour3 = [36, 12, 12];
const BLACK = { id: 'black', name: 'black', maker: '', lab: [14, 0, -1], dilutions: [] } as const;
const choiceFor = (skin: Colour3, depthMm?: number) => choosePigment(skin, [14, 1, 1], [BLACK], depthMm)!;

describe('workColourOn', () => {
  it('ends on the healed colour of the choice', () => {
    for (const skin of [FAIR, DARK]) {
      const choice = choiceFor(skin);
      const { lab, fall } = workColourOn(42, skin, choice);
      expect(fall).toBeCloseTo(choice.fall, 6);
      lab.forEach((v, c) => expect(Math.abs(v - choice.healedLab[c])).toBeLessThan(0.01));
      expect(workColourOn(400, skin, choice).fall).toBeCloseTo(choice.fall, 6);
    }
  });

  it('is darkest on the first day, palest on the seventh, and never darker than real work', () => {
    const falls = COLOUR_DAYS.map((day) => workColourOn(day, FAIR, choiceFor(FAIR)).fall);
    expect(Math.max(...falls)).toBe(falls[0]);
    expect(Math.min(...falls)).toBe(falls[2]);
    expect(falls[0]).toBeLessThanOrEqual(LARGEST_MEASURED_DROP + 1e-9);
  });

  it('reddens fair skin for days and dark skin hardly, and turns bluer as it heals', () => {
    const red = (skin: Colour3, day: number): number =>
      workColourOn(day, skin, choiceFor(skin)).lab[1] - workColourOn(14, skin, choiceFor(skin)).lab[1];
    expect(red(FAIR, 0)).toBeGreaterThan(2 * Math.max(0.1, red(DARK, 0)));
    const blue = (depthMm: number) => workColourOn(42, FAIR, choiceFor(FAIR, depthMm)).lab[2];
    expect(blue(1.3)).toBeLessThan(blue(0.4));
  });
});
