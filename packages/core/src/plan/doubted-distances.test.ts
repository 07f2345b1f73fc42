import { describe, expect, it } from 'vitest';
import { doubtedDistances } from './doubted-distances.ts';

const known = (mm: number, sdMm = 0.5) => ({ fromPx: [600, 400], toPx: [800, 400], mm, sdMm }) as const;
const foretold = (valueMm: number, sdMm = 2) => ({ valueMm, sdMm });

describe('distances that everything else contradicts', () => {
  it('are none in photos without any, in plans of before, and among those that agree', () => {
    expect(doubtedDistances([{ view: 'front', distances: [] }])).toEqual([]);
    expect(doubtedDistances([{ view: 'front', distances: [known(90)] }])).toEqual([]);
    const agree = { view: 'front', distances: [known(54), known(60)], distancesForetold: [foretold(57), foretold(57)] };
    expect(doubtedDistances([agree])).toEqual([]);
  });

  it('are named with their photo, their number and what is foretold, the worst first', () => {
    const front = { view: 'front', distances: [known(57), known(64)], distancesForetold: [foretold(57), foretold(57)] };
    const top = { view: 'top', distances: [known(48)], distancesForetold: [foretold(57)] };
    expect(doubtedDistances([front, top])).toEqual([
      { view: 'top', n: 1, mm: 48, foretold: foretold(57) },
      { view: 'front', n: 2, mm: 64, foretold: foretold(57) },
    ]);
  });

  it('are not told where either is known no better', () => {
    const roughly = { view: 'front', distances: [known(64, 3)], distancesForetold: [foretold(57)] };
    const unsure = { view: 'front', distances: [known(64)], distancesForetold: [foretold(57, 4)] };
    expect(doubtedDistances([roughly, unsure])).toEqual([]);
  });
});
