/**
 * The shape of plan.json and the bounds of every value in it, each by itself.
 *
 * Bounds are wide: what no head, camera or course could be. Here ends what could do harm: numbers that are not finite,
 * names that would lead out of a folder, text that a spreadsheet would run, lists and masks that would fill the memory,
 * keys that nobody knows. Zod measures a list before it looks at the entries (tested). Whether the values belong to one
 * plan is for core's checkDocument to say.
 */
import * as z from 'zod';
import { isPlainDay } from '@stipple/core/calendar/plain-day.ts';
import { MOST_REASON } from '@stipple/core/course/course-design.ts';
import { RESERVE_DEFAULTS } from '@stipple/core/dots/build-reserve.ts';
import { SPREADS } from '@stipple/core/dots/layout-style.ts';
import { FADE_FACTOR_NAMES, opposedFactors } from '@stipple/core/forecast/fade-forecast.ts';
import { CLIENT_AGES_YEARS } from '@stipple/core/head/client-facts.ts';
import { WAYS } from '@stipple/core/head/depart-from-template.ts';
import { ANCHORS, type AnchorName } from '@stipple/core/vision/anchors.ts';
import { MOST_MARKS, MOST_READINGS, PLAN_SCHEMA, type PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { decodeMask, encodeMask, type MaskText } from '@stipple/core/vision/mask-text.ts';
import { isTimeZone } from '../contract/is-time-zone.ts';
import type { SameShape } from '../contract/same-shape.ts';
import { MAX_PHOTO_PIXELS, MIN_PHOTO_SIDE_PX } from '../photo/read-photo-facts.ts';

const between = (low: number, high: number) => z.number().min(low).max(high);
const wholeBetween = (low: number, high: number) => z.int().min(low).max(high);
const text = (longest: number) => z.string().min(1).max(longest);
const listOf = <T extends z.ZodType>(entry: T, fewest: number, most: number) => z.array(entry).min(fewest).max(most);

const ANCHOR_NAMES = Object.keys(ANCHORS) as AnchorName[];

const share = between(0, 1);
const millimetres = between(-1000, 1000);
const pixels = between(-100_000, 100_000);
const rotation = between(-1.001, 1.001);
/** Of the mean head. */
const factor = between(0.4, 2.5);
const pointMm = z.tuple([millimetres, millimetres, millimetres]);
const linearColour = z.tuple([share, share, share]);
const lab = z.tuple([between(0, 100), between(-200, 200), between(-200, 200)]);

/** Four times as fine as the networks see. */
const MAX_MASK_SIDE = 1024;
/** A hairline has eleven. */
const MOST_CHECKS = 40;
/** A scan takes 20 to 45 kB. */
const MAX_SCAN_TEXT = 200_000;
const maskFields = {
  leftPx: pixels,
  topPx: pixels,
  sidePx: between(1, 100_000),
  size: wholeBetween(1, MAX_MASK_SIDE),
  runs: z.string(),
};

const WHOLE_MASK = 'a mask whose runs fill its square exactly';

/** Exactly as Stipple writes it. Two or more characters and a comma for each run, and no more runs than samples. */
const isWholeMask = (mask: MaskText): boolean => {
  if (mask.runs.length > 3 * mask.size * mask.size) return false;
  try {
    return encodeMask(decodeMask(mask)).runs === mask.runs;
  } catch {
    return false;
  }
};

const measure = z.strictObject({
  kind: z.enum(['circumference', 'sagittal', 'coronal', 'length', 'breadth', 'height', 'pupils']),
  valueMm: between(30, 1000),
  sdMm: between(0.1, 50),
  source: z.enum(['soft tape', 'calliper', 'ruler']),
});

const zoneTape = z.strictObject({
  kind: z.enum(['bald-length', 'bald-width']),
  valueMm: between(10, 1000),
  sdMm: between(0.1, 50),
});

const place = z.tuple([pixels, pixels]);
const anchor = z.strictObject({ name: z.enum(ANCHOR_NAMES), xPx: pixels, yPx: pixels });
const knownDistance = z.strictObject({
  fromPx: place,
  toPx: place,
  mm: between(1, 1000),
  sdMm: between(0.01, 100),
});

const foretoldDistance = z.strictObject({ valueMm: between(1, 1000), sdMm: between(0.01, 1000) });

const landmarks = z.strictObject({
  glabella: pointMm,
  nasion: pointMm,
  leftTragion: pointMm,
  rightTragion: pointMm,
  vertex: pointMm,
  inion: pointMm,
  opisthocranion: pointMm,
});

const check = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .describe('small letters and hyphens'),
  sdMm: between(0, 1000),
});

