import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { OnnxGraph } from './onnx-graph.ts';

ort.env.wasm.numThreads = 1;

/** (transposed input) * 3 + (1, 2), which needs constants of both types and attributes of all three. */
function exampleFile(): Uint8Array {
  const graph = new OnnxGraph();
  const turned = graph.node('Transpose', ['in'], { perm: [1, 0] });
  const tripled = graph.node('Mul', [turned, graph.floats([], [3])]);
  const moved = graph.node('Add', [tripled, graph.floats([1, 2], [1, 2])]);
  const padded = graph.node('Pad', [moved, graph.integers([0, 0, 0, 1])], { mode: 'constant' });
  graph.node('Flatten', [padded], { axis: 0 }, 'out');
  return graph.encode([{ name: 'in', shape: [2, 200] }], [{ name: 'out', shape: [1, 600] }]);
}

describe('OnnxGraph', () => {
  it('writes a file that the runtime loads and computes as said', async () => {
    const session = await ort.InferenceSession.create(exampleFile(), { graphOptimizationLevel: 'disabled' });
    expect([session.inputNames, session.outputNames]).toEqual([['in'], ['out']]);
    const values = Float32Array.from({ length: 400 }, (_, at) => at);
    const { out } = await session.run({ in: new ort.Tensor('float32', values, [2, 200]) });
    const expected = Array.from({ length: 200 }, (_, row) => [3 * row + 1, 3 * (200 + row) + 2, 0]).flat();
    expect(out?.dims).toEqual([1, 600]);
    expect([...((out?.data ?? []) as Float32Array)]).toEqual(expected);
  });

  it('writes the same bytes for the same calls', () => {
    expect(exampleFile()).toEqual(exampleFile());
  });

  it('refuses values that do not fill their shape, and integers it cannot write', () => {
    const graph = new OnnxGraph();
    expect(() => graph.floats([2, 3], [1, 2, 3])).toThrow('3 values for the shape [2,3]');
    expect(() => graph.node('Concat', ['a'], { axis: -1 })).toThrow('-1 is not a natural number');
    expect(() => graph.node('Concat', ['a'], { axis: 0.5 })).toThrow('0.5 is not a natural number');
  });
});
