/**
 * What one photo says about head and camera, as evidence for a least-squares solution; each kind with its own error.
 *
 * - The face: its rigid points. People's faces differ from the mean one by millimetres, and neighbouring points
 *   by the same: the points count as the few independent ones that they are worth, fewer the farther the head is turned. The
 *   mesh tells a bowed head too level; it is compared with what it would tell of the camera in question.
 * - Anchors: points that a person marked, whose errors belong together (anchor-deviations.ts).
 * - The outline: along rays, where the person ends against where the cranium does. An edge inside the model is the client;
 *   one outside may be hair, a shoulder or a hat, and pulls the less the farther out it lies, except over the top of the
 *   head, where only a hat stands out. Where hair is marked an edge counts little,
 *   and where no face is seen the mask is doubted both ways.
 * - Known distances between two places of the skin, and what is known of the focal length and of the start.
 *
 * Errors of outline and face are chosen so that intervals contain the truth on rendered heads (npm run validate).
 */
import { undeform } from '../head/deform-head.ts';
import { FACE_MIDDLE } from '../head/landmarks.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { cos, degToRad, log, sin } from '../num/elementary.ts';
import { smoothstep } from '../num/range.ts';
import type { Evidence } from '../num/least-squares.ts';
import { project, toCamera, unproject } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { anchorDeviations, anchorGapsPx, doubtsOf } from './anchor-deviations.ts';
import type { MarkedView } from './anchor-deviations.ts';
import { earsBeforeOutline } from './ear-before-outline.ts';
import { CRANIUM_CENTRE, headOutline, headOutlineNear } from './head-outline.ts';
import type { OutsideMm } from './head-outline.ts';
import { POINT_KNEE, huber } from './huber.ts';
import { toldOn } from './level-evidence.ts';
import { edgeAlong, hairUnderEdge } from './outline-edges.ts';
import { outlineTrust } from './outline-trust.ts';
import { skinSeenAt } from './skin-seen-at.ts';
import { FACE_RIGID, anglesOf, asMeshTells } from './solve-pose.ts';
import type { PlacedBy, ViewEvidence } from './view-evidence.ts';
import { DEPARTURES, FACE_PLACE, LOGS, TILT, TOLD_SIZE, cameraAt } from './view-unknowns.ts';
import type { ViewUnknowns } from './view-unknowns.ts';

/** What the solver knows of the head's surface, for any values of the unknowns; template mm. */
export interface SkinModel {
  readonly shapeAt: (x: readonly number[]) => HeadShape;
  readonly outsideAt: (x: readonly number[]) => OutsideMm;
  /** The same of the template stretched alike, and how far outwards a head may depart from it, each way; none on a scan. */
  readonly outsideStretchedAt: (x: readonly number[]) => OutsideMm;
  readonly departuresAt: (place: Vec3) => readonly number[];
  /** Size of this head against template mm. */
  readonly mmAt: (x: readonly number[]) => number;
}

/** How many independent points the rigid ones of a face are worth. */
const FACE_WORTH = 24;
const FACE_SD_MM = 2.2;
/** A turn at which that variance has doubled; it grows with the square: what meshes told of twenty heads. */
const FACE_DOUBLED_DEG = 26;

export const RAY_SPACING_DEG = 3;
const EDGE_SD_MM = 2;
/**
 * The mask ends this far outside the skin: on rendered heads, all backgrounds, 0.3 to 1.0 where a face is seen. Without one,
 * 1.3 against the silhouettes of eleven of them at their true cameras, medians 1.0 (back) to 1.5 (top).
 */
const MASK_OUTSIDE_MM = { face: 0.6, faceless: 1.3 } as const;
/** How many neighbouring rays err alike: light, short hair, and how heads differ from a stretched template. */
const CORRELATED_RAYS = 5;
const OUTLIER_MM = 4;
const HAIR_WEIGHT = 0.1;
/** Below this height of the template (mm) an edge outside the model is doubted; above it is skull. */
const DOUBTED_BELOW_MM = [98, 112] as const;
/** A ray is worth casting where the outline is at least this surely cranium. */
const LEAST_TRUST = 0.05;

/** Of ln. Two metres are assumed; with 0.4 meshes drew cameras too near, with 0.2 too little (8 heads at 0.8 and 1.6 m). */
const FOCAL_SD = { known: 0.04, assumed: 0.27 } as const;
const START_SD: Readonly<Record<PlacedBy, number>> = {
  face: degToRad(15),
  anchors: degToRad(15),
};

/** The point that a head is turned about: what its photo shows best. */
export const pivotOf = ({ placedBy }: ViewEvidence): Vec3 => (placedBy === 'face' ? FACE_MIDDLE : CRANIUM_CENTRE);

