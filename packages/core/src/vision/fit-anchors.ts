/**
 * Where does the camera stand, given a rough start and a few marked points of the head?
 *
 * Least squares over the head's turn, place and size in the image, the focal length and the cranium's three proportions,
 * each held by what people are like. Points weigh by how heads and hands differ, seen through the camera
 * (anchor-deviations.ts); weights are taken anew from each solution. A fit absorbs a slip of the hand: whether one mark is
 * wrong is told by fitting without it.
 *
 * In: a camera in template mm. Out: the same, better, the head that was found beside it (`face` 1) and how open the turn
 * stays. Does not use the person's outline: solve-views.ts does, with what tapes and other photos say about the head.
 */
import type { HeadShape } from '../head/head-shape.ts';
import { exp, log } from '../num/elementary.ts';
import { leastSquares } from '../num/least-squares.ts';
import type { Evidence, Likeliest } from '../num/least-squares.ts';
import { toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { anchorDeviations, anchorGapsPx } from './anchor-deviations.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import type { Anchor } from './view-evidence.ts';
import { LOGS, cameraAt, countOf, unknownsOf } from './view-unknowns.ts';

export interface AnchorFit {
  /** Template mm. */
  readonly camera: Camera;
  readonly shape: HeadShape;
  /** Squares of what is left, in standard deviations. */
  readonly cost: number;
  /** Standard deviation of the turn, rad, all directions together. */
  readonly turnSdRad: number;
  /** The mark that the others contradict, and which hardly pulled. */
  readonly doubted: number | null;
  /** Each anchor's distance from the model, in independent standard deviations, none doubted. */
  readonly gaps: readonly number[];
  /** Root mean square distance of the anchors from the model. */
  readonly rmsPx: number;
}

export const ASSUMED_DISTANCE_MM = 1800;
/** Of ln distance: people stand 1.2 to 2.7 m away. */
const DISTANCE_SD = 0.4;
/** Of ln width, height and length against the face: 300 heads of ICT-FaceKit. */
const SHAPE_SD = [0.05, 0.09, 0.05] as const;
const FIXED_SD = 1e-3;
/** A mark without which the others agree so much better (squares of standard deviations) is a slip: one head in 100. */
const SLIP_COST = 12;
/** How much wider its error is made. Of fewer marks none can be told. */
const DOUBTED = 10;
const FEWEST_TO_DOUBT = 5;
const ROUNDS = 3;
const SEARCH = { rounds: 12, nudge: 1e-3, enough: 2e-4 };

const VIEW = unknownsOf(0);
const SHAPED = [LOGS[1], LOGS[2], LOGS[3]] as const;
/** What all photos share and marks say nothing of. */
const UNUSED = Array.from({ length: VIEW.all[0] }, (_, k) => k).filter((k) => !SHAPED.some((shaped) => shaped === k));

/** `focalPx` null: unknown, and the camera thought {@link ASSUMED_DISTANCE_MM} away. `prior` is the head to expect. */
export function fitAnchors(
  start: Camera,
  anchors: readonly Anchor[],
  prior: HeadShape,
  focalPx: number | null,
): AnchorFit {
  const all = anchors.map(() => 1);
  let fit: AnchorFit = { ...searchFrom({ camera: start, shape: prior }, all, anchors, prior, focalPx), doubted: null };
  for (let round = 1; round < ROUNDS; round++)
    fit = { ...searchFrom(fit, all, anchors, prior, focalPx), doubted: null };
  if (fit.cost < SLIP_COST || anchors.length <= FEWEST_TO_DOUBT) return fit;
  const without = anchors.map((_, at) => {
    const doubts = all.map((_one, k) => (k === at ? DOUBTED : 1));
    return { ...searchFrom(fit, doubts, anchors, prior, focalPx), doubted: at };
  });
  const best = without.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best.cost < fit.cost - SLIP_COST ? best : fit;
}

/** One search, with the weights that the start gives. */
function searchFrom(
  { camera: start, shape: startShape }: Pick<AnchorFit, 'camera' | 'shape'>,
  doubts: readonly number[],
  anchors: readonly Anchor[],
  prior: HeadShape,
  focalPx: number | null,
): Omit<AnchorFit, 'doubted'> {
  const cameraOf = (x: readonly number[]): Camera => cameraAt(start, CRANIUM_CENTRE, VIEW, x);
  const shapeOf = (x: readonly number[]): HeadShape => ({
    face: 1,
    width: prior.width * exp(x[SHAPED[0]]),
    height: prior.height * exp(x[SHAPED[1]]),
    length: prior.length * exp(x[SHAPED[2]]),
  });
  const gapsPx = (x: readonly number[]): number[] => anchorGapsPx({ camera: cameraOf(x), shape: shapeOf(x), anchors });
  const inDeviations = anchorDeviations([{ camera: start, shape: startShape, anchors }], doubts);
  const distance = (x: readonly number[]): number =>
    focalPx === null
      ? log(toCamera(cameraOf(x), CRANIUM_CENTRE)[2] / ASSUMED_DISTANCE_MM) / DISTANCE_SD
      : log(cameraOf(x).f / focalPx) / FIXED_SD;
  const evidence: Evidence[] = [
    { on: UNUSED, residuals: (x) => UNUSED.map((k) => x[k] / FIXED_SD) },
    { on: SHAPED, residuals: (x) => SHAPED.map((k, at) => x[k] / SHAPE_SD[at]) },
    { on: [VIEW.size, VIEW.focal], residuals: (x) => [distance(x)] },
    { on: [...VIEW.all, ...SHAPED], residuals: (x) => inDeviations(gapsPx(x)) },
  ];
  const from = new Array<number>(countOf(1)).fill(0);
  from[SHAPED[0]] = log(startShape.width / prior.width);
  from[SHAPED[1]] = log(startShape.height / prior.height);
  from[SHAPED[2]] = log(startShape.length / prior.length);

  const found = leastSquares(evidence, from, SEARCH);
  const px = gapsPx(found.x);
  const deviations = anchorDeviations([{ camera: cameraOf(found.x), shape: shapeOf(found.x), anchors }])(px);
  return {
    camera: cameraOf(found.x),
    shape: shapeOf(found.x),
    cost: found.cost,
    turnSdRad: turnSd(found),
    gaps: anchors.map((_, k) => Math.sqrt(square(deviations[2 * k]) + square(deviations[2 * k + 1]))),
    rmsPx: Math.sqrt(px.reduce((sum, gap) => sum + square(gap), 0) / anchors.length),
  };
}

const square = (v: number): number => v * v;

const turnSd = ({ x, covariance }: Likeliest): number =>
  Math.sqrt(VIEW.turn.reduce((sum, k) => sum + covariance[k * x.length + k], 0));
