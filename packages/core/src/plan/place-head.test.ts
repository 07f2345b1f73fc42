import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import type { HeadMeasure, HeadShape, TapeKind } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { populationShape } from '../head/solve-head.ts';
import { TAPE_KINDS, takeMeasure } from '../head/take-measure.ts';
import { radiusOfMap, readTape } from '../head/tape.ts';
import { seededGenerator } from '../random/generator.ts';
import { Refusal } from '../units/refusal.ts';
import type { Camera } from '../vec/camera.ts';
import { RAYS, fitOutline } from '../vision/fit-outline.ts';
import { cameraOn, misjudged, personMask } from '../vision/testing/person-mask.ts';
import { placeHead } from './place-head.ts';
import type { PlacedHead } from './place-head.ts';

const MAN = { sex: 'm', ageYears: 42 } as const;
const SIDE = 1024;
const MIDDLE = (SIDE - 1) / 2;
const SQUARE = { leftPx: 190, topPx: 90, sidePx: 640 };
const MEAN = populationShape(MAN);
/** A head off the mean in all that a front photo shows; `face` is its size. */
const HEAD: HeadShape = { face: 1.02, width: 1.02, height: 1.05, length: MEAN.length };
const CAMERA = cameraOn(2200, MIDDLE, 1000, 6, 14, 3);

/** What the photo of a head shows: its size is in the distance, so the outline is that of face 1. */
const outlineOf = (head: HeadShape, camera: Camera) => personMask(camera, { ...head, face: 1 }, SQUARE);
const place = (measures: readonly HeadMeasure[], person = outlineOf(HEAD, CAMERA), camera = CAMERA): PlacedHead =>
  placeHead({ camera, photoWidthPx: SIDE, photoHeightPx: SIDE, person, hair: null }, measures, MAN);
const readingOf = (head: HeadShape, kind: TapeKind): number =>
  readTape(radiusOfMap(buildHead(head)), landmarksOf(head), kind);
const tapes = (head: HeadShape, kinds: readonly TapeKind[] = TAPE_KINDS): HeadMeasure[] =>
  kinds.map((kind) => takeMeasure(kind, readingOf(head, kind)));
const scalpMm2 = (head: HeadShape): number => skinAreaMm2(buildHead(head, 65), (_x, y, z) => y + 0.05 * z > 50);

