/**
 * What one photo says about the head: its face or the points that a person marked, the person's outline, the hair, and
 * where the camera is taken to be to begin with.
 *
 * A face places a photo best. Where none can be used (from behind, from above, in profile) the marked points do. A front
 * photo has to show its face.
 *
 * Refuses what cannot be used honestly: no face in a front photo, several, too small or unsure; a head that is cropped,
 * covered or does not follow its outline; a view that nothing places.
 */
import type { HeadShape } from '../head/head-shape.ts';
import { Refusal } from '../units/refusal.ts';
import type { RefusalCode } from '../units/refusal.ts';
import type { FaceMesh } from '../vision/face-mesh.ts';
import { findFace } from '../vision/find-face.ts';
import { fitOutline } from '../vision/fit-outline.ts';
import type { OutlineFit } from '../vision/fit-outline.ts';
import { judgeFit } from '../vision/judge-fit.ts';
import { maskFromPhoto } from '../vision/mask-from-photo.ts';
import { facelessMask, headSquare, personMask } from '../vision/person-mask.ts';
import type { RunModel, SoftMask } from '../vision/pixels.ts';
import { focalFromExif, refuseUntrustedPose, solvePose } from '../vision/solve-pose.ts';
import type { FacePose } from '../vision/solve-pose.ts';
import { FEWEST_ANCHORS, startView } from '../vision/start-view.ts';
import type { ViewEvidence } from '../vision/view-evidence.ts';
import { PHOTO_WORK } from './photo-work.ts';
import type { PhotoWork } from './photo-work.ts';
import type { PhotoInput } from './plan-request.ts';

export interface SeenPhoto {
  readonly evidence: ViewEvidence;
  readonly face: FaceMesh | null;
  /** May be on its way still: nothing that places the head waits for it. */
  readonly hair: Promise<SeenHair | null>;
  /** The outline fitted on this photo alone; null where no face places it. */
  readonly outline: OutlineFit | null;
}

export interface SeenHair {
  readonly mask: SoftMask;
  readonly source: 'suggested' | 'given';
}

/** A view that is named so is there for its face. */
const NEEDS_FACE = /^(front|bowed)(-|$)/;
/** What may be wrong with a face of a view that does not need one. */
const NO_USABLE_FACE: ReadonlySet<RefusalCode> = new Set(['no-face', 'face-unsure', 'face-too-small']);

/** `prior` is the head to expect, with `face` 1. RangeError for a hair mask of another size. */
export async function seePhoto(
  photo: PhotoInput,
  prior: HeadShape,
  run: RunModel,
  { hair }: Pick<PhotoWork, 'hair'> = PHOTO_WORK,
): Promise<SeenPhoto> {
  const found = await faceOf(photo, run);
  return found ? seeFace(photo, found, prior, run, hair) : seeWithoutFace(photo, prior, run);
}

interface FoundFace {
  readonly face: FaceMesh;
  readonly pose: FacePose;
}

async function faceOf(photo: PhotoInput, run: RunModel): Promise<FoundFace | null> {
  const { pixels, view, anchors } = photo;
  const mayLack = !NEEDS_FACE.test(view) || anchors.length >= FEWEST_ANCHORS;
  try {
    const face = await findFace(pixels, run);
    const pose = solvePose(face, pixels.widthPx, pixels.heightPx, focalPx(photo));
    refuseUntrustedPose(pose);
    return { face, pose };
  } catch (error) {
    if (mayLack && error instanceof Refusal && NO_USABLE_FACE.has(error.code)) return null;
    throw error;
  }
}

const focalPx = ({ focal35mm, pixels }: PhotoInput): number | null =>
  focal35mm === null ? null : focalFromExif(focal35mm, pixels.widthPx, pixels.heightPx);

async function seeFace(
  photo: PhotoInput,
  { face, pose }: FoundFace,
  prior: HeadShape,
  run: RunModel,
  suggestHair: PhotoWork['hair'],
): Promise<SeenPhoto> {
  const { view, pixels, anchors, distances } = photo;
  const { widthPx, heightPx } = pixels;
  const person = await personMask(pixels, run, headSquare(pose.camera));
  const given = givenHair(photo, person);
  const suggested = async (): Promise<SeenHair | null> => {
    const found = await suggestHair(pixels, face, person);
    return found && { mask: found.mask, source: 'suggested' };
  };
  const hair = given ? Promise.resolve(given) : suggested();
  hair.catch(() => {});
  // A suggestion is not sure enough to be believed against the outline: it would hide a covered head from the judge.
  const sureHair = given?.mask ?? null;
  const outline = fitOutline({
    camera: pose.camera,
    photoWidthPx: widthPx,
    photoHeightPx: heightPx,
    person,
    hair: sureHair,
    prior,
  });
  const refusal = judgeFit(outline, pose.isFocalKnown);
  if (refusal) throw refusal;
  const evidence: ViewEvidence = {
    view,
    widthPx,
    heightPx,
    start: outline.camera,
    placedBy: 'face',
    isFocalKnown: pose.isFocalKnown,
    face,
    anchors,
    person,
    hair: sureHair,
    distances,
  };
  return { evidence, face, hair, outline };
}

async function seeWithoutFace(photo: PhotoInput, prior: HeadShape, run: RunModel): Promise<SeenPhoto> {
  const { view, pixels, anchors, distances } = photo;
  const { widthPx, heightPx } = pixels;
  const start = startView({ view, widthPx, heightPx, focalPx: focalPx(photo), anchors, prior });
  const { camera, placedBy, isFocalKnown } = start;
  const person = await facelessMask(pixels, run, camera);
  const hair = givenHair(photo, person);
  const evidence: ViewEvidence = {
    view,
    widthPx,
    heightPx,
    start: camera,
    placedBy,
    isFocalKnown,
    face: null,
    anchors,
    person,
    hair: hair?.mask ?? null,
    distances,
  };
  return { evidence, face: null, hair: Promise.resolve(hair), outline: null };
}

const givenHair = ({ hairMask, pixels }: PhotoInput, person: SoftMask): SeenHair | null =>
  hairMask && { mask: maskFromPhoto(hairMask, pixels.widthPx, pixels.heightPx, person), source: 'given' };
