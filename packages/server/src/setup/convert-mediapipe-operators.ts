/**
 * Converters of the operators that MediaPipe adds to TensorFlow Lite. The attention mesh looks a second time, more
 * closely, at lips and eyes: it makes a frame around them from its first points, resamples features inside that frame
 * and brings the finer points found there back. The person mask ends in a transposed convolution with bias.
 *
 * A frame is a 4 x 4 matrix, row by row, that takes a point (x, y, 0, 1) of the resampled square to the picture; both
 * count in pixels whose centres are at one half. Meaning and arithmetic after MediaPipe's operators
 * (util/tflite/operations: landmarks_to_transform_matrix, transform_tensor_bilinear, transform_landmarks,
 * transpose_conv_bias); options are FlexBuffers there, and one C structure.
 */
import { toObject } from 'flatbuffers/js/flexbuffers.js';
import type { Conversion } from './conversion.ts';
import { permute } from './conversion.ts';
import { type OperatorConverter, tensorAt } from './convert-layers.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { TfliteOperator } from './read-tflite.ts';

export const MEDIAPIPE_OPERATORS: Readonly<Record<string, OperatorConverter>> = {
  Convolution2DTransposeBias: convolveTransposed,
  Landmarks2TransformMatrix: frameLandmarks,
  TransformLandmarks: transformLandmarks,
  TransformTensorBilinear: resampleInFrame,
};

interface FrameOptions {
  /** The two landmarks that are to lie level in the frame. */
  readonly left: number;
  readonly right: number;
  /** The landmarks that the frame goes around. */
  readonly subset: readonly number[];
  /** The frame's size relative to the box around them. */
  readonly scale: readonly [x: number, y: number];
  /** Pixels of the resampled square: columns, rows. */
  readonly size: readonly [x: number, y: number];
}

/** In the directions of the left-to-right line, the box around the subset, enlarged about its middle. */
function frameLandmarks(operator: TfliteOperator, conversion: Conversion): void {
  const { graph } = conversion;
  const { left, right, subset, scale, size } = readFrameOptions(operator);
  const landmarks = conversion.value(tensorAt(operator.inputs, 0)); // 1, n, 3
  const plane = (places: readonly number[]) => {
    const chosen = graph.node('Gather', [landmarks, graph.integers(places)], { axis: 1 });
    return graph.node('Gather', [chosen, graph.integers([0, 1])], { axis: 2 }); // 1, n, 2
  };

  const line = graph.node('Sub', [plane([right]), plane([left])]);
  const along = graph.node('Div', [line, graph.node('ReduceL2', [line], { axes: [2] })]);
  const across = graph.node('MatMul', [along, graph.floats([2, 2], [0, 1, -1, 0])]); // a quarter turn on
  const directions = graph.node('Concat', [along, across], { axis: 1 }); // rows: the frame's x and y in the picture
  const columns = graph.node('Transpose', [directions], { perm: [0, 2, 1] });

  const turned = graph.node('MatMul', [plane(subset), columns]);
  const low = graph.node('ReduceMin', [turned], { axes: [1] });
  const high = graph.node('ReduceMax', [turned], { axes: [1] });
  const middle = graph.node('Mul', [graph.node('Add', [low, high]), graph.floats([], [0.5])]);
  const perPixel = graph.floats([1, 1, 2], [scale[0] / size[0], scale[1] / size[1]]);
  const step = graph.node('Mul', [graph.node('Sub', [high, low]), perPixel]);

  const half = graph.floats([1, 1, 2], [size[0] / 2, size[1] / 2]);
  const corner = graph.node('Sub', [middle, graph.node('Mul', [step, half])]);
  const origin = graph.node('Transpose', [graph.node('MatMul', [corner, directions])], { perm: [0, 2, 1] });
  const linear = graph.node('Mul', [columns, step]);
  const upper = graph.node('Concat', [linear, graph.floats([1, 2, 1], [0, 0]), origin], { axis: 2 });
  const lower = graph.floats([1, 2, 4], [0, 0, 1, 0, 0, 0, 0, 1]);
  conversion.define(tensorAt(operator.outputs, 0), graph.node('Concat', [upper, lower], { axis: 1 }));
}

