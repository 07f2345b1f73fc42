/**
 * Writes a neural network as an ONNX file, node by node.
 *
 * Constants and nodes are given in order of execution and answer the name of their value, to be used by later nodes.
 * The bytes follow from the calls alone, so the same calls give the same file anywhere.
 *
 * Protocol Buffers by hand (onnx/onnx.proto; field numbers stand beside their use): six messages do not repay a
 * schema compiler. Operator set 16 is the first with GridSample. Does not check operators: the runtime does, on loading.
 */
const IR_VERSION = 8;
const OPERATOR_SET = 16;

const FLOAT = 1;
const INT64 = 7;

/** Numbers of AttributeProto.type. */
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

export type OnnxAttribute = number | string | readonly number[];

export interface OnnxPort {
  readonly name: string;
  readonly shape: readonly number[];
}

export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];

  /** A float32 constant; an empty shape makes a scalar. */
  floats(shape: readonly number[], values: ArrayLike<number>): string {
    if (values.length !== elements(shape)) throw new RangeError(`${values.length} values for the shape [${shape}]`);
    return this.#constant(
      shape,
      FLOAT,
      littleEndian(values, 4, (view, at, value) => view.setFloat32(at, value, true)),
    );
  }

  /** A list of integers, as shapes, axes and paddings are given. */
  integers(values: readonly number[]): string {
    const bytes = littleEndian(values, 8, (view, at, value) => view.setBigInt64(at, BigInt(value), true));
    return this.#constant([values.length], INT64, bytes);
  }

  /**
   * One operator with one output.
   *
   * @param inputs values in the operator's order; '' leaves an optional one out
   * @param name of the output, when it must have a certain one
   */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    name = `v${this.#nodes.length}`,
  ): string {
    const node = new Message(); // NodeProto: 1 input, 2 output, 4 op_type, 5 attribute
    for (const input of inputs) node.text(1, input);
    node.text(2, name).text(4, operator);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    this.#nodes.push(node);
    return name;
  }

  /** The file. All ports are float32. */
  encode(inputs: readonly OnnxPort[], outputs: readonly OnnxPort[]): Uint8Array {
    const graph = new Message(); // GraphProto: 1 node, 2 name, 5 initializer, 11 input, 12 output
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, 'network');
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of inputs) graph.message(11, port(input));
    for (const output of outputs) graph.message(12, port(output));
    const operatorSet = new Message().text(1, '').integer(2, OPERATOR_SET); // OperatorSetIdProto: 1 domain, 2 version
    // ModelProto: 1 ir_version, 2 producer_name, 7 graph, 8 opset_import
    return new Message().integer(1, IR_VERSION).text(2, 'stipple').message(7, graph).message(8, operatorSet).toBytes();
  }

  /** TensorProto: 1 dims, 2 data_type, 8 name, 9 raw_data. */
  #constant(shape: readonly number[], type: number, bytes: Uint8Array): string {
    const name = `c${this.#constants.length}`;
    const tensor = new Message();
    for (const size of shape) tensor.integer(1, size);
    this.#constants.push(tensor.integer(2, type).text(8, name).bytes(9, bytes));
    return name;
  }
}

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** AttributeProto: 1 name, 3 i, 4 s, 8 ints, 20 type. */
function attribute(name: string, value: OnnxAttribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, ATTRIBUTE_INT);
  if (typeof value === 'string') return message.text(4, value).integer(20, ATTRIBUTE_STRING);
  for (const item of value) message.integer(8, item);
  return message.integer(20, ATTRIBUTE_INTS);
}

/** ValueInfoProto: 1 name, 2 type; TypeProto: 1 tensor_type; its Tensor: 1 elem_type, 2 shape; its shape: 1 dim. */
function port({ name, shape }: OnnxPort): Message {
  const dimensions = new Message();
  for (const size of shape) dimensions.message(1, new Message().integer(1, size));
  const tensor = new Message().integer(1, FLOAT).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

function littleEndian(
  values: ArrayLike<number>,
  bytesEach: number,
  put: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesEach);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) put(view, i * bytesEach, values[i] as number);
  return bytes;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A Protocol Buffers message: fields in the order they are added. */
class Message {
  readonly #parts: Uint8Array[] = [];

  integer(field: number, value: number): this {
    return this.#varint(field * 8 + VARINT).#varint(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + LENGTH_DELIMITED).#varint(value.length);
    this.#parts.push(value);
    return this;
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.toBytes());
  }

  toBytes(): Uint8Array {
    const joined = new Uint8Array(this.#parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  /** Seven bits a byte, lowest first. Negative numbers do not occur in these files. */
  #varint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a natural number`);
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }
}
