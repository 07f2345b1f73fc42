import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { unusualLengths } from './judge-shape.ts';
import { populationShape } from './solve-head.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const WOMAN = { sex: 'f', ageYears: null } as const;

describe('unusual lengths of a head', () => {
  it('are none on heads that are large, small, long or broad, within three standard deviations', () => {
    for (const client of [MAN, WOMAN]) {
      const { face, width, height, length } = populationShape(client);
      for (const by of [0.9, 1.1])
        for (const [w, h, l] of [
          [by, by, by],
          [by, 1, 1],
          [1, by, 1],
          [1, 1, by],
          [by, by, 1],
          [1, by, by],
          [by, 1, by],
        ] as const)
          expect(unusualLengths({ face, width: w * width, height: h * height, length: l * length }, client)).toEqual(
            [],
          );
    }
  });

  it('are none on any of a thousand heads as they are drawn from their population', () => {
    const random = seededGenerator(4);
    const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);
    for (const client of [MAN, WOMAN]) {
      const { face, width, height, length } = populationShape(client);
      for (let n = 0; n < 500; n++) {
        const size = 0.02 * normal();
        const some = (sd: number): number => 1 + size + sd * normal();
        const shape = { face, width: some(0.033) * width, height: some(0.045) * height, length: some(0.033) * length };
        expect(unusualLengths(shape, client)).toEqual([]);
      }
    }
  });

  it('are breadth and height of a head in a photo that was stretched by a third, though each is one that some have', () => {
    for (const client of [MAN, WOMAN]) {
      const usual = populationShape(client);
      const stretched = { ...usual, width: 1.125 * usual.width, height: 0.72 * usual.height };
      expect(unusualLengths(stretched, client).map(({ kind }) => kind)).toEqual(['breadth', 'height']);
      for (const alone of [
        { ...usual, width: 1.125 * usual.width },
        { ...usual, height: 0.72 * usual.height },
      ])
        expect(unusualLengths(alone, client)).toEqual([]);
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
