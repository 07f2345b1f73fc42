import { describe, expect, it } from 'vitest';
import { deltaE2000, labOf, lightOfLab, lStarOf, luminanceOf } from './lab.ts';

/** Sharma, Wu, Dalal, The CIEDE2000 color-difference formula (2005), table 1: the pairs that find wrong hue means. */
const PAIRS: readonly (readonly [number, number, number, number, number, number, number])[] = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, 2.8361, -74.02, 50, 0, -82.7485, 3.4412],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 61, -5, 29, 22.8977],
  [50, 2.5, 0, 58, 24, 15, 19.4535],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263],
  [61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
];

describe('deltaE2000', () => {
  it('gives the published differences, from either side', () => {
    for (const [l1, a1, b1, l2, a2, b2, expected] of PAIRS) {
      expect(deltaE2000([l1, a1, b1], [l2, a2, b2])).toBeCloseTo(expected, 4);
      expect(deltaE2000([l2, a2, b2], [l1, a1, b1])).toBeCloseTo(expected, 4);
    }
  });
});

describe('labOf', () => {
  it('gives white, black and the red primary their published coordinates', () => {
    expect(labOf([0, 0, 0]).every((v) => Math.abs(v) < 1e-9)).toBe(true);
    const white = labOf([1, 1, 1]);
    expect(white[0]).toBeCloseTo(100, 3);
    expect(Math.abs(white[1]) + Math.abs(white[2])).toBeLessThan(0.02);
    const red = labOf([1, 0, 0]);
    expect(red[0]).toBeCloseTo(53.24, 1);
    expect(red[1]).toBeCloseTo(80.09, 1);
    expect(red[2]).toBeCloseTo(67.2, 1);
  });

  it('turns L* back into the luminance it came from', () => {
    for (const y of [0.0005, 0.005, 0.0089, 0.05, 0.3, 0.95]) expect(luminanceOf(lStarOf(y))).toBeCloseTo(y, 12);
  });

  it('is undone by lightOfLab, from black to white and for colours outside sRGB', () => {
    for (const lab of [
      [0, 0, 0],
      [5, 1, -2],
      [62, 18, 19],
      [97, 0, 1],
      [50, -30, -29],
    ] as const) {
      labOf(lightOfLab(lab)).forEach((value, c) => expect(Math.abs(value - lab[c])).toBeLessThan(0.01));
    }
  });
});
