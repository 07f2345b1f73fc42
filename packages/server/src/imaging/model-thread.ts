/**
 * Runs the neural networks on a thread of its own: the runtime is loaded while the photo is decoded, and its 150 MB are
 * given back before the pictures are drawn.
 */
import { Worker } from 'node:worker_threads';
import type { ModelName, RunModel } from '@stipple/core/vision/pixels.ts';
import { openThread } from './thread-calls.ts';

export interface ModelQuestion {
  readonly model: ModelName;
  readonly input: Float32Array;
  readonly shape: readonly number[];
}

export interface ModelThread {
  readonly run: RunModel;
  readonly close: () => Promise<number>;
}

/** `cache` is the folder of what set-up prepared. */
export function openModelThread(cache: string): ModelThread {
  const worker = new Worker(new URL('./model-worker.mjs', import.meta.url), { workerData: { cache } });
  const { ask, close } = openThread<ModelQuestion, Awaited<ReturnType<RunModel>>>(worker);
  return { run: (model, input, shape) => ask({ model, input, shape }, []), close };
}
