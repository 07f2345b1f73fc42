import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { Refusal } from '../units/refusal.ts';
import { buildHead, radiusOfShape } from './build-head.ts';
import { skinAreaMm2 } from './head-mesh.ts';
import type { HeadMeasure, HeadShape, MeasureKind, TapeKind } from './head-shape.ts';
import { landmarksOf } from './landmarks.ts';
import { MEASURE_LIMITS_MM } from './measure-limits.ts';
import { populationShape, solveHead } from './solve-head.ts';
import { MEASURE_KINDS, TAPE_KINDS, takeMeasure } from './take-measure.ts';
import { readTape, vertexOf } from './tape.ts';
import { randomShape } from './testing/random-shape.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const WOMAN = { sex: 'f', ageYears: 40 } as const;

const readingOf = (shape: HeadShape, kind: TapeKind): number =>
  readTape(radiusOfShape(shape), landmarksOf(shape), kind);
const exactly = (shape: HeadShape, kinds: readonly TapeKind[] = TAPE_KINDS): HeadMeasure[] =>
  kinds.map((kind) => ({ ...takeMeasure(kind, readingOf(shape, kind)), sdMm: 0.05 }));
/** A part of the scalp that lies in every head: above the brow. */
const area = (shape: HeadShape): number => skinAreaMm2(buildHead(shape, 65), (_x, y, z) => y + 0.05 * z > 50);

