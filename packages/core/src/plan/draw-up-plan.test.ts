import { beforeAll, describe, expect, it } from 'vitest';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { planText } from '@stipple/files/documents/plan-text.ts';
import { buildHead } from '../head/build-head.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import { takeMeasure } from '../head/take-measure.ts';
import { PI, degToRad } from '../num/elementary.ts';
import { quantise } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import { multiply, rotationAboutX, rotationAboutY, rotationAboutZ } from '../vec/mat3.ts';
import { toCamera } from '../vec/camera.ts';
import { decodeMask } from '../vision/mask-text.ts';
import { openPhoto, runRealModel } from '../vision/testing/node-models.ts';
import type { Pixels } from '../vision/pixels.ts';
import { doubtedDistances } from './doubted-distances.ts';
import { drawUpPlan } from './draw-up-plan.ts';
import { ENGINE } from './engine.ts';
import { sceneOf } from './picture-plan.ts';
import { PHOTO_WORK } from './photo-work.ts';
import type { PhotoWork } from './photo-work.ts';
import { MOST_MARKS } from './plan-document.ts';
import type { PlanDocument } from './plan-document.ts';
import type { PhotoInput, PhotoMark, PlanRequest } from './plan-request.ts';
import { realisePlan } from './realise-plan.ts';
import {
  MANNEQUIN,
  MANNEQUIN_TAPES,
  MANNEQUIN_TRUTH,
  drawnUp,
  mannequin,
  onWall,
  painted,
  photoInput,
  realPerson,
  sampleRequest,
} from './testing/photographed-plan.ts';
import { sampleReserve } from './testing/sample-plan.ts';

let photo: Pixels;
let document: PlanDocument;
let real: PlanDocument;
beforeAll(async () => {
  photo = await mannequin();
  document = await drawnUp(photo);
  real = await drawnUp(await realPerson(), { measures: [], start: null });
});

