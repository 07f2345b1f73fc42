/** The thread of the neural networks. Started by model-thread.ts. */
import { workerData } from 'node:worker_threads';
import type { ModelQuestion } from './model-thread.ts';
import { nodeRunModel } from './node-models.ts';
import { answerCalls } from './thread-calls.ts';

const run = nodeRunModel((workerData as { readonly cache: string }).cache);

answerCalls<ModelQuestion>(async ({ model, input, shape }) => [await run(model, input, shape), []]);
