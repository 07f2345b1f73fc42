/**
 * From photos and what the person asked for to the plan document: everything that has to be measured, measured once.
 *
 * Each photo is seen by itself (see-photo.ts), all of them are placed on one head (place-head.ts); then the usual hairline for
 * age and sex, what was drawn on the photos, the temples of the line beside the hair that was drawn, colours, sharpness and
 * grain of each photo. Each number is quantised as it enters the document, so that everything after it is the same on every
 * engine.
 *
 * Refuses what cannot be used honestly: what see-photo.ts and place-head.ts refuse, marks beside the head, measures that
 * contradict. Does not look at whether the picture can be shown (picture-plan.ts).
 */
import type { CardReading } from '../card/card-reading.ts';
import { defaultCourse } from '../course/plan-course.ts';
import { FADE_FACTOR_NAMES } from '../forecast/fade-forecast.ts';
import { headOf } from '../head/head-of.ts';
import type { HeadFit } from '../head/head-shape.ts';
import type { TapeCheck } from '../head/tape-checks.ts';
import { refuseContradictions } from '../head/judge-measures.ts';
import { populationShape } from '../head/solve-head.ts';
import { refuseAbsurdZoneTape } from '../head/zone-tape.ts';
import { quantise } from '../num/range.ts';
import { designPigment } from '../pigment/design-pigment.ts';
import type { PigmentChoosing } from '../pigment/design-pigment.ts';
import type { PhotoColours } from '../pigment/photo-colours.ts';
import type { PhotoMeasures } from '../render/measure-photo.ts';
import { measureScalp } from '../render/measure-scalp.ts';
import { photoRim } from '../render/photo-rim.ts';
import { designDensity } from '../scalp/design-density.ts';
import { designWhorl } from '../scalp/design-whorl.ts';
import { liesInScars } from '../scalp/scalp-design.ts';
import type { Presentation, ScalpMark } from '../scalp/scalp-design.ts';
import { templesBesideHair } from '../scalp/temples-beside-hair.ts';
import { walkTowards } from '../scalp/skin-curve.ts';
import { Refusal } from '../units/refusal.ts';
import type { Camera } from '../vec/camera.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { encodeMask } from '../vision/mask-text.ts';
import type { RunModel } from '../vision/pixels.ts';
import { anglesOf } from '../vision/solve-pose.ts';
import { ENGINE } from './engine.ts';
import { readingsOnSkin } from './head-readings.ts';
import { mainPhoto } from './main-photo.ts';
import { marksOnSkin } from './marks-on-skin.ts';
import { planChecks } from './plan-checks.ts';
import { placeHead } from './place-head.ts';
import type { PlacedView } from './place-head.ts';
import { PHOTO_WORK } from './photo-work.ts';
import type { PhotoWork } from './photo-work.ts';
import { MOST_MARKS, MOST_READINGS, PLAN_SCHEMA } from './plan-document.ts';
import type { ForetoldDistance, PlanDocument, PlanPhoto } from './plan-document.ts';
import type { AskedReading, PhotoInput, PhotoMark, PlanRequest, ScalpDrawing, ScanInput } from './plan-request.ts';
import { trueColours } from './true-colours.ts';
import { seePhoto } from './see-photo.ts';
import type { SeenHair, SeenPhoto } from './see-photo.ts';
import { usualHairline } from './usual-hairline.ts';

/**
 * At least one photo, each of its own view; those that are still being decoded are looked at as they come. `scan` in mm
 * of the head frame, or null. `onStep` hears short phrases of what is being done; `work` is done by whoever it says. Refusals
 * as above; RangeError for a hair mask of another size.
 */
