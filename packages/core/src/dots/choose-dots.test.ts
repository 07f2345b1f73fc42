import { describe, expect, it } from 'vitest';
import { checkShares, chooseDots, edgeShare, sessionOf } from './choose-dots.ts';
import { nearestQuality } from './pattern-quality.ts';
import { DENSITY, NORWOOD, SEED, flatField, samplesAt, testHeads, testReserve } from './testing/test-plans.ts';

const [{ ground, field: fieldOf }] = testHeads(testReserve());
const field = fieldOf(NORWOOD[5]);
const samples = samplesAt(ground, field);
const choice = chooseDots(ground, samples, field.zones.length, SEED);
const { order } = ground;
const count = ground.reserve.count;
const isShown = (seat: number): boolean => choice.score[seat] < 1;

describe('chooseDots', () => {
  it('shows dots by rank: away from edges nothing else has a say, up to the last few of a patch', () => {
    let against = 0;
    let asked = 0;
    for (let i = 0; i < count; i++) {
      if (!(samples.densityPerCm2[i] > 0) || samples.edgeMm[i] < 14) continue;
      asked++;
      if ((order[i] + 0.5) / count < choice.chance[i] !== isShown(i)) against++;
    }
    expect(asked).toBeGreaterThan(10_000);
    expect(against / asked).toBeLessThan(0.03);
  });

  it('shows no dot where nothing is asked for', () => {
    for (let i = 0; i < count; i++) {
      if (isShown(i) && !(samples.densityPerCm2[i] > 0)) expect.fail(`the dot in seat ${i} has no density`);
    }
  });

  it('holds the integral of each zone and of each patch, to the dot', () => {
    const zones = field.zones.map(() => ({ integral: 0, count: 0 }));
    const patches = new Map<number, { integral: number; count: number }>();
    for (let i = 0; i < count; i++) {
      if (!(choice.chance[i] > 0)) continue;
      const key = samples.zoneIndex[i] * 1024 + ground.patch[i];
      const patch = patches.get(key) ?? { integral: 0, count: 0 };
      patches.set(key, patch);
      for (const sum of [zones[samples.zoneIndex[i]], patch]) {
        sum.integral += choice.chance[i];
        if (isShown(i)) sum.count++;
      }
    }
    for (const { integral, count } of zones) expect(Math.abs(count - integral)).toBeLessThanOrEqual(0.5001);
    for (const { integral, count } of patches.values()) expect(Math.abs(count - integral)).toBeLessThan(1.0001);
  });

  it('makes sessions bands of rank: 30, 70 and 100 %, each evenly spread between the ones before', () => {
    const flat = flatField(85, 70);
    const { score } = chooseDots(ground, samplesAt(ground, flat), 1, SEED);
    const seats = Array.from(ground.seatOf).filter((seat) => score[seat] < 1);
    const session = seats.map((seat) => sessionOf(score[seat], DENSITY.sessionShares));
    const upTo = (n: number): number[] => seats.filter((_, k) => session[k] <= n);
    [0.3, 0.7, 1].forEach((share, k) => {
      const dots = upTo(k + 1);
      expect(dots.length / seats.length).toBeCloseTo(share, 2);
      const quality = nearestQuality({
        count: dots.length,
        positionMm: Float64Array.from(dots.flatMap((i) => Array.from(ground.xyzMm.subarray(3 * i, 3 * i + 3)))),
        normal: [],
        densityPerCm2: new Float32Array(dots.length).fill(85 * share),
        isMeasured: (n) => ground.xyzMm[3 * dots[n] + 1] > 78,
      });
      expect(quality.clarkEvans).toBeGreaterThan(1.4);
    });
    // Every dot of a session has a lower rank than every dot of the next, but for the few that settle a patch.
    const inOrder = session.filter((s, k) => k > 0 && s < session[k - 1]).length;
    expect(inOrder / seats.length).toBeLessThan(0.02);
  });

  it('mixes a hash into ranks at the edge only, and keeps the density there', () => {
    expect([edgeShare(-3), edgeShare(0), edgeShare(14), edgeShare(40)]).toEqual([1, 1, 0, 0]);
    let hashed = 0;
    let wanted = 0;
    let shown = 0;
    for (let i = 0; i < count; i++) {
      if (!(choice.chance[i] > 0) || samples.edgeMm[i] > 5) continue;
      if ((order[i] + 0.5) / count < choice.chance[i] !== isShown(i)) hashed++;
      wanted += choice.chance[i];
      if (isShown(i)) shown++;
    }
    expect(hashed / shown).toBeGreaterThan(0.3);
    expect(Math.abs(shown / wanted - 1)).toBeLessThan(0.1);
  });

  it('refuses a density beyond the reserve and shares that do not rise to 1', () => {
    const dense = samplesAt(ground, flatField(260, 100));
    expect(() => chooseDots(ground, dense, 1, SEED)).toThrow('asks for 260 dots per cm2');
    for (const sessionShares of [[], [0.5], [0.7, 0.3, 1], [0.5, 0.5, 1], [0, 1]]) {
      expect(() => checkShares(sessionShares)).toThrow(RangeError);
    }
    expect(() => chooseDots(ground, samples, 1, SEED)).toThrow('outside its 1 zones');
  });
});
