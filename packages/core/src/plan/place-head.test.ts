import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import type { HeadMeasure, HeadShape, TapeKind } from '../head/head-shape.ts';
import { onSkin } from '../head/head-map.ts';
import { headOf } from '../head/head-of.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { walkTowards } from '../scalp/skin-curve.ts';
import { populationShape } from '../head/solve-head.ts';
import { TAPE_KINDS, takeMeasure } from '../head/take-measure.ts';
import { radiusOfMap, readTape } from '../head/tape.ts';
import { seededGenerator } from '../random/generator.ts';
import { Refusal } from '../units/refusal.ts';
import { fitOutline } from '../vision/fit-outline.ts';
import type { Camera } from '../vec/camera.ts';
import { cameraOn } from '../vision/testing/person-mask.ts';
import { MIDDLE_PX, seenView } from '../vision/testing/seen-view.ts';
import type { ViewEvidence } from '../vision/view-evidence.ts';
import { placeHead } from './place-head.ts';
import type { PlacedHead } from './place-head.ts';
import type { ScanInput } from './plan-request.ts';

const MAN = { sex: 'm', ageYears: 42 } as const;
const MEAN = populationShape(MAN);
/** A head off the mean in all that a front photo shows; `face` is its size. */
const HEAD: HeadShape = { face: 1.02, width: 1.02, height: 1.05, length: MEAN.length };
const CAMERA = cameraOn(2200, MIDDLE_PX, 1000, 6, 14, 3);

/** The outline of the photo alone, as it is judged before all photos are solved together. */
const alone = ({ start, person, widthPx, heightPx }: ViewEvidence) =>
  fitOutline({
    camera: start,
    photoWidthPx: widthPx,
    photoHeightPx: heightPx,
    person,
    hair: null,
    prior: { ...MEAN, face: 1 },
  });
const FRONT = seenView('front', HEAD, CAMERA);
const FRONT_OUTLINE = alone(FRONT);
function place(measures: readonly HeadMeasure[], evidence = FRONT, scan: ScanInput | null = null): PlacedHead {
  const outline = evidence === FRONT ? FRONT_OUTLINE : alone(evidence);
  return placeHead([{ evidence: { ...evidence, start: outline.camera }, outline }], measures, MAN, scan);
}
const readingOf = (head: HeadShape, kind: TapeKind): number =>
  readTape(radiusOfMap(buildHead(head)), landmarksOf(head), kind);
const tapes = (head: HeadShape, kinds: readonly TapeKind[] = TAPE_KINDS): HeadMeasure[] =>
  kinds.map((kind) => takeMeasure(kind, readingOf(head, kind)));
const scalpMm2 = (head: HeadShape): number => skinAreaMm2(buildHead(head, 65), (_x, y, z) => y + 0.05 * z > 50);
/** What is kept of how a scan was placed. */
const REPORT = {
  landmarks: 'given',
  unit: { unit: 'm', source: 'format' },
  filledShare: 0.02,
  cover: { isCovered: false, roughnessMm: 0.2, coverMm: 0 },
} as ScanInput['report'];
const off = (a: number, b: number): number => Math.abs(a / b - 1);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'placed';
};

