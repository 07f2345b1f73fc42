import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Generator } from '../random/generator.ts';
import { seededGenerator } from '../random/generator.ts';
import { Refusal } from '../units/refusal.ts';
import type { HeadMeasure, MeasureKind } from './head-shape.ts';
import {
  averageRepeats,
  doubtfulMeasures,
  fitMeasures,
  foretell,
  judgeMeasures,
  refuseContradictions,
} from './judge-measures.ts';
import { MEASURE_KINDS, takeMeasure } from './take-measure.ts';

const MAN = { sex: 'm', ageYears: null } as const;

const taken = (list: Partial<Record<MeasureKind, number>>): HeadMeasure[] =>
  MEASURE_KINDS.flatMap((kind) => (list[kind] === undefined ? [] : [takeMeasure(kind, list[kind])]));
const GOOD = taken({ circumference: 575, sagittal: 345, coronal: 350, length: 198, breadth: 154 });

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('judging measures', () => {
  it('finds nothing wrong with measures of one head', () => {
    for (const { score } of judgeMeasures(GOOD, MAN)) expect(Math.abs(score)).toBeLessThan(2);
    expect(() => refuseContradictions(GOOD, MAN)).not.toThrow();
  });

  it('foretells each measure as solving without it does', () => {
    for (const { measure, foretoldMm, foretoldSdMm } of judgeMeasures(GOOD, MAN)) {
      const others = GOOD.filter((one) => one !== measure);
      const { valueMm, sdMm } = foretell(measure.kind, fitMeasures(others, MAN));
      // The tape's own departure from the template is in the one, not in the other.
      expect(Math.abs(foretoldMm - valueMm), measure.kind).toBeLessThan(0.3);
      expect(foretoldSdMm, measure.kind).toBeLessThan(1.01 * sdMm);
      expect(foretoldSdMm, measure.kind).toBeGreaterThan(0.5 * sdMm);
    }
  });

  it('says which measure does not belong, what the others foretell, and by how much', () => {
    const bad = GOOD.map((m) => (m.kind === 'sagittal' ? { ...m, valueMm: 405 } : m));
    const { code, detail } = refusal(() => refuseContradictions(bad, MAN));
    expect(code).toBe('measures-contradict');
    const [, foretold, spread] =
      /^sagittal 405 mm: the other measures foretell (\d+) \+- (\d+) mm/.exec(detail ?? '') ?? [];
    expect(Math.abs(Number(foretold) - 345)).toBeLessThan(10);
    expect(Number(spread)).toBeGreaterThan(3);
    expect(Number(spread)).toBeLessThan(20);
  });

  it.each(MEASURE_KINDS)('finds the one slip among all measures: %s', (kind) => {
    const all = taken({ ...Object.fromEntries(GOOD.map((m) => [m.kind, m.valueMm])), height: 131, pupils: 64 });
    const slip = kind === 'pupils' ? 15 : 32;
    const bad = all.map((m) => (m.kind === kind ? { ...m, valueMm: m.valueMm + slip } : m));
    const scores = judgeMeasures(bad, MAN);
    const worst = scores.reduce((a, b) => (Math.abs(b.score) > Math.abs(a.score) ? b : a));
    expect(worst.measure.kind).toBe(kind);
    expect(worst.score).toBeGreaterThan(0);
  });

  it('of two that contradict, names the one farther from people', () => {
    const { detail } = refusal(() => refuseContradictions(taken({ circumference: 530, coronal: 405 }), MAN));
    expect(detail).toMatch(/^coronal 405 mm: circumference 530 mm foretells 3[234]\d \+- \d+ mm$/);
  });

  it('doubts what is too far off to be believed and too near to be refused', () => {
    const odd = GOOD.map((m) => (m.kind === 'sagittal' ? { ...m, valueMm: 366 } : m));
    expect(() => refuseContradictions(odd, MAN)).not.toThrow();
    expect(doubtfulMeasures(odd, MAN).map(({ measure }) => measure.kind)).toEqual(['sagittal']);
    expect(doubtfulMeasures(GOOD, MAN)).toEqual([]);
    expect(doubtfulMeasures(GOOD.slice(0, 1), MAN)).toEqual([]);
  });

  it('lets a measure that is known to be rough disagree', () => {
    const rough = GOOD.map((m) => (m.kind === 'sagittal' ? { ...m, valueMm: 405, sdMm: 20 } : m));
    expect(() => refuseContradictions(rough, MAN)).not.toThrow();
  });
});

