import { describe, expect, it } from 'vitest';
import { chooseDots, edgeShare } from './choose-dots.ts';
import { nearestQuality } from './pattern-quality.ts';
import { DENSITY, NORWOOD, SEED, flatField, samplesAt, testHeads, testReserve } from './testing/test-plans.ts';

const [{ ground, field: fieldOf }] = testHeads(testReserve());
const field = fieldOf(NORWOOD[5]);
const samples = samplesAt(ground, field);
const chosen = chooseDots(ground, samples, DENSITY, field.zones.length, SEED);

describe('chooseDots', () => {
  it('shows dots by rank: away from edges nothing else has a say, up to the last few of a patch', () => {
    const shown = new Set(chosen.id);
    let against = 0;
    let asked = 0;
    for (let i = 0; i < ground.reserve.count; i++) {
      if (!(samples.densityPerCm2[i] > 0) || samples.edgeMm[i] < 14) continue;
      asked++;
      if ((i + 0.5) / ground.reserve.count < chosen.chance[i] !== shown.has(i)) against++;
    }
    expect(asked).toBeGreaterThan(10_000);
    expect(against / asked).toBeLessThan(0.03);
  });

  it('shows no dot where nothing is asked for', () => {
    for (const i of chosen.id) if (!(samples.densityPerCm2[i] > 0)) expect.fail(`dot ${i} has no density`);
  });

  it('holds the integral of each zone and of each patch, to the dot', () => {
    const zones = field.zones.map(() => ({ integral: 0, count: 0 }));
    const patches = new Map<number, { integral: number; count: number }>();
    const shown = new Set(chosen.id);
    for (let i = 0; i < ground.reserve.count; i++) {
      if (!(chosen.chance[i] > 0)) continue;
      const key = samples.zoneIndex[i] * 1024 + ground.patch[i];
      const patch = patches.get(key) ?? { integral: 0, count: 0 };
      patches.set(key, patch);
      for (const sum of [zones[samples.zoneIndex[i]], patch]) {
        sum.integral += chosen.chance[i];
        if (shown.has(i)) sum.count++;
      }
    }
    for (const { integral, count } of zones) expect(Math.abs(count - integral)).toBeLessThanOrEqual(0.5001);
    for (const { integral, count } of patches.values()) expect(Math.abs(count - integral)).toBeLessThan(1.0001);
  });

  it('makes sessions bands of rank: 30, 70 and 100 %, each evenly spread between the ones before', () => {
    const flat = flatField(85, 70);
    const { id, session } = chooseDots(ground, samplesAt(ground, flat), DENSITY, 1, SEED);
    const upTo = (n: number): number[] => Array.from(id).filter((_, k) => session[k] <= n);
    [0.3, 0.7, 1].forEach((share, k) => {
      const dots = upTo(k + 1);
      expect(dots.length / id.length).toBeCloseTo(share, 2);
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
    const inOrder = Array.from(session).filter((s, k) => k > 0 && s < session[k - 1]).length;
    expect(inOrder / id.length).toBeLessThan(0.02);
  });

  it('mixes a hash into ranks at the edge only, and keeps the density there', () => {
    expect([edgeShare(-3), edgeShare(0), edgeShare(14), edgeShare(40)]).toEqual([1, 1, 0, 0]);
    let hashed = 0;
    let wanted = 0;
    let count = 0;
    const shown = new Set(chosen.id);
    for (let i = 0; i < ground.reserve.count; i++) {
      if (!(chosen.chance[i] > 0) || samples.edgeMm[i] > 5) continue;
      if ((i + 0.5) / ground.reserve.count < chosen.chance[i] !== shown.has(i)) hashed++;
      wanted += chosen.chance[i];
      if (shown.has(i)) count++;
    }
    expect(hashed / count).toBeGreaterThan(0.3);
    expect(Math.abs(count / wanted - 1)).toBeLessThan(0.1);
  });

  it('refuses a density beyond the reserve and shares that do not rise to 1', () => {
    const dense = samplesAt(ground, flatField(260, 100));
    expect(() => chooseDots(ground, dense, DENSITY, 1, SEED)).toThrow('asks for 260 dots per cm2');
    for (const sessionShares of [[], [0.5], [0.7, 0.3, 1], [0.5, 0.5, 1], [0, 1]]) {
      expect(() => chooseDots(ground, samples, { ...DENSITY, sessionShares }, field.zones.length, SEED)).toThrow(
        RangeError,
      );
    }
    expect(() => chooseDots(ground, samples, DENSITY, 1, SEED)).toThrow('outside its 1 zones');
  });
});
