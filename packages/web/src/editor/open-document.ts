/**
 * A kept plan, as what the page makes plans of: the form as it would have been filled in, and what was marked on each
 * photo. So a plan that is opened can be changed and made again.
 *
 * Marks lie on the skin in the document; each is put back on the photo that looks at it most squarely. What the form
 * has no field for and an order needs goes along unseen: seed and the reason for two sessions.
 *
 * In the plan that is shown and not in one that is made anew: more than two readings of one measure, a hairline drawn by
 * hand, a scan, the list of pigments that the mixture was chosen from, and the values of the studio's own printed card.
 * The document does not have these whole; open-words.ts asks for the last three again.
 */
import { takeMeasure } from '@stipple/core/head/take-measure.ts';
import { takeZoneTape } from '@stipple/core/head/zone-tape.ts';
import type { HeadReading, PlanDocument, PlanPhoto } from '@stipple/core/plan/plan-document.ts';
import type { PhotoMark, PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { liesInScars, type Point, type ScalpMark } from '@stipple/core/scalp/scalp-design.ts';
import { cameraPosition, project } from '@stipple/core/vec/camera.ts';
import { dot, normalise, subtract } from '@stipple/core/vec/vec3.ts';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';
import type { FieldKind } from './measure-fields.ts';
import { EMPTY_FORM, type PlanFormState, type TypedMeasure } from './request-of.ts';

export function formOf(document: PlanDocument): PlanFormState {
  const {
    client,
    measures,
    zoneTapes,
    presentation,
    course,
    seed,
    unevenness = null,
    isCardLight = false,
    fading = [],
  } = document;
  const typed = (readings: readonly { readonly valueMm: number; readonly sdMm: number }[], usualSdMm: number) =>
    ({
      first: textOf(readings[0]?.valueMm),
      second: textOf(readings[1]?.valueMm),
      error: readings[0] && readings[0].sdMm !== usualSdMm ? textOf(2 * readings[0].sdMm) : '',
    }) satisfies TypedMeasure;
  const tapes: Record<FieldKind, TypedMeasure> = { ...EMPTY_FORM.tapes };
  for (const { kind, valueMm } of measures)
    tapes[kind] = typed(
      measures.filter((of) => of.kind === kind),
      takeMeasure(kind, valueMm).sdMm,
    );
  for (const { kind, valueMm } of zoneTapes)
    tapes[kind] = typed(
      zoneTapes.filter((of) => of.kind === kind),
      takeZoneTape(kind, valueMm).sdMm,
    );
  return {
    tapes,
    sex: client.sex,
    age: textOf(client.ageYears),
    presentation,
    sessions: course.sessions,
    start: course.start ?? '',
    unevenness,
    // The treatment says it again.
    fading: fading.filter((factor) => factor !== 'scar' || !liesInScars(presentation)),
    isCardLight,
    carried: { seed, reason: course.reason ?? null },
  };
}

const textOf = (value: number | null | undefined): string => (value === null || value === undefined ? '' : `${value}`);

/** What was marked on each photo of the plan, by view. */
export function drawnOf({ photos, marks, readings = [] }: PlanDocument): Readonly<Record<string, DrawnOnPhoto>> {
  const placed = marks.filter(isDrawn).map((mark) => ({ mark, photo: squarest(photos, pointsOf(mark)) }));
  return Object.fromEntries(
    photos.map((photo) => [
      photo.view,
      {
        anchors: photo.anchors,
        distances: photo.distances,
        marks: [
          ...placed.flatMap((one) => (one.photo === photo ? [inPhoto(one.mark, photo)] : [])),
          ...readings.filter(({ view }) => view === photo.view).map((reading) => askedAgain(reading, photo)),
        ],
      },
    ]),
  );
}

/** A whorl that nobody marked has its turn (scalp/design-whorl.ts), and is designed again. */
const isDrawn = (mark: ScalpMark): boolean => !('turn' in mark);

const pointsOf = (mark: ScalpMark): readonly Point[] =>
  'centreMm' in mark ? [mark.centreMm] : 'lineMm' in mark ? mark.lineMm : mark.outlineMm;

/** The photo in which the least turned away of the points are least turned away; skin faces away from the head's middle. */
function squarest(photos: readonly PlanPhoto[], points: readonly Point[]): PlanPhoto | undefined {
  const facing = ({ camera }: PlanPhoto): number => {
    const eye = cameraPosition(camera);
    return Math.min(...points.map((p) => dot(normalise(p), normalise(subtract(eye, p)))));
  };
  return photos.toSorted((a, b) => facing(b) - facing(a))[0];
}

const placeIn =
  ({ camera }: PlanPhoto) =>
  (p: Point): PhotoPlace => {
    const [x, y] = project(camera, p);
    return [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
  };

function askedAgain(reading: HeadReading, photo: PlanPhoto): PhotoMark {
  const at = placeIn(photo);
  return reading.kind === 'tape'
    ? { kind: 'tape', line: [at(reading.fromMm), at(reading.toMm)] }
    : { kind: 'area', outline: reading.outlineMm.map(at) };
}

function inPhoto(mark: ScalpMark, photo: PlanPhoto): PhotoMark {
  const at = placeIn(photo);
  switch (mark.kind) {
    case 'keep-out': {
      const kind = mark.what === 'mole' ? 'mole' : 'keep-out';
      return { kind, at: at(mark.centreMm), diameterMm: 2 * mark.radiusMm };
    }
    case 'fut-scar':
      return { kind: 'fut-scar', line: mark.lineMm.map(at), widthMm: mark.widthMm };
    case 'whorl':
      return { kind: 'whorl', at: at(mark.centreMm) };
    default:
      return { kind: mark.kind, outline: mark.outlineMm.map(at) };
  }
}
