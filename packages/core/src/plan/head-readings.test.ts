import { beforeAll, describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { tapeMm } from '../head/geodesic.ts';
import { headOf } from '../head/head-of.ts';
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { areaInsideMm2 } from '../head/measure-on-skin.ts';
import { populationShape } from '../head/solve-head.ts';
import { takeMeasure } from '../head/take-measure.ts';
import { radiusOfMap, readTape } from '../head/tape.ts';
import { Refusal } from '../units/refusal.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cameraOn } from '../vision/testing/person-mask.ts';
import { MIDDLE_PX, seenView } from '../vision/testing/seen-view.ts';
import { faultOfReading, readingsOnSkin, summariseReading } from './head-readings.ts';
import { skinUnder } from './marks-on-skin.ts';
import { placeHead } from './place-head.ts';
import type { PlacedView } from './place-head.ts';
import type { HeadReading } from './plan-document.ts';
import type { AskedReading, PhotoPlace } from './plan-request.ts';

const MAN = { sex: 'm', ageYears: 42 } as const;
const TRUE: HeadShape = { face: 1.03, width: 1.03, height: 0.98, length: 0.98 * populationShape(MAN).length };
const CAMERA = cameraOn(2200, MIDDLE_PX, 1000, 6, 18, 3);

const TAPE: AskedReading = {
  kind: 'tape',
  line: [
    [440, 310],
    [590, 300],
  ],
};
const AREA: AskedReading = {
  kind: 'area',
  outline: [
    [450, 320],
    [570, 310],
    [590, 370],
    [520, 390],
    [440, 370],
  ],
};
const ACROSS: AskedReading = {
  kind: 'tape',
  line: [
    [MIDDLE_PX, 400],
    [MIDDLE_PX, 260],
  ],
};

/** Cameras of tests know heads of face 1. */
const truth = buildHead({ ...TRUE, face: 1 });
const seen = skinUnder(CAMERA, truth);
const truthOf = (asked: AskedReading): number => {
  const places = (asked.kind === 'tape' ? asked.line : asked.outline).map((place) => seen(place)!);
  return asked.kind === 'tape'
    ? TRUE.face * tapeMm(truth, places[0], places[1])
    : (TRUE.face ** 2 * areaInsideMm2(truth, places)) / 100;
};

let head: HeadMap;
let view: PlacedView;
beforeAll(() => {
  const girth = readTape(radiusOfMap(buildHead(TRUE)), landmarksOf(TRUE), 'circumference');
  const evidence = seenView('front', TRUE, CAMERA);
  const placed = placeHead([{ evidence, outline: null }], [takeMeasure('circumference', girth)], MAN, null);
  head = headOf(placed.head).map;
  [view] = placed.views;
});
const readingsOf = (...asked: AskedReading[]): HeadReading[] => readingsOnSkin(asked, 'front', view.camera, head, view);
const refusalOf = (...asked: AskedReading[]): string | null => {
  try {
    readingsOf(...asked);
    return null;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'mark-unusable') return error.detail;
    throw error;
  }
};

