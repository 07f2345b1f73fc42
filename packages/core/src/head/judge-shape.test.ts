import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { unusualLengths } from './judge-shape.ts';
import { populationShape } from './solve-head.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const WOMAN = { sex: 'f', ageYears: null } as const;

describe('unusual lengths of a head', () => {
  it('are none on heads within three standard deviations of their population', () => {
    const random = seededGenerator(4);
    for (const client of [MAN, WOMAN]) {
      const { face, width, height, length } = populationShape(client);
      const some = (): number => 1 + 0.11 * (2 * random() - 1);
      for (let n = 0; n < 30; n++) {
        const shape = { face, width: some() * width, height: some() * height, length: some() * length };
        expect(unusualLengths(shape, client)).toEqual([]);
      }
    }
  });

  it('are told by name, in millimetres, beside what is usual', () => {
    const usual = populationShape(MAN);
    const [only, ...others] = unusualLengths({ ...usual, height: 0.65 * usual.height }, MAN);
    expect(others).toEqual([]);
    expect(only?.kind).toBe('height');
    expect(Math.round(only!.mm)).toBe(106);
    expect(only!.usualMm.map(Math.round)).toEqual([118, 145]);
    const flat = { ...usual, width: 1.4 * usual.width, length: 0.7 * usual.length };
    expect(unusualLengths(flat, MAN).map(({ kind }) => kind)).toEqual(['length', 'breadth']);
  });
});
