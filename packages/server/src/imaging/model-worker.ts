/**
 * The thread of the neural networks. Started by model-thread.ts.
 *
 * Each network is loaded and run once on nothing while the photo is still being decoded. A plan runs each of them for
 * 20 to 60 ms only: optimising their WebAssembly would cost 0.7 s of processor time and gain a tenth of that, so code
 * stays as V8 first compiles it. The bits are the same.
 */
import { setFlagsFromString } from 'node:v8';
import { workerData } from 'node:worker_threads';
import type { ModelName } from '@stipple/core/vision/pixels.ts';
import { MODEL_FILES, type ModelFile } from '@stipple/files/models/model-files.ts';
import type { ModelQuestion } from './model-thread.ts';
import { nodeRunModel } from './node-models.ts';
import { answerCalls } from './thread-calls.ts';

// Bytes of code to run before it is optimised.
setFlagsFromString('--wasm-tiering-budget=1000000000');

const run = nodeRunModel((workerData as { readonly cache: string }).cache);

for (const [name, { inputShape }] of Object.entries(MODEL_FILES) as [ModelName, ModelFile][]) {
  // What fails here fails again when it is needed, and is reported then.
  run(name, new Float32Array(inputShape.reduce((a, b) => a * b)), inputShape).catch(() => {});
}

answerCalls<ModelQuestion>(async ({ model, input, shape }) => [await run(model, input, shape), []]);