describe('a plan drawn up from a photo', () => {
  it('is what parsing its text gives, and its text is what it was', () => {
    for (const plan of [document, real]) {
      const text = planText(plan);
      expect(parsePlan(text)).toStrictEqual(plan);
      expect(planText(parsePlan(text))).toBe(text);
      expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
    }
  });

  it('holds only quantised numbers, and no minus zero', () => {
    for (const plan of [document, real]) {
      const numbers = numbersOf(plan);
      expect(numbers.length).toBeGreaterThan(100);
      for (const [path, value] of numbers) {
        const step = STEPS.find(([place]) => place.test(path))?.[1];
        expect([path, step], 'a place without a step').not.toEqual([path, undefined]);
        expect([path, quantise(value, step!)]).toEqual([path, value]);
        expect([path, Object.is(value, -0)]).toEqual([path, false]);
      }
    }
  });

  it('says by which version, for whom and from which photo', () => {
    expect(document).toMatchObject({ schema: 2, engine: ENGINE, seed: 7, client: { sex: 'm', ageYears: 42 } });
    expect(document.measures).toEqual(MANNEQUIN_TAPES);
    expect(document.photos).toHaveLength(1);
    expect(document.photos[0]).toMatchObject({ view: 'front', sha256: 'ab'.repeat(32), widthPx: 1440, heightPx: 1800 });
    expect(document.photos[0].faceScore).toBeGreaterThan(0.9);
    expect(document.course).toEqual({
      sessions: 3,
      start: '2027-01-11',
      timeZone: 'Europe/Berlin',
      gapsDays: [14, 28],
    });
  });

  it('finds the mannequin as it was rendered: pose, area, outline', () => {
    const { yawDeg, pitchDeg, rollDeg, areaAbove20Mm2 } = MANNEQUIN_TRUTH;
    const [seen] = document.photos;
    expect(Math.abs(seen.yawDeg - yawDeg)).toBeLessThan(1.5);
    expect(Math.abs(seen.pitchDeg - pitchDeg)).toBeLessThan(2);
    expect(Math.abs(seen.rollDeg - rollDeg)).toBeLessThan(1);
    expect(seen.outline.relative).toBeLessThan(0.006);
    const area = skinAreaMm2(buildHead(document.head.shape), (_x, y) => y > 20);
    expect(Math.abs(area / areaAbove20Mm2 - 1)).toBeLessThan(Math.min(0.03, 1.96 * document.head.relativeAreaSd));
  });

  it('puts the camera where it stood when the photo tells its focal length', async () => {
    // 4.35 picture widths, as the script that rendered it has it.
    const focal35mm = (4.35 * 1440 * 43.267) / Math.sqrt(1440 * 1440 + 1800 * 1800);
    const plan = await drawnUp(photo, {}, { focal35mm });
    const [{ camera, focalSource }] = plan.photos;
    expect(focalSource).toBe('exif');
    expect(document.photos[0].focalSource).toBe('assumed');
    const face = toCamera(camera, [0, 20, 20]);
    expect(Math.abs(face[2] / MANNEQUIN_TRUTH.distanceMm - 1)).toBeLessThan(0.06);
  });

  it('turns as its angles say', () => {
    const { camera, yawDeg, pitchDeg, rollDeg } = document.photos[0];
    const R = multiply(
      multiply(rotationAboutZ(degToRad(rollDeg)), rotationAboutX(PI)),
      multiply(rotationAboutX(degToRad(pitchDeg)), rotationAboutY(degToRad(yawDeg))),
    );
    camera.R.forEach((r, k) => expect(Math.abs(r - R[k])).toBeLessThan(0.002));
  });

  it('is the same bits again, and another seed moves only what is left to chance', async () => {
    expect(await drawnUp(photo)).toStrictEqual(document);
    const other = await drawnUp(photo, { seed: 8 });
    expect(other.hairline.controlsMm).not.toEqual(document.hairline.controlsMm);
    const { hairline, marks } = document;
    // The line's places are other ones, and so is how surely the photo shows them.
    const photos = other.photos.map((photo, k) => ({ ...photo, spread: document.photos[k].spread }));
    expect({ ...other, seed: 7, hairline, marks, photos }).toStrictEqual(document);
  });

  it('is the same bits whoever does the work on single photos, late and in any order', async () => {
    const plan = (work: PhotoWork): Promise<PlanDocument> =>
      drawUpPlan(sampleRequest(), [photoInput(photo)], null, runRealModel, () => {}, work);
    const asked: string[] = [];
    const later = async <T>(name: string, ms: number, answer: () => T): Promise<T> => {
      asked.push(name);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return answer();
    };
    const elsewhere: PhotoWork = {
      card: (...question) => later('card', 200, () => PHOTO_WORK.card(...question)),
      hair: (...question) => later('hair', 100, () => PHOTO_WORK.hair(...question)),
      measures: (...question) => later('measures', 1, () => PHOTO_WORK.measures(...question)),
    };
    expect(await plan(elsewhere)).toStrictEqual(document);
    expect(asked).toEqual(['card', 'hair', 'measures']);
    const covered = new Refusal('head-covered');
    await expect(plan({ ...elsewhere, measures: () => Promise.reject(covered) })).rejects.toBe(covered);
  });

  it('is unmeasured without a tape', () => {
    expect(real.head).toMatchObject({ isMeasured: false, scaleSource: 'population' });
    expect(document.head).toMatchObject({ isMeasured: true, scaleSource: 'soft tape' });
  });

  it('lets a given hair mask have the last word, and changes no pixel inside it', async () => {
    const { widthPx, heightPx } = photo;
    // The right third of the picture's forehead and scalp.
    const hairMask = new Uint8Array(widthPx * heightPx).map((_, k) => (k % widthPx > 760 ? 255 : 0));
    const plan = await drawnUp(photo, {}, { hairMask });
    expect(plan.photos[0].hair?.source).toBe('given');
    expect(decodeMask(plan.photos[0].hair!).values.some((v) => v > 127)).toBe(true);
    const { changed } = sceneOf(realisePlan(plan, sampleReserve()), plan.photos[0], photo);
    // A sample of the soft mask is some pixels wide; its own rim may be worked on in part.
    const rim = Math.ceil((2 * plan.photos[0].person.sidePx) / plan.photos[0].person.size);
    const inside = changed.reduce((n, c, k) => n + (c && k % widthPx > 760 + rim ? 1 : 0), 0);
    const outside = changed.reduce((n, c, k) => n + (c && k % widthPx < 760 ? 1 : 0), 0);
    expect(inside).toBe(0);
    expect(outside).toBeGreaterThan(10_000);
  });

  it('says hair of no pixel when the mask given is empty', async () => {
    const plan = await drawnUp(photo, {}, { hairMask: new Uint8Array(photo.widthPx * photo.heightPx) });
    expect(plan.photos[0].hair?.source).toBe('given');
    expect(decodeMask(plan.photos[0].hair!).values.some((v) => v > 0)).toBe(false);
  });

  it('tells what it is doing, in order', async () => {
    const steps: string[] = [];
    await drawUpPlan(sampleRequest(), [photoInput(photo)], null, runRealModel, (step) => steps.push(step));
    expect(steps).toEqual(['looking for the face', 'placing the head', 'designing the hairline']);
  });
});

