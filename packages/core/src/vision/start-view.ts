/**
 * Where does the camera stand in a photo whose face cannot be used: from behind, from above, in profile?
 *
 * From marked points of the head, four or more. The views of a ball around it are tried, each laid on the points by a
 * similarity in the image; the best are fitted (fit-anchors.ts). A view from which the skull would hide a marked point loses
 * against one from which it does not, and one that the photo's name promises wins over an equal one.
 *
 * In: the photo's name and size, its focal length or null, the points. Out: a camera in template mm and how well its turn is
 * known. Refuses ('view-unplaced') what does not decide: too few points, two views that explain them alike, a turn that
 * stays open, points of no one head.
 *
 * On 12 known heads, 5 to 6 points, 4 px of click noise on photos 1,200 px high, the turn is wrong (median) by 2 degrees from
 * behind, 3 from above, 4 at the crown, 6 in profile, 7 from behind at a slant; with the outline and one tape by 2, 3, 3, 5
 * and 3. In profile that is the head, not the hand: how far back this client's ears sit looks like a turn, and no outline tells
 * it. Photos from all sides do, placed together by solve-views.ts: 1.5 degrees on photos 4,000 px high (decision 13).
 *
 * Does not place a head by its outline alone. Simulated on heads of ICT-FaceKit from seven sides, with a start from the
 * photo's name, the outline was followed to 0.5 % of the head's width and the turn was wrong by 10 to 14 degrees (median),
 * as wrong as the name itself: a skull is round. The remedy names points to mark.
 */