const mostPoints = 200;
const mark = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keep-out'),
    what: z.enum(['mole', 'other']),
    centreMm: pointMm,
    radiusMm: between(0, 100),
    marginMm: between(0, 50),
  }),
  z.strictObject({
    kind: z.literal('fut-scar'),
    lineMm: listOf(pointMm, 2, mostPoints),
    widthMm: between(0.1, 50),
  }),
  z.strictObject({
    kind: z.enum(['fue-scars', 'patch', 'repair', 'bald', 'keep-out-area']),
    outlineMm: listOf(pointMm, 3, mostPoints),
  }),
  z.strictObject({
    kind: z.literal('whorl'),
    centreMm: pointMm,
    turn: z.enum(['clockwise', 'anticlockwise']).optional(),
  }),
]);

const viewName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .describe('small letters, digits and hyphens, such as front');
const reading = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tape'),
    view: viewName,
    fromMm: pointMm,
    toMm: pointMm,
    sdMm: between(0.01, 1000),
  }),
  z.strictObject({
    kind: z.literal('area'),
    view: viewName,
    outlineMm: listOf(pointMm, 3, mostPoints),
    relativeSd: between(0.0001, 10),
  }),
]);

const bounds = z.tuple([between(-50, 150), between(-250, 250), between(-250, 250)]);
const colourReading = z.strictObject({
  skinLow: bounds,
  skinHigh: bounds,
  hairLow: bounds,
  hairHigh: bounds,
  hairFrom: z.enum(['brows', 'stubble', 'another photo']),
  leftOut: z.strictObject({ highlight: share, shadow: share, redSpots: share, otherColour: share }),
});

const cardKind = z.enum(['stipple-1', 'classic-24']);
const difference = between(0, 200);
const differences = z.strictObject({ mean: difference, most: difference });
const MOST_PATCHES = 24;
const card = z
  .union([
    z.strictObject({
      kind: cardKind,
      trust: z.enum(['published', 'read', 'as printed']),
      isMirrored: z.boolean(),
      cornersPx: z.tuple([place, place, place, place]),
      matrix: listOf(between(-100, 100), 9, 9),
      before: differences,
      after: differences,
      read: wholeBetween(0, MOST_PATCHES),
      used: wholeBetween(0, MOST_PATCHES),
      patches: listOf(
        z.strictObject({
          id: z
            .string()
            .regex(/^[A-Za-z0-9-]{1,20}$/)
            .describe('letters, digits and hyphens'),
          before: difference,
          after: difference,
        }),
        0,
        MOST_PATCHES,
      ),
    }),
    z.strictObject({ kind: cardKind, fault: z.enum(['glare', 'cropped', 'not the card']) }),
  ])
  .describe('a colour card as Stipple read it, or its kind and fault');