/** All that a photo says but its outline and its anchors, which are weighed anew from each solution. */
export function evidenceOfView(view: ViewEvidence, unknowns: ViewUnknowns, model: SkinModel): Evidence[] {
  const pivot = pivotOf(view);
  const camera = (x: readonly number[]): Camera => cameraAt(view.start, pivot, unknowns, x);
  const found = [startEvidence(view, unknowns)];
  if (view.face) found.push(faceEvidence(view.face, faceSdMm(view.start), unknowns, camera));
  if (view.distances.length > 0) found.push(distanceEvidence(view, unknowns, model, camera));
  return found;
}

function startEvidence(
  { placedBy, isFocalKnown }: ViewEvidence,
  { turn, place, size, focal, all }: ViewUnknowns,
): Evidence {
  const sds = new Map<number, number>([
    ...turn.map((k) => [k, START_SD[placedBy]] as const),
    ...place.map((k) => [k, 0.5] as const),
    [size, 0.5],
    [focal, isFocalKnown ? FOCAL_SD.known : FOCAL_SD.assumed],
  ]);
  const sdOf = all.map((k) => sds.get(k)!);
  return { on: all, residuals: (x) => all.map((k, i) => x[k] / sdOf[i]) };
}

/** Of one of its points, were they independent. */
function faceSdMm(start: Camera): number {
  const turn = anglesOf(start.R).yawDeg / FACE_DOUBLED_DEG;
  return FACE_SD_MM * Math.sqrt(((1 + turn * turn) * FACE_RIGID.length) / FACE_WORTH);
}

function faceEvidence(
  face: NonNullable<ViewEvidence['face']>,
  sdMm: number,
  { all }: ViewUnknowns,
  camera: (x: readonly number[]) => Camera,
): Evidence {
  return {
    on: [TILT, TOLD_SIZE, ...FACE_PLACE, ...all],
    residuals: (x) => {
      const told = asMeshTells(camera(x));
      const at = toldOn(told, x);
      const sdPx = (sdMm * told.f) / toCamera(told, FACE_MIDDLE)[2];
      const residuals: number[] = [];
      for (const { index, point } of FACE_RIGID) {
        const seen = at(point);
        residuals.push((seen[0] - face.xPx[index]) / sdPx, (seen[1] - face.yPx[index]) / sdPx);
      }
      return residuals;
    },
    robust: (r) => huber(r, POINT_KNEE),
  };
}

/**
 * The marks of all photos, which share what is special about the head: one piece of evidence, or none without marks.
 * Weighed as cameras and head stand at `x`, where marks that the others contradict are doubted.
 */
export function anchorEvidence(
  views: readonly ViewEvidence[],
  unknownsOf: (k: number) => ViewUnknowns,
  { shapeAt }: SkinModel,
  x: readonly number[],
): Evidence[] {
  const marked = views.flatMap((view, k) => (view.anchors.length > 0 ? [{ view, unknowns: unknownsOf(k) }] : []));
  if (marked.length === 0) return [];
  const seenAt = (at: readonly number[]): MarkedView[] => {
    const shape = { ...shapeAt(at), face: 1 };
    return marked.map(({ view, unknowns }) => ({
      camera: cameraAt(view.start, pivotOf(view), unknowns, at),
      shape,
      anchors: view.anchors,
    }));
  };
  const seen = seenAt(x);
  const inDeviations = anchorDeviations(seen, doubtsOf(seen));
  return [
    {
      on: [...LOGS.slice(1), ...marked.flatMap(({ unknowns }) => unknowns.all)],
      residuals: (at) => inDeviations(seenAt(at).flatMap(anchorGapsPx)),
      robust: (r) => huber(r, POINT_KNEE),
    },
  ];
}

function distanceEvidence(
  { distances }: ViewEvidence,
  { all }: ViewUnknowns,
  model: SkinModel,
  camera: (x: readonly number[]) => Camera,
): Evidence {
  return {
    on: [...LOGS, ...all],
    residuals: (x) => {
      const seen = camera(x);
      const outside = model.outsideAt(x);
      return distances.map(({ fromPx, toPx, mm, sdMm }) => {
        const from = skinSeenAt(seen, outside, ...fromPx);
        const to = skinSeenAt(seen, outside, ...toPx);
        // A place beside the head says nothing; whoever gives it is told when the photo is read.
        return from && to ? log((distance(from, to) * model.mmAt(x)) / mm) / (sdMm / mm) : 0;
      });
    },
  };
}

/** One ray: what of the person's outline it met. */
export interface OutlineRay {
  readonly ray: readonly [number, number];
  /** Where the top of the model's loop lies (head-outline.ts). */
  readonly psi: number;
  /** From the image of the middle to the edge. */
  readonly px: number;
  /** 0..1: hair and place. */
  readonly weight: number;
  /** How far an edge outside the model, and one inside it, is doubted there, 0..1. */
  readonly doubt: number;
  readonly doubtInside: number;
  /** How far outwards heads depart from the model there, mm, each way. */
  readonly departures: readonly number[];
}

export interface SeenOutline {
  /** Where rays start in the photo. */
  readonly originPx: readonly [x: number, y: number];
  readonly mmPerPx: number;
  readonly rays: readonly OutlineRay[];
  /** Rays that met hair, left the photo first, or found no edge. */
  readonly hair: number;
  readonly cropped: number;
  readonly lost: number;
}

