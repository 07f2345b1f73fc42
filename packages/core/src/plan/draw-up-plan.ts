/**
 * From a photo and what the person asked for to the plan document: everything that has to be measured, measured once.
 *
 * Face and its mesh; pose; the person's mask on the head; the head placed and solved (place-head.ts); hair told from
 * skin, or as it was marked; the hairline for age and sex; colours, sharpness and grain of the photo. Each number is
 * quantised as it enters the document, so that everything after it is the same on every engine.
 *
 * Refuses what cannot be used honestly: no face, several, too small or unsure; a head that is cropped, covered or does
 * not follow its outline; measures that contradict. Does not look at whether the picture can be shown (picture-plan.ts).
 */
import { defaultCourse } from '../course/plan-course.ts';
import { buildHead } from '../head/build-head.ts';
import type { HeadFit } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { solveHead } from '../head/solve-head.ts';
import { quantise } from '../num/range.ts';
import { designPigment } from '../pigment/design-pigment.ts';
import { measurePhoto } from '../render/measure-photo.ts';
import { designDensity } from '../scalp/design-density.ts';
import { designHairline } from '../scalp/design-hairline.ts';
import { walkTowards } from '../scalp/skin-curve.ts';
import type { Camera } from '../vec/camera.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from '../vision/face-mesh.ts';
import type { FaceMesh } from '../vision/face-mesh.ts';
import { findFace } from '../vision/find-face.ts';
import { judgeFit } from '../vision/judge-fit.ts';
import { maskFromPhoto } from '../vision/mask-from-photo.ts';
import { encodeMask } from '../vision/mask-text.ts';
import { headSquare, personMask } from '../vision/person-mask.ts';
import type { RunModel, SoftMask } from '../vision/pixels.ts';
import { anglesOf, facePoint, focalFromExif, refuseUntrustedPose, solvePose } from '../vision/solve-pose.ts';
import { suggestHair } from '../vision/suggest-hair.ts';
import { ENGINE } from './engine.ts';
import { placeHead } from './place-head.ts';
import { PLAN_SCHEMA } from './plan-document.ts';
import type { PlanDocument, PlanPhoto } from './plan-document.ts';
import type { PhotoInput, PlanRequest } from './plan-request.ts';

/** `onStep` hears short phrases of what is being done. Refusals as above; RangeError for a hair mask of another size. */
export async function drawUpPlan(
  request: PlanRequest,
  photo: PhotoInput,
  run: RunModel,
  onStep: (step: string) => void = () => {},
): Promise<PlanDocument> {
  const { client, measures, presentation, sessions, start, timeZone, seed } = request;
  const { pixels, view, sha256 } = photo;
  const { widthPx, heightPx } = pixels;
  // What the person typed is judged before anything is looked at.
  const course = defaultCourse(sessions, start, timeZone, request.reason ?? undefined);
  solveHead(measures, null, client);
  onStep('looking for the face');
  const face = await findFace(pixels, run);
  const focalPx = photo.focal35mm === null ? null : focalFromExif(photo.focal35mm, widthPx, heightPx);
  const pose = solvePose(face, widthPx, heightPx, focalPx);
  refuseUntrustedPose(pose);
  onStep('following the outline of the head');
  const person = await personMask(pixels, run, headSquare(pose.camera));
  const hair = hairOf(photo, face, person);
  // A suggestion is not sure enough to be believed against the outline: it would hide a covered head from the judge.
  const sureHair = hair?.source === 'given' ? hair.mask : null;
  const placed = placeHead(
    { camera: pose.camera, photoWidthPx: widthPx, photoHeightPx: heightPx, person, hair: sureHair },
    measures,
    client,
  );
  const refusal = judgeFit(placed.outline, placed.prior);
  if (refusal) throw refusal;

  onStep('designing the hairline');
  const head = quantisedHead(placed.head);
  const camera = quantisedCamera(placed.camera);
  const map = buildHead(head.shape);
  const landmarks = landmarksOf(head.shape);
  const outerCanthiMm = distance(facePoint(LEFT_CANTHUS), facePoint(RIGHT_CANTHUS)) * head.shape.face;
  const hairline = designHairline(map, landmarks, client, seed, { outerCanthiMm });
  const midFrontal = walkTowards(map, landmarks.glabella, landmarks.vertex, hairline.midFrontalAboveGlabellaMm);
  const { colours, quality } = measurePhoto(pixels, face, camera, landmarks.glabella, midFrontal);
  const { yawDeg, pitchDeg, rollDeg } = anglesOf(camera.R);
  const { rmsPx, relative, raysUsed } = placed.outline;
  const planned: PlanPhoto = {
    view,
    sha256,
    widthPx,
    heightPx,
    faceScore: quantise(face.score, 1e4),
    yawDeg: quantise(yawDeg, 10),
    pitchDeg: quantise(pitchDeg, 10),
    rollDeg: quantise(rollDeg, 10),
    camera,
    focalSource: pose.isFocalKnown ? 'exif' : 'assumed',
    outline: { rmsPx: quantise(rmsPx, 100), relative: quantise(relative, 1e5), raysUsed },
    person: encodeMask(person),
    hair: hair && { ...encodeMask(hair.mask), source: hair.source },
    quality,
    colours,
  };
  return {
    schema: PLAN_SCHEMA,
    engine: ENGINE,
    seed,
    client,
    measures,
    head,
    photos: [planned],
    presentation,
    hairline,
    density: designDensity(sessions),
    pigment: designPigment(colours),
    course,
  };
}

interface Hair {
  readonly mask: SoftMask;
  readonly source: 'suggested' | 'given';
}

/** What the person marked has the last word. */
function hairOf({ pixels, hairMask }: PhotoInput, face: FaceMesh, person: SoftMask): Hair | null {
  if (hairMask) return { mask: maskFromPhoto(hairMask, pixels.widthPx, pixels.heightPx, person), source: 'given' };
  const suggested = suggestHair(pixels, face, person);
  return suggested && { mask: suggested.mask, source: 'suggested' };
}

const quantisedHead = ({ shape, relativeSd, relativeAreaSd, ...rest }: HeadFit): HeadFit => ({
  ...rest,
  shape: {
    face: quantise(shape.face, 1e5),
    width: quantise(shape.width, 1e5),
    height: quantise(shape.height, 1e5),
    length: quantise(shape.length, 1e5),
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
