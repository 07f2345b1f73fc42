import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { designWhorl } from './design-whorl.ts';
import { faultOfMark } from './judge-mark.ts';
import { presetMarks } from './preset-marks.ts';
import type { Point, ScalpMark } from './scalp-design.ts';
import { ellipsoidHead } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const on = (...p: Vec3): Point => onSkin(head, p);
const patch = (...outlineMm: Point[]): ScalpMark => ({ kind: 'patch', outlineMm });
const SQUARE = [on(-20, 120, 20), on(20, 120, 20), on(20, 120, -20), on(-20, 120, -20)];

describe('faultOfMark', () => {
  it('finds nothing wrong with what a preset or a steady hand draws', () => {
    for (const kind of ['fut-scar', 'fue-scars', 'patch'] as const) {
      for (const mark of presetMarks({ kind }, [], head, 1, 5)) expect(faultOfMark(head, mark)).toBe(null);
    }
    expect(faultOfMark(head, designWhorl(head, 5))).toBe(null);
    expect(faultOfMark(head, patch(...SQUARE))).toBe(null);
    expect(faultOfMark(head, patch(...SQUARE.toReversed()))).toBe(null);
  });

  it('names points off the skin or below the scalp', () => {
    const [a, b, c] = SQUARE;
    expect(faultOfMark(head, patch(a, b, c, [0, 180, 0]))).toBe('a point is off the skin');
    expect(faultOfMark(head, patch(a, b, c, [0, 0, 0]))).toBe('a point lies below the scalp');
    const whorl: ScalpMark = { kind: 'whorl', centreMm: [0, -90, 20] };
    expect(faultOfMark(head, whorl)).toBe('a point lies below the scalp');
  });

  it('names outlines that cross themselves, but not ones that only bend inwards', () => {
    const [a, b, c, d] = SQUARE;
    expect(faultOfMark(head, patch(a, c, b, d))).toBe('the outline crosses itself');
    expect(faultOfMark(head, patch(a, on(0, 120, -10), b, c, d))).toBe(null);
  });

  it('takes a narrow strip for a place to keep clear, and for nothing else to work on', () => {
    const strip = [
      on(-60, 120, 2),
      on(0, 120, 2.5),
      on(60, 120, 2),
      on(60, 120, -2),
      on(0, 120, -2.5),
      on(-60, 120, -2),
    ];
    expect(faultOfMark(head, { kind: 'keep-out-area', outlineMm: strip })).toBe(null);
    expect(faultOfMark(head, patch(...strip))).toBe('the outline has no inside');
    const line = strip.map(([x, y, z]) => on(x, y, z / 10));
    expect(faultOfMark(head, { kind: 'keep-out-area', outlineMm: line })).toBe('the outline has no inside');
  });

  it('names what is too small, and points too far from each other', () => {
    const p = on(0, 120, 0);
    expect(faultOfMark(head, patch(p, p, p))).toBe('it is too small to be worked');
    const line: ScalpMark = { kind: 'fut-scar', lineMm: [p, p], widthMm: 2 };
    expect(faultOfMark(head, line)).toBe('it is too small to be worked');
    expect(faultOfMark(head, patch(on(-80, 40, 0), on(80, 40, 0), on(0, 90, -60)))).toMatch(/more than 150 mm apart/);
  });
});
