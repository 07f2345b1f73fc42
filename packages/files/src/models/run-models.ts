/**
 * Gives core its RunModel: neural networks on ONNX Runtime's WebAssembly build, alike in Node and in the browser.
 *
 * The runtime is a parameter, so that each shell loads it its own way, and so are the model files. A network is loaded
 * when it is first asked for and kept; one that fails to load is tried again at the next call.
 *
 * The runtime has one memory and fails when runs overlap (seen with onnxruntime-web 1.30), so loading and running take
 * turns, across everything that shares a runtime.
 *
 * One thread, and no optimisation at load: both shells then run the very same operations in the same order, no worker
 * outlives the work, and a cold start is fastest. A plan needs about five runs of 15 to 60 ms, for which planning a
 * faster graph (0.2 s) or starting threads (0.1 s) does not pay.
 */
import type { ModelName, RunModel } from '@stipple/core/vision/pixels.ts';
import { MODEL_FILES } from './model-files.ts';

/** What is used of the package onnxruntime-web; the whole module is one of these. */
export interface InferenceRuntime {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly InferenceSession: {
    create(file: Uint8Array, options: { readonly graphOptimizationLevel: 'disabled' }): Promise<LoadedModel>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => unknown;
}

interface LoadedModel {
  readonly inputNames: readonly string[];
  run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: unknown }>>>;
}

/** The last turn taken on each runtime. */
const turns = new WeakMap<InferenceRuntime, Promise<unknown>>();

function inTurn<T>(runtime: InferenceRuntime, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(runtime) ?? Promise.resolve()).then(work, work);
  turns.set(runtime, turn);
  return turn;
}

/**
 * @param loadFile reads one of the files of MODEL_FILES
 */
export function createRunModel(
  runtime: InferenceRuntime,
  loadFile: (fileName: string) => Promise<Uint8Array>,
): RunModel {
  runtime.env.wasm.numThreads = 1;
  const models = new Map<ModelName, Promise<LoadedModel>>();

  async function load(name: ModelName): Promise<LoadedModel> {
    const { fileName, byteLength } = MODEL_FILES[name];
    const file = await loadFile(fileName);
    if (file.length !== byteLength)
      throw new Error(`the model file ${fileName} has ${file.length} bytes instead of ${byteLength}`);
    return inTurn(runtime, () => runtime.InferenceSession.create(file, { graphOptimizationLevel: 'disabled' }));
  }

  function modelOf(name: ModelName): Promise<LoadedModel> {
    const known = models.get(name);
    if (known) return known;
    const loading = load(name);
    models.set(name, loading);
    loading.catch(() => models.delete(name));
    return loading;
  }

  return async (name, input, shape) => {
    const model = await modelOf(name);
    const tensor = new runtime.Tensor('float32', input, shape);
    const inputs = Object.fromEntries(model.inputNames.map((inputName) => [inputName, tensor]));
    const outputs = await inTurn(runtime, () => model.run(inputs));
    return Object.fromEntries(
      Object.entries(outputs).map(([outputName, { data }]) => [outputName, data as Float32Array]),
    );
  };
}
