/**
 * How far from the truth may a photo show a place of the scalp, such as the middle or a corner of a hairline?
 *
 * The plan says "so many mm from here to there" and draws both places at pixels. With another head or camera that the
 * evidence allows, the same pixels show other places of the skin, and points that a finger finds lie elsewhere: the
 * distance is read again for a nudge of every unknown, and the covariance of the solution turns these into a standard
 * deviation. Joined by how far heads differ from a stretched template.
 */
import { radiusOfShape } from '../head/build-head.ts';
import { deform, undeform } from '../head/deform-head.ts';
import { tiltedWithFace } from '../head/landmarks.ts';
import { radiusOfMap } from '../head/tape.ts';
import type { RadiusOf } from '../head/tape.ts';
import { arcOverMm } from '../head/walk-on-skin.ts';
import { log } from '../num/elementary.ts';
import { spreadOf } from '../num/least-squares.ts';
import { project } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, cross, distance, length, scale, subtract } from '../vec/vec3.ts';
import { skinSeenAt } from '../vision/skin-seen-at.ts';
import { anglesOf } from '../vision/solve-pose.ts';
import type { SolvedViews } from '../vision/solve-views.ts';
import { LOGS, TILT, unknownsOf } from '../vision/view-unknowns.ts';
import type { ScanInput } from './plan-request.ts';

/** A distance over the skin between two places (mm, head frame). */
export interface ShownDistance {
  readonly from: Vec3;
  readonly to: Vec3;
  /** True when `from` is found by a finger on the client, false when it is drawn in the picture like `to`. */
  readonly isFromFace: boolean;
}

/** How far the skin departs from a stretched template between two places, or between one and a point that a finger finds. */
const SKIN_SD_MM = 0.8;
/**
 * And how far outwards: skin that stands out is seen at a slant where the template is farther on. With both, the middle of the
 * hairline lay within the 95 % of 98 in 100 rendered photos of 12 persons that are not graded; errors over deviations were 1.0
 * in bowed photos as in level and turned ones.
 */
const OUTWARDS_SD_MM = 0.9;
/** Skin seen this far from the place itself hides it. */
const HIDDEN_MM = 5;
/** A place that is surer by guessing is not shown: at the rim of the head a pixel is a hand's breadth of skin. */
const AT_THE_RIM_MM = 12;

/** Standard deviation (mm) of the distance over the true skin of what photo `k` shows; null when it does not show it. */
export function shownSpreadMm(
  solved: SolvedViews,
  scan: ScanInput | null,
  k: number,
  { from, to, isFromFace }: ShownDistance,
): number | null {
  const { likeliest, model, cameraAt } = solved;
  const mm = model.mmAt(likeliest.x);
  const shape = model.shapeAt(likeliest.x);
  const camera = cameraAt(k, likeliest.x);
  const outside = model.outsideAt(likeliest.x);
  const isShown = (p: Vec3): boolean => {
    const [xPx, yPx] = project(camera, scale(p, 1 / mm));
    const seen = skinSeenAt(camera, outside, xPx, yPx);
    return seen !== null && distance(scale(seen, mm), p) < HIDDEN_MM;
  };
  if (!isShown(to) || (!isFromFace && !isShown(from))) return null;
  const onFace = undeform(shape, from);
  const tiltRad = likeliest.x[TILT];
  const start = isFromFace
    ? (x: readonly number[]): Vec3 => {
        const there = model.shapeAt(x);
        return tiltedWithFace(there, x[TILT] - tiltRad, deform(there, onFace));
      }
    : shownAs(solved, k, from);
  const end = shownAs(solved, k, to);
  const read = (x: readonly number[], outMm = 0): number => {
    const there = model.shapeAt(x);
    const radius: RadiusOf = scan ? radiusOfMap(scan.map) : radiusOfShape(there);
    return arcOverMm(radius, start(x, outMm), end(x, outMm));
  };
  const sdMm = spreadOf(read, likeliest, [...LOGS, TILT, ...unknownsOf(k).all]);
  if (sdMm > AT_THE_RIM_MM) return null;
  const slantMm = scan ? 0 : read(likeliest.x, OUTWARDS_SD_MM) - read(likeliest.x);
  return Math.sqrt(sdMm * sdMm + slantMm * slantMm + SKIN_SD_MM * SKIN_SD_MM);
}

