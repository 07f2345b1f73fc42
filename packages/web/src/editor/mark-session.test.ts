import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { describe, expect, it } from 'vitest';
import {
  beginMarking,
  choose,
  drawnInWords,
  finish,
  finishDistance,
  handlesOf,
  isFinishable,
  move,
  NOTHING_DRAWN,
  readingNumber,
  remove,
  resize,
  tap,
  undo,
  type MarkSession,
  type Tool,
} from './mark-session.ts';

const POINTS = ['left-ear-top', 'right-ear-top', 'vertex'] as const;
const begin = (tool: Tool): MarkSession => beginMarking(NOTHING_DRAWN, tool);
const tapped = (session: MarkSession, ...places: readonly PhotoPlace[]): MarkSession =>
  places.reduce((s, place) => tap(s, place, POINTS), session);

describe('marking points', () => {
  it('asks for the points of the view one after the other, and keeps the last when all are there', () => {
    let session = begin({ kind: 'point', name: 'left-ear-top' });
    const asked: string[] = [];
    for (const place of [
      [1, 2],
      [3, 4],
      [5, 6],
    ] as const) {
      session = tapped(session, place);
      asked.push(session.tool.kind === 'point' ? session.tool.name : '');
    }
    expect(asked).toEqual(['right-ear-top', 'vertex', 'vertex']);
    expect(session.drawn.anchors).toEqual([
      { name: 'left-ear-top', xPx: 1, yPx: 2 },
      { name: 'right-ear-top', xPx: 3, yPx: 4 },
      { name: 'vertex', xPx: 5, yPx: 6 },
    ]);
  });

  it('replaces a point that is marked again instead of having it twice', () => {
    const session = tapped(begin({ kind: 'point', name: 'vertex' }), [1, 2]);
    const again = tapped(choose(session, { kind: 'point', name: 'vertex' }), [7, 8]);
    expect(again.drawn.anchors).toEqual([{ name: 'vertex', xPx: 7, yPx: 8 }]);
  });
});

