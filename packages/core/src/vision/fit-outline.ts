/**
 * Fits the cranium to the person's outline: how wide and how high it is relative to the face, and how far the head
 * is really turned.
 *
 * The face alone (PnP) leaves the cranium 12-39 px of 1024 beside the outline, because focal length, turn and the
 * client's own proportions are unknown. Along rays within 72 degrees of straight up, in the head's own upright, the
 * place where the person mask falls through one half is compared with the outline of the deformed template, and three
 * numbers are fitted by robust Gauss-Newton with weak priors: ln width, ln height and yaw. Yaw turns the camera about
 * a vertical axis through the face, so that the face stays on its landmarks while the cranium behind it swings: a
 * sideways outline is a wrong yaw, not a bent head.
 *
 * Hair hides the skull: where the hair mask lies under the edge a ray counts little, and at the sides an edge outside
 * the model counts less the farther out it is. Rays that leave the photo before the edge are counted as cropped.
 *
 * In and out: camera in template mm (face factor 1): with a head of another `face`, t is to be multiplied by it.
 * Promises: deterministic; about 5 ms. Does not do: the length of the head, which a frontal photo does not show
 * (taken from `prior`); does not tell a snug cap from a high skull (`heightRatio` far from the prior is a hint); does not
 * refuse: the caller judges `relative`, `raysUsed` and `raysCropped`.
 */
import { landmarksOf } from '../head/landmarks.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { degToRad, exp, log, sin, cos } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import { invert, solveLinear } from '../num/solve.ts';
import { project, toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { multiply, rotate, rotationAboutY } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { CRANIUM_CENTRE, headOutlinePx } from './head-outline.ts';
import { edgeAlong, hairUnderEdge } from './outline-edges.ts';
import type { OutlineEvidence } from './outline-edges.ts';

export interface OutlineInput extends OutlineEvidence {
  /** From the face, in template mm. */
  readonly camera: Camera;
  /** The head to expect, with `face` 1: its width, height and length relative to the face (populationShape). */
  readonly prior: HeadShape;
}

export interface OutlineFit {
  /** Turned to fit; in template mm. */
  readonly camera: Camera;
  /** Factors `width` and `height` of a head shape, with their standard deviations as fractions. */
  readonly widthRatio: number;
  readonly heightRatio: number;
  readonly widthSd: number;
  readonly heightSd: number;
  /** Area within the rays against that of the prior's head where the face alone places it: from any side what it shows. */
  readonly areaRatio: number;
  /** How far the camera was turned, radians; positive turns the head to the client's left. */
  readonly turnedRad: number;
  /**
   * Model against mask, px and as a fraction of the head's width in the photo. Rays count here as they do in the fit
   * where hair is known or likely, so that a fringe of hair is not held against the fit; a hat is.
   */
  readonly rmsPx: number;
  readonly relative: number;
  /** Rays whose edge carries the fit, rays whose edge is hair, rays that left the photo first; of RAYS in all. */
  readonly raysUsed: number;
  readonly raysHair: number;
  readonly raysCropped: number;
}

const SPAN_DEG = 72;
const SPACING_DEG = 3;
/** How many rays are cast. */
export const RAYS = (2 * SPAN_DEG) / SPACING_DEG + 1;
/** From here on a ray is at the side, where hair stands out. */
const SIDE_DEG = 35;

/** About the centroid of the rigid face, template mm: the axis that the turn leaves in place. */
const FACE_AXIS: Vec3 = [0, 20, 75];

/** Edge of the mask against the skin, mm: pixelation, light, short hair; and how many neighbouring rays err alike. */
const EDGE_SD_MM = 2;
const CORRELATED_RAYS = 3;
/** Beyond this an edge is an outlier and its pull stops growing. */
const OUTLIER_MM = 4;
const HAIR_WEIGHT = 0.1;
const WIDTH_PRIOR_SD = 0.06;
const HEIGHT_PRIOR_SD = 0.08;
const YAW_PRIOR_SD = degToRad(3.5);
/** Simulated with pitch wrong by up to 3.5 degrees, focal length by 0.6 to 2.2 times, head length by up to 9 %. */
const WIDTH_SYSTEMATIC_SD = 0.03;
const HEIGHT_SYSTEMATIC_SD = 0.06;
const ITERATIONS = 8;
/** Step of the numeric derivatives, in ln and radians. */
const NUDGE = 0.004;

interface Edge {
  readonly ray: readonly [number, number];
  readonly angleDeg: number;
  readonly px: number;
  readonly weight: number;
}

export function fitOutline(input: OutlineInput): OutlineFit {
  const { camera, prior } = input;
  const middle = toCamera(camera, CRANIUM_CENTRE);
  const centre = project(camera, CRANIUM_CENTRE);
  const mmPerPx = centre[2] / camera.f;
  const rays = raysOf(camera);
  const expected = headOutlinePx(
    camera,
    prior,
    middle,
    rays.map(({ ray }) => ray),
  );
  const edges: Edge[] = [];
  let raysCropped = 0;
  rays.forEach(({ ray, angleDeg }, k) => {
    const found = edgeAlong(input, centre, ray, expected[k]);
    if (found === 'cropped') raysCropped++;
    else if (found !== 'none')
      edges.push({
        ray,
        angleDeg,
        px: found,
        weight: 1 - (1 - HAIR_WEIGHT) * hairUnderEdge(input, centre, ray, found, mmPerPx),
      });
  });

  const directions = edges.map(({ ray }) => ray);
  let t: readonly [number, number, number] = [log(prior.width), log(prior.height), 0];
  const start = t;
  const gapsAt = (q: readonly [number, number, number]): number[] => {
    const turned = turn(camera, q[2]);
    const shape = { ...prior, width: exp(q[0]), height: exp(q[1]) };
    const model = headOutlinePx(turned, shape, middle, directions);
    return edges.map(({ px }, k) => (px - model[k]) * mmPerPx);
  };
  const priorInformation = [WIDTH_PRIOR_SD, HEIGHT_PRIOR_SD, YAW_PRIOR_SD].map((sd) => 1 / (sd * sd));
  const scale = 1 / (EDGE_SD_MM * EDGE_SD_MM * CORRELATED_RAYS);
  let gaps = gapsAt(t);
  let information: number[] = [];
  for (let round = 0; round < ITERATIONS; round++) {
    const slopes = [0, 1, 2].map((k) => {
      const next: [number, number, number] = [t[0], t[1], t[2]];
      next[k] += NUDGE;
      return gapsAt(next).map((gap, n) => (gap - gaps[n]) / NUDGE);
    });
    information = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    const pull = [0, 0, 0];
    for (let a = 0; a < 3; a++) {
      information[4 * a] += priorInformation[a];
      pull[a] += priorInformation[a] * (start[a] - t[a]);
    }
    edges.forEach((edge, n) => {
      const w = scale * edge.weight * robustWeight(gaps[n], edge.angleDeg);
      for (let a = 0; a < 3; a++) {
        pull[a] -= w * slopes[a][n] * gaps[n];
        for (let b = 0; b < 3; b++) information[3 * a + b] += w * slopes[a][n] * slopes[b][n];
      }
    });
    const step = solveLinear(information, pull);
    t = [
      clamp(t[0] + step[0], start[0] - 0.3, start[0] + 0.3),
      clamp(t[1] + step[1], start[1] - 0.4, start[1] + 0.4),
      clamp(t[2] + step[2], -0.3, 0.3),
    ];
    gaps = gapsAt(t);
    if (step.every((s) => Math.abs(s) < 2e-5)) break;
  }

  const covariance = invert(information, 3);
  const shape: HeadShape = { ...prior, width: exp(t[0]), height: exp(t[1]) };
  const turned = turn(camera, t[2]);
  const trust = edges.map((edge, n) => edge.weight * hairDoubt(gaps[n], edge.angleDeg));
  let square = 0;
  let weights = 0;
  gaps.forEach((gap, n) => {
    square += trust[n] * gap * gap;
    weights += trust[n];
  });
  // Nothing seen follows nothing: whoever gates on the residual refuses.
  const rmsMm = weights > 0 ? Math.sqrt(square / weights) : Infinity;
  const raysUsed = trust.filter((w) => w >= 0.5).length;
  const { leftTragion } = landmarksOf(shape);
  const fitted = headOutlinePx(
    turned,
    shape,
    middle,
    rays.map(({ ray }) => ray),
  );
  return {
    camera: turned,
    widthRatio: shape.width,
    heightRatio: shape.height,
    widthSd: Math.sqrt(covariance[0] + WIDTH_SYSTEMATIC_SD * WIDTH_SYSTEMATIC_SD),
    heightSd: Math.sqrt(covariance[4] + HEIGHT_SYSTEMATIC_SD * HEIGHT_SYSTEMATIC_SD),
    areaRatio: squaresOf(fitted) / squaresOf(expected),
    turnedRad: t[2],
    rmsPx: rmsMm / mmPerPx,
    relative: rmsMm / (2 * leftTragion[0]),
    raysUsed,
    raysHair: edges.length - raysUsed,
    raysCropped,
  };
}

const squaresOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v * v, 0);

