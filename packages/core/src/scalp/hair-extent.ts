/**
 * Where the client's own hair ends: from a template of the stage, because a front photo cannot see a crown, or as drawn.
 *
 * Norwood I-IV recede from the designed hairline by a depth (mm over the skin) at its middle, its corners and its
 * temples; IV adds a crown; V-VII are everything above a fringe that runs from temple to temple round the back. Each
 * stage contains the one before. Ludwig stages are a field about the parting behind an intact hairline. Tapes of the
 * client have changed the template before it comes here (fit-template.ts). Every area from here carries the spread of
 * extent-source.ts.
 *
 * In VI and VII the hair that rises on the side (lateral hump) is lost as well. A shaved look usually fills its place
 * down to the fringe; where that is not wanted, `respectedHump` is the front edge instead.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { cos, degToRad, sin } from '../num/elementary.ts';
import { lerp, smoothstep } from '../num/range.ts';
import { distance } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { FrontEdge } from './front-edge.ts';
import { curveThrough, sampleOf, walkTowards } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { signedDistances } from './skin-grid.ts';
import type { Fringe, Recession, StageTemplate } from './stage-template.ts';

/** Width (mm) over which dots give way to the client's own stubble, half of it on each side of the hair's edge. */
export const BLEND_MM = 22;

/** Where the depths of a recession lie along the hairline, as shares of its half from the middle to the sideburn's foot. */
const ANCHORS = [0, 0.41, 0.54, 0.67, 0.9] as const;

/** Centre of the crown, degrees of elevation on the midline behind the vertex. */
const CROWN_ELEVATION_DEG = 56;

/** The thinning field is so much wider at the front, as the pattern is, and narrower at the crown. */
const PARTING_TAPER = 0.25;

/** Round, its radius as the crow flies. */
export interface Crown {
  readonly centre: Vec3;
  readonly radiusMm: number;
}

export function crownCentre(head: HeadMap): Vec3 {
  const e = degToRad(CROWN_ELEVATION_DEG);
  return onSkin(head, [0, sin(e), -cos(e)]);
}

/**
 * Signed distance (mm) of each point into the part that lacks hair: positive where hair is missing, negative within
 * the client's own. `k` is the head's size relative to the average.
 */
export function missingHairMm(
  head: HeadMap,
  k: number,
  template: StageTemplate,
  crown: Crown | null,
  edge: FrontEdge,
  xyz: Float64Array,
): Float32Array {
  const { recessions, fringe, partingHalfWidthMm } = template;
  const parts = recessions.map((recession) => negated(signedDistances(xyz, recededLine(head, edge, recession, k))));
  if (crown) parts.push(distancesInside(xyz, crown));
  if (fringe) parts.push(negated(signedDistances(xyz, fringeLine(head, fringe))));
  if (partingHalfWidthMm !== null) parts.push(aboutParting(head, edge, partingHalfWidthMm * k, k, xyz));
  return largest(parts);
}

/** The union of parts: the largest of the distances into them. */
export const largest = (parts: readonly Float32Array[]): Float32Array =>
  parts.reduce((all, part) => all.map((d, i) => Math.max(d, part[i])));

/** The designed hairline moved back by the recession, towards the crown. */
function recededLine(head: HeadMap, { smooth, middleAtMm }: FrontEdge, recession: Recession, k: number): SkinCurve {
  const crown = crownCentre(head);
  const lengthMm = (smooth.count - 1) * smooth.stepMm;
  const depthAt = (at: number): number => {
    const away = at < middleAtMm ? (middleAtMm - at) / middleAtMm : (at - middleAtMm) / (lengthMm - middleAtMm);
    let a = 1;
    while (a < ANCHORS.length - 1 && ANCHORS[a] < away) a++;
    return lerp(recession[a - 1], recession[a], smoothstep(ANCHORS[a - 1], ANCHORS[a], away));
  };
  const points: Vec3[] = [];
  const every = Math.max(1, Math.round(5 / smooth.stepMm));
  for (let i = 0; i < smooth.count; i += every) {
    points.push(walkTowards(head, sampleOf(smooth, i), crown, depthAt(i * smooth.stepMm) * k));
  }
  return curveThrough(head, points);
}