describe('marking on the scalp', () => {
  it('takes a place that is tapped twice for one, which no outline could have', () => {
    const outline = begin({ kind: 'mark', mark: 'area' });
    const twice = tapped(outline, [0, 0], [0, 0], [90, 0], [90.5, 0.5], [90, 90], [0, 0]);
    expect(twice.open).toEqual([
      [0, 0],
      [90, 0],
      [90, 90],
      [0, 0],
    ]);
    expect(tapped(begin({ kind: 'mark', mark: 'tape' }), [5, 5], [5, 5]).drawn.marks).toEqual([]);
    expect(tapped(begin({ kind: 'distance' }), [5, 5], [5, 5]).open).toEqual([[5, 5]]);
  });

  it('closes an outline from three places on, and ends a line from two', () => {
    const two = tapped(begin({ kind: 'mark', mark: 'patch' }), [0, 0], [9, 0]);
    expect(isFinishable(two)).toBe(false);
    expect(finish(two)).toBe(two);
    expect(finish(tapped(two, [9, 9])).drawn.marks).toEqual([
      {
        kind: 'patch',
        outline: [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
      },
    ]);
    const line = tapped(begin({ kind: 'mark', mark: 'fut-scar' }), [0, 0], [9, 0]);
    expect(finish(line).drawn.marks).toEqual([
      {
        kind: 'fut-scar',
        line: [
          [0, 0],
          [9, 0],
        ],
        widthMm: 2,
      },
    ]);
    expect(finish(line).open).toEqual([]);
    const area = tapped(begin({ kind: 'mark', mark: 'keep-out-area' }), [0, 0], [9, 0], [9, 9]);
    expect(finish(area).drawn.marks).toEqual([{ kind: 'keep-out-area', outline: area.open }]);
  });

  it('has one whorl and as many moles as there are', () => {
    const moles = tapped(begin({ kind: 'mark', mark: 'mole' }), [1, 1], [2, 2]);
    const both = tapped(choose(moles, { kind: 'mark', mark: 'whorl' }), [3, 3], [4, 4]);
    expect(both.drawn.marks).toEqual([
      { kind: 'mole', at: [1, 1], diameterMm: 4 },
      { kind: 'mole', at: [2, 2], diameterMm: 4 },
      { kind: 'whorl', at: [4, 4] },
    ]);
    expect(resize(both, 'marks', 1, 7).drawn.marks[1]).toEqual({ kind: 'mole', at: [2, 2], diameterMm: 7 });
    expect(remove(both, 'marks', 0).drawn.marks).toHaveLength(2);
  });

  it('ends a tape by itself at its second place, and numbers what is to be read of one photo', () => {
    const one = tapped(begin({ kind: 'mark', mark: 'tape' }), [0, 0], [9, 0], [1, 1], [1, 8]);
    expect(one.drawn.marks).toEqual([
      {
        kind: 'tape',
        line: [
          [0, 0],
          [9, 0],
        ],
      },
      {
        kind: 'tape',
        line: [
          [1, 1],
          [1, 8],
        ],
      },
    ]);
    const mole = tapped(choose(one, { kind: 'mark', mark: 'mole' }), [5, 5]);
    const area = finish(tapped(choose(mole, { kind: 'mark', mark: 'area' }), [0, 0], [9, 0], [9, 9]));
    expect(area.drawn.marks.map((_, item) => readingNumber(area.drawn.marks, item))).toEqual([1, 2, null, 3]);
    expect(undo(undo(one)).drawn.marks).toHaveLength(1);
  });

  it('takes exactly two ends of a distance, then its length', () => {
    const session = tapped(begin({ kind: 'distance' }), [0, 0], [30, 40], [99, 99]);
    expect(session.open).toEqual([
      [0, 0],
      [30, 40],
    ]);
    const kept = finishDistance(session, 20);
    expect(kept.drawn.distances).toEqual([{ fromPx: [0, 0], toPx: [30, 40], mm: 20, sdMm: 0.5 }]);
    expect(kept.open).toEqual([]);
    expect(finishDistance(session, 20, 3).drawn.distances[0]!.sdMm).toBe(1.5);
    expect(finishDistance(begin({ kind: 'distance' }), 20).drawn).toBe(NOTHING_DRAWN);
  });
});

describe('undo', () => {
  it('takes back every step to the very beginning, and then does nothing', () => {
    const start = begin({ kind: 'mark', mark: 'bald' });
    let session = finish(tapped(start, [0, 0], [9, 0], [9, 9]));
    session = tapped(choose(session, { kind: 'mark', mark: 'mole' }), [5, 5]);
    const counts: number[] = [];
    while (session.past.length > 0) {
      session = undo(session);
      counts.push(session.drawn.marks.length);
    }
    expect(counts).toEqual([1, 0, 0, 0, 0]);
    expect(session.drawn).toBe(NOTHING_DRAWN);
    expect(undo(session)).toBe(session);
  });

  it('brings back what was dropped half drawn by another tool', () => {
    const half = tapped(begin({ kind: 'mark', mark: 'bald' }), [0, 0], [9, 0]);
    const dropped = choose(half, { kind: 'distance' });
    expect(dropped.open).toEqual([]);
    expect(undo(dropped)).toMatchObject({
      tool: { mark: 'bald' },
      open: [
        [0, 0],
        [9, 0],
      ],
    });
  });

  it('takes a drag in many small parts back at once', () => {
    const session = finish(tapped(begin({ kind: 'mark', mark: 'patch' }), [0, 0], [9, 0], [9, 9]));
    const corner = handlesOf(session).find(({ at }) => at[0] === 9 && at[1] === 9)!;
    const dragged = move(move(move(session, corner, [10, 10], true), corner, [11, 11], false), corner, [12, 12], false);
    expect(dragged.drawn.marks).toEqual([
      {
        kind: 'patch',
        outline: [
          [0, 0],
          [9, 0],
          [12, 12],
        ],
      },
    ]);
    expect(undo(dragged).drawn).toEqual(session.drawn);
  });
});

it('can move a point, either end of a distance, a mole and what is still open, each by its own handle', () => {
  let session = tapped(begin({ kind: 'point', name: 'vertex' }), [1, 1]);
  session = finishDistance(tapped(choose(session, { kind: 'distance' }), [2, 2], [3, 3]), 20);
  session = tapped(choose(session, { kind: 'mark', mark: 'mole' }), [4, 4]);
  session = tapped(choose(session, { kind: 'mark', mark: 'bald' }), [5, 5]);
  const handles = handlesOf(session);
  expect(handles).toHaveLength(5);
  for (const handle of handles) session = move(session, handle, [handle.at[0] + 10, handle.at[1]], true);
  expect(handlesOf(session).map(({ at }) => at)).toEqual(handles.map(({ at: [x, y] }) => [x + 10, y]));
});

it('says in words what is drawn', () => {
  expect(drawnInWords(NOTHING_DRAWN)).toBeNull();
  const session = tapped(begin({ kind: 'mark', mark: 'mole' }), [1, 1], [2, 2]);
  expect(drawnInWords(tapped(choose(session, { kind: 'point', name: 'vertex' }), [1, 1]).drawn)).toBe(
    '1 point, 2 marks',
  );
});
