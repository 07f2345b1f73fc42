/** Converts one TensorFlow Lite operator and runs the result, to be compared with the operator written out by hand. */
import { Builder } from 'flatbuffers';
import * as ort from 'onnxruntime-web';
import { Conversion } from '../conversion.ts';
import { MEDIAPIPE_OPERATORS } from '../convert-mediapipe-operators.ts';
import { LAYERS } from '../convert-layers.ts';
import { TableReader, type TfliteTensor } from '../read-tflite.ts';

ort.env.wasm.numThreads = 1;

export interface Operand {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  /** Given by the network's file, not computed. */
  readonly isConstant?: boolean;
}

export interface OperatorCase {
  readonly name: string;
  readonly inputs: readonly Operand[];
  readonly outputShape: readonly number[];
  /** Field number to value; the first kind is the schema's one-byte fields. */
  readonly int8s?: Readonly<Record<number, number>>;
  readonly int32s?: Readonly<Record<number, number>>;
  readonly customOptions?: Uint8Array;
}

/** Flat values of the output, in TensorFlow Lite's order. */
export async function runOperator(given: OperatorCase): Promise<Float32Array> {
  const tensors: TfliteTensor[] = given.inputs.map(({ shape, values, isConstant }, place) => ({
    name: `input${place}`,
    shape,
    type: 'float32',
    data: isConstant ? new Uint8Array(Float32Array.from(values).buffer) : new Uint8Array(),
  }));
  const output = tensors.length;
  tensors.push({ name: 'output', shape: given.outputShape, type: 'float32', data: new Uint8Array() });

  const conversion = new Conversion({ tensors, operators: [], inputs: [], outputs: [] });
  const computed = given.inputs.flatMap(({ isConstant }, place) => (isConstant ? [] : [place]));
  for (const place of computed) conversion.defineOriginalOrder(place, `input${place}`);
  const operator = {
    name: given.name,
    inputs: given.inputs.map((_, place) => place),
    outputs: [output],
    options: optionsTable(given),
    customOptions: given.customOptions ?? new Uint8Array(),
  };
  const convert = LAYERS[given.name] ?? MEDIAPIPE_OPERATORS[given.name];
  if (!convert) throw new Error(`no converter for ${given.name}`);
  convert(operator, conversion);
  conversion.graph.node('Identity', [conversion.originalOrder(output)], {}, 'output');

  const ports = computed.map((place) => ({ name: `input${place}`, shape: conversion.shape(place) }));
  const file = conversion.graph.encode(ports, [{ name: 'output', shape: given.outputShape }]);
  const session = await ort.InferenceSession.create(file, { graphOptimizationLevel: 'disabled' });
  const feeds = given.inputs.flatMap(({ values, shape, isConstant }, place) =>
    isConstant ? [] : [[`input${place}`, new ort.Tensor('float32', Float32Array.from(values), shape)] as const],
  );
  const { output: result } = await session.run(Object.fromEntries(feeds));
  await session.release();
  return result?.data as Float32Array;
}

function optionsTable({ int8s = {}, int32s = {} }: OperatorCase): TableReader {
  const builder = new Builder();
  builder.startObject(8);
  for (const [field, value] of Object.entries(int32s)) builder.addFieldInt32(Number(field), value, 0);
  for (const [field, value] of Object.entries(int8s)) builder.addFieldInt8(Number(field), value, 0);
  builder.finish(builder.endObject());
  const bytes = builder.asUint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new TableReader(view, view.getUint32(0, true));
}
