/**
 * Where in a square of the photo are faces? MediaPipe's short-range face detector (BlazeFace).
 *
 * The network sees 128 x 128 samples and speaks for 896 anchors: centres of a 16 x 16 grid, twice each, and of an 8 x 8
 * grid, six times each. For every anchor a score (a logit) and 16 numbers in samples relative to it: centre, width,
 * height and six points (client's right eye, left eye, nose, mouth, right and left ear). Boxes that overlap are
 * merged to their mean weighted by score, which is steadier than the best one alone (Bazarevsky et al. 2019, section 3).
 *
 * Finds faces wider than about a tenth of the square; knows nothing of who is behind a box: a picture of a face, and now
 * and then a hand, is a face to it. face-mesh.ts has the second opinion.
 */
import { atan2, exp } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import type { Pixels, RunModel } from './pixels.ts';
import { photoPoint, sampleSquare } from './sample-square.ts';
import type { PhotoSquare } from './sample-square.ts';

/** A detected face; its coordinates are those of whatever it was found in (0..1 of a square, or photo pixels). */
export interface FaceBox {
  readonly score: number;
  readonly centre: readonly [x: number, y: number];
  /** The longer side of the box, which is nearly square. */
  readonly side: number;
  /** The client's eyes. */
  readonly rightEye: readonly [x: number, y: number];
  readonly leftEye: readonly [x: number, y: number];
}

const INPUT_SIZE = 128;
/** Grid and number of anchors at each of its centres. */
const ANCHOR_GRIDS = [
  [16, 2],
  [8, 6],
] as const;
const VALUES_PER_ANCHOR = 16;
/** Boxes that overlap by more than this (intersection over union) are the same face. */
const SAME_FACE_OVERLAP = 0.3;

/** Anchor centres in the order of the network's outputs, 0..1 of the square. */
const ANCHORS: readonly (readonly [number, number])[] = ANCHOR_GRIDS.flatMap(([grid, copies]) =>
  Array.from({ length: grid * grid * copies }, (_, k) => {
    const cell = Math.floor(k / copies);
    return [((cell % grid) + 0.5) / grid, (Math.floor(cell / grid) + 0.5) / grid] as const;
  }),
);

export const logistic = (x: number): number => 1 / (1 + exp(-clamp(x, -100, 100)));

/** What the network says, as boxes in 0..1 of its square, unmerged. */
export function decodeFaces(regressors: Float32Array, logits: Float32Array, minScore: number): FaceBox[] {
  const found: FaceBox[] = [];
  ANCHORS.forEach(([x, y], k) => {
    const score = logistic(logits[k]);
    if (score < minScore) return;
    const at = k * VALUES_PER_ANCHOR;
    const point = (n: number): readonly [number, number] => [
      x + regressors[at + n] / INPUT_SIZE,
      y + regressors[at + n + 1] / INPUT_SIZE,
    ];
    const side = Math.max(regressors[at + 2], regressors[at + 3]) / INPUT_SIZE;
    found.push({ score, centre: point(0), side, rightEye: point(4), leftEye: point(6) });
  });
  return found;
}

/** One box per face, the best score first. */
export function mergeFaces(boxes: readonly FaceBox[]): FaceBox[] {
  let rest = boxes.toSorted((a, b) => b.score - a.score);
  const faces: FaceBox[] = [];
  while (rest.length > 0) {
    const [best] = rest;
    const group = rest.filter((box) => box === best || overlap(best, box) > SAME_FACE_OVERLAP);
    rest = rest.filter((box) => !group.includes(box));
    const total = group.reduce((sum, { score }) => sum + score, 0);
    const mean = (value: (box: FaceBox) => number): number =>
      group.reduce((sum, box) => sum + box.score * value(box), 0) / total;
    const meanPoint = (point: (box: FaceBox) => readonly [number, number]): readonly [number, number] => [
      mean((box) => point(box)[0]),
      mean((box) => point(box)[1]),
    ];
    faces.push({
      score: best.score,
      centre: meanPoint(({ centre }) => centre),
      side: mean(({ side }) => side),
      rightEye: meanPoint(({ rightEye }) => rightEye),
      leftEye: meanPoint(({ leftEye }) => leftEye),
    });
  }
  return faces;
}

/** Intersection over union of two boxes. */
function overlap(a: FaceBox, b: FaceBox): number {
  const along = (axis: 0 | 1): number =>
    Math.min(a.centre[axis] + a.side / 2, b.centre[axis] + b.side / 2) -
    Math.max(a.centre[axis] - a.side / 2, b.centre[axis] - b.side / 2);
  const common = Math.max(0, along(0)) * Math.max(0, along(1));
  return common / (a.side * a.side + b.side * b.side - common);
}

/** Faces in one square of the photo, in photo pixels, the best score first. */
export async function detectFaces(
  photo: Pixels,
  square: PhotoSquare,
  run: RunModel,
  minScore: number,
): Promise<FaceBox[]> {
  const input = sampleSquare(photo, square, INPUT_SIZE, { low: -1, high: 1 });
  const { regressors, classificators } = await run('face-detector', input, [1, INPUT_SIZE, INPUT_SIZE, 3]);
  return mergeFaces(decodeFaces(regressors, classificators, minScore)).map((face) => ({
    score: face.score,
    centre: photoPoint(square, ...face.centre),
    side: face.side * square.sidePx,
    rightEye: photoPoint(square, ...face.rightEye),
    leftEye: photoPoint(square, ...face.leftEye),
  }));
}

/** The square to look for the mesh in: half as large again as the box, turned so that the eyes are level. */
export const squareAround = ({ centre, side, rightEye, leftEye }: FaceBox): PhotoSquare => ({
  centreXPx: centre[0],
  centreYPx: centre[1],
  sidePx: 1.5 * side,
  turnRad: atan2(leftEye[1] - rightEye[1], leftEye[0] - rightEye[0]),
});
