import { describe, expect, it } from 'vitest';
import { realisePlan } from '../plan/realise-plan.ts';
import type { RealisedPlan } from '../plan/realise-plan.ts';
import { sampleDocument, sampleReserve } from '../plan/testing/sample-plan.ts';
import { seededGenerator } from '../random/generator.ts';
import { flattenScalp } from './flatten-scalp.ts';
import type { FlatScalp } from './flatten-scalp.ts';
import type { Presentation } from './scalp-design.ts';

const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  'Norwood VI': { kind: 'norwood', stage: 6 },
  'the full shaved look': { kind: 'full' },
  'a hairline': { kind: 'hairline' },
  'a strip scar': { kind: 'fut-scar' },
  'dot scars': { kind: 'fue-scars' },
  'a patch': { kind: 'patch' },
};

const flattened = (presentation: Presentation): { plan: RealisedPlan; flat: FlatScalp } => {
  const plan = realisePlan(sampleDocument({ presentation }), sampleReserve());
  return { plan, flat: flattenScalp(plan.head, plan.field.zones, plan.dots) };
};

for (const [name, presentation] of Object.entries(PRESENTATIONS)) {
  describe(`flattenScalp of ${name}`, () => {
    const { plan, flat } = flattened(presentation);
    const { dots, field } = plan;

    it('puts every dot on one chart, one that names its zone', () => {
      const used = new Set<number>();
      const strays = Array.from(dots.zone).filter((zone, i) => {
        used.add(flat.chartOfDot[i]);
        return !flat.charts[flat.chartOfDot[i]].zoneIds.includes(field.zones[zone].id);
      });
      expect(strays).toEqual([]);
      expect(used.size).toBe(flat.charts.length);
      expect(new Set(flat.charts.map(({ id }) => id)).size).toBe(flat.charts.length);
    });

    it('keeps distances between near dots within the stretch it states', () => {
      const random = seededGenerator(9);
      let pairs = 0;
      for (let n = 0; n < 4000; n++) {
        const i = Math.floor(random() * dots.count);
        const near = nearDot(plan, flat, i);
        if (near === null) continue;
        const { largestStretch } = flat.charts[flat.chartOfDot[i]];
        // A chord of 6 mm is 0.03 % short of the skin; between dots the stretch goes on growing a little.
        expect(Math.abs(near.flatMm / near.skinMm - 1)).toBeLessThan(largestStretch + 0.004);
        pairs++;
      }
      expect(pairs).toBeGreaterThan(200);
    });

    it('states more stretch for the worst place than for 95 % of the dots, and not much of either', () => {
      for (const { largestStretch, p95Stretch } of flat.charts) {
        expect(p95Stretch).toBeGreaterThan(0);
        expect(p95Stretch).toBeLessThanOrEqual(largestStretch);
        expect(largestStretch).toBeLessThan(presentation.kind === 'full' ? 0.16 : 0.1);
      }
      // A narrow strip, a small patch and a temple lie nearly flat, but no whole scalp does.
      const isSmall = presentation.kind === 'fut-scar' || presentation.kind === 'patch';
      expect(Math.max(...flat.charts.map(({ p95Stretch }) => p95Stretch))).toBeGreaterThan(isSmall ? 0 : 0.02);
    });

    it('cuts halves along the midline', () => {
      const strays = Array.from(flat.chartOfDot).filter((chart, i) => {
        const { id } = flat.charts[chart];
        const isRight = dots.positionMm[3 * i] < 0;
        return (id.endsWith('right') && !isRight) || (id.endsWith('left') && isRight);
      });
      expect(strays).toEqual([]);
    });
  });
}

describe('flattenScalp', () => {
  it("shows the front as one faces the client: crown up, the client's left on the right", () => {
    const { plan, flat } = flattened({ kind: 'norwood', stage: 6 });
    const front = flat.charts.find(({ id }) => id === 'front');
    const [x, y, z] = front?.centre ?? [0, 0, 0];
    expect(front?.toPlane([x + 10, y, z])[0]).toBeGreaterThan(9);
    expect(front?.toPlane(plan.landmarks.vertex)[1]).toBeGreaterThan(20);
  });

  it('gives the same charts for the same dots', () => {
    const { plan, flat } = flattened({ kind: 'hairline' });
    expect(flattenScalp(plan.head, plan.field.zones, plan.dots).xyMm).toEqual(flat.xyMm);
  });
});

/** Some dot of the same chart 1 to 6 mm away, of the next hundred in order of rank; null when none is. */
function nearDot({ dots }: RealisedPlan, flat: FlatScalp, i: number): { skinMm: number; flatMm: number } | null {
  const p = dots.positionMm;
  for (let j = i + 1; j < Math.min(dots.count, i + 400); j++) {
    if (flat.chartOfDot[j] !== flat.chartOfDot[i]) continue;
    const d = [0, 1, 2].map((k) => p[3 * i + k] - p[3 * j + k]);
    const skinMm = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    if (skinMm < 1 || skinMm > 6) continue;
    const u = flat.xyMm[2 * i] - flat.xyMm[2 * j];
    const v = flat.xyMm[2 * i + 1] - flat.xyMm[2 * j + 1];
    return { skinMm, flatMm: Math.sqrt(u * u + v * v) };
  }
  return null;
}
