import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { covers, intersect, overlaps, subtract, unite, within, type Interval } from './intervals.ts';

const LENGTH = 50;
const members = (intervals: readonly Interval[]): boolean[] =>
  Array.from({ length: LENGTH }, (_, at) => intervals.some(({ startMs, endMs }) => startMs <= at && at < endMs));

/** In order of time, apart from each other, none empty. */
const isTidy = (intervals: readonly Interval[]): boolean =>
  intervals.every(({ startMs, endMs }, i) => startMs < endMs && (i === 0 || intervals[i - 1]!.endMs < startMs));

describe('intervals', () => {
  it('unite, intersect and subtract as sets of instants do, and stay in order (3,000 draws, seed 22)', () => {
    const random = seededGenerator(22);
    const draw = (): Interval[] =>
      Array.from({ length: Math.floor(random() * 6) }, () => {
        const startMs = Math.floor(random() * 36);
        return { startMs, endMs: startMs + Math.floor(random() * 9) - 1 };
      });
    for (let i = 0; i < 3000; i++) {
      const [loose, other] = [draw(), draw()];
      const a = unite(loose);
      const b = unite(other);
      const [inA, inB] = [members(loose), members(other)];
      expect(members(a)).toEqual(inA);
      expect(members(intersect(a, b))).toEqual(inA.map((is, at) => is && inB[at]));
      expect(members(subtract(a, b))).toEqual(inA.map((is, at) => is && !inB[at]));
      const window = { startMs: 5, endMs: 30 };
      expect(members(within(a, window))).toEqual(inA.map((is, at) => is && at >= 5 && at < 30));
      for (const result of [a, intersect(a, b), subtract(a, b)])
        expect(isTidy(result), JSON.stringify(result)).toBe(true);
      for (const part of other.filter(({ startMs, endMs }) => startMs < endMs)) {
        const instants = inA.slice(part.startMs, part.endMs);
        expect(covers(a, part)).toBe(instants.every(Boolean));
        expect(a.some((one) => overlaps(one, part))).toBe(instants.some(Boolean));
      }
    }
  });

  it('touch without sharing an instant', () => {
    const [morning, noon] = [
      { startMs: 1, endMs: 2 },
      { startMs: 2, endMs: 3 },
    ];
    expect(overlaps(morning, noon)).toBe(false);
    expect(unite([noon, morning])).toEqual([{ startMs: 1, endMs: 3 }]);
  });

  it('leave what they are given as it was', () => {
    const given = [
      { startMs: 5, endMs: 9 },
      { startMs: 1, endMs: 6 },
    ];
    unite(given);
    expect(given).toEqual([
      { startMs: 5, endMs: 9 },
      { startMs: 1, endMs: 6 },
    ]);
  });
});
