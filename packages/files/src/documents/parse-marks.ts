/**
 * Reads what a person marked on a photo beside the anchors: --marks top=top.json.
 *
 * In: the text of a JSON file, at most 64 KB, { "marks": [...], "distances": [...] }, either of them or both; pixels of the
 * upright photo, or fractions with "unit": "fraction"; sizes in mm.
 * - mole, keep-out: "at" and "diameterMm"; a mole keeps its 5 mm besides
 * - fut-scar: "line" of two or more places and "widthMm"
 * - patch, fue-scars, repair, bald, keep-out-area: "outline" of three or more places, either way round
 * - whorl: "at"
 * - tape: "line" of two places, to be read; area: "outline", to be read
 * - distances: "from", "to" and "mm", the straight line between two places of the skin, with "errorMm", within which it
 *   nearly always lies
 * Out: what was marked, to be put into pixels once the photo is open (`marksIn`). Refuses ('marks-unreadable') with the place.
 * Whether a place lies on the head is for core/plan/marks-on-skin.ts to say.
 */
import * as z from 'zod';
import type { PhotoMark } from '@stipple/core/plan/plan-request.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { KnownDistance } from '@stipple/core/vision/view-evidence.ts';
import { intoPixels, place, placeUnit, type PhotoSize } from './photo-places.ts';
import { isRecord, matching, naming, parseSmallJson } from './small-json.ts';

const CODE = 'marks-unreadable';
const MOST_MARKS = 100;
const MOST_DISTANCES = 40;
const MOST_PLACES = 200;
/** Printed markers and rulers, read on a screen. */
const USUAL_ERROR_MM = 1;

const mm = (low: number, high: number) => z.number().min(low).max(high);
const mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['mole', 'keep-out']), at: place, diameterMm: mm(0.5, 200) }),
  z.object({ kind: z.literal('fut-scar'), line: z.array(place).min(2).max(MOST_PLACES), widthMm: mm(0.1, 50) }),
  z.object({
    kind: z.enum(['fue-scars', 'patch', 'repair', 'bald', 'keep-out-area', 'area']),
    outline: z.array(place).min(3).max(MOST_PLACES),
  }),
  z.object({ kind: z.literal('whorl'), at: place }),
  z.object({ kind: z.literal('tape'), line: z.array(place).length(2) }),
]);
const distance = z.object({ from: place, to: place, mm: mm(1, 1000), errorMm: mm(0.02, 100).default(USUAL_ERROR_MM) });
const file = z.object({
  unit: placeUnit,
  marks: z.array(mark).max(MOST_MARKS).default([]),
  distances: z.array(distance).max(MOST_DISTANCES).default([]),
});

type Marked = z.infer<typeof file>;

/** For whoever gave a mark other fields than its kind has. */
const FIELDS: Readonly<Record<PhotoMark['kind'], string>> = {
  mole: '"at" and "diameterMm"',
  'keep-out': '"at" and "diameterMm", keep-out-area takes "outline"',
  'keep-out-area': '"outline"',
  'fut-scar': '"line" and "widthMm"',
  patch: '"outline"',
  'fue-scars': '"outline"',
  repair: '"outline"',
  bald: '"outline"',
  whorl: '"at"',
  tape: '"line" of two places',
  area: '"outline"',
};

export interface MarkedPhoto extends Readonly<Marked> {
  /** For refusals. */
  readonly fileName: string;
}

/** @throws Refusal 'marks-unreadable' */
export const parseMarks = (text: string, fileName: string): MarkedPhoto =>
  naming(fileName, () => ({ fileName, ...marksOf(text) }));

function marksOf(text: string): Marked {
  const json = parseSmallJson(text, CODE);
  if (!isRecord(json) || !('marks' in json || 'distances' in json))
    throw new Refusal(CODE, 'it has neither marks nor distances');
  const marked = sayingFields(json, () => matching(file, json, CODE));
  const same = marked.distances.findIndex(({ from, to }) => from[0] === to[0] && from[1] === to[1]);
  if (same >= 0) throw new Refusal(CODE, `distances[${same}]: its ends are one place`);
  return marked;
}

/** Does `work`, and adds to what it refuses of one mark which fields that kind takes. */
function sayingFields<T>(json: Record<string, unknown>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const [, n] = (error instanceof Refusal && /^marks\[(\d+)\]/.exec(error.detail ?? '')) || [];
    const one: unknown = n !== undefined && Array.isArray(json.marks) ? json.marks[Number(n)] : null;
    const kind = isRecord(one) ? one.kind : null;
    if (typeof kind !== 'string' || !Object.hasOwn(FIELDS, kind)) throw error;
    throw new Refusal(CODE, `${(error as Refusal).detail}; ${kind} takes ${FIELDS[kind as PhotoMark['kind']]}`);
  }
}

export interface MarksInPixels {
  readonly marks: PhotoMark[];
  readonly distances: KnownDistance[];
}

/** In pixels of a photo of this size. @throws Refusal 'marks-unreadable' for a place outside it */
export function marksIn({ fileName, unit, marks, distances }: MarkedPhoto, size: PhotoSize): MarksInPixels {
  const onPhoto = intoPixels(unit, size, CODE);
  return naming(fileName, () => ({
    marks: marks.map((one, n): PhotoMark => {
      const what = `marks[${n}] (${one.kind})`;
      if ('at' in one) return { ...one, at: onPhoto(one.at, what) };
      if ('line' in one) return { ...one, line: one.line.map((at) => onPhoto(at, what)) };
      return { ...one, outline: one.outline.map((at) => onPhoto(at, what)) };
    }),
    distances: distances.map(({ from, to, mm: lengthMm, errorMm }, n) => ({
      fromPx: onPhoto(from, `distances[${n}].from`),
      toPx: onPhoto(to, `distances[${n}].to`),
      mm: lengthMm,
      // An error is the middle 95 %, as everywhere.
      sdMm: errorMm / 2,
    })),
  }));
}