/** Casts rays from the middle of the cranium, as it stands at `x`, to where the person ends. */
export function seeOutline(
  view: ViewEvidence,
  unknowns: ViewUnknowns,
  model: SkinModel,
  x: readonly number[],
): SeenOutline {
  const camera = cameraAt(view.start, pivotOf(view), unknowns, x);
  const middle = toCamera(camera, CRANIUM_CENTRE);
  const centre = project(camera, CRANIUM_CENTRE);
  const mmPerPx = centre[2] / camera.f;
  const directions = Array.from({ length: 360 / RAY_SPACING_DEG }, (_, k): readonly [number, number] => {
    const a = degToRad(k * RAY_SPACING_DEG);
    return [cos(a), sin(a)];
  });
  const shape = { ...model.shapeAt(x), face: 1 };
  const evidence = { person: view.person, hair: view.hair, photoWidthPx: view.widthPx, photoHeightPx: view.heightPx };
  const rays: OutlineRay[] = [];
  // Where there is no face the network may overlook a part of the crown.
  const doubtInside = view.face ? 0 : 1;
  const count = { hair: 0, cropped: 0, lost: 0 };
  const isEar = view.face ? () => false : earsBeforeOutline(camera, centre);
  headOutline(camera, model.outsideStretchedAt(x), middle, directions).forEach(({ px: expected, point, psi }, k) => {
    const place = undeform(shape, point);
    const trust = outlineTrust(place);
    if (trust < LEAST_TRUST) return;
    const ray = directions[k];
    if (isEar(ray, expected)) return;
    const px = edgeAlong(evidence, centre, ray, expected);
    if (px === 'cropped') count.cropped++;
    else if (px === 'none') count.lost++;
    else {
      const hair = hairUnderEdge(evidence, centre, ray, px, mmPerPx);
      if (hair > 0.5) count.hair++;
      const doubt = 1 - smoothstep(DOUBTED_BELOW_MM[0], DOUBTED_BELOW_MM[1], place[1]);
      rays.push({
        ray,
        psi,
        px,
        weight: trust * (1 - (1 - HAIR_WEIGHT) * hair),
        doubt,
        doubtInside,
        departures: model.departuresAt(place),
      });
    }
  });
  return { originPx: [centre[0], centre[1]], mmPerPx, rays, ...count };
}

/** Model against person along each ray, mm; positive where the person reaches farther. */
export function outlineGapsMm(
  view: ViewEvidence,
  unknowns: ViewUnknowns,
  model: SkinModel,
  { originPx, mmPerPx, rays }: SeenOutline,
  x: readonly number[],
): number[] {
  const camera = cameraAt(view.start, pivotOf(view), unknowns, x);
  // Rays keep their place in the photo, and their depth goes with the head: else a camera that steps back leaves it behind.
  const middle = unproject(camera, originPx[0], originPx[1], toCamera(camera, CRANIUM_CENTRE)[2]);
  const outline = headOutlineNear(camera, model.outsideStretchedAt(x), middle, rays);
  const outsideMm = view.face ? MASK_OUTSIDE_MM.face : MASK_OUTSIDE_MM.faceless;
  return rays.map(({ px, departures }, k) => {
    let gapMm = (px - outline[k]) * mmPerPx - outsideMm;
    for (let way = 0; way < departures.length; way++) gapMm -= departures[way] * x[DEPARTURES[way]];
    return gapMm;
  });
}

export function outlineEvidence(
  view: ViewEvidence,
  unknowns: ViewUnknowns,
  model: SkinModel,
  seen: SeenOutline,
): Evidence {
  const sdMm = EDGE_SD_MM * Math.sqrt(CORRELATED_RAYS);
  const knee = OUTLIER_MM / sdMm;
  const ways = DEPARTURES.slice(0, seen.rays[0]?.departures.length ?? 0);
  return {
    on: [...LOGS.slice(1), ...unknowns.all],
    residuals: (x) => outlineGapsMm(view, unknowns, model, seen, x).map((gap) => gap / sdMm),
    linear: { on: ways, slopes: ways.map((_, way) => seen.rays.map(({ departures }) => -departures[way] / sdMm)) },
    robust: (r, k) => {
      const { weight, doubt: doubtOutside, doubtInside } = seen.rays[k];
      const doubt = r > 0 ? doubtOutside : doubtInside;
      const sure = huber(r, knee);
      if (doubt === 0) return { weight: weight * sure.weight, cost: weight * sure.cost };
      // Cauchy: what lies far off is hair, a shoulder, or a part that the mask lost.
      const odd = (r / knee) * (r / knee);
      const unsure = { weight: 1 / (1 + odd), cost: knee * knee * log(1 + odd) };
      return {
        weight: weight * ((1 - doubt) * sure.weight + doubt * unsure.weight),
        cost: weight * ((1 - doubt) * sure.cost + doubt * unsure.cost),
      };
    },
  };
}