const photo = z
  .strictObject({
    // Becomes the beginning of file names.
    view: viewName,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('64 hexadecimal digits'),
    widthPx: wholeBetween(MIN_PHOTO_SIDE_PX, MAX_PHOTO_PIXELS),
    heightPx: wholeBetween(MIN_PHOTO_SIDE_PX, MAX_PHOTO_PIXELS),
    faceScore: share,
    placedBy: z.enum(['face', 'anchors']),
    anchors: listOf(anchor, 0, 40),
    distances: listOf(knownDistance, 0, 40),
    distancesForetold: listOf(foretoldDistance, 1, 40).optional(),
    yawDeg: between(-180, 180),
    pitchDeg: between(-180, 180),
    rollDeg: between(-180, 180),
    camera: z.strictObject({
      f: between(1, 1_000_000),
      cx: pixels,
      cy: pixels,
      R: z.tuple([rotation, rotation, rotation, rotation, rotation, rotation, rotation, rotation, rotation]),
      t: z.tuple([between(-1e6, 1e6), between(-1e6, 1e6), between(-1e6, 1e6)]),
    }),
    focalSource: z.enum(['exif', 'assumed']),
    spread: z
      .strictObject({
        relativeScale: share,
        pose: z.strictObject({ yawDeg: between(0, 180), pitchDeg: between(0, 180) }).optional(),
        checks: listOf(check, 0, MOST_CHECKS),
      })
      .nullable(),
    apart: between(0, 1e6).optional(),
    outline: z.strictObject({
      rmsPx: between(0, 100_000),
      relative: between(0, 100),
      raysUsed: wholeBetween(0, 100_000),
    }),
    person: z.strictObject(maskFields).refine(isWholeMask).describe(WHOLE_MASK),
    hair: z
      .strictObject({ ...maskFields, source: z.enum(['suggested', 'given']) })
      .refine(isWholeMask)
      .describe(WHOLE_MASK)
      .nullable(),
    quality: z.strictObject({
      mmPerPxAtHairline: between(0.0001, 1000),
      blurPx: between(0, 1000),
      noiseCodes: between(0, 255),
    }),
    colours: z.strictObject({
      skin: linearColour,
      skinLab: lab,
      hair: linearColour,
      hairLab: lab,
      reading: colourReading.optional(),
    }),
    card: card.optional(),
  })
  .refine(({ widthPx, heightPx }) => widthPx * heightPx <= MAX_PHOTO_PIXELS, {
    path: ['widthPx'],
    message: `times heightPx must be ${MAX_PHOTO_PIXELS} pixels at most`,
  });

const NAME_WORDS = 'at most 100 characters, a letter or digit first, in one line';
/** Becomes cells of tables and lines of sheets; a maker may be unknown. */
const nameText = z
  .string()
  .regex(/^(?:[\p{L}\p{N}][\p{L}\p{N} ,.:;()/%#+-]{0,99})?$/u)
  .describe(NAME_WORDS);
const pigmentChoice = z.strictObject({
  pigment: z.strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
      .describe('small letters, digits and hyphens'),
    name: nameText.min(1).describe(NAME_WORDS),
    maker: nameText,
    lab,
  }),
  dilution: between(0, 1000),
  depthMm: between(0, 5),
  aim: share,
  fall: between(-1, 1),
  fallLow: between(-1, 1),
  fallHigh: between(-1, 1),
  healedLab: lab,
});

const temples = z.enum(['own', 'rebuilt']);
const presentation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('norwood'),
    stage: z.literal([1, 2, 3, 4, 5, 6, 7]),
    temples: temples.optional(),
    hump: z.enum(['rebuilt', 'respected']).optional(),
  }),
  z.strictObject({ kind: z.literal('ludwig'), stage: z.literal([1, 2, 3]) }),
  z.strictObject({ kind: z.literal('full') }),
  z.strictObject({ kind: z.literal('hairline'), temples: temples.optional() }),
  z.strictObject({ kind: z.literal('fut-scar') }),
  z.strictObject({ kind: z.literal('fue-scars') }),
  z.strictObject({ kind: z.literal('patch') }),
]);

const hairline = z.strictObject({
  midFrontalAboveGlabellaMm: between(20, 150),
  controlsMm: listOf(pointMm, 3, 64),
  source: z.enum(['age-table', 'drawn']),
  transitionMm: between(1, 50),
  macroAmplitudeMm: between(0, 20),
  macroWavelengthMm: between(5, 200),
  microJitterMm: between(0, 10),
  sentinelShare: share,
  sentinelReachMm: between(0, 14),
});

const risesToOne = (shares: readonly number[]): boolean =>
  shares.at(-1) === 1 && shares.every((value, i) => value > (shares[i - 1] ?? 0));