function inDirection(head: HeadMap, azimuthDeg: number, elevationDeg: number): Vec3 {
  const a = degToRad(azimuthDeg);
  const e = degToRad(elevationDeg);
  return onSkin(head, [sin(a) * cos(e), sin(e), cos(a) * cos(e)]);
}

/** From the right temple round the back to the left one; hair below. */
export function fringeLine(head: HeadMap, fringe: Fringe): SkinCurve {
  const left = fringe.map(([a, e]) => inDirection(head, a, e));
  const right = fringe.slice(0, -1).map(([a, e]) => inDirection(head, -a, e));
  return curveThrough(head, [...right, left[left.length - 1], ...left.slice(0, -1).reverse()]);
}

/** How far the line along the top of the lost hump bows up from straight, mm, and how far it runs on into the hair. */
const HUMP_BOW_MM = 7;
const HUMP_RUN_ON_MM = 30;

/**
 * The front edge that leaves the place of the lost lateral hump bare: the hairline between its corners, and from each
 * corner back along the side to the fringe behind the ear.
 */
export function respectedHump(head: HeadMap, { irregular, middleAtMm }: FrontEdge, fringe: Fringe): SkinCurve {
  const lengthMm = (irregular.count - 1) * irregular.stepMm;
  const behindEar = fringe.find(([azimuthDeg]) => azimuthDeg >= 120) ?? fringe[fringe.length - 1];
  const backFrom = (corner: Vec3, sign: 1 | -1): Vec3[] => {
    const end = inDirection(head, sign * behindEar[0], behindEar[1]);
    const along = distance(corner, end);
    const bowed = [1 / 3, 2 / 3].map((t) =>
      walkTowards(head, walkTowards(head, corner, end, t * along), [0, 1, 0], HUMP_BOW_MM),
    );
    const beyond = [1 / 2, 1].map((t) => walkTowards(head, end, corner, -t * HUMP_RUN_ON_MM));
    return [...bowed, end, ...beyond];
  };
  const rightAt = middleAtMm * (1 - ANCHORS[1]);
  const leftAt = middleAtMm + (lengthMm - middleAtMm) * ANCHORS[1];
  const front: Vec3[] = [];
  for (let at = rightAt; at <= leftAt; at += 3) front.push(sampleOf(irregular, Math.round(at / irregular.stepMm)));
  return curveThrough(head, [...backFrom(front[0], -1).reverse(), ...front, ...backFrom(front[front.length - 1], 1)]);
}

/** Distance inside a band of the given half width about the midline from behind the hairline to the crown. */
function aboutParting(
  head: HeadMap,
  { smooth, middleAtMm }: FrontEdge,
  halfWidthMm: number,
  k: number,
  xyz: Float64Array,
): Float32Array {
  const middle = sampleOf(smooth, Math.round(middleAtMm / smooth.stepMm));
  const crown = crownCentre(head);
  const start = walkTowards(head, middle, crown, halfWidthMm * (1 + PARTING_TAPER) + 14 * k);
  const line = curveThrough(head, [start, onSkin(head, [0, 1, 0.05]), crown]);
  return signedDistances(xyz, line).map((d, i) => {
    const forward = smoothstep(crown[2], start[2], xyz[3 * i + 2]);
    return halfWidthMm * (1 + PARTING_TAPER * (2 * forward - 1)) - Math.abs(d);
  });
}

function distancesInside(xyz: Float64Array, { centre, radiusMm }: Crown): Float32Array {
  const out = new Float32Array(xyz.length / 3);
  for (let i = 0; i < out.length; i++)
    out[i] = radiusMm - distance([xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]], centre);
  return out;
}

const negated = (d: Float32Array): Float32Array => d.map((x) => -x);
