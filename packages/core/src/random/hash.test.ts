import { describe, expect, it } from 'vitest';
import { hash32, hashNormal, hashUnit } from './hash.ts';

const bitsOf = (x: number): number => {
  let n = 0;
  for (let v = x >>> 0; v; v &= v - 1) n++;
  return n;
};

describe('hash32', () => {
  it('gives these numbers for ever: plans are made of them', () => {
    expect([hash32(0, 0), hash32(1, 0), hash32(0, 1), hash32(151222, 11)]).toEqual([
      3383743250, 386504339, 647792746, 1854947798,
    ]);
  });

  it('turns about half of the bits when one bit of id or salt turns', () => {
    for (let bit = 0; bit < 20; bit++) {
      let byId = 0;
      let bySalt = 0;
      for (let id = 0; id < 2000; id++) {
        byId += bitsOf(hash32(id, 5) ^ hash32(id ^ (1 << bit), 5));
        bySalt += bitsOf(hash32(5, id) ^ hash32(5, id ^ (1 << bit)));
      }
      expect(Math.abs(byId / 2000 - 16)).toBeLessThan(1);
      expect(Math.abs(bySalt / 2000 - 16)).toBeLessThan(1);
    }
  });

  it('hardly ever meets itself among neighbouring ids and salts', () => {
    const seen = new Set<number>();
    for (let id = 0; id < 2000; id++) for (let salt = 0; salt < 50; salt++) seen.add(hash32(id, salt));
    // A perfect hash would lose 1.2 of 100,000.
    expect(seen.size).toBeGreaterThan(100_000 - 10);
  });
});

describe('hashUnit and hashNormal', () => {
  it('are uniform in [0, 1) and about normal, for every salt', () => {
    for (const salt of [0, 1, 71, 12345]) {
      const tenths = new Float64Array(10);
      let mean = 0;
      let square = 0;
      let beyond = 0;
      for (let id = 0; id < 40_000; id++) {
        tenths[Math.floor(10 * hashUnit(id, salt))]++;
        const n = hashNormal(id, salt);
        mean += n / 40_000;
        square += (n * n) / 40_000;
        if (Math.abs(n) > 1.96) beyond++;
      }
      for (const n of tenths) expect(Math.abs(n - 4000)).toBeLessThan(5 * 60);
      expect(Math.abs(mean)).toBeLessThan(0.025);
      expect(square).toBeCloseTo(1, 1);
      expect(Math.abs(beyond / 40_000 - 0.05)).toBeLessThan(0.01);
    }
  });
});