describe('readings on a head that one photo and one tape know', () => {
  it('are what a tape reads on the head that was photographed, within what they say of themselves', () => {
    for (const asked of [TAPE, ACROSS]) {
      const said = summariseReading(readingsOf(asked)[0], head, 'soft tape');
      if (said.kind !== 'tape') throw new Error('no tape');
      const mm = truthOf(asked);
      expect(Math.abs(said.mm / mm - 1)).toBeLessThan(0.04);
      expect(said.low).toBeLessThan(mm);
      expect(said.high).toBeGreaterThan(mm);
      // Wide enough for a head that is known to some per cent, and no wider.
      expect((said.high - said.low) / said.mm).toBeGreaterThan(0.04);
      expect((said.high - said.low) / said.mm).toBeLessThan(0.3);
      expect(said.straightMm).toBeLessThan(said.mm);
      expect(said.source).toBe('soft tape, as the front photo shows it');
    }
  });

  it('are the skin within an outline, which is surer of an outline that faces the camera', () => {
    const said = summariseReading(readingsOf(AREA)[0], head, 'soft tape');
    if (said.kind !== 'area') throw new Error('no area');
    const cm2 = truthOf(AREA);
    expect(Math.abs(said.cm2 / cm2 - 1)).toBeLessThan(0.08);
    expect(said.low).toBeLessThan(cm2);
    expect(said.high).toBeGreaterThan(cm2);
    const aside = (y: number): AskedReading => ({
      kind: 'area',
      outline: [
        [460, y],
        [560, y],
        [560, y + 30],
        [460, y + 30],
      ],
    });
    const [facing, slanted] = readingsOf(aside(380), aside(265));
    if (facing.kind !== 'area' || slanted.kind !== 'area') throw new Error('no areas');
    expect(slanted.relativeSd).toBeGreaterThan(1.3 * facing.relativeSd);
  });

  it('are refused by number and reason where nothing can be read', () => {
    const at = (...places: PhotoPlace[]): AskedReading => ({ kind: 'tape', line: places });
    expect(refusalOf(TAPE, at([20, 20], [500, 300]))).toBe('front: reading 2 (tape), lies beside the head at 20, 20');
    expect(refusalOf(at([500, 300], [500.5, 300]))).toBe('front: reading 1 (tape), both ends are one place');
    const within = (...outline: PhotoPlace[]): AskedReading => ({ kind: 'area', outline });
    expect(refusalOf(within([500, 300], [503, 300], [500, 303]))).toMatch(/reading 1 \(area\), it is too small/);
    expect(refusalOf(within([500, 300], [508, 300], [500, 310]))).toMatch(/the outline has no inside/);
    // Its parts would be taken from each other.
    expect(refusalOf(within([440, 300], [590, 380], [590, 300], [440, 370]))).toMatch(/the outline crosses itself/);
  });

  it('are none below the scalp, where the model has no skin', () => {
    const [below, on]: PhotoPlace[] = [
      [MIDDLE_PX, 720],
      [MIDDLE_PX, 700],
    ];
    expect([below, on].map((place) => skinUnder(view.camera, head)(place) !== null)).toEqual([true, true]);
    expect(refusalOf({ kind: 'tape', line: [[500, 300], on] })).toBe(null);
    expect(refusalOf({ kind: 'tape', line: [[500, 300], below] })).toBe(
      'front: reading 1 (tape), a point lies below the scalp',
    );
  });

  it('of a document are none beside the head, in its middle or around it', () => {
    const [tape, area] = readingsOf(TAPE, AREA);
    if (area.kind !== 'area') throw new Error('no area');
    expect([tape, area].map((reading) => faultOfReading(head, reading))).toEqual([null, null]);
    expect(faultOfReading(head, { ...tape, fromMm: [0, 300, 0] } as HeadReading)).toBe('a point is off the skin');
    for (const middle of [
      [0, 0, 0],
      [1e-300, 0, 0],
    ] as const) {
      const inside = { ...area, outlineMm: [middle, ...area.outlineMm.slice(1)] };
      for (const reading of [{ ...tape, fromMm: middle } as HeadReading, inside])
        expect(faultOfReading(head, reading)).toBe('a point lies below the scalp');
    }
    const [first, second, ...others] = area.outlineMm;
    const crossed = { ...area, outlineMm: [second, first, ...others] };
    expect(faultOfReading(head, crossed)).toBe('the outline crosses itself');
    const around: Vec3[] = [
      [75, -1, 0],
      [0, 20, 90],
      [-75, -1, 0],
      [0, 20, -90],
    ];
    const outlineMm = around.map((p) => onSkin(head, p));
    expect(faultOfReading(head, { ...area, outlineMm } as HeadReading)).toMatch(/reaches around the head/);
  });
});
