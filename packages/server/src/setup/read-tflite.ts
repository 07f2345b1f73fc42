/**
 * Reads a TensorFlow Lite file: its tensors, its operators in order of execution, its inputs and outputs.
 *
 * The file is a FlatBuffer. Its schema (tensorflow/lite/schema/schema.fbs) has never moved a field, so the few tables
 * needed are read by field number, each named in a comment here or where it is used.
 *
 * Does not know what an operator means (see convert-tflite) and reads the first subgraph only: these files have one.
 */

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: TfliteType;
  /** The bytes of a constant; empty when the tensor is computed. */
  readonly data: Uint8Array;
}

/** Element types of the schema's enumeration that occur in these files. */
export type TfliteType = 'float32' | 'float16' | 'int32';

export interface TfliteOperator {
  /** The schema's name of a built-in operator, or the custom operator's own. */
  readonly name: string;
  /** Indices of tensors; -1 stands for an input left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: TableReader;
  /** What a custom operator is told, in a format of its own. */
  readonly customOptions: Uint8Array;
}

export interface TfliteNetwork {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const TYPES: ReadonlyMap<number, TfliteType> = new Map([
  [0, 'float32'],
  [1, 'float16'],
  [2, 'int32'],
]);

const IDENTIFIER = 'TFL3';

const CUSTOM = 32;

/** Numbers of the schema's BuiltinOperator. */
const OPERATORS: ReadonlyMap<number, string> = new Map([
  [0, 'ADD'],
  [1, 'AVERAGE_POOL_2D'],
  [2, 'CONCATENATION'],
  [3, 'CONV_2D'],
  [4, 'DEPTHWISE_CONV_2D'],
  [6, 'DEQUANTIZE'],
  [14, 'LOGISTIC'],
  [17, 'MAX_POOL_2D'],
  [18, 'MUL'],
  [19, 'RELU'],
  [22, 'RESHAPE'],
  [23, 'RESIZE_BILINEAR'],
  [34, 'PAD'],
  [45, 'STRIDED_SLICE'],
  [54, 'PRELU'],
  [117, 'HARD_SWISH'],
]);

export function readTflite(file: Uint8Array): TfliteNetwork {
  if (new TextDecoder().decode(file.subarray(4, 8)) !== IDENTIFIER) throw new Error('not a TensorFlow Lite file');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const model = new TableReader(view, follow(view, 0)); // Model: 1 operator_codes, 2 subgraphs, 4 buffers
  const names = model.tables(1).map(operatorName);
  const buffers = model.tables(4);
  const graph = model.tables(2)[0]; // SubGraph: 0 tensors, 1 inputs, 2 outputs, 3 operators
  if (!graph) throw new Error('a TensorFlow Lite file without a graph');
  return {
    tensors: graph.tables(0).map((table) => readTensor(table, buffers)),
    operators: graph.tables(3).map((table) => readOperator(table, names)),
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
  };
}

/** OperatorCode: 0 deprecated_builtin_code, 1 custom_code, 3 builtin_code; small codes may stand in the old field only. */
function operatorName(code: TableReader): string {
  const number = Math.max(code.int8(0, 0), code.int32(3, 0));
  const name = number === CUSTOM ? code.text(1) : OPERATORS.get(number);
  if (!name) throw new Error(`TensorFlow Lite operator ${number} is not known here`);
  return name;
}

/** Tensor: 0 shape, 1 type, 2 buffer, 3 name. Buffer: 0 data. */
function readTensor(table: TableReader, buffers: readonly TableReader[]): TfliteTensor {
  const name = table.text(3);
  const type = TYPES.get(table.int8(1, 0));
  if (!type) throw new Error(`tensor ${name} has element type ${table.int8(1, 0)}, which is not known here`);
  const data = buffers[table.int32(2, 0)]?.bytes(0) ?? new Uint8Array();
  return { name, shape: table.int32s(0), type, data };
}

/** Operator: 0 opcode_index, 1 inputs, 2 outputs, 4 builtin_options, 5 custom_options. */
function readOperator(table: TableReader, names: readonly string[]): TfliteOperator {
  return {
    name: names[table.int32(0, 0)] ?? '',
    inputs: table.int32s(1),
    outputs: table.int32s(2),
    options: table.table(4),
    customOptions: table.bytes(5),
  };
}

/** One FlatBuffer table; a field that is not in it reads as the fallback, or empty. */
export class TableReader {
  readonly #view: DataView;
  readonly #start: number | null;

  /** @param start offset of the table; null for one that is absent, all of whose fields read as absent */
  constructor(view: DataView, start: number | null) {
    this.#view = view;
    this.#start = start;
  }

  int8(field: number, fallback: number): number {
    const at = this.#find(field);
    return at === null ? fallback : this.#view.getInt8(at);
  }

  int32(field: number, fallback: number): number {
    const at = this.#find(field);
    return at === null ? fallback : this.#view.getInt32(at, true);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  int32s(field: number): number[] {
    return this.#elements(field, (at) => this.#view.getInt32(at, true));
  }

  table(field: number): TableReader {
    const at = this.#find(field);
    return new TableReader(this.#view, at === null ? null : follow(this.#view, at));
  }

  tables(field: number): TableReader[] {
    return this.#elements(field, (at) => new TableReader(this.#view, follow(this.#view, at)));
  }

  /** For elements of four bytes. */
  #elements<T>(field: number, read: (at: number) => T): T[] {
    const { start, length } = this.#vector(field);
    return Array.from({ length }, (_, index) => read(start + 4 * index));
  }

  /** A vector is its length, then its elements. */
  #vector(field: number): { start: number; length: number } {
    const at = this.#find(field);
    if (at === null) return { start: 0, length: 0 };
    const vector = follow(this.#view, at);
    return { start: vector + 4, length: this.#view.getUint32(vector, true) };
  }

  /** A table begins with the way back to its list of field offsets, which begins with two sizes; 0 says absent. */
  #find(field: number): number | null {
    if (this.#start === null) return null;
    const list = this.#start - this.#view.getInt32(this.#start, true);
    const entry = 4 + 2 * field;
    const offset = entry < this.#view.getUint16(list, true) ? this.#view.getUint16(list + entry, true) : 0;
    return offset === 0 ? null : this.#start + offset;
  }
}

/** Tables and vectors are referred to by their distance from the reference. */
const follow = (view: DataView, at: number): number => at + view.getUint32(at, true);