describe('a measure taken twice', () => {
  it('is averaged, and surer than once', () => {
    const { measures, apart } = averageRepeats([
      takeMeasure('circumference', 574),
      takeMeasure('length', 198),
      takeMeasure('circumference', 577),
    ]);
    expect(measures.map(({ kind, valueMm }) => [kind, valueMm])).toEqual([
      ['circumference', 575.5],
      ['length', 198],
    ]);
    expect(measures[0].sdMm).toBeCloseTo(3 / Math.sqrt(2), 10);
    expect(apart).toEqual([]);
  });

  it('weighs each by its own error', () => {
    const [{ valueMm }] = averageRepeats([takeMeasure('length', 196, 1), takeMeasure('length', 200, 3)]).measures;
    expect(valueMm).toBeCloseTo(196.4, 10);
  });

  it('is said to be apart beyond its error, and then no surer than the readings agree', () => {
    const { measures, apart } = averageRepeats([takeMeasure('sagittal', 338), takeMeasure('sagittal', 350)]);
    expect(apart).toEqual([{ kind: 'sagittal', valuesMm: [338, 350] }]);
    expect(measures[0].valueMm).toBeCloseTo(344, 10);
    expect(measures[0].sdMm).toBeCloseTo(6, 10);
  });

  it('is refused when it cannot be the same head', () => {
    const { code, detail } = refusal(() =>
      averageRepeats([takeMeasure('circumference', 552), takeMeasure('circumference', 592)]),
    );
    expect(code).toBe('measures-contradict');
    expect(detail).toBe('circumference was taken as 552 mm and 592 mm');
  });
});

const PEOPLE = join(import.meta.dirname, '../../../../../shared/data/anthropometry');
const COLUMNS: Partial<Record<MeasureKind, [name: string, perMm: number]>> = {
  circumference: ['headcircumference', 1],
  length: ['headlength', 1],
  breadth: ['headbreadth', 1],
  height: ['tragiontopofhead', 1],
  pupils: ['interpupillarybreadth', 10],
};

/** Every so many of the people in a file of ANSUR II, `count` of them. */
function someOf(file: string, count: number): Partial<Record<MeasureKind, number>>[] {
  const [head, ...rows] = readFileSync(join(PEOPLE, file), 'latin1').trim().split(/\r?\n/);
  const names = head.split(',');
  return Array.from({ length: count }, (_, k) => {
    const cells = rows[Math.floor((k * rows.length) / count)].split(',');
    return Object.fromEntries(
      Object.entries(COLUMNS).map(([kind, [name, perMm]]) => [kind, Number(cells[names.indexOf(name)]) / perMm]),
    );
  });
}

const normal = (random: Generator): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe.skipIf(!existsSync(PEOPLE))('people of ANSUR II, measured with tools that err', () => {
  it.each([
    ['m', 'ANSUR_II_MALE_Public.csv'],
    ['f', 'ANSUR_II_FEMALE_Public.csv'],
  ] as const)('90 to 98.5 %% of the stated 95 %% intervals hold what was not measured: %s', (sex, file) => {
    const random = seededGenerator(31);
    const client = { sex, ageYears: null };
    let inside = 0;
    let count = 0;
    for (const person of someOf(file, 30)) {
      for (const kinds of [['circumference'], ['circumference', 'breadth'], ['length', 'breadth', 'pupils']] as const) {
        const measures = kinds.map((kind) => {
          const exact = takeMeasure(kind, person[kind]!);
          return { ...exact, valueMm: exact.valueMm + exact.sdMm * normal(random) };
        });
        expect(() => refuseContradictions(measures, client)).not.toThrow();
        const posterior = fitMeasures(measures, client);
        for (const kind of ['length', 'breadth', 'height'] as const) {
          const { valueMm, sdMm } = foretell(kind, posterior);
          if (Math.abs(person[kind]! - valueMm) <= 1.96 * sdMm) inside++;
          count++;
        }
      }
    }
    expect(inside / count).toBeGreaterThan(0.9);
    expect(inside / count).toBeLessThan(0.985);
  });
});
