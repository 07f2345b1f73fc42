/**
 * The state of one conversion: which ONNX value, or which constant, each TensorFlow Lite tensor has become.
 *
 * TensorFlow Lite keeps pictures as rows, columns, channels; ONNX wants channels first. A tensor of four dimensions is
 * therefore held channels first throughout, all others as they are, and layouts are turned only at the edges of the
 * network and where a reshape sees the order of elements.
 */
import { OnnxGraph } from './onnx-graph.ts';
import type { TfliteNetwork, TfliteTensor } from './read-tflite.ts';

export interface Constant {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const CHANNELS_FIRST = [0, 3, 1, 2] as const;
const CHANNELS_LAST = [0, 2, 3, 1] as const;

export class Conversion {
  readonly graph = new OnnxGraph();
  readonly #tensors: readonly TfliteTensor[];
  readonly #values = new Map<number, string>();
  readonly #constants = new Map<number, Constant>();

  constructor(network: TfliteNetwork) {
    this.#tensors = network.tensors;
  }

  name(tensor: number): string {
    return this.#tensor(tensor).name;
  }

  shape(tensor: number): readonly number[] {
    return this.#tensor(tensor).shape;
  }

  /** Sizes of a picture: rows, columns, channels. */
  picture(tensor: number): { rows: number; columns: number; channels: number } {
    const shape = this.shape(tensor);
    const [batch, rows, columns, channels] = shape;
    if (shape.length !== 4 || batch !== 1 || !rows || !columns || !channels)
      throw new Error(`tensor ${this.name(tensor)} [${shape}] is not a picture`);
    return { rows, columns, channels };
  }

  /** The numbers of a constant tensor, in its own layout. */
  constant(tensor: number): Constant {
    const known = this.#constants.get(tensor);
    if (known) return known;
    const { name, shape, type, data } = this.#tensor(tensor);
    if (data.length === 0) throw new Error(`tensor ${name} is no constant`);
    const constant = { shape, values: decode(type, data) };
    this.#constants.set(tensor, constant);
    return constant;
  }

  /** Says that a tensor has the numbers of another: of its half-precision form. */
  defineConstant(tensor: number, constant: Constant): void {
    this.#constants.set(tensor, constant);
  }

  /** The ONNX value of a tensor, channels first when it has four dimensions. */
  value(tensor: number): string {
    const known = this.#values.get(tensor);
    if (known !== undefined) return known;
    const { shape, values } = this.constant(tensor);
    if (shape.length === 4) throw new Error(`constant ${this.name(tensor)} would need another layout`);
    const value = this.graph.floats(shape, values);
    this.#values.set(tensor, value);
    return value;
  }

  define(tensor: number, value: string): void {
    this.#values.set(tensor, value);
  }

  /** The ONNX value of a tensor with its elements in TensorFlow Lite's order. */
  originalOrder(tensor: number): string {
    const value = this.value(tensor);
    return this.shape(tensor).length === 4 ? this.graph.node('Transpose', [value], { perm: CHANNELS_LAST }) : value;
  }

  /** Defines a tensor by a value whose elements are in TensorFlow Lite's order. */
  defineOriginalOrder(tensor: number, value: string): void {
    const isPicture = this.shape(tensor).length === 4;
    this.define(tensor, isPicture ? this.graph.node('Transpose', [value], { perm: CHANNELS_FIRST }) : value);
  }

  #tensor(index: number): TfliteTensor {
    const tensor = this.#tensors[index];
    if (!tensor) throw new Error(`no tensor ${index}`);
    return tensor;
  }
}

/** Weights of four dimensions in another order: dimension d of the result is dimension order[d] of the constant. */
export function permute({ shape, values }: Constant, order: readonly [number, number, number, number]): Constant {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const [a = 0, b = 0, c = 0, d = 0] = order.map((axis) => shape[axis]);
  const [sa = 0, sb = 0, sc = 0, sd = 0] = order.map((axis) => strides[axis]);
  const permuted = new Float32Array(values.length);
  let at = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++)
        for (let l = 0; l < d; l++) permuted[at++] = values[i * sa + j * sb + k * sc + l * sd] as number;
  return { shape: [a, b, c, d], values: permuted };
}

function decode(type: TfliteTensor['type'], data: Uint8Array): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (type) {
    case 'float16':
      return Float32Array.from({ length: data.length / 2 }, (_, i) => halfToFloat(view.getUint16(2 * i, true)));
    case 'float32':
      return Float32Array.from({ length: data.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
    case 'int32': // paddings and axes, small
      return Float32Array.from({ length: data.length / 4 }, (_, i) => view.getInt32(4 * i, true));
  }
}

/** IEEE 754 half precision: 1 bit sign, 5 exponent, 10 fraction. Exact. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
