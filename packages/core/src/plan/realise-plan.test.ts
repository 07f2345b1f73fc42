import { describe, expect, it } from 'vitest';
import { nearestQuality } from '../dots/pattern-quality.ts';
import { radiusMm } from '../head/head-map.ts';
import { designDensity } from '../scalp/design-density.ts';
import { measureZones } from '../scalp/measure-zones.ts';
import type { Presentation } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { PlanDocument } from './plan-document.ts';
import { realisePlan } from './realise-plan.ts';
import type { RealisedPlan } from './realise-plan.ts';
import { sampleDocument, sampleReserve } from './testing/sample-plan.ts';

const realised = new Map<string, RealisedPlan>();
/** Each plan is realised once, and looked at by every test that asks for it. */
function realise(overrides: Partial<PlanDocument> = {}): RealisedPlan {
  const key = JSON.stringify(overrides);
  let plan = realised.get(key);
  if (!plan) {
    plan = realisePlan(sampleDocument(overrides), sampleReserve());
    realised.set(key, plan);
  }
  return plan;
}

const PRESENTATIONS: readonly Presentation[] = [
  ...([1, 2, 3, 4, 5, 6, 7] as const).map((stage) => ({ kind: 'norwood', stage }) as const),
  ...([1, 2, 3] as const).map((stage) => ({ kind: 'ludwig', stage }) as const),
  { kind: 'full' },
  { kind: 'hairline' },
];
const nameOf = (presentation: Presentation): string =>
  'stage' in presentation ? `${presentation.kind} ${presentation.stage}` : presentation.kind;

describe('a realised plan', () => {
  it('has the same bits twice, and from a document that was text in between', () => {
    const document = sampleDocument();
    const one = realisePlan(document, sampleReserve());
    const two = realisePlan(JSON.parse(JSON.stringify(document)) as PlanDocument, sampleReserve());
    expect(two.dots).toStrictEqual(one.dots);
    expect(two.head).toStrictEqual(one.head);
    expect(two.zones).toStrictEqual(one.zones);
  });

  it('scatters another seed otherwise, over as much skin and with as many dots', () => {
    const one = realise();
    const other = realise({ seed: 8, hairline: one.document.hairline });
    expect(other.dots.positionMm).not.toEqual(one.dots.positionMm);
    expect(Math.abs(other.dots.count / one.dots.count - 1)).toBeLessThan(0.01);
  });

  it.each(PRESENTATIONS.map((presentation) => [nameOf(presentation), presentation] as const))(
    '%s: as many dots as the density asks for, each on the skin, in a zone and a session',
    (_name, presentation) => {
      const { dots, zones, field, head } = realise({ presentation });
      expect(zones).toStrictEqual(measureZones(head, field));
      expect(zones.map(({ id }) => id)).toEqual(field.zones.map(({ id }) => id));
      const expected = zones.reduce((sum, zone) => sum + zone.expectedDots, 0);
      // Half a per cent, or the grain of one hashed coin per dot where there are few.
      expect(Math.abs(dots.count - expected)).toBeLessThan(Math.max(0.005 * expected, 2 * Math.sqrt(expected)));
      for (let k = 0; k < dots.count; k++) {
        const [x, y, z] = dots.positionMm.subarray(3 * k, 3 * k + 3);
        if (!(Math.abs(Math.hypot(x, y, z) - radiusMm(head, x, y, z)) < 0.02)) expect.fail(`dot ${k} is off the skin`);
        if (!(dots.zone[k] < zones.length)) expect.fail(`dot ${k} is in no zone`);
        if (!(dots.session[k] >= 1 && dots.session[k] <= 3)) expect.fail(`dot ${k} is in session ${dots.session[k]}`);
      }
      expect(new Set(dots.id).size).toBe(dots.count);
    },
  );

  it('meets the integral of the density within half a per cent where there are thousands of dots', () => {
    for (const presentation of [
      { kind: 'full' },
      { kind: 'norwood', stage: 6 },
      { kind: 'ludwig', stage: 3 },
    ] as const) {
      const { dots, zones } = realise({ presentation });
      const expected = zones.reduce((sum, zone) => sum + zone.expectedDots, 0);
      expect(expected).toBeGreaterThan(3000);
      expect(Math.abs(dots.count / expected - 1)).toBeLessThan(0.005);
    }
  });

  it('is laid out as its document says, and as 0.1 did where it says nothing', () => {
    const { dots } = realise();
    const { layout, ...unsaid } = sampleDocument();
    expect(layout).toBe(2);
    const old = realisePlan(unsaid, sampleReserve()).dots;
    expect(old).toStrictEqual(realise({ layout: 1 }).dots);
    expect(old.positionMm).not.toEqual(dots.positionMm);
    // Regions are told by the place on the head, and no longer by the way behind the hairline; temples that are kept run
    // back to the hair now.
    const [first, second] = [1, 2].map(
      (way) =>
        realise({ layout: way as 1 | 2, presentation: { kind: 'norwood', stage: 6, temples: 'rebuilt' } }).dots.count,
    );
    expect(Math.abs(first / second - 1)).toBeLessThan(0.03);
  });

  it('lays dots as unevenly as its document says, as many and where they belong', () => {
    const spreadOf = (unevenness?: number): number => {
      const { dots, field } = realise(unevenness === undefined ? {} : { unevenness });
      const samples = newScalpSamples(dots.count);
      field.sample(dots.positionMm, dots.count, samples);
      const isMeasured = (i: number): boolean => samples.edgeMm[i] >= 24 && dots.positionMm[3 * i + 1] > 95;
      return nearestQuality({ ...dots, densityPerCm2: samples.densityPerCm2, isMeasured }).spread;
    };
    const [even, usual, loose, uneven] = [0.08, undefined, 0.13, 0.15].map(spreadOf);
    expect(even).toBeLessThan(usual - 0.015);
    expect(loose).toBeGreaterThan(usual + 0.01);
    expect(uneven).toBeGreaterThan(loose + 0.01);
    expect(realise({ unevenness: 0.15 }).dots.id).toEqual(realise().dots.id);
    expect(() => realise({ unevenness: 0.16 })).toThrow('a spread is 0.08 to 0.15');
  });

  it('treats more skin with every stage', () => {
    const areas = (kind: 'norwood' | 'ludwig', stages: number): number[] =>
      Array.from({ length: stages }, (_, k) => {
        const { zones } = realise({ presentation: { kind, stage: k + 1 } as Presentation });
        return zones.reduce((sum, zone) => sum + zone.areaCm2, 0);
      });
    for (const list of [areas('norwood', 7), areas('ludwig', 3)]) {
      for (let k = 1; k < list.length; k++) expect(list[k]).toBeGreaterThan(list[k - 1]);
    }
  });

  it('keeps the dots of a session when the course gets another number of them', () => {
    const three = realise();
    const four = realise({
      density: designDensity(4),
      course: { ...three.document.course, sessions: 4, gapsDays: [14, 28, 28] },
    });
    // The healed target is the same: only who places it when differs.
    expect(four.dots.positionMm).toEqual(three.dots.positionMm);
    expect(Math.max(...four.dots.session)).toBe(4);
  });
});