describe('placing a head', () => {
  it('takes its proportions from the outline and its size from the tape', () => {
    for (const [kinds, tolerance] of [
      [['circumference'], 0.04],
      [TAPE_KINDS, 0.012],
    ] as const) {
      const { head, views } = place(tapes(HEAD, kinds));
      const { face, width, height } = head.shape;
      expect(off(face * width, HEAD.face * HEAD.width)).toBeLessThan(tolerance);
      expect(off(face * height, HEAD.face * HEAD.height)).toBeLessThan(2 * tolerance);
      for (const kind of kinds) expect(off(readingOf(head.shape, kind), readingOf(HEAD, kind))).toBeLessThan(0.015);
      expect(head).toMatchObject({ isMeasured: true, scaleSource: 'soft tape', scan: null });
      // The camera is in mm of this head: what a millimetre is in the photo is right.
      const pxPerMm = (t: number, f: number): number => f / t;
      const [{ camera }] = views;
      expect(off(pxPerMm(camera.t[2], camera.f), pxPerMm(CAMERA.t[2] * HEAD.face, CAMERA.f))).toBeLessThan(tolerance);
    }
  });

  it('follows the outline to half a per cent of the width, whatever the tape says', () => {
    for (const measures of [
      [],
      [takeMeasure('circumference', 520)],
      [takeMeasure('circumference', 640)],
      [takeMeasure('breadth', 172)],
    ]) {
      const [{ outline }] = place(measures).views;
      expect(outline.relative).toBeLessThan(0.005);
      expect(outline.raysUsed).toBeGreaterThan(45);
    }
  });

  it('grows with the tape and keeps its proportions', () => {
    const [small, large] = [540, 600].map((mm) => place([takeMeasure('circumference', mm)]).head.shape);
    expect(large.face / small.face).toBeGreaterThan(1.05);
    const growth = readingOf(large, 'circumference') / readingOf(small, 'circumference');
    expect(Math.abs(growth - 600 / 540)).toBeLessThan(0.025);
    expect(Math.abs(large.width / small.width - 1)).toBeLessThan(0.015);
    expect(Math.abs(large.height / small.height - 1)).toBeLessThan(0.015);
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
      const camera = cameraOn(2200, MIDDLE_PX, 1000, near(12), 10 + near(12), near(5));
      const kinds = TAPE_KINDS.slice(0, [1, 2, 3, 5][round % 4]);
      const measures = tapes(truth, kinds).map((m) => ({ ...m, valueMm: m.valueMm + 1.7 * gauss() * m.sdMm }));
      const { head } = place(measures, seenView('front', truth, camera, {}, [near(4), near(4)]));
      const error = Math.log(scalpMm2(head.shape) / scalpMm2(truth));
      if (Math.abs(error) < 1.96 * head.relativeAreaSd) inside++;
    }
    expect(inside / rounds).toBeGreaterThanOrEqual(0.9);
  });

  it('refuses measures that contradict each other or no head has', () => {
    const code = (measures: readonly HeadMeasure[]): string => codeOf(() => place(measures));
    expect(code([takeMeasure('circumference', 560), takeMeasure('length', 225), takeMeasure('breadth', 176)])).toBe(
      'measures-contradict',
    );
    expect(code([takeMeasure('circumference', 5750)])).toBe('measure-absurd');
    expect(code([takeMeasure('coronal', 35)])).toBe('measure-absurd');
    expect(code(tapes(HEAD))).toBe('placed');
  });

  it('refuses an outline whose proportions no head with these measures has: a hat', () => {
    const hat = { ...HEAD, width: 1.3 * HEAD.width, height: 1.3 * HEAD.height };
    expect(codeOf(() => place(tapes(HEAD), seenView('front', hat, CAMERA)))).toBe('head-covered');
  });

  it('takes a scan for the head, unless a tape says it is another', () => {
    const scan = {
      map: buildHead(HEAD),
      landmarks: landmarksOf(HEAD),
      shape: HEAD,
      relativeSd: 0.004,
      report: REPORT,
    } as ScanInput;
    const girth = readingOf(HEAD, 'circumference');
    const { head, views } = place([takeMeasure('circumference', girth)], undefined, scan);
    expect(head).toMatchObject({ shape: HEAD, isMeasured: true, scaleSource: 'head scan', relativeSd: 0.004 });
    expect(head.scan).toMatchObject({
      landmarksFrom: 'given',
      unitFrom: 'format',
      filledShare: 0.02,
      isCovered: false,
    });
    expect(head.scan?.landmarks.vertex[1]).toBeCloseTo(scan.landmarks.vertex[1], 2);
    expect(views[0].outline.relative).toBeLessThan(0.004);
    expect(codeOf(() => place([takeMeasure('circumference', girth * 1.06)], undefined, scan))).toBe(
      'measures-contradict',
    );
  });

  it('refuses a bare scan beside which the head in the photo ends', () => {
    const placeOn = (head: HeadShape, isCovered: boolean): PlacedHead =>
      place([], undefined, {
        map: buildHead(head),
        landmarks: landmarksOf(head),
        shape: head,
        relativeSd: 0.004,
        report: { ...REPORT, cover: { ...REPORT.cover, isCovered } },
      } as ScanInput);
    const on = (...scan: Parameters<typeof placeOn>): string => codeOf(() => placeOn(...scan));
    const other = { ...HEAD, width: 1.07 * HEAD.width, height: 0.93 * HEAD.height };
    expect(on(HEAD, false)).toBe('placed');
    expect(on(other, false)).toBe('head-mismatch');
    expect(on(other, true)).toBe('placed');
    // However far off: the photo may be as good as can be.
    const far = { ...HEAD, width: 1.25 * HEAD.width, height: 0.75 * HEAD.height };
    expect(() => placeOn(far, false)).toThrow(
      /the scan may be of another person.* its landmarks not where they belong/,
    );
  });

  it('gives a scan in no unit the size that the tapes say, and is no surer of it than they are', () => {
    const small: HeadShape = { ...HEAD, face: 0.9 * HEAD.face };
    const scan = {
      map: buildHead(small),
      landmarks: landmarksOf(small),
      shape: small,
      placement: { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], mmPerUnit: 3, shiftMm: [0, 9, 0] },
      relativeSd: 0.004,
      report: { ...REPORT, unit: { unit: null, source: 'tape' } },
    } as unknown as ScanInput;
    const sized = place(tapes(HEAD, ['circumference', 'sagittal']), undefined, scan).head;
    expect(off(sized.shape.face, HEAD.face)).toBeLessThan(1e-3);
    expect(off(sized.scan!.landmarks.vertex[1], landmarksOf(HEAD).vertex[1])).toBeLessThan(1e-3);
    expect(sized.scan!.unitFrom).toBe('tape');
    const once = place(tapes(HEAD, ['circumference']), undefined, scan).head;
    expect(once.relativeSd).toBeGreaterThan(sized.relativeSd);
    expect(sized.relativeSd).toBeGreaterThan(0.006);
    expect(codeOf(() => place([], undefined, scan))).toBe('scan-unit');
  });

  it('knows what a tape will read at the middle of the hairline better with a tape, and with a second photo', () => {
    const sdOf = ({ head, views }: PlacedHead): number => {
      const { map, landmarks } = headOf(head);
      const to = walkTowards(map, landmarks.glabella, landmarks.vertex, 75);
      return views[0].spreadMm({ from: landmarks.glabella, to, isFromFace: true })!;
    };
    const tape = tapes(HEAD, ['circumference']);
    const one = sdOf(place(tape));
    expect(one).toBeGreaterThan(2);
    expect(one).toBeLessThan(5);
    expect(sdOf(place([]))).toBeGreaterThan(one);
    const left = seenView('left', HEAD, cameraOn(2200, MIDDLE_PX, 1000, -48, 3, -2));
    const both = placeHead(
      [FRONT, left].map((evidence) => ({ evidence, outline: null })),
      tape,
      MAN,
      null,
    );
    expect(sdOf(both)).toBeLessThan(1.02 * one);
  });

  it('knows how surely the head is turned and bowed, from behind too, where a turn is 180 degrees', () => {
    const sdsOf = (camera: Camera): { yawDeg: number; pitchDeg: number } => {
      const evidence = seenView('front', HEAD, camera);
      return placeHead([{ evidence, outline: null }], tapes(HEAD, ['circumference']), MAN, null).views[0].poseSpread();
    };
    const { yawDeg, pitchDeg } = sdsOf(CAMERA);
    for (const sd of [yawDeg, pitchDeg]) {
      expect(sd).toBeGreaterThan(0.5);
      expect(sd).toBeLessThan(4);
    }
    const behind = sdsOf(cameraOn(2200, MIDDLE_PX, 1000, 180, 0, 0));
    expect(behind.yawDeg).toBeLessThan(20);
  });

  it('is surer of a hairline that it sees straight than of one at a slant', () => {
    const sdOf = (pitchDeg: number): number => {
      const evidence = seenView('front', HEAD, cameraOn(2200, MIDDLE_PX, 1000, 0, pitchDeg, 0));
      const { head, views } = placeHead([{ evidence, outline: null }], tapes(HEAD, ['circumference']), MAN, null);
      const { map, landmarks } = headOf(head);
      const to = walkTowards(map, landmarks.glabella, landmarks.vertex, 75);
      return views[0].spreadMm({ from: landmarks.glabella, to, isFromFace: true })!;
    };
    expect(sdOf(0)).toBeGreaterThan(1.05 * sdOf(28));
  });

  it('does not tell how surely a photo shows what it does not show', () => {
    const { head, views } = place(tapes(HEAD));
    const { map, landmarks } = headOf(head);
    const behind = onSkin(map, [0, 40, -100]);
    expect(views[0].spreadMm({ from: landmarks.glabella, to: behind, isFromFace: true })).toBeNull();
  });

  it('gives the same bits twice', () => {
    const again = (): PlacedHead => place(tapes(HEAD), seenView('front', HEAD, CAMERA));
    const [one, other] = [again(), again()];
    expect(one.head).toStrictEqual(other.head);
    expect(one.views[0].camera).toStrictEqual(other.views[0].camera);
  });
});
