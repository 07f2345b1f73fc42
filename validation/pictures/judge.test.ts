import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { judge, withinGroups } from './judge.ts';
import type { Exhibit } from './judge.ts';

const random = seededGenerator(12);
const noise = (): number => 2 * (random() + random() + random() - 1.5);

/** Eight photos of ten crops a kind; ours differ by so much in the second of four features. */
const exhibitsOf = (apart: number): Exhibit[] =>
  Array.from({ length: 160 }, (_, k) => {
    const isOurs = k % 2 === 0;
    const photo = (k % 8) >> 1;
    const offset = 6 * photo;
    return {
      group: `photo ${photo} ${k % 16 > 7}`,
      isOurs,
      features: [offset + noise(), noise() + (isOurs ? apart : 0), noise(), offset + noise()],
    };
  });
const rightOf = (exhibits: readonly Exhibit[]): number => {
  const { likelihoods } = judge(exhibits);
  return exhibits.filter(({ isOurs }, k) => likelihoods[k]! > 0.5 === isOurs).length / exhibits.length;
};

describe('the judge', () => {
  it('guesses where nothing differs', () => {
    const rates = Array.from({ length: 6 }, () => rightOf(withinGroups(exhibitsOf(0))));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeGreaterThan(0.4);
    expect(mean).toBeLessThan(0.6);
  });

  it('is nearly always right where kinds lie far apart, and names what tells them', () => {
    const exhibits = withinGroups(exhibitsOf(4));
    expect(rightOf(exhibits)).toBeGreaterThan(0.95);
    const { weights } = judge(exhibits);
    const loudest = weights.map(Math.abs).indexOf(Math.max(...weights.map(Math.abs)));
    expect([loudest, weights[1]! > 0]).toEqual([1, true]);
  });

  it('compares within a photo: what all crops of a photo share says nothing', () => {
    for (const { features } of withinGroups(exhibitsOf(1))) {
      expect(Math.abs(features[0]!)).toBeLessThan(4);
      expect(Math.abs(features[3]!)).toBeLessThan(4);
    }
  });

  it('judges no photo that it has learnt from', () => {
    // In one photo the kinds are told the other way round: who has seen it would know.
    const exhibits = withinGroups(exhibitsOf(4)).map((exhibit) =>
      exhibit.group.startsWith('photo 0') ? { ...exhibit, isOurs: !exhibit.isOurs } : exhibit,
    );
    const { likelihoods } = judge(exhibits);
    const turned = exhibits.flatMap(({ group, isOurs }, k) =>
      group === 'photo 0 true' ? [likelihoods[k]! > 0.5 === isOurs] : [],
    );
    expect(turned.filter(Boolean).length / turned.length).toBeLessThan(0.3);
  });
});
