import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import * as own from './elementary.ts';

const COUNT = 20_000;

/** Largest |own / Math - 1| over arguments drawn by `draw`. */
function worstRatio(
  seed: number,
  draw: (random: () => number) => number,
  f: (x: number) => number,
  truth: (x: number) => number,
): number {
  const random = seededGenerator(seed);
  let worst = 0;
  for (let i = 0; i < COUNT; i++) {
    const x = draw(random);
    const t = truth(x);
    worst = Math.max(worst, Math.abs(f(x) - t) / (Math.abs(t) || 1));
  }
  return worst;
}

const between =
  (low: number, high: number) =>
  (random: () => number): number =>
    low + (high - low) * random();
/** Positive numbers of every magnitude from 2^low to 2^high. */
const magnitudes =
  (low: number, high: number) =>
  (random: () => number): number =>
    Math.pow(2, low + (high - low) * random());

describe('elementary functions', () => {
  it('stay within 4e-16 of Math for exp, log, atan and atan2', () => {
    expect(worstRatio(1, between(-700, 709), own.exp, Math.exp)).toBeLessThan(4e-16);
    expect(worstRatio(2, between(-1, 1), own.exp, Math.exp)).toBeLessThan(4e-16);
    expect(worstRatio(3, magnitudes(-1074, 1023), own.log, Math.log)).toBeLessThan(4e-16);
    expect(worstRatio(4, between(0.5, 2), own.log, Math.log)).toBeLessThan(4e-16);
    expect(worstRatio(5, (r) => (r() < 0.5 ? -1 : 1) * magnitudes(-30, 60)(r), own.atan, Math.atan)).toBeLessThan(
      4e-16,
    );
    const random = seededGenerator(6);
    for (let i = 0; i < COUNT; i++) {
      const [y, x] = [random() * 2 - 1, random() * 2 - 1];
      const t = Math.atan2(y, x);
      expect(Math.abs(own.atan2(y, x) / t - 1)).toBeLessThan(4.5e-16);
    }
  });

  it('stay within 4e-16 of Math for sin, cos and tan, also for large angles and next to zeros', () => {
    for (const [seed, reach] of [
      [7, 3],
      [8, 100],
      [9, 1e6],
    ] as const) {
      expect(worstRatio(seed, between(-reach, reach), own.sin, Math.sin)).toBeLessThan(4e-16);
      expect(worstRatio(seed, between(-reach, reach), own.cos, Math.cos)).toBeLessThan(4e-16);
      expect(worstRatio(seed, between(-reach, reach), own.tan, Math.tan)).toBeLessThan(8e-16);
    }
    // The nearest numbers to multiples of pi, where the reduction has to keep every bit.
    for (let n = 1; n < 1000; n++) expect(own.sin(n * Math.PI) / Math.sin(n * Math.PI)).toBeCloseTo(1, 9);
  });

  it('lose no more than |y log x| units in the last place in pow', () => {
    const random = seededGenerator(10);
    for (let i = 0; i < COUNT; i++) {
      const [x, y] = [magnitudes(-20, 20)(random), (random() - 0.5) * 20];
      const t = Math.pow(x, y);
      expect(Math.abs(own.pow(x, y) / t - 1)).toBeLessThan(3e-16 * (1 + Math.abs(y * Math.log(x))));
    }
  });

  it('stay close to Math for cbrt, asin, acos and the lengths', () => {
    expect(worstRatio(11, (r) => (r() < 0.5 ? -1 : 1) * magnitudes(-900, 900)(r), own.cbrt, Math.cbrt)).toBeLessThan(
      6e-16,
    );
    expect(worstRatio(12, between(-1, 1), own.asin, Math.asin)).toBeLessThan(8e-16);
    const random = seededGenerator(13);
    for (let i = 0; i < 1000; i++) {
      const [x, y, z] = [random() * 2 - 1, random() * 2 - 1, random() * 2 - 1];
      expect(Math.abs(own.acos(x) - Math.acos(x))).toBeLessThan(1e-15);
      expect(own.hypot2(x, y)).toBeCloseTo(Math.hypot(x, y), 15);
      expect(own.hypot3(x, y, z)).toBeCloseTo(Math.hypot(x, y, z), 15);
      expect(own.radToDeg(own.degToRad(360 * x))).toBeCloseTo(360 * x, 12);
    }
  });

  it('answer special values as Math does', () => {
    const cases: readonly (readonly [(x: number) => number, (x: number) => number, readonly number[]])[] = [
      [own.exp, Math.exp, [0, -0, 1, 709.7827, 710, Infinity, -Infinity, NaN]],
      [own.log, Math.log, [0, -0, 1, -1, Infinity, NaN, 5e-324, 2.2250738585072014e-308]],
      [own.atan, Math.atan, [0, 1, -1, 1e300, Infinity, -Infinity, NaN]],
      [own.cbrt, Math.cbrt, [0, -0, 8, -27, NaN]],
      [own.asin, Math.asin, [0, 1, -1]],
      [own.sin, Math.sin, [0, 1e-300]],
      [own.cos, Math.cos, [0, -0]],
    ];
    for (const [f, truth, arguments_] of cases) {
      for (const x of arguments_) {
        const [mine, theirs] = [f(x), truth(x)];
        if (Number.isFinite(theirs) && theirs !== 0) expect(mine / theirs).toBeCloseTo(1, 14);
        else expect(mine).toEqual(theirs);
      }
    }
    expect(own.exp(-800)).toBe(0);
    expect([own.pow(0, 2), own.pow(0, -1), own.pow(5, 0), own.pow(NaN, 0)]).toEqual([0, Infinity, 1, 1]);
    expect(own.atan2(0, 0)).toBe(0);
    expect([own.atan2(1, 0), own.atan2(-1, 0), own.atan2(0, -1)]).toEqual([Math.PI / 2, -Math.PI / 2, Math.PI]);
    expect([own.asin(1.0000001), own.acos(-1.0000001)]).toEqual([Math.PI / 2, Math.PI]);
  });

  it('refuse angles whose reduction would be worthless', () => {
    for (const angle of [1.1e6, -1.1e6, Infinity, NaN]) expect(() => own.sin(angle)).toThrow(RangeError);
  });

  it('keep the identities that geometry leans on', () => {
    const random = seededGenerator(14);
    for (let i = 0; i < 2000; i++) {
      const a = (random() - 0.5) * 50;
      expect(own.sin(a) * own.sin(a) + own.cos(a) * own.cos(a)).toBeCloseTo(1, 14);
      expect(own.sin(-a)).toBe(-own.sin(a));
      expect(own.cos(-a)).toBe(own.cos(a));
      expect(own.exp(own.log(random() + 1e-9))).toBeGreaterThan(0);
    }
  });
});
