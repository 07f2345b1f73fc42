/**
 * The face as 478 points in the photo: MediaPipe's face mesh with attention (Grishchenko et al. 2020).
 *
 * The network sees 192 x 192 samples of a square about the face. It gives 468 points, better ones for lips and eyes,
 * five for each iris, and a flag: how surely there is a face at all. A pass improves the square for the next, because
 * the network is at its best when the face lies as it did in training.
 *
 * Numbering is MediaPipe's. z is in photo pixels too, negative towards the camera, and only roughly to scale.
 */
import { atan2, cos, sin } from '../num/elementary.ts';
import { logistic } from './detect-faces.ts';
import type { Pixels, RunModel } from './pixels.ts';
import { photoPoint, sampleSquare } from './sample-square.ts';
import type { PhotoSquare } from './sample-square.ts';

export interface FaceMesh {
  /** How surely this is a face, uncovered and turned no further than the network knows: 0..1. */
  readonly score: number;
  /** 478: the face, then the client's right iris from 468 and left iris from 473 (centre, then four on its rim). */
  readonly count: number;
  /** In photo pixels; a pixel's centre has whole coordinates. */
  readonly xPx: Float32Array;
  readonly yPx: Float32Array;
  readonly zPx: Float32Array;
  /** Width of the mesh along the line of the eyes. */
  readonly widthPx: number;
}

const INPUT_SIZE = 192;
const FACE_POINTS = 468;
export const MESH_POINTS = 478;
/** Outer corners of the client's eyes. */
export const RIGHT_CANTHUS = 33;
export const LEFT_CANTHUS = 263;

// Which points of the mesh the finer outputs replace, in their order (MediaPipe's face_landmark graph, Apache-2.0).
const LIPS = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78, 95, 88, 178, 87, 14,
  317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306,
  184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268,
  271, 272, 407,
];
const RIGHT_EYE = [
  33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24, 23, 22, 26, 112, 243,
  247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35, 124,
  46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
];
const LEFT_EYE = [
  263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339, 254, 253, 252, 256,
  341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442,
  441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336,
  285, 417,
];
/** The lids are the first 16 of an eye's points; their mean depth is the iris's. */
const LID_POINTS = 16;
export const LIDS: readonly number[] = [RIGHT_EYE, LEFT_EYE].flatMap((eye) => eye.slice(0, LID_POINTS));
const RIGHT_IRIS = [468, 469, 470, 471, 472];
const LEFT_IRIS = [473, 474, 475, 476, 477];

/** The mesh of the face in this square of the photo, in one pass. */
export async function meshFace(photo: Pixels, square: PhotoSquare, run: RunModel): Promise<FaceMesh> {
  const input = sampleSquare(photo, square, INPUT_SIZE, { low: 0, high: 1 });
  const out = await run('face-mesh', input, [1, INPUT_SIZE, INPUT_SIZE, 3]);
  const x = new Float32Array(MESH_POINTS);
  const y = new Float32Array(MESH_POINTS);
  const z = new Float32Array(MESH_POINTS);
  for (let k = 0; k < FACE_POINTS; k++) {
    x[k] = out.output_mesh_identity[3 * k];
    y[k] = out.output_mesh_identity[3 * k + 1];
    z[k] = out.output_mesh_identity[3 * k + 2];
  }
  const replace = (points: readonly number[], by: Float32Array): void =>
    points.forEach((point, k) => {
      x[point] = by[2 * k];
      y[point] = by[2 * k + 1];
    });
  replace(LIPS, out.output_lips);
  replace(RIGHT_EYE, out.output_left_eye); // MediaPipe's left is the picture's
  replace(LEFT_EYE, out.output_right_eye);
  replace(RIGHT_IRIS, out.output_left_iris);
  replace(LEFT_IRIS, out.output_right_iris);
  for (const [iris, eye] of [
    [RIGHT_IRIS, RIGHT_EYE],
    [LEFT_IRIS, LEFT_EYE],
  ]) {
    const depth = eye.slice(0, LID_POINTS).reduce((sum, k) => sum + z[k], 0) / LID_POINTS;
    for (const k of iris) z[k] = depth;
  }
  for (let k = 0; k < MESH_POINTS; k++) {
    [x[k], y[k]] = photoPoint(square, x[k] / INPUT_SIZE, y[k] / INPUT_SIZE);
    z[k] *= square.sidePx / INPUT_SIZE;
  }
  const mesh = { score: logistic(out.conv_faceflag[0]), count: MESH_POINTS, xPx: x, yPx: y, zPx: z };
  return { ...mesh, widthPx: boundsOf(mesh).width };
}

/** The square for the next pass: half as large again as the mesh, turned so that the eyes are level. */
export function squareOfMesh(mesh: FaceMesh): PhotoSquare {
  const { centreXPx, centreYPx, width, height, turnRad } = boundsOf(mesh);
  return { centreXPx, centreYPx, sidePx: 1.5 * Math.max(width, height), turnRad };
}

/** Smallest rectangle about the face with a side along the line of the eyes. */
function boundsOf({ xPx, yPx }: Pick<FaceMesh, 'xPx' | 'yPx'>): {
  centreXPx: number;
  centreYPx: number;
  width: number;
  height: number;
  turnRad: number;
} {
  const turnRad = atan2(yPx[LEFT_CANTHUS] - yPx[RIGHT_CANTHUS], xPx[LEFT_CANTHUS] - xPx[RIGHT_CANTHUS]);
  const c = cos(turnRad);
  const s = sin(turnRad);
  const [along, across] = [
    { low: Infinity, high: -Infinity },
    { low: Infinity, high: -Infinity },
  ];
  for (let k = 0; k < FACE_POINTS; k++) {
    const u = xPx[k] * c + yPx[k] * s;
    const v = yPx[k] * c - xPx[k] * s;
    along.low = Math.min(along.low, u);
    along.high = Math.max(along.high, u);
    across.low = Math.min(across.low, v);
    across.high = Math.max(across.high, v);
  }
  const u = (along.low + along.high) / 2;
  const v = (across.low + across.high) / 2;
  return {
    centreXPx: u * c - v * s,
    centreYPx: u * s + v * c,
    width: along.high - along.low,
    height: across.high - across.low,
    turnRad,
  };
}