export async function drawUpPlan(
  request: PlanRequest,
  given: readonly (PhotoInput | Promise<PhotoInput>)[],
  scan: ScanInput | null,
  run: RunModel,
  onStep: (step: string) => void = () => {},
  work: PhotoWork = PHOTO_WORK,
): Promise<PlanDocument> {
  const { client, measures, zoneTapes, presentation, sessions, start, timeZone, seed } = request;
  // What the person typed is judged before anything is looked at.
  const course = defaultCourse(sessions, start, timeZone, request.reason ?? undefined);
  refuseContradictions(measures, client);
  for (const tape of zoneTapes) refuseAbsurdZoneTape(tape);

  const prior = { ...populationShape(client), face: 1 };
  const photos: PhotoInput[] = [];
  const seeing: Promise<SeenPhoto>[] = [];
  const cards: Promise<CardReading | undefined>[] = [];
  for (const coming of given) {
    const photo = await coming;
    const same = photos.find(({ sha256 }) => sha256 === photo.sha256);
    if (same) throw new Refusal('photo-twice', `${same.view} and ${photo.view}`);
    photos.push(photo);
    onStep(given.length > 1 ? `looking at the ${photo.view} photo` : 'looking for the face');
    const seen = seePhoto(photo, prior, run, work);
    seeing.push(laterThrown(given.length > 1 ? naming(photo.view, seen) : seen));
    // Read while the networks look at the photo elsewhere.
    const card = async (): Promise<CardReading | undefined> => work.card(photo.pixels, request.cardLabs ?? null);
    cards.push(laterThrown(card()));
    // And while they look at it, what they saw of the photo before is thought over.
    await seeing.at(-2);
  }
  const seen = await Promise.all(seeing);
  onStep('placing the head');
  const placed = placeHead(seen, measures, client, scan);
  const head = quantisedHead(placed.head);
  const { map, landmarks } = headOf(head);

  onStep('designing the hairline');
  const usual = usualHairline({ head, client, seed }, map, landmarks);
  const midFrontal = walkTowards(map, landmarks.glabella, landmarks.vertex, usual.midFrontalAboveGlabellaMm);
  const cameras = placed.views.map(({ camera }) => quantisedCamera(camera));
  const measuring = laterThrown(measurePhotos(photos, seen, cameras, map, landmarks.glabella, midFrontal, work));
  const drawn: ScalpMark[] = [];
  for (const [k, { marks, view, pixels }] of photos.entries()) {
    const onScalp = marks.filter(isOnScalp);
    if (onScalp.length === 0) continue;
    const { person } = seen[k].evidence;
    const hair = (await seen[k].hair)?.mask ?? null;
    const rimOf = () => photoRim({ photo: pixels, head: map, landmarks, camera: cameras[k], person, hair });
    drawn.push(...marksOnSkin(onScalp, view, cameras[k], map, rimOf));
  }
  const readings = photos.flatMap(({ marks, view }, k) =>
    readingsOnSkin(marks.filter(isReading), view, cameras[k], map, placed.views[k]),
  );
  if (readings.length > MOST_READINGS) throw new Refusal('mark-unusable', `more than ${MOST_READINGS} readings`);
  const marks =
    hasCrown(presentation) && drawn.every(({ kind }) => kind !== 'whorl') ? [...drawn, designWhorl(map, seed)] : drawn;
  if (marks.length > MOST_MARKS) throw new Refusal('mark-unusable', `more than ${MOST_MARKS} marks`);
  const hairline = templesBesideHair(map, usual, presentation, marks);
  const checks = planChecks({ head, hairline, marks, seed }, { map, landmarks });
  const spreads = placed.views.map((view) => spreadIn(view, checks, midFrontal));
  const measured = await measuring;
  const planned: PlanPhoto[] = [];
  for (const [k, photo] of photos.entries()) {
    const plan = planPhoto(photo, seen[k], await seen[k].hair, placed.views[k], spreads[k], cameras[k], measured[k]);
    const card = await cards[k];
    planned.push(card ? { ...plan, card } : plan);
  }
  return {
    schema: PLAN_SCHEMA,
    engine: ENGINE,
    seed,
    client,
    measures,
    zoneTapes,
    head,
    photos: planned,
    presentation,
    hairline,
    marks,
    ...(readings.length > 0 && { readings }),
    density: designDensity(sessions),
    layout: 2,
    ...(request.unevenness !== undefined && { unevenness: request.unevenness }),
    ...fadingOf(request),
    pigment: designPigment(planned[mainPhoto(planned)].colours, choosingFor(planned, request.pigments)),
    ...(request.cardLabs && { isOwnCardRead: true }),
    ...(request.isCardLight && { isCardLight: true }),
    course,
  };
}

const isReading = (mark: PhotoMark): mark is AskedReading => mark.kind === 'tape' || mark.kind === 'area';
const isOnScalp = (mark: PhotoMark): mark is ScalpDrawing => !isReading(mark);

/** What the person says, and that work in scars lies in scars. */
function fadingOf({ fading = [], presentation }: PlanRequest): Pick<PlanDocument, 'fading'> {
  const all = FADE_FACTOR_NAMES.filter(
    (factor) => fading.includes(factor) || (factor === 'scar' && liesInScars(presentation)),
  );
  return all.length > 0 ? { fading: all } : {};
}

/** A choice needs colours that a card has made true. */
function choosingFor(photos: readonly PlanPhoto[], pigments: PlanRequest['pigments']): PigmentChoosing | null {
  const colours = trueColours(photos);
  if (!pigments || !colours?.card) return null;
  return { skinLab: colours.skin.lab, hairLab: colours.hair.lab, pigments };
}

/** Whether the crown is worked: hair turns about a point there, the one marked or the one designed. */
const hasCrown = (presentation: Presentation): boolean =>
  presentation.kind === 'full' || (presentation.kind === 'norwood' && presentation.stage >= 4);