import { undeform } from '../head/deform-head.ts';
import { radiusMm } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { templateMap } from '../head/template-radius.ts';
import { acos, radToDeg } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import { cameraPosition, toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { multiply, rotate, transpose } from '../vec/mat3.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { dot, normalise, subtract } from '../vec/vec3.ts';
import { anchorMm } from './anchors.ts';
import { ASSUMED_DISTANCE_MM, fitAnchors } from './fit-anchors.ts';
import type { AnchorFit } from './fit-anchors.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import type { Anchor, PlacedBy } from './view-evidence.ts';
import { poseOfView, rotationOf } from './view-pose.ts';

export interface StartInput {
  /** The photo's name. */
  readonly view: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The photo's own, or null. */
  readonly focalPx: number | null;
  readonly anchors: readonly Anchor[];
  /** The head to expect, `face` 1 (populationShape). */
  readonly prior: HeadShape;
}

export interface ViewStart {
  /** Template mm. */
  readonly camera: Camera;
  readonly placedBy: PlacedBy;
  readonly isFocalKnown: boolean;
  /** Anchors against model. */
  readonly rmsPx: number;
  /** Standard deviation of the turn, rad, all directions together. */
  readonly turnSdRad: number;
}

/** Fewer points leave more than one view open. */
export const FEWEST_ANCHORS = 4;
/** A focal length that puts the camera elsewhere belongs to another picture. */
const BELIEVABLE_DISTANCE_MM = [250, 6000] as const;
/** Views that are tried: every 30 degrees around, at these heights; so many of them are fitted. */
const AROUND_DEG = 30;
const HEIGHTS_DEG = [-30, 0, 30, 60, 90];
const FITTED = 6;
/** How closely people hold the camera to what they call the view; farther off than this the name is another one. */
const NAME_SD_DEG = 25;
const NAME_REACH_DEG = 60;
/** Nearer than this two views are one; costs nearer than this are alike. */
const APART_DEG = 15;
const ALIKE = 4;
/** A turn that is not known better than this is open. */
const LARGEST_TURN_SD_DEG = 12;
/** A point that lies as deep behind skin (template mm) is hidden; ears come close without being so. */
const HIDDEN_MM = 25;
/** Root mean square of the gaps, in standard deviations, beyond which the points belong to no one head. */
const LARGEST_GAP = 2.5;

/** Points nearer than this part of the photo are one place. */
const LEAST_REACH = 0.01;

export function startView(input: StartInput): ViewStart {
  const { view, anchors } = input;
  if (anchors.length < FEWEST_ANCHORS) throw unplaced(view, `no face, and ${anchors.length} points are marked`);
  const reachPx = LEAST_REACH * Math.max(input.widthPx, input.heightPx);
  const places = anchors.filter((a, k) => anchors.slice(0, k).every((b) => apartPx(a, b) >= reachPx));
  if (places.length < FEWEST_ANCHORS) throw unplaced(view, 'the points lie on top of each other');
  const fits = ballOfViews()
    .map((R) => layOnAnchors(R, input))
    .sort((a, b) => a.gapPx - b.gapPx)
    .slice(0, FITTED)
    .map(({ camera }) => judged(fitWithFocal(camera, input), input))
    .sort((a, b) => a.hidden.length - b.hidden.length || a.unlikely - b.unlikely);
  const [best] = fits;
  const meanSquare = best.gaps.reduce((sum, gap) => sum + gap * gap, 0) / (2 * anchors.length);
  if (Math.sqrt(meanSquare) > LARGEST_GAP) {
    const worst = anchors[best.doubted ?? best.gaps.indexOf(Math.max(...best.gaps))];
    throw unplaced(view, `no head has its points there; look at ${worst.name}`);
  }
  if (best.hidden.length > 0) throw unplaced(view, `${best.hidden[0].name} would be hidden behind the head`);
  const rival = fits.find(
    (fit) =>
      fit.hidden.length === 0 &&
      fit.unlikely < best.unlikely + ALIKE &&
      apartDeg(fit.camera.R, best.camera.R) > APART_DEG,
  );
  if (rival) throw unplaced(view, 'the points allow two views; mark one more, beside the others');
  if (radToDeg(best.turnSdRad) > LARGEST_TURN_SD_DEG) {
    throw unplaced(view, 'the points leave the turn of the head open; mark one more, far from the others');
  }
  const { camera, isFocalKnown, rmsPx, turnSdRad } = best;
  return { camera, placedBy: 'anchors', isFocalKnown, rmsPx, turnSdRad };
}

const unplaced = (view: string, why: string): Refusal => new Refusal('view-unplaced', `${view}: ${why}`);

type SeenFit = AnchorFit & { readonly isFocalKnown: boolean };

function judged(
  fit: SeenFit,
  { view, anchors }: StartInput,
): SeenFit & { hidden: readonly Anchor[]; unlikely: number } {
  const named = poseOfView(view);
  const offDeg = named ? lookedAtApartDeg(fit.camera.R, rotationOf(named)) : 0;
  const off = Math.min(offDeg, NAME_REACH_DEG) / NAME_SD_DEG;
  return { ...fit, hidden: hiddenOf(fit, anchors), unlikely: fit.cost + off * off };
}

function fitWithFocal(start: Camera, { anchors, prior, focalPx }: StartInput): SeenFit {
  if (focalPx !== null) {
    const fit = fitAnchors(steppedTo(start, focalPx), anchors, prior, focalPx);
    const mm = toCamera(fit.camera, CRANIUM_CENTRE)[2];
    if (mm >= BELIEVABLE_DISTANCE_MM[0] && mm <= BELIEVABLE_DISTANCE_MM[1]) return { ...fit, isFocalKnown: true };
  }
  return { ...fitAnchors(start, anchors, prior, null), isFocalKnown: false };
}

/** The camera with another focal length, as far away as keeps the head's size and place. */
function steppedTo(camera: Camera, f: number): Camera {
  const depth = toCamera(camera, CRANIUM_CENTRE)[2];
  const shift = depth * (f / camera.f - 1);
  return { ...camera, f, t: [camera.t[0], camera.t[1], camera.t[2] + shift] };
}

function ballOfViews(): Mat3[] {
  return HEIGHTS_DEG.flatMap((pitchDeg) => {
    const around = pitchDeg === 90 ? 1 : 360 / AROUND_DEG;
    return Array.from({ length: around }, (_, k) => rotationOf({ yawDeg: k * AROUND_DEG, pitchDeg }));
  });
}

/** The camera at the assumed distance whose picture of the points, seen this way, lies on them best; and what is left. */
function layOnAnchors(R: Mat3, { anchors, prior, widthPx, heightPx }: StartInput): { camera: Camera; gapPx: number } {
  const n = anchors.length;
  const points = anchors.map(({ name }) => anchorMm(name, prior));
  const middle = [0, 1, 2].map((k) => points.reduce((sum, p) => sum + p[k], 0) / n) as unknown as Vec3;
  const u = anchors.reduce((sum, { xPx }) => sum + xPx, 0) / n;
  const v = anchors.reduce((sum, { yPx }) => sum + yPx, 0) / n;
  const pairs = points.map((p, k) => {
    const [x, y] = rotate(R, subtract(p, middle));
    return { x, y, u: anchors[k].xPx - u, v: anchors[k].yPx - v };
  });
  // As complex numbers: image = (c + i s) head, by least squares.
  const square = pairs.reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  const c = pairs.reduce((sum, p) => sum + p.x * p.u + p.y * p.v, 0) / square;
  const s = pairs.reduce((sum, p) => sum + p.x * p.v - p.y * p.u, 0) / square;
  const gaps = pairs.map((p) => [p.u - c * p.x + s * p.y, p.v - s * p.x - c * p.y]);
  const pxPerMm = Math.max(1e-6, Math.sqrt(c * c + s * s));
  const rolled = multiply([c / pxPerMm, -s / pxPerMm, 0, s / pxPerMm, c / pxPerMm, 0, 0, 0, 1], R);
  const [cx, cy] = [(widthPx - 1) / 2, (heightPx - 1) / 2];
  const place: Vec3 = [(u - cx) / pxPerMm, (v - cy) / pxPerMm, ASSUMED_DISTANCE_MM];
  return {
    camera: { f: pxPerMm * ASSUMED_DISTANCE_MM, cx, cy, R: rolled, t: subtract(place, rotate(rolled, middle)) },
    gapPx: Math.sqrt(gaps.reduce((sum, [du, dv]) => sum + du * du + dv * dv, 0) / n),
  };
}

/** The points that the skull would hide from the camera. */
function hiddenOf({ camera, shape }: AnchorFit, anchors: readonly Anchor[]): Anchor[] {
  const eye = cameraPosition(camera);
  return anchors.filter(({ name }) => depthBehindSkin(shape, anchorMm(name, shape), eye) > HIDDEN_MM);
}

/** How deep the line from a point of the skin to the eye runs inside the head, template mm. */
function depthBehindSkin(shape: HeadShape, p: Vec3, eye: Vec3): number {
  const template = templateMap();
  const towards = normalise(subtract(eye, p));
  let deepest = 0;
  for (let mm = 10; mm < 250; mm += 10) {
    const [x, y, z] = undeform(shape, [p[0] + mm * towards[0], p[1] + mm * towards[1], p[2] + mm * towards[2]]);
    deepest = Math.max(deepest, radiusMm(template, x, y, z) - Math.sqrt(x * x + y * y + z * z));
  }
  return deepest;
}

/** The angle between two turns. */
function apartDeg(a: Mat3, b: Mat3): number {
  const m = multiply(transpose(a), b);
  return radToDeg(acos(clamp((m[0] + m[4] + m[8] - 1) / 2, -1, 1)));
}

/** The angle between the directions from which two cameras look, whichever way they are held. */
const lookedAtApartDeg = (a: Mat3, b: Mat3): number =>
  radToDeg(acos(clamp(dot([a[6], a[7], a[8]], [b[6], b[7], b[8]]), -1, 1)));

const apartPx = (a: Anchor, b: Anchor): number =>
  Math.sqrt((a.xPx - b.xPx) * (a.xPx - b.xPx) + (a.yPx - b.yPx) * (a.yPx - b.yPx));