describe('what cannot be drawn up', () => {
  const refusal = (pixels: Pixels, request: Partial<PlanRequest> = {}, input: Partial<PhotoInput> = {}) =>
    drawnUp(pixels, request, input).then(
      () => 'drawn up',
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    );

  it('refuses two faces, none, and one of 20, 45 and 65 pixels', async () => {
    const half = await openPhoto(MANNEQUIN, { widthPx: 720 });
    expect(await refusal(onWall(1440, 900, [half, 0, 0], [half, 720, 0]))).toBe('several-faces');
    expect(await refusal(onWall(640, 640))).toBe('no-face');
    const small = async (widthPx: number) => onWall(640, 640, [await openPhoto(MANNEQUIN, { widthPx }), 300, 200]);
    expect(await refusal(await small(40))).toBe('no-face');
    expect(await refusal(await small(80))).toBe('face-too-small');
    expect(await refusal(await small(120))).toBe('face-too-small');
  });

  it('refuses a cap that stands off the skull, as something that hides it', async () => {
    const cap = painted(photo, [35, 50, 79], (x, y) => {
      const u = (x - 720) / 365;
      const v = (y - 600) / 560;
      return y < 600 + 60 * u * u && u * u + v * v < 1;
    });
    expect(['head-covered', 'head-mismatch']).toContain(await refusal(cap));
  });

  it('says which of several photos it is that cannot be used', async () => {
    const given = [photoInput(photo), photoInput(onWall(640, 640), { view: 'bowed', sha256: 'f'.repeat(64) })];
    await expect(drawUpPlan(sampleRequest(), given, null, runRealModel)).rejects.toMatchObject({
      code: 'no-face',
      detail: 'the bowed photo',
    });
  });

  it('refuses the same photo given as two views, and marks that nothing can be worked in', async () => {
    const twice = [photoInput(photo), photoInput(photo, { view: 'left' })];
    await expect(drawUpPlan(sampleRequest(), twice, null, runRealModel)).rejects.toMatchObject({
      code: 'photo-twice',
      detail: 'front and left',
    });
    const bald = (outline: PhotoMark & { kind: 'bald' }): Promise<string> => refusal(photo, {}, { marks: [outline] });
    const at = (...outline: [number, number][]): PhotoMark & { kind: 'bald' } => ({ kind: 'bald', outline });
    expect(await bald(at([700, 400], [700, 400], [700, 400]))).toBe('mark-unusable');
    expect(await bald(at([500, 300], [900, 500], [900, 300], [500, 500]))).toBe('mark-unusable');
    expect(await bald(at([20, 20], [60, 20], [40, 60]))).toBe('mark-unusable');
  });

  it('refuses more marks than a plan can be read with', async () => {
    const moles = (count: number): Partial<PhotoInput> => ({
      marks: Array.from({ length: count }, (_, k) => ({ kind: 'mole', at: [600 + k, 400], diameterMm: 1 })),
    });
    // One more is the whorl.
    const most = await drawnUp(photo, {}, moles(MOST_MARKS - 1));
    expect(most.marks).toHaveLength(MOST_MARKS);
    expect(await refusal(photo, {}, moles(MOST_MARKS))).toBe('mark-unusable');
  });

  it('takes its size from a known distance, unless it ends beside the head or is no human one', async () => {
    const between = (mm: number, toPx: readonly [number, number] = [800, 420]): Partial<PhotoInput> => ({
      distances: [{ fromPx: [640, 420], toPx, mm, sdMm: 0.5 }],
    });
    const plan = await drawnUp(photo, { measures: [] }, between(30));
    expect(plan.head).toMatchObject({ isMeasured: true, scaleSource: 'known distance' });
    expect(await refusal(photo, { measures: [] }, between(34, [1400, 20]))).toBe('mark-unusable');
    // A fifth more than people are.
    expect(await refusal(photo, { measures: [] }, between(34))).toBe('measures-contradict');
  });

  it('keeps what a tape foretells of a known distance, and tells of one that is believed and does not agree', async () => {
    const taped = [takeMeasure('circumference', 560)];
    const with56 = async (mm: number): Promise<PlanDocument> =>
      drawnUp(photo, { measures: taped }, { distances: [{ fromPx: [560, 420], toPx: [880, 420], mm, sdMm: 0.5 }] });
    const right = await with56(56);
    expect(doubtedDistances(right.photos)).toEqual([]);
    const [{ valueMm, sdMm }] = right.photos[0].distancesForetold!;
    expect(valueMm).toBeCloseTo(56, -0.5);
    expect(sdMm / valueMm).toBeGreaterThan(0.02);
    expect(sdMm / valueMm).toBeLessThan(0.045);
    // The same before it was believed, whatever it is.
    const wrong = await with56(62);
    expect(wrong.photos[0].distancesForetold).toEqual(right.photos[0].distancesForetold);
    expect(doubtedDistances(wrong.photos)).toMatchObject([{ view: 'front', n: 1, mm: 62 }]);
    expect(parsePlan(planText(wrong))).toEqual(wrong);
  });

  it('refuses a head whose crown is outside the photo', async () => {
    const crop = { left: 0, top: 350, width: 1440, height: 1000 };
    expect(await refusal(await openPhoto(MANNEQUIN, { crop }))).toBe('head-cropped');
  });

  it('refuses what was typed before it looks at the photo', async () => {
    const nobody = onWall(640, 640);
    expect(await refusal(nobody, { measures: [takeMeasure('circumference', 5750)] })).toBe('measure-absurd');
    const torn = [takeMeasure('circumference', 560), takeMeasure('length', 225), takeMeasure('breadth', 176)];
    expect(await refusal(nobody, { measures: torn })).toBe('measures-contradict');
    expect(await refusal(nobody, { sessions: 2 })).toBe('sessions-count');
    expect(await refusal(nobody, { sessions: 2, reason: '   ' })).toBe('sessions-count');
    expect(await refusal(nobody, { start: '2027-02-29' })).toBe('date-impossible');
  });

  it('draws up two sessions with a reason, dots as uneven as asked for, and what makes work in scars fade', async () => {
    const asked = { sessions: 2, reason: 'a small area', unevenness: 0.13, fading: ['smoker', 'heavy-sun'] } as const;
    const plan = await drawnUp(photo, { ...asked, presentation: { kind: 'fue-scars' } });
    expect(plan).toMatchObject({ unevenness: 0.13, fading: ['heavy-sun', 'scar', 'smoker'] });
    expect(document).not.toHaveProperty('fading');
    expect(plan.course).toMatchObject({ sessions: 2, gapsDays: [28], reason: 'a small area' });
    expect(plan.density.sessionShares).toHaveLength(2);
  });

  it('throws at a hair mask of another size: a fault of the shell', async () => {
    await expect(drawnUp(photo, {}, { hairMask: new Uint8Array(10) })).rejects.toThrow(RangeError);
  });
});

