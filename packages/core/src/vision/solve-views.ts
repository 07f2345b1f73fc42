/**
 * Which one head, and which cameras, do all photos and tapes of a client agree on?
 *
 * One least-squares solution: the head's four factors, how it departs from a template stretched by them, and how this
 * client's face lies on the cranium, tilted and off the mean one's place, are shared; each photo adds the head's turn, its
 * place and size in the image, and the focal length (view-unknowns.ts). Evidence: the face's mesh, points that a person
 * marked, the person's outline, known distances (evidence-of-view.ts), where level is in this head (level-evidence.ts),
 * tapes, callipers and population (head/head-beliefs.ts). Rays are cast and tapes read again from each solution until
 * they no longer change.
 *
 * Everything is in template mm until the end: a photo has no scale, only tapes, distances and population give one. With a
 * scan the head is known and only cameras are solved.
 *
 * In: view-evidence.ts. Out: shape, cameras in mm, what is left between outline and model, and the covariance, from which
 * every interval is propagated. Does not do: finding a start (solve-pose.ts, start-view.ts), refusing (the caller judges),
 * asymmetric heads.
 */
import { DEPARTURE_SD, departuresAt } from '../head/depart-from-template.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import { fitBeliefs, logsAt, straightEvidence } from '../head/fit-beliefs.ts';
import { READING_BESIDE_WAYS_SD, headBeliefs, logsOf, shapeOf } from '../head/head-beliefs.ts';
import type { Logs } from '../head/head-beliefs.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadMeasure, HeadShape } from '../head/head-shape.ts';
import { leastSquares } from '../num/least-squares.ts';
import type { Evidence, Likeliest } from '../num/least-squares.ts';
import type { Camera } from '../vec/camera.ts';
import {
  anchorEvidence,
  evidenceOfView,
  outlineEvidence,
  outlineGapsMm,
  pivotOf,
  seeOutline,
} from './evidence-of-view.ts';
import { earTops } from './ear-tops.ts';
import type { SeenOutline, SkinModel } from './evidence-of-view.ts';
import { outsideOfMap, outsideOfShape } from './head-outline.ts';
import type { OutsideMm } from './head-outline.ts';
import { earEvidence, tiltEvidence } from './level-evidence.ts';
import type { ViewEvidence } from './view-evidence.ts';
import { DEPARTURES, FACE_PLACE, LOGS, PLACE_MM, TOLD_SIZE, cameraAt, countOf, unknownsOf } from './view-unknowns.ts';
import { viewsApart } from './views-apart.ts';

/** A head that was scanned: nothing about it is left to solve. */
export interface ScannedHead {
  readonly map: HeadMap;
  /** The stretched template that is nearest to it. */
  readonly shape: HeadShape;
}

export interface ViewsInput {
  readonly views: readonly ViewEvidence[];
  readonly measures: readonly HeadMeasure[];
  readonly client: ClientFacts;
  readonly scan: ScannedHead | null;
}

export interface SolvedView {
  /** In mm of this head. */
  readonly camera: Camera;
  readonly outline: OutlineResidual;
}

/** Model against person over the rays whose edge can be believed. */
export interface OutlineResidual {
  readonly rmsPx: number;
  /** As a fraction of the head's width in the photo. */
  readonly relative: number;
  readonly raysUsed: number;
  readonly raysHair: number;
  readonly raysCropped: number;
  readonly raysLost: number;
}

export interface SolvedViews {
  readonly shape: HeadShape;
  readonly views: readonly SolvedView[];
  /** For intervals: the solution with its covariance, and what its unknowns mean. */
  readonly likeliest: Likeliest;
  readonly model: SkinModel;
  /** Camera of photo `k`, in template mm, for any values of the unknowns. */
  readonly cameraAt: (k: number, x: readonly number[]) => Camera;
  /** For each photo how far the head that it shows lies from what all the rest says (views-apart.ts). Not on a scan. */
  readonly apart: () => readonly number[];
}

/** How far a mesh tells a face larger or smaller than solve-pose.ts expects (ln), one head for all its photos: 20 rendered heads. */
const TOLD_SIZE_SD = 0.01;
/**
 * How far aside, up and forward a face lies on its head, mm: 37 persons' against the mean of their face model. It is alike in
 * all photos of a head: a mesh's place and its next one's correlate by 0.7 to 0.9. Taken for independent, more photos pulled
 * the cranium after the face the more.
 */
const FACE_PLACE_SD_MM = [1.1, 0.7, 2.5] as const;
/** A scan is what it is. */
const SCANNED_SD = 1e-4;
const CASTS = 6;
/** Rays are cast again while the head moves by more than this (ln, rad). */
const SETTLED = 1e-3;
/** Between two casts; what is left after these rounds the next cast takes up. */
const SEARCH = { rounds: 8, nudge: 1e-3, enough: 1e-4 };

