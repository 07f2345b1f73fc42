/**
 * What tests of whole plans start from: a request, and pictures to draw it up from.
 *
 * The mannequin is the page's ready example, rendered by scripts/render-mannequin.mjs: its pose is the script's, its
 * tapes were read by head/tape.ts on the mesh it was rendered from, brought into the head frame as
 * scripts/fit-head-template.mjs does. Two things about it are harder than a photo of a person: it has no focal length,
 * and was taken from 1.2 m where 1.8 m is assumed.
 */
import { fileURLToPath } from 'node:url';
import type { HeadMeasure } from '../../head/head-shape.ts';
import { takeMeasure } from '../../head/take-measure.ts';
import { ONE_PERSON, openPhoto, runRealModel, samplePhoto } from '../../vision/testing/node-models.ts';
import type { Pixels } from '../../vision/pixels.ts';
import { drawUpPlan } from '../draw-up-plan.ts';
import type { PlanDocument } from '../plan-document.ts';
import type { PhotoInput, PlanRequest } from '../plan-request.ts';

export const MANNEQUIN = fileURLToPath(new URL('../../../../web/public/mannequin.jpg', import.meta.url));

export const MANNEQUIN_TAPES: readonly HeadMeasure[] = [
  takeMeasure('circumference', 565),
  takeMeasure('sagittal', 340),
  takeMeasure('coronal', 354),
  takeMeasure('length', 194.5),
  takeMeasure('breadth', 158.3),
];

/** Bowed by 16 degrees as a mesh, whose Frankfurt plane is tilted back by 1.9. The area is that of the skin above y = 20 mm. */
export const MANNEQUIN_TRUTH = {
  yawDeg: -7,
  pitchDeg: 14.1,
  rollDeg: 0,
  distanceMm: 1200,
  areaAbove20Mm2: 63_560,
} as const;

export const mannequin = (): Promise<Pixels> => openPhoto(MANNEQUIN);

/** One real person, with hair. */
export const realPerson = (): Promise<Pixels> => openPhoto(samplePhoto(5), ONE_PERSON);

export const sampleRequest = (overrides: Partial<PlanRequest> = {}): PlanRequest => ({
  client: { sex: 'm', ageYears: 42 },
  measures: MANNEQUIN_TAPES,
  zoneTapes: [],
  presentation: { kind: 'norwood', stage: 6 },
  sessions: 3,
  reason: null,
  start: '2027-01-11',
  timeZone: 'Europe/Berlin',
  seed: 7,
  ...overrides,
});

export const photoInput = (pixels: Pixels, overrides: Partial<PhotoInput> = {}): PhotoInput => ({
  view: 'front',
  sha256: 'ab'.repeat(32),
  pixels,
  focal35mm: null,
  hairMask: null,
  anchors: [],
  distances: [],
  marks: [],
  ...overrides,
});

/** A plan drawn up by the real networks. */
export const drawnUp = (
  pixels: Pixels,
  request: Partial<PlanRequest> = {},
  photo: Partial<PhotoInput> = {},
): Promise<PlanDocument> => drawUpPlan(sampleRequest(request), [photoInput(pixels, photo)], null, runRealModel);

/** A copy with every pixel that `isInside` painted over in one colour. */
export function painted(
  { widthPx, heightPx, rgba }: Pixels,
  colour: readonly [number, number, number],
  isInside: (x: number, y: number) => boolean,
): Pixels {
  const copy = new Uint8Array(rgba);
  for (let k = 0; k < widthPx * heightPx; k++)
    if (isInside(k % widthPx, Math.floor(k / widthPx))) copy.set(colour, 4 * k);
  return { widthPx, heightPx, rgba: copy };
}

/** Pictures on a grey wall, each with its left upper corner. */
export function onWall(
  widthPx: number,
  heightPx: number,
  ...pictures: readonly (readonly [picture: Pixels, leftPx: number, topPx: number])[]
): Pixels {
  const rgba = new Uint8Array(4 * widthPx * heightPx).fill(136);
  for (let k = 3; k < rgba.length; k += 4) rgba[k] = 255;
  for (const [picture, leftPx, topPx] of pictures) {
    for (let y = 0; y < picture.heightPx; y++) {
      const row = picture.rgba.subarray(4 * y * picture.widthPx, 4 * (y + 1) * picture.widthPx);
      rgba.set(row, 4 * ((topPx + y) * widthPx + leftPx));
    }
  }
  return { widthPx, heightPx, rgba };
}