/** Steps of the document's numbers, per unit. */
const STEPS: readonly (readonly [place: RegExp, perUnit: number])[] = [
  [/^(schema|seed|layout)$/, 1],
  [/^client\.ageYears$/, 1],
  [/^measures\.\d+\.(valueMm|sdMm)$/, 10],
  [/^head\./, 1e5],
  [/^photos\.\d+\.(widthPx|heightPx|outline\.raysUsed)$/, 1],
  [/^photos\.\d+\.(person|hair)\.(leftPx|topPx|sidePx|size)$/, 1],
  [/^photos\.\d+\.faceScore$/, 1e4],
  [/^photos\.\d+\.(yaw|pitch|roll)Deg$/, 10],
  [/^photos\.\d+\.camera\.(f|cx|cy)$/, 100],
  [/^photos\.\d+\.camera\.R\./, 1e7],
  [/^photos\.\d+\.camera\.t\./, 1000],
  [/^photos\.\d+\.outline\.rmsPx$/, 100],
  [/^photos\.\d+\.outline\.relative$/, 1e5],
  [/^photos\.\d+\.quality\.mmPerPxAtHairline$/, 1e4],
  [/^photos\.\d+\.quality\./, 100],
  [/^photos\.\d+\.colours\.(skin|hair)\./, 1e4],
  [/^photos\.\d+\.colours\.(skin|hair)Lab\./, 100],
  [/^photos\.\d+\.colours\.reading\.leftOut\./, 1e4],
  [/^photos\.\d+\.colours\.reading\./, 100],
  [/^photos\.\d+\.card\.cornersPx\./, 10],
  [/^photos\.\d+\.card\.matrix\./, 1e4],
  [/^photos\.\d+\.card\./, 100],
  [/^photos\.\d+\.spread\.relativeScale$/, 1e5],
  [/^photos\.\d+\.spread\.pose\.(yaw|pitch)Deg$/, 100],
  [/^photos\.\d+\.spread\.checks\.\d+\.sdMm$/, 100],
  [/^marks\./, 100],
  [/^presentation\.stage$/, 1],
  [/^hairline\./, 100],
  [/^density\./, 100],
  [/^pigment\.colour\./, 1e4],
  [/^pigment\.choice\.(aim|fall|fallLow|fallHigh)$/, 1e4],
  [/^pigment\./, 100],
  [/^course\./, 1],
];

/** Every number of a document with the way to it. */
function numbersOf(value: unknown, path = ''): (readonly [path: string, value: number])[] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersOf(child, path ? `${path}.${key}` : key));
}
