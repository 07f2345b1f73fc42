/**
 * Converters of TensorFlow Lite's own operators, as far as Stipple's networks use them.
 *
 * Options are read by their field numbers in the schema, named beside each. What these networks never ask for, such as
 * an activation fused into a layer, is refused rather than converted untested.
 */
import { type Conversion, permute } from './conversion.ts';
import type { TfliteOperator } from './read-tflite.ts';

/** Appends the nodes of one operator and defines its output. */
export type OperatorConverter = (operator: TfliteOperator, conversion: Conversion) => void;

export const LAYERS: Readonly<Record<string, OperatorConverter>> = {
  ADD: (operator, conversion) => elementwise('Add', operator, conversion),
  AVERAGE_POOL_2D: (operator, conversion) => pool('AveragePool', operator, conversion),
  CONCATENATION: concatenate,
  CONV_2D: convolve,
  DEPTHWISE_CONV_2D: convolveDepthwise,
  DEQUANTIZE: widen,
  HARD_SWISH: (operator, conversion) => elementwise('HardSwish', operator, conversion),
  LOGISTIC: (operator, conversion) => elementwise('Sigmoid', operator, conversion),
  MAX_POOL_2D: (operator, conversion) => pool('MaxPool', operator, conversion),
  MUL: (operator, conversion) => elementwise('Mul', operator, conversion),
  PAD: pad,
  PRELU: parametricRelu,
  RELU: (operator, conversion) => elementwise('Relu', operator, conversion),
  RESHAPE: reshape,
  RESIZE_BILINEAR: resizeBilinear,
  STRIDED_SLICE: sliceWhole,
};

/** The schema's Padding. */
const SAME = 0;

/** Input or output number `place` of an operator that must have it. */
export function tensorAt(tensors: readonly number[], place: number): number {
  const tensor = tensors[place];
  if (tensor === undefined || tensor < 0) throw new Error(`an operator lacks tensor ${place}`);
  return tensor;
}

function refuse(operator: TfliteOperator, what: string): never {
  throw new Error(`${operator.name} with ${what} is not converted`);
}

/** All activations of these networks are operators of their own: 0 is none. */
function refuseActivation(operator: TfliteOperator, field: number): void {
  if (operator.options.int8(field, 0) !== 0) refuse(operator, 'a fused activation');
}

function elementwise(type: string, operator: TfliteOperator, conversion: Conversion): void {
  refuseActivation(operator, 0); // AddOptions, MulOptions: 0 fused_activation_function; the others have no options
  const inputs = operator.inputs.map((tensor) => conversion.value(tensor));
  conversion.define(tensorAt(operator.outputs, 0), conversion.graph.node(type, inputs));
}

/** Half-precision weights become the same numbers in single precision. */
function widen(operator: TfliteOperator, conversion: Conversion): void {
  conversion.defineConstant(tensorAt(operator.outputs, 0), conversion.constant(tensorAt(operator.inputs, 0)));
}