/** Directions in the image every 3 degrees about the image of the head's own up. */
function raysOf(camera: Camera): { ray: readonly [number, number]; angleDeg: number }[] {
  const base = project(camera, CRANIUM_CENTRE);
  const top = project(camera, [CRANIUM_CENTRE[0], CRANIUM_CENTRE[1] + 10, CRANIUM_CENTRE[2]]);
  const dx = top[0] - base[0];
  const dy = top[1] - base[1];
  const l = Math.sqrt(dx * dx + dy * dy);
  return Array.from({ length: RAYS }, (_, k) => {
    const angleDeg = -SPAN_DEG + k * SPACING_DEG;
    const c = cos(degToRad(angleDeg));
    const s = sin(degToRad(angleDeg));
    return { ray: [(dx * c - dy * s) / l, (dx * s + dy * c) / l] as const, angleDeg };
  });
}

/** The camera as if the head had turned by `rad` about the vertical through its face. */
function turn(camera: Camera, rad: number): Camera {
  const spin = rotationAboutY(rad);
  const moved = rotate(spin, FACE_AXIS);
  const shift = rotate(camera.R, [FACE_AXIS[0] - moved[0], FACE_AXIS[1] - moved[1], FACE_AXIS[2] - moved[2]]);
  const { t } = camera;
  return { ...camera, R: multiply(camera.R, spin), t: [t[0] + shift[0], t[1] + shift[1], t[2] + shift[2]] };
}

/** Huber; at the sides an edge outside the model loses its pull altogether. */
function robustWeight(gapMm: number, angleDeg: number): number {
  const size = Math.abs(gapMm);
  return hairDoubt(gapMm, angleDeg) * (size <= OUTLIER_MM ? 1 : OUTLIER_MM / size);
}

/** How far an edge can be believed to be skull: at the sides, one outside the model is the likelier hair the farther out. */
function hairDoubt(gapMm: number, angleDeg: number): number {
  if (gapMm <= 0 || Math.abs(angleDeg) <= SIDE_DEG) return 1;
  const k = gapMm / OUTLIER_MM;
  return 1 / (1 + k * k);
}
