/**
 * Where the client's own hair ends, by presentation: templates, because a front photo cannot see a crown.
 *
 * Norwood I-IV recede from the designed hairline by a depth (mm over the skin) at its middle, its corners and its
 * temples; IV adds a crown; V-VII are everything above a fringe that runs from temple to temple round the back. Each
 * stage contains the one before. Ludwig stages are a field about the parting behind an intact hairline. No measured
 * extents by stage were found: depths and fringe heights are estimates, set so that areas on an average head come out
 * in the middle of the ranges of surgeons' graft counts (domain facts 3.3). Every area from here carries
 * the spread of extent-source.ts.
 *
 * Depths are in mm on an average head and scale with the client's; directions need no scale.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { cos, degToRad, sin } from '../num/elementary.ts';
import { lerp, smoothstep } from '../num/range.ts';
import { distance } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { FrontEdge } from './front-edge.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { Presentation } from './scalp-design.ts';
import { headScale } from './scalp-outline.ts';
import { curveThrough, sampleOf, walkTowards } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { signedDistances } from './skin-grid.ts';

/** Width (mm) over which dots give way to the client's own stubble, half of it on each side of the hair's edge. */
export const BLEND_MM = 22;

/** Recession (mm behind the designed edge) at the middle, the corner, the upper temple, the peak and below. */
type Recession = readonly [middle: number, corner: number, recess: number, peak: number, sideburn: number];

/** Where those lie along the hairline, as shares of its half from the middle to the sideburn's foot. */
const ANCHORS = [0, 0.41, 0.54, 0.67, 0.9] as const;

const RECESSION: readonly Recession[] = [
  [2, 4, -6, -13, -14],
  [5, 25, 4, -13, -14],
  [13, 50, 10, -12, -14],
  [29, 62, 14, -11, -14],
];
const HAIRLINE_BAND: Recession = [14, 14, 13, 8, -12];

/** Fringe edge, left half, as [azimuth from straight ahead, elevation above the Frankfurt plane] in degrees. */
type Fringe = readonly (readonly [azimuthDeg: number, elevationDeg: number])[];
const FRINGES: readonly Fringe[] = [
  [
    [42, 18],
    [54, 36],
    [66, 52],
    [90, 63],
    [120, 62],
    [150, 53],
    [180, 47],
  ],
  [
    [42, 14],
    [56, 30],
    [70, 44],
    [90, 53],
    [120, 53],
    [150, 46],
    [180, 41],
  ],
  [
    [42, 8],
    [58, 22],
    [72, 33],
    [90, 41],
    [120, 41],
    [150, 36],
    [180, 33],
  ],
];

const CROWN_MM = 33;
/** Centre of the whorl, degrees of elevation on the midline behind the vertex. */
const CROWN_ELEVATION_DEG = 56;

/** Half width of the thinning field midway; a quarter wider at the front, as the pattern is, and narrower at the crown. */
const PARTING_HALF_WIDTH_MM = [19, 32, 46] as const;
const PARTING_TAPER = 0.25;

export function crownCentre(head: HeadMap): Vec3 {
  const e = degToRad(CROWN_ELEVATION_DEG);
  return onSkin(head, [0, sin(e), -cos(e)]);
}

/**
 * Signed distance (mm) of each point into the part that lacks hair: positive where hair is missing, negative within
 * the client's own. Null when the whole scalp is treated.
 */
export function missingHairMm(
  head: HeadMap,
  landmarks: HeadLandmarks,
  presentation: Presentation,
  edge: FrontEdge,
  xyz: Float64Array,
): Float32Array | null {
  const k = headScale(landmarks);
  switch (presentation.kind) {
    case 'full':
      return null;
    case 'hairline':
      return negated(signedDistances(xyz, recededLine(head, edge, HAIRLINE_BAND, k)));
    case 'ludwig':
      return aboutParting(head, edge, PARTING_HALF_WIDTH_MM[presentation.stage - 1] * k, k, xyz);
    case 'norwood': {
      // Fringes fall from stage to stage; receded lines may cross by a millimetre where they fold, so earlier ones stay in:
      // each stage contains the one before (tested).
      const { stage } = presentation;
      const parts = RECESSION.slice(0, stage).map((recession) =>
        negated(signedDistances(xyz, recededLine(head, edge, recession, k))),
      );
      if (stage >= 4) parts.push(distancesInside(xyz, crownCentre(head), CROWN_MM * k));
      if (stage >= 5) parts.push(negated(signedDistances(xyz, fringeLine(head, FRINGES[stage - 5]))));
      return parts.reduce((all, part) => all.map((d, i) => Math.max(d, part[i])));
    }
  }
}

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

/** From the right temple round the back to the left one; hair below. */
function fringeLine(head: HeadMap, fringe: Fringe): SkinCurve {
  const put = (azimuthDeg: number, elevationDeg: number): Vec3 => {
    const a = degToRad(azimuthDeg);
    const e = degToRad(elevationDeg);
    return onSkin(head, [sin(a) * cos(e), sin(e), cos(a) * cos(e)]);
  };
  const left = fringe.map(([a, e]) => put(a, e));
  const right = fringe.slice(0, -1).map(([a, e]) => put(-a, e));
  return curveThrough(head, [...right, left[left.length - 1], ...left.slice(0, -1).reverse()]);
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

function distancesInside(xyz: Float64Array, centre: Vec3, radiusMm: number): Float32Array {
  const out = new Float32Array(xyz.length / 3);
  for (let i = 0; i < out.length; i++)
    out[i] = radiusMm - distance([xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]], centre);
  return out;
}

const negated = (d: Float32Array): Float32Array => d.map((x) => -x);