/** A window that slides over a picture. */
interface Window {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

const windowAttributes = ({ rows, columns, rowStride, columnStride }: Window) => ({
  kernel_shape: [rows, columns],
  strides: [rowStride, columnStride],
});

/** ONNX pads for TensorFlow's padding: SAME covers every input, with the odd pixel of the padding at the end. */
function padsOf(padding: number, operator: TfliteOperator, conversion: Conversion, window: Window): number[] {
  if (padding !== SAME) return [0, 0, 0, 0];
  const input = conversion.picture(tensorAt(operator.inputs, 0));
  const output = conversion.picture(tensorAt(operator.outputs, 0));
  const rows = Math.max(0, (output.rows - 1) * window.rowStride + window.rows - input.rows);
  const columns = Math.max(0, (output.columns - 1) * window.columnStride + window.columns - input.columns);
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return [top, left, rows - top, columns - left];
}

/** Conv2DOptions: 0 padding, 1 stride_w, 2 stride_h, 3 fused_activation, 4 and 5 dilations. */
function convolve(operator: TfliteOperator, conversion: Conversion): void {
  refuseActivation(operator, 3);
  if (operator.options.int32(4, 1) !== 1 || operator.options.int32(5, 1) !== 1) refuse(operator, 'dilation');
  // Weights: output channels, rows, columns, input channels.
  slide(operator, conversion, [0, 3, 1, 2], 1);
}

/** DepthwiseConv2DOptions: as Conv2DOptions, with 3 depth_multiplier, 4 fused_activation, 5 and 6 dilations. */
function convolveDepthwise(operator: TfliteOperator, conversion: Conversion): void {
  refuseActivation(operator, 4);
  if (operator.options.int32(5, 1) !== 1 || operator.options.int32(6, 1) !== 1) refuse(operator, 'dilation');
  const { channels } = conversion.picture(tensorAt(operator.inputs, 0));
  if (conversion.picture(tensorAt(operator.outputs, 0)).channels !== channels) refuse(operator, 'several filters');
  // Weights: 1, rows, columns, channels.
  slide(operator, conversion, [3, 0, 1, 2], channels);
}

function slide(
  operator: TfliteOperator,
  conversion: Conversion,
  weightOrder: readonly [number, number, number, number],
  group: number,
): void {
  const { graph } = conversion;
  const weights = permute(conversion.constant(tensorAt(operator.inputs, 1)), weightOrder);
  const bias = conversion.constant(tensorAt(operator.inputs, 2));
  const [, , rows = 0, columns = 0] = weights.shape;
  const { options } = operator;
  const window = { rows, columns, rowStride: options.int32(2, 1), columnStride: options.int32(1, 1) };
  const value = graph.node(
    'Conv',
    [
      conversion.value(tensorAt(operator.inputs, 0)),
      graph.floats(weights.shape, weights.values),
      graph.floats(bias.shape, bias.values),
    ],
    { ...windowAttributes(window), pads: padsOf(options.int8(0, SAME), operator, conversion, window), group },
  );
  conversion.define(tensorAt(operator.outputs, 0), value);
}

/** Pool2DOptions: 0 padding, 1 stride_w, 2 stride_h, 3 filter_width, 4 filter_height, 5 fused_activation. */
function pool(type: 'AveragePool' | 'MaxPool', operator: TfliteOperator, conversion: Conversion): void {
  refuseActivation(operator, 5);
  const { options } = operator;
  const window = {
    rows: options.int32(4, 0),
    columns: options.int32(3, 0),
    rowStride: options.int32(2, 0),
    columnStride: options.int32(1, 0),
  };
  const value = conversion.graph.node(type, [conversion.value(tensorAt(operator.inputs, 0))], {
    ...windowAttributes(window),
    pads: padsOf(options.int8(0, SAME), operator, conversion, window),
  });
  conversion.define(tensorAt(operator.outputs, 0), value);
}

/** One slope a channel. */
function parametricRelu(operator: TfliteOperator, conversion: Conversion): void {
  const input = tensorAt(operator.inputs, 0);
  const { values } = conversion.constant(tensorAt(operator.inputs, 1));
  if (values.length !== conversion.picture(input).channels) refuse(operator, 'a slope for every pixel');
  const slopes = conversion.graph.floats([values.length, 1, 1], values);
  const value = conversion.graph.node('PRelu', [conversion.value(input), slopes]);
  conversion.define(tensorAt(operator.outputs, 0), value);
}

/** Paddings: for each dimension, zeros before and after. */
function pad(operator: TfliteOperator, conversion: Conversion): void {
  const input = tensorAt(operator.inputs, 0);
  conversion.picture(input);
  const { values } = conversion.constant(tensorAt(operator.inputs, 1));
  const side = (after: 0 | 1) => [0, 3, 1, 2].map((axis) => values[2 * axis + after] ?? 0);
  const pads = conversion.graph.integers([...side(0), ...side(1)]);
  conversion.define(
    tensorAt(operator.outputs, 0),
    conversion.graph.node('Pad', [conversion.value(input), pads], { mode: 'constant' }),
  );
}

function reshape(operator: TfliteOperator, conversion: Conversion): void {
  const output = tensorAt(operator.outputs, 0);
  const shape = conversion.graph.integers(conversion.shape(output));
  const value = conversion.originalOrder(tensorAt(operator.inputs, 0));
  conversion.defineOriginalOrder(output, conversion.graph.node('Reshape', [value, shape]));
}

/** ConcatenationOptions: 0 axis, 1 fused_activation. */
function concatenate(operator: TfliteOperator, conversion: Conversion): void {
  refuseActivation(operator, 1);
  const output = tensorAt(operator.outputs, 0);
  if (conversion.shape(output).length === 4) refuse(operator, 'pictures');
  const inputs = operator.inputs.map((tensor) => conversion.value(tensor));
  conversion.define(output, conversion.graph.node('Concat', inputs, { axis: operator.options.int32(0, 0) }));
}

/** ResizeBilinearOptions: 2 align_corners, 3 half_pixel_centers. */
function resizeBilinear(operator: TfliteOperator, conversion: Conversion): void {
  const { options } = operator;
  if (options.int8(2, 0) !== 0 || options.int8(3, 0) !== 1) refuse(operator, 'pixels that are not squares');
  const output = tensorAt(operator.outputs, 0);
  const { rows, columns, channels } = conversion.picture(output);
  const size = conversion.graph.integers([1, channels, rows, columns]);
  const value = conversion.graph.node('Resize', [conversion.value(tensorAt(operator.inputs, 0)), '', '', size], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
  conversion.define(output, value);
}

/** The one slice of these networks takes the whole tensor. */
function sliceWhole(operator: TfliteOperator, conversion: Conversion): void {
  const input = tensorAt(operator.inputs, 0);
  const output = tensorAt(operator.outputs, 0);
  const { values: begin } = conversion.constant(tensorAt(operator.inputs, 1));
  const { values: strides } = conversion.constant(tensorAt(operator.inputs, 3));
  const isWhole = begin.every((at) => at === 0) && strides.every((step) => step === 1);
  if (!isWhole || String(conversion.shape(input)) !== String(conversion.shape(output))) refuse(operator, 'a part');
  conversion.define(output, conversion.value(input));
}