/**
 * Where the pixel of photo `k` that shows `p` would show the skin with other values of the unknowns, were it so far
 * outside, mm.
 */
function shownAs(
  { likeliest, model, cameraAt }: SolvedViews,
  k: number,
  p: Vec3,
): (x: readonly number[], outMm: number) => Vec3 {
  const mm = model.mmAt(likeliest.x);
  const [xPx, yPx] = project(cameraAt(k, likeliest.x), scale(p, 1 / mm));
  return (x, outMm) => {
    const modelled = model.outsideAt(x);
    const seen = skinSeenAt(cameraAt(k, x), (a, b, c) => modelled(a, b, c) - outMm / mm, xPx, yPx);
    // At the very rim of the head a nudge may lose the skin: the point itself is the best that is left.
    return seen ? scale(seen, model.mmAt(x)) : p;
  };
}

/**
 * Standard deviation of the area of skin within an outline that photo `k` shows, as a fraction: of the area that the outline
 * spans, whose bulge is the head's own and hardly changes. Skin beside the template moves the edge as it moves distances.
 */
export function shownAreaSpread(
  solved: SolvedViews,
  scan: ScanInput | null,
  k: number,
  outline: readonly Vec3[],
): number {
  const { likeliest } = solved;
  const corners = outline.map((p) => shownAs(solved, k, p));
  const spanned = (x: readonly number[], outMm = 0): number => spannedMm2(corners.map((at) => at(x, outMm)));
  const read = (x: readonly number[]): number => log(spanned(x));
  const relative = spreadOf(read, likeliest, [...LOGS, TILT, ...unknownsOf(k).all]);
  const areaMm2 = spanned(likeliest.x);
  const slant = scan ? 0 : spanned(likeliest.x, OUTWARDS_SD_MM) / areaMm2 - 1;
  const edge = (2 * SKIN_SD_MM) / Math.sqrt(areaMm2);
  return Math.sqrt(relative * relative + slant * slant + edge * edge);
}

/** Area that a closed outline spans: the length of its vector area. */
export function spannedMm2(corners: readonly Vec3[]): number {
  const [first] = corners;
  const fans = corners.map((a, i) => cross(subtract(a, first), subtract(corners[(i + 1) % corners.length], first)));
  return length(fans.reduce(add)) / 2;
}

/** Standard deviation of mm per pixel at a place (mm, head frame) in photo `k`, as a fraction. */
export function scaleSpread({ likeliest, model, cameraAt }: SolvedViews, k: number, point: Vec3): number {
  const place = scale(point, 1 / model.mmAt(likeliest.x));
  const lnMmPerPx = (x: readonly number[]): number => {
    const camera = cameraAt(k, x);
    return log((project(camera, place)[2] * model.mmAt(x)) / camera.f);
  };
  return spreadOf(lnMmPerPx, likeliest, [...LOGS, ...unknownsOf(k).all]);
}

/**
 * By how much heads are not the same on both sides, as the model is, in degrees of turn: with it the 95 % hold the turn of 138
 * of 143 rendered photos of 8 persons, without it of 126; the bow of 142.
 */
const UNLIKE_SIDES_DEG = 0.8;

/** Standard deviations (degrees) of how far the head is turned and bowed in photo `k`. */
export function poseSpread({ likeliest, cameraAt }: SolvedViews, k: number): { yawDeg: number; pitchDeg: number } {
  const { yawDeg: middle } = anglesOf(cameraAt(k, likeliest.x).R);
  const on = [...LOGS, TILT, ...unknownsOf(k).all];
  // From behind a turn is about 180 degrees, where it jumps to -180.
  const aside = (yawDeg: number): number => ((((yawDeg - middle + 540) % 360) + 360) % 360) - 180;
  const turn = spreadOf((x) => aside(anglesOf(cameraAt(k, x).R).yawDeg), likeliest, on);
  return {
    yawDeg: Math.sqrt(turn * turn + UNLIKE_SIDES_DEG * UNLIKE_SIDES_DEG),
    pitchDeg: spreadOf((x) => anglesOf(cameraAt(k, x).R).pitchDeg, likeliest, on),
  };
}