/** Photos with a face first: the others borrow the colour of the client's hair from them. */
async function measurePhotos(
  photos: readonly PhotoInput[],
  seen: readonly SeenPhoto[],
  cameras: readonly Camera[],
  map: Parameters<typeof measureScalp>[0]['head'],
  glabella: Vec3,
  midFrontal: Vec3,
  work: PhotoWork,
): Promise<PhotoMeasures[]> {
  const begun = photos.map(async ({ pixels }, k) => {
    const { face } = seen[k];
    return face && work.measures(pixels, face, cameras[k], glabella, midFrontal);
  });
  const faces = await inOrder(begun);
  const like: PhotoColours | null = faces.find((found) => found !== null)?.colours ?? null;
  const measured: PhotoMeasures[] = [];
  for (const [k, { pixels }] of photos.entries()) {
    const { evidence, hair } = seen[k];
    const scalp = { photo: pixels, camera: cameras[k], head: map, person: evidence.person, midFrontal, like };
    measured.push(faces[k] ?? measureScalp({ ...scalp, hair: (await hair)?.mask ?? null }));
  }
  return measured;
}

/** All of them; of several that fail the first in order, whichever failed first. */
async function inOrder<T>(begun: readonly Promise<T>[]): Promise<T[]> {
  begun.forEach(laterThrown);
  const all: T[] = [];
  for (const one of begun) all.push(await one);
  return all;
}

/** Should it fail while others are awaited: it is awaited, and thrown, in its turn. */
function laterThrown<T>(begun: Promise<T>): Promise<T> {
  begun.catch(() => {});
  return begun;
}

/** How surely a photo shows what the plan says of it. */
function spreadIn(
  { spreadMm, scaleSpread, poseSpread }: PlacedView,
  checks: readonly TapeCheck[],
  midFrontal: Vec3,
): PlanPhoto['spread'] {
  const shown = checks.flatMap((check) => {
    const sdMm = spreadMm(check);
    return sdMm === null ? [] : [{ id: check.id, sdMm: quantise(sdMm, 100) }];
  });
  const { yawDeg, pitchDeg } = poseSpread();
  const pose = { yawDeg: quantise(Math.min(yawDeg, 180), 100), pitchDeg: quantise(Math.min(pitchDeg, 180), 100) };
  return { relativeScale: quantise(scaleSpread(midFrontal), 1e5), pose, checks: shown };
}

const roundedForetold = ({ valueMm, sdMm }: ForetoldDistance): ForetoldDistance => ({
  valueMm: quantise(valueMm, 100),
  sdMm: Math.max(0.01, quantise(sdMm, 100)),
});

function planPhoto(
  { view, sha256, pixels }: PhotoInput,
  { evidence, face }: SeenPhoto,
  hair: SeenHair | null,
  { outline, apart, foretold }: PlacedView,
  spread: PlanPhoto['spread'],
  camera: Camera,
  { quality, colours }: PhotoMeasures,
): PlanPhoto {
  const { yawDeg, pitchDeg, rollDeg } = anglesOf(camera.R);
  return {
    view,
    sha256,
    widthPx: pixels.widthPx,
    heightPx: pixels.heightPx,
    faceScore: face ? quantise(face.score, 1e4) : 0,
    placedBy: evidence.placedBy,
    anchors: evidence.anchors,
    distances: evidence.distances,
    ...(foretold.length === 0 ? {} : { distancesForetold: foretold.map(roundedForetold) }),
    yawDeg: quantise(yawDeg, 10),
    pitchDeg: quantise(pitchDeg, 10),
    rollDeg: quantise(rollDeg, 10),
    camera,
    focalSource: evidence.isFocalKnown ? 'exif' : 'assumed',
    spread,
    ...(apart === null ? {} : { apart: quantise(Math.min(apart, 1e6), 10) }),
    outline: {
      rmsPx: quantise(outline.rmsPx, 100),
      relative: quantise(outline.relative, 1e5),
      raysUsed: outline.raysUsed,
    },
    person: encodeMask(evidence.person),
    hair: hair && { ...encodeMask(hair.mask), source: hair.source },
    quality,
    colours,
  };
}

/** A refusal of one photo of several says which. */
async function naming<T>(view: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal) || error.detail?.startsWith(`${view}: `)) throw error;
    throw new Refusal(error.code, error.detail ? `${view}: ${error.detail}` : `the ${view} photo`);
  }
}

const quantisedHead = ({ shape, relativeSd, relativeAreaSd, ...rest }: HeadFit): HeadFit => ({
  ...rest,
  shape: {
    face: quantise(shape.face, 1e5),
    width: quantise(shape.width, 1e5),
    height: quantise(shape.height, 1e5),
    length: quantise(shape.length, 1e5),
    ...(shape.departures && { departures: shape.departures.map((along) => quantise(along, 1e5)) }),
  },
  relativeSd: quantise(relativeSd, 1e5),
  relativeAreaSd: quantise(relativeAreaSd, 1e5),
});

/** A thousandth of a millimetre, a hundredth of a pixel; a rotation to 1e-7 is orthonormal enough. */
const quantisedCamera = ({ f, cx, cy, R, t }: Camera): Camera => ({
  f: quantise(f, 100),
  cx,
  cy,
  R: R.map((v) => quantise(v, 1e7)) as unknown as Mat3,
  t: t.map((v) => quantise(v, 1000)) as unknown as Vec3,
});
