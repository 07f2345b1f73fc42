/**
 * Turns a TensorFlow Lite network into an ONNX file that computes the same.
 *
 * Method: one TensorFlow Lite operator after the other becomes one ONNX node or a few, by the two tables of converters.
 * Half-precision weights are widened to single precision; nothing else is changed, folded or approximated. Measured
 * against the same face mesh run by TensorFlow.js: mesh points within 1.5e-4 of 192 pixels, lips, eyes and irises 0.06.
 *
 * Promises: the same input gives the same bytes; inputs and outputs keep names and shapes; anything the converters do
 * not do exactly is an error, never a guess. Knows only the operators of the three networks Stipple uses.
 */
import { Conversion } from './conversion.ts';
import { MEDIAPIPE_OPERATORS } from './convert-mediapipe-operators.ts';
import { LAYERS } from './convert-layers.ts';
import { readTflite } from './read-tflite.ts';

export function convertTflite(file: Uint8Array): Uint8Array {
  const network = readTflite(file);
  const conversion = new Conversion(network);
  const port = (tensor: number) => ({ name: conversion.name(tensor), shape: conversion.shape(tensor) });

  for (const input of network.inputs) conversion.defineOriginalOrder(input, conversion.name(input));
  for (const operator of network.operators) {
    const convert = LAYERS[operator.name] ?? MEDIAPIPE_OPERATORS[operator.name];
    if (!convert) throw new Error(`no converter for the operator ${operator.name}`);
    convert(operator, conversion);
  }
  for (const output of network.outputs)
    conversion.graph.node('Identity', [conversion.originalOrder(output)], {}, conversion.name(output));
  return conversion.graph.encode(network.inputs.map(port), network.outputs.map(port));
}
