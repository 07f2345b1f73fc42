import { describe, expect, it } from 'vitest';
import type { HeadShape } from '../head/head-shape.ts';
import { populationShape } from '../head/solve-head.ts';
import { solveViews } from './solve-views.ts';
import { cameraOn } from './testing/person-mask.ts';
import { MIDDLE_PX as MIDDLE, seenView } from './testing/seen-view.ts';
import type { ViewEvidence } from './view-evidence.ts';
import { MOST_APART } from './views-apart.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const HEAD: HeadShape = { ...populationShape(MAN), face: 1 };
const FRONT = cameraOn(2200, MIDDLE, 1000, 6, 14, 3);
const LEFT = cameraOn(2200, MIDDLE, 1000, -40, 3, -2);
const apart = (...views: ViewEvidence[]): readonly number[] =>
  solveViews({ views, measures: [], client: MAN, scan: null }).apart();
const changed = (by: Partial<HeadShape>): HeadShape => ({
  face: 1,
  width: HEAD.width * (by.width ?? 1),
  height: HEAD.height * (by.height ?? 1),
  length: HEAD.length * (by.length ?? 1),
});

describe('photos that may be of two people', () => {
  it('are not told apart when they show one head, however unusual', () => {
    expect(Math.max(...apart(seenView('front', HEAD, FRONT), seenView('left', HEAD, LEFT)))).toBeLessThan(3);
    const tall = changed({ height: 1.1, width: 0.95 });
    expect(Math.max(...apart(seenView('front', tall, FRONT), seenView('left', tall, LEFT)))).toBeLessThan(6);
  });

  it.each(['height', 'width'] as const)('are told apart by the %s of the cranium', (what) => {
    const [low, high] = [changed({ [what]: 0.9 }), changed({ [what]: 1.12 })];
    const sums = apart(seenView('front', low, FRONT), seenView('left', high, LEFT));
    expect(Math.max(...sums)).toBeGreaterThan(MOST_APART);
  });

  it('name the one of three that shows another head', () => {
    const other = changed({ height: 1.14 });
    const bowed = cameraOn(2200, MIDDLE, 1000, 4, 24, 0);
    const sums = apart(seenView('front', HEAD, FRONT), seenView('bowed', HEAD, bowed), seenView('left', other, LEFT));
    expect(sums.indexOf(Math.max(...sums))).toBe(2);
  });
});
