import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readTflite } from './read-tflite.ts';

const PERSON = createRequire(import.meta.url).resolve('@mediapipe/selfie_segmentation/selfie_segmentation.tflite');

describe('readTflite', () => {
  it('reads tensors, operators, inputs and outputs of the person network', () => {
    const network = readTflite(readFileSync(PERSON));
    const named = (tensors: readonly number[]) =>
      tensors.map((at) => [network.tensors[at]?.name, network.tensors[at]?.shape]);
    expect(named(network.inputs)).toEqual([['input_1', [1, 256, 256, 3]]]);
    expect(named(network.outputs)).toEqual([['activation_10', [1, 256, 256, 1]]]);

    const first = network.operators.find(({ name }) => name === 'CONV_2D');
    expect(first?.options.int32(1, 1)).toBe(2); // the first layer halves the picture
    expect(first?.options.int32(4, 1)).toBe(1); // dilation, left out as it has the schema's default
    expect(first?.options.int32(40, 7)).toBe(7); // no such field
    const last = network.operators.at(-2);
    expect(last?.name).toBe('Convolution2DTransposeBias');
    expect([...(last?.customOptions ?? [])]).toEqual([1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
    const weights = network.tensors[first?.inputs[1] ?? -1];
    const half = network.operators.find(({ outputs }) => outputs[0] === first?.inputs[1]);
    expect(weights?.shape).toEqual([16, 3, 3, 3]);
    expect(half?.name).toBe('DEQUANTIZE');
    expect(network.tensors[half?.inputs[0] ?? -1]?.data.length).toBe(2 * 16 * 3 * 3 * 3);
  });

  it('refuses what is not a TensorFlow Lite file', () => {
    expect(() => readTflite(new Uint8Array(100))).toThrow('not a TensorFlow Lite file');
  });
});
