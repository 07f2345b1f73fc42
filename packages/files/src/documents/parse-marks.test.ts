import { describe, expect, it } from 'vitest';
import type { Refusal } from '@stipple/core/units/refusal.ts';
import { marksIn, parseMarks } from './parse-marks.ts';

const SIZE = { widthPx: 1000, heightPx: 800 };
const read = (json: unknown) => marksIn(parseMarks(JSON.stringify(json), 'top.json'), SIZE);
const OUTLINE = [
  [100, 100],
  [200, 100],
  [150, 200],
];

function fault(json: unknown): string {
  try {
    read(json);
  } catch (error) {
    expect(error).toMatchObject({ code: 'marks-unreadable' });
    expect((error as Refusal).detail).toMatch(/^top[.]json, /);
    return (error as Refusal).detail!;
  }
  throw new Error(`accepted: ${JSON.stringify(json)}`);
}

describe('a file of marks', () => {
  it('holds moles, scars, patches, outlines, a whorl, what is to be read and known distances', () => {
    const marks = [
      { kind: 'mole', at: [10, 20], diameterMm: 4 },
      {
        kind: 'fut-scar',
        line: [
          [10, 20],
          [300, 40],
        ],
        widthMm: 2,
      },
      ...(['fue-scars', 'patch', 'repair', 'bald', 'keep-out-area'] as const).map((kind) => ({
        kind,
        outline: OUTLINE,
      })),
      { kind: 'whorl', at: [400, 300] },
      { kind: 'keep-out', at: [10, 20], diameterMm: 12 },
      {
        kind: 'tape',
        line: [
          [10, 20],
          [300, 40],
        ],
      },
      { kind: 'area', outline: OUTLINE },
    ];
    const distances = [
      { from: [0, 0], to: [100, 0], mm: 30, errorMm: 0.5 },
      { from: [0, 0], to: [0, 50], mm: 15 },
    ];
    expect(read({ marks, distances })).toEqual({
      marks,
      distances: [
        // The error is the middle 95 %.
        { fromPx: [0, 0], toPx: [100, 0], mm: 30, sdMm: 0.25 },
        { fromPx: [0, 0], toPx: [0, 50], mm: 15, sdMm: 0.5 },
      ],
    });
  });

  it('may hold only one of the two, in fractions, with keys nobody knows', () => {
    expect(
      read({ unit: 'fraction', author: 'me', marks: [{ kind: 'whorl', at: { x: 0.5, y: 0.5 }, note: 'x' }] }),
    ).toEqual({
      marks: [{ kind: 'whorl', at: [499.5, 399.5] }],
      distances: [],
    });
    expect(read({ distances: [{ from: [1, 2], to: [3, 4], mm: 5 }] }).marks).toEqual([]);
  });

  it.each([
    [{}, 'neither marks nor distances'],
    [[], 'neither marks nor distances'],
    [{ marks: {} }, 'marks must be a list of at most 100 entries, and is fields in braces'],
    [
      {
        marks: [
          {
            kind: 'tape',
            line: [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
          },
        ],
      },
      'tape takes "line" of two places',
    ],
    [{ marks: [{ kind: 'wart', at: [1, 2] }] }, 'marks[0].kind'],
    [
      {
        marks: [
          { kind: 'whorl', at: [1, 2] },
          { kind: 'mole', at: [1, 2] },
        ],
      },
      'marks[1].diameterMm',
    ],
    [
      { marks: [{ kind: 'keep-out', outline: OUTLINE }] },
      '; keep-out takes "at" and "diameterMm", keep-out-area takes "outline"',
    ],
    [{ marks: [{ kind: 'patch', at: [1, 2] }] }, '; patch takes "outline"'],
    [{ marks: [{ kind: 'mole', at: [1, 2], diameterMm: -4 }] }, 'marks[0].diameterMm'],
    [{ marks: [{ kind: 'mole', at: [1, 2], diameterMm: '4' }] }, 'marks[0].diameterMm'],
    [{ marks: [{ kind: 'patch', outline: OUTLINE.slice(1) }] }, 'marks[0].outline'],
    [{ marks: [{ kind: 'patch', outline: Array.from({ length: 201 }, () => [1, 2]) }] }, 'marks[0].outline'],
    [
      { marks: [{ kind: 'fut-scar', line: [[1, 2], [3]], widthMm: 2 }] },
      'marks[0].line[1] must be [x, y], two numbers, and is [3]',
    ],
    [{ marks: [{ kind: 'patch', outline: [...OUTLINE, [2000, 5]] }] }, 'marks[0] (patch) at 2000, 5 lies outside'],
    [{ distances: [{ from: [1, 2], to: [1, 2], mm: 30 }] }, 'distances[0]: its ends are one place'],
    [{ distances: [{ from: [1, 2], to: [1, 900], mm: 30 }] }, 'distances[0].to at 1, 900'],
    [{ distances: [{ from: [1, 2], to: [1, 9], mm: 0 }] }, 'distances[0].mm'],
    [{ distances: [{ from: [1, 2], to: [1, 9], mm: 30, errorMm: 0 }] }, 'distances[0].errorMm'],
  ])('is refused with the place: %j', (json, part) => {
    expect(fault(json)).toContain(part);
  });
});
