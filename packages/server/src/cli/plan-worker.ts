/** The planning thread: computes one plan and posts steps, the result or a refusal. Started by plan-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { openModelThread } from '../imaging/model-thread.ts';
import { openPngThread } from '../imaging/png-thread.ts';
import { computePlan } from './compute-plan.ts';
import type { ThreadMessage, ThreadOrder } from './plan-thread.ts';

const port = parentPort;
if (!port) throw new Error('plan-worker runs in a thread');
const post = (message: ThreadMessage): void => port.postMessage(message);
const { job, cache } = workerData as ThreadOrder;

const { encode, close } = openPngThread();

try {
  const tools = { cache, encode, openModels: () => openModelThread(cache) };
  post({ kind: 'done', output: await computePlan(job, tools, (step) => post({ kind: 'step', step })) });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  post({ kind: 'refused', code: error.code, detail: error.detail });
} finally {
  await close();
}