/** Three numbers, then what a pre-release or build adds. */
export const ENGINE_FORM = /^(\d{1,4})\.(\d{1,4})\.\d{1,4}(?:[-+][0-9A-Za-z.+-]{1,20})?$/;

export const planSchema = z
  .strictObject({
    schema: z.literal(PLAN_SCHEMA),
    engine: z.string().regex(ENGINE_FORM).describe('a version, such as 0.2.0'),
    seed: wholeBetween(0, 4294967295),
    client: z.strictObject({ sex: z.enum(['m', 'f']), ageYears: wholeBetween(...CLIENT_AGES_YEARS).nullable() }),
    measures: listOf(measure, 0, 20),
    zoneTapes: listOf(zoneTape, 0, 10),
    head: z.strictObject({
      shape: z.strictObject({
        face: factor,
        width: factor,
        height: factor,
        length: factor,
        departures: z.array(between(-0.4, 0.4)).length(WAYS).optional(),
      }),
      isMeasured: z.boolean(),
      scaleSource: text(100),
      relativeSd: share,
      relativeAreaSd: share,
      faceTiltDeg: between(-30, 30),
      scan: z
        .strictObject({
          radii: z.string().max(MAX_SCAN_TEXT),
          landmarks,
          landmarksFrom: z.enum(['given', 'found']),
          unitFrom: z.enum(['given', 'format', 'size', 'tape']),
          filledShare: share,
          isCovered: z.boolean(),
        })
        .nullable(),
    }),
    photos: listOf(photo, 1, 12)
      .refine((photos) => new Set(photos.map(({ view }) => view)).size === photos.length)
      .describe('a list of 1 to 12 photos, each with another view'),
    presentation,
    hairline,
    marks: listOf(mark, 0, MOST_MARKS),
    readings: listOf(reading, 1, MOST_READINGS).optional(),
    density: z.strictObject({
      fullPerCm2: between(1, RESERVE_DEFAULTS.perCm2),
      sessionShares: listOf(share, 2, 4).refine(risesToOne).describe('2 to 4 shares that rise to 1, such as [0.5, 1]'),
      // Dots are drawn between these, whatever the design says.
      dotDiameterMm: between(0.1, 0.3),
      dotDiameterSdMm: between(0, 0.2),
    }),
    layout: z.literal([1, 2]).optional(),
    unevenness: between(SPREADS.least, SPREADS.most).optional(),
    fading: z
      .array(z.enum(FADE_FACTOR_NAMES))
      .min(1)
      .refine((factors) => new Set(factors).size === factors.length && opposedFactors(factors) === null)
      .describe(`different ones of ${FADE_FACTOR_NAMES.join(', ')}, not two that exclude each other`)
      .optional(),
    pigment: z.strictObject({
      colour: linearColour,
      // Becomes cells of tables and lines of sheets.
      shade: z
        .string()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ,.:;()/%#+-]{0,99}$/u)
        .describe(NAME_WORDS),
      dilution: between(0, 1000).nullable(),
      calibration: text(100),
      choice: pigmentChoice.optional(),
    }),
    isOwnCardRead: z.boolean().optional(),
    isCardLight: z.boolean().optional(),
    course: z.strictObject({
      sessions: z.literal([2, 3, 4]),
      start: z.string().refine(isPlainDay).describe('a day, such as 2027-01-11').nullable(),
      timeZone: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/)
        .refine(isTimeZone)
        .describe('a time zone, such as Europe/Berlin'),
      // How short a gap may be is for planCourse to say, which names the rule.
      gapsDays: listOf(wholeBetween(0, 100_000), 1, 3),
      reason: text(MOST_REASON).optional(),
    }),
  })
  .refine(({ density, course }) => density.sessionShares.length === course.sessions, {
    path: ['density', 'sessionShares'],
    message: 'must have a share for each session of course.sessions',
  })
  .refine(({ layout, unevenness }) => unevenness === undefined || layout === 2, {
    path: ['unevenness'],
    message: 'belongs to a plan with "layout": 2',
  });

true satisfies SameShape<z.infer<typeof planSchema>, PlanDocument>;