export function solveViews({ views, measures, client, scan }: ViewsInput): SolvedViews {
  const model = scan ? modelOfScan(scan) : MODEL_OF_SHAPE;
  const beliefs = headBeliefs(measures, client, READING_BESIDE_WAYS_SD);
  const logs = scan ? logsOf(scan.shape) : fitBeliefs(beliefs, [0, 0, 0, 0]).logs;
  const headAt = (near: readonly number[]): Evidence[] =>
    scan ? scanEvidence(logs) : straightEvidence(beliefs, DEPARTURES, near);
  const ofViews = views.map((_, k) => unknownsOf(k));
  const camera = (k: number, at: readonly number[]): Camera =>
    cameraAt(views[k].start, pivotOf(views[k]), ofViews[k], at);
  const faces = views.flatMap(({ face }, k) =>
    face ? [{ face, unknowns: unknownsOf(k), camera: (at: readonly number[]) => camera(k, at) }] : [],
  );
  const known: Evidence[] = [
    tiltEvidence(faces),
    { on: [TOLD_SIZE], residuals: (x) => [x[TOLD_SIZE] / TOLD_SIZE_SD] },
    { on: FACE_PLACE, residuals: (x) => FACE_PLACE.map((k, i) => (PLACE_MM * x[k]) / FACE_PLACE_SD_MM[i]) },
    { on: DEPARTURES, residuals: (x) => DEPARTURES.map((k) => x[k] / DEPARTURE_SD) },
  ];
  const ears = views.map((view) => (view.face ? earTops(view.start, view) : []));
  const told = views.map((view, k) => {
    const level = earEvidence(ears[k], ears.flat().length, { unknowns: unknownsOf(k), camera: (at) => camera(k, at) });
    return [...evidenceOfView(view, unknownsOf(k), model), ...(ears[k].length > 0 ? [level] : [])];
  });
  const fixed = [...known, ...told.flat()];

  let x: readonly number[] = startOf(views.length, logs);
  let likeliest: Likeliest = { x, covariance: [], cost: 0 };
  let outlines: SeenOutline[] = [];
  let head: readonly Evidence[] = [];
  for (let cast = 0; cast < CASTS; cast++) {
    outlines = views.map((view, k) => seeOutline(view, unknownsOf(k), model, x));
    const seen = views.map((view, k) => outlineEvidence(view, unknownsOf(k), model, outlines[k]));
    const marked = anchorEvidence(views, unknownsOf, model, x);
    head = headAt(x);
    likeliest = leastSquares([...head, ...fixed, ...seen, ...marked], x, SEARCH);
    const moved = Math.max(...likeliest.x.map((value, k) => Math.abs(value - x[k])));
    x = likeliest.x;
    if (moved < SETTLED) break;
  }
  const mm = model.mmAt(x);
  return {
    shape: scan ? scan.shape : model.shapeAt(x),
    views: views.map((view, k) => {
      const { t, ...rest } = camera(k, x);
      return {
        camera: { ...rest, t: [t[0] * mm, t[1] * mm, t[2] * mm] },
        outline: residualOf(outlines[k], outlineGapsMm(view, unknownsOf(k), model, outlines[k], x), model.shapeAt(x)),
      };
    }),
    likeliest,
    model,
    cameraAt: camera,
    apart: () => {
      const parts = views.map((view, k) => {
        const unknowns = unknownsOf(k);
        const outline = outlineEvidence(view, unknowns, model, outlines[k]);
        return { unknowns, evidence: [...told[k], outline, ...anchorEvidence([view], () => unknowns, model, x)] };
      });
      return viewsApart(parts, [...head, ...known], x);
    },
  };
}

const MODEL_OF_SHAPE: SkinModel = {
  shapeAt: (x) => ({ ...shapeOf(logsAt(x)), departures: DEPARTURES.map((k) => x[k]) }),
  outsideAt: (x) => outsideOfShape({ ...MODEL_OF_SHAPE.shapeAt(x), face: 1 }),
  outsideStretchedAt: (x) => outsideOfShape({ ...shapeOf(logsAt(x)), face: 1 }),
  departuresAt,
  mmAt: (x) => shapeOf(logsAt(x)).face,
};

function modelOfScan({ map, shape }: ScannedHead): SkinModel {
  const outsideMm = outsideOfMap(map);
  const { face } = shape;
  const outside: OutsideMm = (x, y, z) => outsideMm(x * face, y * face, z * face) / face;
  return {
    shapeAt: () => shape,
    outsideAt: () => outside,
    outsideStretchedAt: () => outside,
    departuresAt: () => [],
    mmAt: () => face,
  };
}

const scanEvidence = (logs: Logs): Evidence[] => [
  { on: LOGS, residuals: (x) => LOGS.map((k) => (x[k] - logs[k]) / SCANNED_SD) },
];

/** The head by tapes and population alone; each photo where its start stands. */
function startOf(views: number, logs: Logs): number[] {
  const x = new Array<number>(countOf(views)).fill(0);
  for (const k of LOGS) x[k] = logs[k];
  return x;
}

/** An edge that pulls less than half is not what the model is held against. */
const BELIEVED = 0.5;
/** A sixth of the way around. */
const FEWEST_RAYS = 20;
const WIDTH_MM = 150;

function residualOf(
  { rays, hair, cropped, lost, mmPerPx }: SeenOutline,
  gapsMm: readonly number[],
  shape: HeadShape,
): OutlineResidual {
  let square = 0;
  let weights = 0;
  let used = 0;
  rays.forEach(({ weight, doubt, doubtInside }, k) => {
    const odd = (gapsMm[k] > 0 ? doubt : doubtInside) * (gapsMm[k] / 4) * (gapsMm[k] / 4);
    const trust = weight / (1 + odd);
    // What is not believed, a shoulder beside the head, is not held against the model either.
    if (trust < BELIEVED) return;
    square += trust * gapsMm[k] * gapsMm[k];
    weights += trust;
    used++;
  });
  // Next to nothing seen follows nothing: whoever gates on the residual refuses.
  const rmsMm = used >= FEWEST_RAYS ? Math.sqrt(square / weights) : Infinity;
  return {
    rmsPx: rmsMm / mmPerPx,
    relative: rmsMm / (WIDTH_MM * shape.width),
    raysUsed: used,
    raysHair: hair,
    raysCropped: cropped,
    raysLost: lost,
  };
}
