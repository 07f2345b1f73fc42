import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { invert } from '../num/solve.ts';
import { seededGenerator } from '../random/generator.ts';
import {
  headBeliefs,
  logsOf,
  measureBelief,
  measureVariance,
  populationBeliefs,
  readMeasure,
  readingsAt,
  shapeOf,
  targetOf,
} from './head-beliefs.ts';
import { MEASURE_KINDS, takeMeasure } from './take-measure.ts';
import { vertexOf } from './tape.ts';
import { randomShape } from './testing/random-shape.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const WOMAN = { sex: 'f', ageYears: null } as const;
const PEOPLE = join(import.meta.dirname, '../../../../../shared/data/anthropometry');

describe('logarithms of a shape', () => {
  it('go back to the shape', () => {
    const shape = randomShape(seededGenerator(41));
    const again = shapeOf(logsOf(shape));
    for (const factor of ['face', 'width', 'height', 'length'] as const) {
      expect(again[factor]).toBeCloseTo(shape[factor], 12);
    }
  });
});

describe('reading a measure', () => {
  it('gives every kind in millimetres: pupils of the face alone, height to the vertex', () => {
    const shape = randomShape(seededGenerator(42));
    readingsAt(logsOf(shape), (radius) => {
      expect(readMeasure('pupils', radius, shape)).toBeCloseTo(65.2 * shape.face, 10);
      expect(readMeasure('height', radius, shape)).toBe(vertexOf(radius)[1]);
      for (const kind of MEASURE_KINDS) expect(readMeasure(kind, radius, shape), kind).toBeGreaterThan(50);
    });
  });
});

describe('what a measure says', () => {
  it("is its value, with its own error and the head's departure from the template", () => {
    const rough = takeMeasure('length', 200, 4);
    expect(Math.exp(targetOf(rough, MAN))).toBeCloseTo(200, 8);
    expect(measureVariance(rough, MAN)).toBeGreaterThan((4 / 200) ** 2);
    expect(measureVariance(rough, MAN)).toBeLessThan((5 / 200) ** 2);
    expect(measureBelief(rough, MAN).information[0]).toBeCloseTo(1 / measureVariance(rough, MAN), 8);
  });

  it("is less for a tape over a woman's hair, and the same for a calliper", () => {
    const [tape, calliper] = [takeMeasure('circumference', 560), takeMeasure('length', 190)];
    expect(Math.exp(targetOf(tape, WOMAN))).toBeLessThan(555);
    expect(measureVariance(tape, WOMAN)).toBeGreaterThan(1.5 * measureVariance(tape, MAN));
    expect(targetOf(calliper, WOMAN)).toBe(targetOf(calliper, MAN));
    expect(measureVariance(calliper, WOMAN)).toBe(measureVariance(calliper, MAN));
  });

  it('adds to the population, one belief each', () => {
    const measures = [takeMeasure('circumference', 560), takeMeasure('pupils', 62)];
    expect(headBeliefs(measures, WOMAN)).toHaveLength(populationBeliefs(WOMAN).length + 2);
  });
});

describe.skipIf(!existsSync(PEOPLE))('the population', () => {
  it.each([
    ['m', 'ANSUR_II_MALE_Public.csv'],
    ['f', 'ANSUR_II_FEMALE_Public.csv'],
  ] as const)('is that of ANSUR II, spread wider by a tenth: %s', (sex, file) => {
    const [head, ...rows] = readFileSync(join(PEOPLE, file), 'latin1').trim().split(/\r?\n/);
    const names = head.split(',');
    const columns = ['headlength', 'headbreadth', 'tragiontopofhead'].map((name) => {
      const at = names.indexOf(name);
      return rows.map((row) => Math.log(Number(row.split(',')[at])));
    });
    const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    const means = columns.map(mean);
    const [{ target, information }] = populationBeliefs({ sex, ageYears: null });
    const covariance = invert(information, 4);
    columns.forEach((a, i) => {
      expect(Math.abs(target[i] - means[i])).toBeLessThan(0.001);
      columns.forEach((b, j) => {
        const theirs = mean(a.map((v, k) => (v - means[i]) * (b[k] - means[j])));
        expect(Math.abs(covariance[4 * i + j] / 1.21 - theirs)).toBeLessThan(2e-5);
      });
    });
  });
});
