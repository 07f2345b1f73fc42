import { expect, it } from 'vitest';
import { LIGHT_OF_CODE, codeOfLight, decodeValue, dimmedCode, encodeValue } from './linear-light.ts';

it('returns every code to itself, to well under a rounding', () => {
  for (let code = 0; code < 256; code++) expect(Math.abs(codeOfLight(LIGHT_OF_CODE[code]) - code)).toBeLessThan(0.06);
});

it('follows the published curve at its ends, its joint and the middle grey', () => {
  expect(decodeValue(0)).toBe(0);
  expect(decodeValue(1)).toBeCloseTo(1, 12);
  expect(decodeValue(0.04045)).toBeCloseTo(0.0031308, 6);
  expect(decodeValue(0.5)).toBeCloseTo(0.21404, 5);
  expect(encodeValue(0.21404114)).toBeCloseTo(0.5, 6);
});

it('holds light outside 0 to 1 at the ends', () => {
  expect(codeOfLight(-1)).toBe(0);
  expect(codeOfLight(7)).toBe(255);
});

it('dims a code along the curve, and in black as light is dimmed', () => {
  for (let code = 0; code < 256; code++) {
    for (const left of [0, 0.06, 0.3123, 0.7177, 0.98, 1]) {
      const truth = 255 * encodeValue(left * LIGHT_OF_CODE[code]);
      expect(Math.abs(dimmedCode(code, left) - truth)).toBeLessThan(truth > 11 ? 0.04 : 0.06);
    }
  }
});
