/**
 * One plan for the tests of every room: a man of 42 with Norwood VI, five measures of his head, three sessions.
 *
 * What hangs together is derived together: other measures or another client give another head and hairline, another
 * course other session shares. Whatever is overridden by name has the last word. The photo is one that nobody took: its
 * camera, colours and mask are plausible, and pictures are tested elsewhere.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultCourse } from '../../course/plan-course.ts';
import { buildReserve } from '../../dots/build-reserve.ts';
import { decodeReserve } from '../../dots/reserve.ts';
import type { Reserve } from '../../dots/reserve.ts';
import { buildHead } from '../../head/build-head.ts';
import { landmarksOf } from '../../head/landmarks.ts';
import { solveHead } from '../../head/solve-head.ts';
import { takeMeasure } from '../../head/take-measure.ts';
import { PI, degToRad } from '../../num/elementary.ts';
import { designPigment } from '../../pigment/design-pigment.ts';
import { labOf } from '../../pigment/lab.ts';
import { designDensity } from '../../scalp/design-density.ts';
import { designHairline } from '../../scalp/design-hairline.ts';
import { multiply, rotationAboutX, rotationAboutY } from '../../vec/mat3.ts';
import { encodeMask } from '../../vision/mask-text.ts';
import { ENGINE } from '../engine.ts';
import { PLAN_SCHEMA } from '../plan-document.ts';
import type { PlanDocument, PlanPhoto } from '../plan-document.ts';

export function sampleDocument(overrides: Partial<PlanDocument> = {}): PlanDocument {
  const { seed = 7, client = { sex: 'm', ageYears: 42 }, measures = MEASURES } = overrides;
  const head = overrides.head ?? solveHead(measures, null, client);
  const course = overrides.course ?? defaultCourse(3, '2027-01-11', 'Europe/Berlin');
  const colours = overrides.photos?.[0]?.colours ?? COLOURS;
  return {
    schema: PLAN_SCHEMA,
    engine: ENGINE,
    seed,
    client,
    measures,
    zoneTapes: [],
    head,
    photos: [samplePhoto()],
    presentation: { kind: 'norwood', stage: 6 },
    hairline: designHairline(buildHead(head.shape), landmarksOf(head.shape), client, seed),
    marks: [],
    density: designDensity(course.sessions),
    layout: 2,
    pigment: designPigment(colours),
    course,
    ...overrides,
  };
}

let reserve: Reserve | null = null;

/** The reserve that set-up has laid, else one built now (3 to 5 s), once per test file. */
export function sampleReserve(): Reserve {
  reserve ??= existsSync(LAID) ? decodeReserve(readFileSync(LAID)) : buildReserve(buildHead(TEMPLATE));
  return reserve;
}

const LAID = fileURLToPath(new URL('../../../../../.stipple/reserve.bin', import.meta.url));
const TEMPLATE = { face: 1, width: 1, height: 1, length: 1 };

const MEASURES = [
  takeMeasure('circumference', 575),
  takeMeasure('sagittal', 345),
  takeMeasure('coronal', 350),
  takeMeasure('length', 197),
  takeMeasure('breadth', 155),
];

const COLOURS = {
  skin: [0.5, 0.31, 0.22],
  skinLab: labOf([0.5, 0.31, 0.22]),
  hair: [0.03, 0.022, 0.016],
  hairLab: labOf([0.03, 0.022, 0.016]),
} as const;

/** A front view of 1200 x 1500 px from 1.5 m, head bowed 15 degrees and turned 4. */
export function samplePhoto(overrides: Partial<PlanPhoto> = {}): PlanPhoto {
  const f = 5600;
  return {
    view: 'front',
    sha256: '5a'.repeat(32),
    widthPx: 1200,
    heightPx: 1500,
    faceScore: 0.97,
    placedBy: 'face',
    anchors: [],
    distances: [],
    yawDeg: 4,
    pitchDeg: 15,
    rollDeg: 0,
    camera: {
      f,
      cx: 600,
      cy: 900,
      // Camera y runs down and z away: half a turn about x, then bow and turn the head.
      R: multiply(rotationAboutX(PI), multiply(rotationAboutX(degToRad(15)), rotationAboutY(degToRad(4)))),
      t: [0, 0, 1500],
    },
    focalSource: 'assumed',
    spread: {
      relativeScale: 0.025,
      checks: [
        { id: 'glabella-mid-frontal', sdMm: 1.6 },
        { id: 'canthus-corner-left', sdMm: 2.1 },
      ],
    },
    outline: { rmsPx: 2.1, relative: 0.0036, raysUsed: 140 },
    person: encodeMask(ellipseMask()),
    hair: null,
    quality: { mmPerPxAtHairline: 1400 / f, blurPx: 0.8, noiseCodes: 1.2 },
    colours: COLOURS,
    ...overrides,
  };
}

/** Person against background as one ellipse, 48 x 48 over the middle of the photo. */
function ellipseMask(): { leftPx: number; topPx: number; sidePx: number; size: number; values: Uint8Array } {
  const size = 48;
  const values = new Uint8Array(size * size);
  for (let k = 0; k < values.length; k++) {
    const x = ((k % size) + 0.5 - size / 2) / 15;
    const y = (Math.floor(k / size) + 0.5 - size / 2) / 21;
    values[k] = x * x + y * y < 1 ? 255 : 0;
  }
  return { leftPx: 0, topPx: 150, sidePx: 1200, size, values };
}
