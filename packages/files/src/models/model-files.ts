/**
 * The three neural networks: the file each is kept in, what it takes and what it answers.
 *
 * They are MediaPipe's, converted once at set-up (server/setup/prepare-models.ts); output names are the original
 * tensors'. Inputs are NHWC float32, channels R, G, B, gamma-encoded as in the photo. Sizes and hashes are those of the
 * converted files, which are the same bytes on every machine.
 *
 * face-detector: input from -1 to 1, the whole photo padded to a square. Answers for 896 anchors: a grid of 16 x 16
 * cells with 2 anchors each, row by row, then 8 x 8 cells with 6; every anchor lies at the centre of its cell.
 *   regressors       16 numbers in input pixels (1/128 of the square), positions relative to the anchor:
 *                    box centre x y, box width height, then x y of right eye, left eye (of the person), nose tip,
 *                    mouth, right tragion, left tragion
 *   classificators   the logit that a face is there
 *
 * face-mesh: input from 0 to 1, a square 1.5 times the face, turned so that the eyes are level. Answers in input pixels:
 *   output_mesh_identity              468 points x y z; smaller z is nearer to the camera, in the scale of x
 *   output_lips                       80 points x y that better those of the mesh
 *   output_left_eye, _right_eye       71 points x y of eye and brow, likewise
 *   output_left_iris, _right_iris     5 points x y: centre, then four on the rim of the iris
 *   conv_faceflag                     the logit that the square holds a face
 * Left and right of these names are sides of the picture: output_left_eye is the person's right eye. Which points of
 * the mesh they better, and in what order, core/vision/face-mesh lists.
 *
 * person: input from 0 to 1, the photo squeezed to the square.
 *   activation_10    how likely each pixel is part of a person, 0 to 1, row by row
 */
import type { ModelName } from '@stipple/core/vision/pixels.ts';

export interface ModelFile {
  readonly fileName: string;
  readonly byteLength: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
  readonly inputShape: readonly number[];
  /** Name to shape. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

export const MODEL_FILES = {
  'face-detector': {
    fileName: 'face-detector.onnx',
    byteLength: 413_588,
    sha256: 'b7861fb5d134ed820553d8a1628904cd57161f53cb47097a31a78307428dc3ac',
    inputShape: [1, 128, 128, 3],
    outputs: { regressors: [1, 896, 16], classificators: [1, 896, 1] },
  },
  'face-mesh': {
    fileName: 'face-mesh.onnx',
    byteLength: 4_810_275,
    sha256: '7fcec974f81aeb1e8e6951786469a967ad79d4f89cbfcd43f87987182759f641',
    inputShape: [1, 192, 192, 3],
    outputs: {
      output_mesh_identity: [1, 1, 1, 1404],
      output_lips: [1, 1, 1, 160],
      output_left_eye: [1, 1, 1, 142],
      output_right_eye: [1, 1, 1, 142],
      output_left_iris: [1, 1, 1, 10],
      output_right_iris: [1, 1, 1, 10],
      conv_faceflag: [1, 1, 1, 1],
    },
  },
  person: {
    fileName: 'person.onnx',
    byteLength: 436_141,
    sha256: '337c2c7e458e79e7b914e884a48b4963bb05244c584ebe39d0c6e79d2aa95fce',
    inputShape: [1, 256, 256, 3],
    outputs: { activation_10: [1, 256, 256, 1] },
  },
} as const satisfies Record<ModelName, ModelFile>;