const refusal = (measures: readonly HeadMeasure[]): Refusal => {
  try {
    solveHead(measures, null, MAN);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was not refused');
};
const taken = (...list: readonly (readonly [MeasureKind, number])[]): HeadMeasure[] =>
  list.map(([kind, valueMm]) => takeMeasure(kind, valueMm));

describe('solving a head', () => {
  it('finds the readings and the area of a head again from its five tapes', () => {
    const random = seededGenerator(21);
    for (let round = 0; round < 12; round++) {
      const shape = randomShape(random);
      const fit = solveHead(exactly(shape), null, MAN);
      for (const kind of TAPE_KINDS) {
        expect(Math.abs(readingOf(fit.shape, kind) / readingOf(shape, kind) - 1), kind).toBeLessThan(0.01);
      }
      expect(Math.abs(area(fit.shape) / area(shape) - 1)).toBeLessThan(1.5 * fit.relativeAreaSd);
    }
  });

  it('finds the very shape when the outline tells the cranium from the face', () => {
    const random = seededGenerator(22);
    for (let round = 0; round < 6; round++) {
      const shape = randomShape(random);
      const photo = { widthRatio: shape.width, heightRatio: shape.height, widthSd: 1e-3, heightSd: 1e-3 };
      const fit = solveHead(exactly(shape), photo, MAN);
      for (const factor of ['face', 'width', 'height', 'length'] as const) {
        expect(Math.abs(fit.shape[factor] / shape[factor] - 1), factor).toBeLessThan(0.015);
      }
    }
  });

  it('lets the outline decide how much of a circumference is face', () => {
    const narrow = { widthRatio: 0.9, heightRatio: 1, widthSd: 0.02, heightSd: 0.04 };
    const wide = { ...narrow, widthRatio: 1.05 };
    const one = solveHead(taken(['circumference', 575]), narrow, MAN);
    const other = solveHead(taken(['circumference', 575]), wide, MAN);
    expect(one.shape.face).toBeGreaterThan(other.shape.face * 1.02);
    expect(Math.abs(readingOf(one.shape, 'circumference') - 575)).toBeLessThan(5);
    expect(Math.abs(readingOf(other.shape, 'circumference') - 575)).toBeLessThan(5);
  });

  it('knows more with every measure', () => {
    const shape = populationShape(MAN);
    let last = Infinity;
    for (let count = 0; count <= TAPE_KINDS.length; count++) {
      const fit = solveHead(exactly(shape, TAPE_KINDS.slice(0, count)), null, MAN);
      expect(fit.relativeAreaSd).toBeLessThan(last);
      last = fit.relativeAreaSd;
    }
    expect(last).toBeGreaterThan(0.012);
  });

  it('covers the truth: nine in ten areas and more lie within 1.96 standard deviations', () => {
    const random = seededGenerator(23);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let inside = 0;
    const rounds = 60;
    for (let round = 0; round < rounds; round++) {
      const shape = randomShape(random);
      const kinds: TapeKind[] = ['circumference', 'sagittal', 'coronal'];
      const measures = kinds.map((kind) => takeMeasure(kind, readingOf(shape, kind) + 3 * normal()));
      const fit = solveHead(measures, null, MAN);
      if (Math.abs(Math.log(area(fit.shape) / area(shape))) < 1.96 * fit.relativeAreaSd) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(0.9 * rounds);
  });
});

describe('without measures', () => {
  it.each([
    [MAN, 199.4, 154.2, 131],
    [WOMAN, 189.7, 147.7, 126.3],
  ] as const)('the head is the mean of ANSUR II and not to scale: %o', (client, length, breadth, tragionToTop) => {
    const { shape, isMeasured, scaleSource, relativeSd } = solveHead([], null, client);
    expect(isMeasured).toBe(false);
    expect(scaleSource).toBe('population');
    expect(relativeSd).toBeGreaterThan(0.03);
    expect(readingOf(shape, 'length')).toBeCloseTo(length, 1);
    expect(readingOf(shape, 'breadth')).toBeCloseTo(breadth, 1);
    expect(vertexOf(radiusOfShape(shape))[1]).toBeCloseTo(tragionToTop, 1);
  });

  it('has the arcs that tables give for men, which were not put in', () => {
    const shape = populationShape(MAN);
    expect(Math.abs(readingOf(shape, 'coronal') - 350)).toBeLessThan(8);
    expect(Math.abs(readingOf(shape, 'sagittal') - 345)).toBeLessThan(8);
    expect(Math.abs(readingOf(shape, 'circumference') - 574.4)).toBeLessThan(8);
  });
});

describe('pupils and height', () => {
  it('fix the face and the crown', () => {
    const near = { sdMm: 0.05 } as const;
    const wide = solveHead([{ ...takeMeasure('pupils', 70), ...near }], null, MAN);
    const narrow = solveHead([{ ...takeMeasure('pupils', 58), ...near }], null, MAN);
    expect(wide.shape.face).toBeGreaterThan(1.03 * narrow.shape.face);
    const tall = solveHead([takeMeasure('height', 140)], null, MAN);
    expect(Math.abs(vertexOf(radiusOfShape(tall.shape))[1] - 140)).toBeLessThan(1);
  });

  it('say less than a tape: pupils sit differently in equal faces', () => {
    const sdOf = (kind: 'pupils' | 'circumference', value: number): number =>
      solveHead(taken([kind, value]), null, MAN).relativeSd;
    expect(sdOf('pupils', 64)).toBeGreaterThan(sdOf('circumference', 575));
    expect(sdOf('pupils', 64)).toBeLessThan(solveHead([], null, MAN).relativeSd);
    expect(solveHead(taken(['pupils', 64]), null, MAN).scaleSource).toBe('ruler');
  });
});

describe('a measure with an error of its own', () => {
  it('pulls as hard as it is sure', () => {
    const girth = takeMeasure('circumference', 575);
    const off = (sdMm: number): number =>
      Math.abs(readingOf(solveHead([girth, takeMeasure('length', 212, sdMm)], null, MAN).shape, 'length') - 212);
    expect(off(1)).toBeLessThan(off(4));
    expect(off(4)).toBeLessThan(off(15));
  });
});

describe("a tape over a woman's hair", () => {
  it('is expected to read too long, and trusted less than one on a shaved head', () => {
    const girth = taken(['circumference', 565]);
    const [woman, man] = [WOMAN, MAN].map((client) => solveHead(girth, null, client));
    expect(readingOf(woman.shape, 'circumference')).toBeLessThan(readingOf(man.shape, 'circumference') - 5);
    expect(woman.relativeAreaSd).toBeGreaterThan(man.relativeAreaSd);
  });
});

describe('the source of the scale', () => {
  it('is the tape when there is one, else the calliper', () => {
    expect(solveHead(taken(['length', 197]), null, MAN).scaleSource).toBe('calliper');
    expect(solveHead(taken(['length', 197], ['circumference', 572]), null, MAN).scaleSource).toBe('soft tape');
    expect(solveHead(taken(['circumference', 575]), null, MAN).isMeasured).toBe(true);
  });
});

describe('refusing', () => {
  it.each(MEASURE_KINDS)('a %s outside human limits, and accepts the limits themselves', (kind) => {
    const [low, high] = MEASURE_LIMITS_MM[kind];
    for (const value of [low - 1, high + 1, NaN, 10 * low, 0, -low]) {
      const { code, detail } = refusal(taken([kind, value]));
      expect(code).toBe('measure-absurd');
      expect(detail).toContain(kind);
    }
    for (const value of [low, high]) expect(solveHead(taken([kind, value]), null, MAN).isMeasured).toBe(true);
  });

  it.each([
    [
      ['circumference', 640],
      ['coronal', 300],
    ],
    [
      ['length', 165],
      ['breadth', 178],
    ],
    [
      ['circumference', 575],
      ['length', 225],
    ],
    [
      ['sagittal', 290],
      ['circumference', 600],
    ],
  ] as const)('%o with %o, naming both', (one, other) => {
    const { code, detail } = refusal(taken(one, other));
    expect(code).toBe('measures-contradict');
    expect(detail).toContain(`${one[0]} ${one[1]} mm`);
    expect(detail).toContain(`${other[0]} ${other[1]} mm`);
  });

  it('names the measure that does not fit four that do', () => {
    const good = exactly({ face: 0.98, width: 0.97, height: 1, length: 1.04 }).map((m) =>
      takeMeasure(m.kind, m.valueMm),
    );
    expect(solveHead(good, null, MAN).isMeasured).toBe(true);
    const bad = good.map((m) => (m.kind === 'coronal' ? { ...m, valueMm: m.valueMm + 45 } : m));
    expect(refusal(bad).detail).toContain('coronal');
  });

  it('does not refuse what tapes of living heads read', () => {
    const random = seededGenerator(24);
    for (let round = 0; round < 20; round++) {
      const shape = randomShape(random);
      const measures = TAPE_KINDS.map((kind) => takeMeasure(kind, readingOf(shape, kind) + 8 * (random() - 0.5)));
      const isHuman = measures.every(
        ({ kind, valueMm: v }) => v >= MEASURE_LIMITS_MM[kind][0] && v <= MEASURE_LIMITS_MM[kind][1],
      );
      if (isHuman) expect(solveHead(measures, null, MAN).isMeasured).toBe(true);
    }
  });
});
