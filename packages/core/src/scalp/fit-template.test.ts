import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { takeZoneTape } from '../head/zone-tape.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import { Refusal } from '../units/refusal.ts';
import { designHairline } from './design-hairline.ts';
import { usableTapes } from './fit-template.ts';
import { frontEdge } from './front-edge.ts';
import type { Presentation } from './scalp-design.ts';
import { readZoneTapes } from './testing/template-spread.ts';
import type { SpreadHead } from './testing/template-spread.ts';

const headOf = (shape: HeadShape): SpreadHead => {
  const head = buildHead(shape);
  const landmarks = landmarksOf(shape);
  const hairline = designHairline(head, landmarks, { sex: 'm', ageYears: 42 }, 7);
  return { head, landmarks, hairline, edge: frontEdge(head, hairline, 7) };
};
const HEADS: readonly SpreadHead[] = [
  headOf({ face: 1, width: 1, height: 1, length: 1 }),
  headOf({ face: 0.93, width: 1.03, height: 0.96, length: 0.96 }),
  headOf({ face: 1.04, width: 0.97, height: 1.06, length: 1.08 }),
];
const norwood = (stage: 4 | 5 | 6 | 7): Presentation => ({ kind: 'norwood', stage });
const read = (at: SpreadHead, presentation: Presentation, tapes: readonly ZoneTape[] = []): Record<string, number> =>
  Object.fromEntries(readZoneTapes(at, presentation, undefined, tapes).map(({ kind, valueMm }) => [kind, valueMm]));

describe('fitTemplate', () => {
  it('lets taped arcs come out on this head to 1 mm, alone and together, larger and smaller than usual', () => {
    for (const at of HEADS) {
      for (const stage of [4, 5, 6, 7] as const) {
        const usual = read(at, norwood(stage));
        for (const [lengthBy, widthBy] of [
          [-18, 14],
          [12, -16],
          [9, 20],
        ]) {
          const length = takeZoneTape('bald-length', usual['bald-length'] + lengthBy);
          const width = takeZoneTape('bald-width', usual['bald-width'] + widthBy);
          const both = read(at, norwood(stage), [length, width]);
          expect(Math.abs(both['bald-length'] - length.valueMm)).toBeLessThan(1);
          expect(Math.abs(both['bald-width'] - width.valueMm)).toBeLessThan(1);
          expect(Math.abs(read(at, norwood(stage), [length])['bald-length'] - length.valueMm)).toBeLessThan(1);
          expect(Math.abs(read(at, norwood(stage), [width])['bald-width'] - width.valueMm)).toBeLessThan(1);
        }
      }
    }
  });

  it('changes nothing by tapes that read what the template has', () => {
    const [at] = HEADS;
    const usual = read(at, norwood(6));
    const again = read(at, norwood(6), [takeZoneTape('bald-length', usual['bald-length'])]);
    expect(again['bald-width']).toBeCloseTo(usual['bald-width'], 0);
  });

  it('lets the side follow a taped length the same way, and by less', () => {
    const [at] = HEADS;
    const usual = read(at, norwood(6));
    const longer = read(at, norwood(6), [takeZoneTape('bald-length', usual['bald-length'] + 20)]);
    expect(longer['bald-width']).toBeGreaterThan(usual['bald-width'] + 3);
    expect(longer['bald-width']).toBeLessThan(usual['bald-width'] + 20);
  });

  it('refuses tapes that no head of the stage has', () => {
    for (const tape of [takeZoneTape('bald-length', 60), takeZoneTape('bald-width', 325)]) {
      const fit = (): unknown => read(HEADS[1], norwood(6), [tape]);
      expect(fit).toThrow(Refusal);
    }
  });
});

describe('usableTapes', () => {
  it('takes the last of each kind, and none where a tape says nothing', () => {
    const tapes = [takeZoneTape('bald-length', 180), takeZoneTape('bald-length', 190), takeZoneTape('bald-width', 150)];
    expect(usableTapes(norwood(5), tapes)).toEqual({ lengthMm: 190, widthMm: 150 });
    for (const presentation of [
      { kind: 'norwood', stage: 3 },
      { kind: 'ludwig', stage: 2 },
      { kind: 'full' },
    ] as const) {
      expect(usableTapes(presentation, tapes)).toEqual({ lengthMm: null, widthMm: null });
    }
  });
});