describe('placing a head', () => {
  it('takes its proportions from the outline and its size from the tape', () => {
    for (const [kinds, tolerance] of [
      [['circumference'], 0.03],
      [TAPE_KINDS, 0.012],
    ] as const) {
      const { head, camera } = place(tapes(HEAD, kinds));
      expect(Math.abs(head.shape.face / HEAD.face - 1)).toBeLessThan(tolerance);
      expect(Math.abs(head.shape.width / HEAD.width - 1)).toBeLessThan(0.015);
      expect(Math.abs(head.shape.height / HEAD.height - 1)).toBeLessThan(0.015);
      for (const kind of kinds) {
        expect(Math.abs(readingOf(head.shape, kind) / readingOf(HEAD, kind) - 1)).toBeLessThan(0.01);
      }
      expect(head).toMatchObject({ isMeasured: true, scaleSource: 'soft tape' });
      // A larger head stands farther away: the camera is in mm of this head.
      CAMERA.t.forEach((t, k) => expect(Math.abs(camera.t[k] - t * head.shape.face)).toBeLessThan(5));
    }
  });

  it('follows the outline to half a per cent of the width, whatever the tape says', () => {
    for (const measures of [
      [],
      [takeMeasure('circumference', 520)],
      [takeMeasure('circumference', 640)],
      [takeMeasure('breadth', 172)],
      tapes({ ...HEAD, width: 0.93, height: 0.97 }),
    ]) {
      const { head, camera, outline } = place(measures);
      expect(outline.relative).toBeLessThan(0.005);
      expect(outline.raysUsed).toBe(RAYS);
      // Not only what the fit believes: the head and camera that come out are held against the mask once more.
      const { R, t, ...rest } = camera;
      const { face, ...ratios } = head.shape;
      const again = fitOutline({
        camera: { ...rest, R, t: [t[0] / face, t[1] / face, t[2] / face] },
        photoWidthPx: SIDE,
        photoHeightPx: SIDE,
        person: outlineOf(HEAD, CAMERA),
        hair: null,
        prior: { ...ratios, face: 1 },
      });
      expect(Math.abs(again.widthRatio / ratios.width - 1)).toBeLessThan(0.006);
      expect(Math.abs(again.heightRatio / ratios.height - 1)).toBeLessThan(0.006);
      expect(Math.abs(again.turnedRad)).toBeLessThan(0.004);
    }
  });

  it('grows with the tape and keeps its proportions', () => {
    const [small, large] = [540, 600].map((mm) => place([takeMeasure('circumference', mm)]).head.shape);
    expect(large.face / small.face).toBeGreaterThan(1.06);
    const growth = readingOf(large, 'circumference') / readingOf(small, 'circumference');
    expect(Math.abs(growth - 600 / 540)).toBeLessThan(0.012);
    expect(Math.abs(large.width / small.width - 1)).toBeLessThan(0.01);
    expect(Math.abs(large.height / small.height - 1)).toBeLessThan(0.01);
  });

  it('knows more with every measure', () => {
    const placed = [0, 1, 3, 5].map((count) => place(tapes(HEAD, TAPE_KINDS.slice(0, count))).head);
    expect(placed[0]).toMatchObject({ isMeasured: false, scaleSource: 'population' });
    for (const [k, { relativeSd, relativeAreaSd }] of placed.entries()) {
      if (k === 0) continue;
      expect(relativeSd).toBeLessThan(placed[k - 1].relativeSd);
      expect(relativeAreaSd).toBeLessThan(placed[k - 1].relativeAreaSd);
    }
  });

  it('is less sure of areas when outline and tapes disagree', () => {
    const agreed = place(tapes(HEAD)).head;
    const higher = { ...HEAD, height: 1.15 * HEAD.height };
    const torn = place(tapes(higher)).head;
    expect(torn.relativeAreaSd).toBeGreaterThan(1.1 * agreed.relativeAreaSd);
    expect(torn.relativeSd).toBeGreaterThan(1.05 * agreed.relativeSd);
    expect(Math.abs(Math.log(scalpMm2(torn.shape) / scalpMm2(higher)))).toBeLessThan(1.96 * torn.relativeAreaSd);
  });

  it('contains the true area of the scalp as often as it says, with a wrong pose and tapes read with error', () => {
    const random = seededGenerator(41);
    const near = (spread: number): number => spread * (2 * random() - 1);
    const gauss = (): number => random() + random() + random() + random() - 2;
    let inside = 0;
    const rounds = 24;
    for (let round = 0; round < rounds; round++) {
      const truth = {
        face: MEAN.face * (1 + near(0.05)),
        width: MEAN.width * (1 + near(0.06)),
        height: MEAN.height * (1 + near(0.08)),
        length: MEAN.length * (1 + near(0.05)),
      };
      const camera = cameraOn(2200, MIDDLE, 1000, near(12), 10 + near(12), near(5));
      const kinds = TAPE_KINDS.slice(0, [1, 2, 3, 5][round % 4]);
      const measures = tapes(truth, kinds).map((m) => ({ ...m, valueMm: m.valueMm + 1.7 * gauss() * m.sdMm }));
      const { head } = place(measures, outlineOf(truth, camera), misjudged(camera, near(4), near(4)));
      const error = Math.log(scalpMm2(head.shape) / scalpMm2(truth));
      if (Math.abs(error) < 1.96 * head.relativeAreaSd) inside++;
    }
    expect(inside / rounds).toBeGreaterThanOrEqual(0.9);
  });

  it('refuses measures that contradict each other or no head has', () => {
    const code = (measures: readonly HeadMeasure[]): string => {
      try {
        place(measures);
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
      return 'placed';
    };
    expect(code([takeMeasure('circumference', 560), takeMeasure('length', 225), takeMeasure('breadth', 176)])).toBe(
      'measures-contradict',
    );
    expect(code([takeMeasure('circumference', 5750)])).toBe('measure-absurd');
    expect(code([takeMeasure('coronal', 35)])).toBe('measure-absurd');
    expect(code(tapes(HEAD))).toBe('placed');
  });

  it('gives the same bits twice', () => {
    expect(place(tapes(HEAD))).toStrictEqual(place(tapes(HEAD)));
  });
});
