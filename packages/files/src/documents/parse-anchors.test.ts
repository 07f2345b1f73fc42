import { describe, expect, it } from 'vitest';
import type { Refusal } from '@stipple/core/units/refusal.ts';
import { anchorsIn, parseAnchors } from './parse-anchors.ts';

const SIZE = { widthPx: 1000, heightPx: 800 };
const read = (json: unknown) => anchorsIn(parseAnchors(JSON.stringify(json), 'top.json'), SIZE);
const POINTS = [
  { name: 'left-tragus', xPx: 812, yPx: 640.5 },
  { name: 'vertex', xPx: 500, yPx: 20 },
];

/** The detail of the refusal; fails when the file is accepted. */
function fault(json: unknown): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  try {
    anchorsIn(parseAnchors(text, 'top.json'), SIZE);
  } catch (error) {
    expect(error).toMatchObject({ code: 'anchors-unreadable' });
    expect((error as Refusal).detail).toMatch(/^top[.]json, /);
    return (error as Refusal).detail!;
  }
  throw new Error(`accepted: ${text}`);
}

describe('a file of anchors', () => {
  it('is read in every form that people write', () => {
    expect(read({ anchors: { 'left-tragus': [812, 640.5], vertex: [500, 20] } })).toEqual(POINTS);
    expect(read({ leftTragus: [812, 640.5], Vertex: { x: 500, y: 20 } })).toEqual(POINTS);
    expect(
      read([
        { name: 'L ear', x: 812, y: 640.5 },
        { name: 'vertex', x: 500, y: 20 },
      ]),
    ).toEqual(POINTS);
    expect(
      read({
        photo: 'top.jpg',
        anchors: [
          { name: 'tragus_left', x: 812, y: 640.5 },
          { name: 'vertex', x: 500, y: 20, note: 1 },
        ],
      }),
    ).toEqual(POINTS);
    expect(anchorsIn(parseAnchors('\ufeff{"vertex": [500, 20]}', 'top.json'), SIZE)).toEqual([POINTS[1]]);
  });

  it('may give fractions, which run from edge to edge of the photo', () => {
    expect(read({ unit: 'fraction', anchors: { vertex: [0.5, 0.25], inion: [0, 1] } })).toEqual([
      { name: 'vertex', xPx: 499.5, yPx: 199.5 },
      { name: 'inion', xPx: -0.5, yPx: 799.5 },
    ]);
    expect(read({ unit: 'fraction', vertex: [0.5, 0.25] })).toEqual([{ name: 'vertex', xPx: 499.5, yPx: 199.5 }]);
  });

  it.each([
    ['', 'not JSON'],
    ['[1,', 'not JSON'],
    ['null', 'the whole file'],
    [`{"vertex": [1, 2], "pad": "${'x'.repeat(70_000)}"}`, 'longer than 64 KB'],
    [{}, 'names no point'],
    [{ anchors: [] }, 'names no point'],
    [{ crown: [1, 2] }, '"crown" is no point of the head; known are left-tragus'],
    [{ tragus: [1, 2] }, '"tragus" is no point'],
    [{ vertex: ['1', 2] }, 'vertex must be [x, y], two numbers, and is '],
    [{ vertex: [1] }, 'vertex must be [x, y], two numbers, and is '],
    [{ vertex: [1, 2, 3] }, 'vertex must be [x, y], two numbers, and is '],
    [{ vertex: [null, 2] }, 'vertex must be [x, y], two numbers, and is '],
    ['{"vertex": [1e999, 2]}', 'vertex'],
    [{ 'left-tragus': [1, 2], leftEar: [3, 4] }, 'left-tragus is given twice'],
    [{ vertex: [1200, 4] }, 'vertex at 1200, 4 lies outside the photo of 1000 x 800 pixels'],
    [{ unit: 'fraction', vertex: [50, 4] }, 'fractions from 0 to 1'],
    [{ unit: 'mm', vertex: [50, 4] }, 'unit'],
    [[{ name: 'vertex', x: 1 }], '[0].y'],
    [{ anchors: 7 }, 'the whole file'],
  ])('is refused with the place: %j', (json, part) => {
    expect(fault(json)).toContain(part);
  });
});