/** Features at the centres of the frame's pixels, bilinear between the picture's; beyond the picture they are 0. */
function resampleInFrame(operator: TfliteOperator, conversion: Conversion): void {
  const { graph } = conversion;
  const [features, frame] = [tensorAt(operator.inputs, 0), tensorAt(operator.inputs, 1)];
  const output = tensorAt(operator.outputs, 0);
  const from = conversion.picture(features);
  const to = conversion.picture(output);
  const centres: number[] = [];
  for (let row = 0; row < to.rows; row++)
    for (let column = 0; column < to.columns; column++) centres.push(column + 0.5, row + 0.5, 0, 1);

  const points = graph.floats([1, to.rows * to.columns, 4], centres);
  const places = graph.node('MatMul', [points, planeColumns(graph, conversion.value(frame))]);
  // GridSample counts from -1 at the picture's left edge to 1 at its right.
  const halves = graph.floats([1, 1, 2], [2 / from.columns, 2 / from.rows]);
  const relative = graph.node('Sub', [graph.node('Mul', [places, halves]), graph.floats([], [1])]);
  const grid = graph.node('Reshape', [relative, graph.integers([1, to.rows, to.columns, 2])]);
  const value = graph.node('GridSample', [conversion.value(features), grid], {
    mode: 'bilinear',
    padding_mode: 'zeros',
    align_corners: 0,
  });
  conversion.define(output, value);
}

/** Points of the frame, brought to the picture. */
function transformLandmarks(operator: TfliteOperator, conversion: Conversion): void {
  const { graph } = conversion;
  const [landmarks, frame] = [tensorAt(operator.inputs, 0), tensorAt(operator.inputs, 1)];
  const [, count = 0, dimensions] = conversion.shape(landmarks);
  if (dimensions !== 2) throw new Error('TransformLandmarks of points in space is not converted');
  const depth = graph.floats(
    [1, count, 2],
    Array.from({ length: 2 * count }, (_, i) => i % 2),
  );
  const points = graph.node('Concat', [conversion.value(landmarks), depth], { axis: 2 });
  const value = graph.node('MatMul', [points, planeColumns(graph, conversion.value(frame))]);
  conversion.define(tensorAt(operator.outputs, 0), value);
}

/** The part of a frame that yields x and y, transposed: 4 x 2, to be multiplied from the right. */
function planeColumns(graph: OnnxGraph, frame: string): string {
  const rows = graph.node('Gather', [frame, graph.integers([0, 1])], { axis: 1 });
  return graph.node('Transpose', [rows], { perm: [0, 2, 1] });
}

/** Options: a TfLiteTransposeConvParams, of which padding, stride width and stride height are the first integers. */
function convolveTransposed(operator: TfliteOperator, conversion: Conversion): void {
  const { graph } = conversion;
  const input = tensorAt(operator.inputs, 0);
  const output = tensorAt(operator.outputs, 0);
  const { buffer, byteOffset, byteLength } = operator.customOptions;
  const options = new DataView(buffer, byteOffset, byteLength);
  const [columnStride, rowStride] = [options.getInt32(4, true), options.getInt32(8, true)];

  const weights = permute(conversion.constant(tensorAt(operator.inputs, 1)), [3, 0, 1, 2]); // input, output, rows, columns
  const bias = conversion.constant(tensorAt(operator.inputs, 2));
  const [, , rows = 0, columns = 0] = weights.shape;
  const [small, large] = [conversion.picture(input), conversion.picture(output)];
  if (
    (small.rows - 1) * rowStride + rows !== large.rows ||
    (small.columns - 1) * columnStride + columns !== large.columns
  )
    throw new Error('a transposed convolution with padding is not converted');
  const value = graph.node(
    'ConvTranspose',
    [conversion.value(input), graph.floats(weights.shape, weights.values), graph.floats(bias.shape, bias.values)],
    { kernel_shape: [rows, columns], strides: [rowStride, columnStride] },
  );
  conversion.define(output, value);
}

function readFrameOptions({ name, customOptions }: TfliteOperator): FrameOptions {
  const options = toObject(Uint8Array.from(customOptions).buffer) as Readonly<Record<string, unknown>>;
  const number = (key: string): number => {
    const value = options[key];
    if (typeof value !== 'number') throw new Error(`${name} has no ${key}`);
    return value;
  };
  const subset = options['subset_idxs'];
  if (!Array.isArray(subset) || !subset.every((place) => typeof place === 'number'))
    throw new Error(`${name} has no subset_idxs`);
  if (options['target_rotation_radians']) throw new Error(`${name} with a rotation of its own is not converted`);
  return {
    left: number('left_rotation_idx'),
    right: number('right_rotation_idx'),
    subset,
    scale: [number('scale_x'), number('scale_y')],
    size: [number('output_width'), number('output_height')],
  };
}
