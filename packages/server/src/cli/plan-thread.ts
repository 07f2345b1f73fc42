/**
 * Computes a plan in a thread of its own, so that an interrupt is obeyed at once, however busy the computation is,
 * and the terminal's progress stays alive.
 */
import { Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { MakePlan, PlanJob, PlanOutput } from './make-plan.ts';

export interface ThreadOrder {
  readonly job: PlanJob;
  /** Folder of what set-up prepared. */
  readonly cache: string;
}

export type ThreadMessage =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'done'; readonly output: PlanOutput }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string | null };

/** A MakePlan that runs plan-worker.mjs, bundled beside this module. */
export function planThread(cache: string): MakePlan {
  return (job, onStep, signal) =>
    new Promise<PlanOutput>((done, fail) => {
      if (signal.aborted) return fail(new Refusal('interrupted'));
      const order: ThreadOrder = { job, cache };
      const worker = new Worker(new URL('./plan-worker.mjs', import.meta.url), { workerData: order });
      const settle = (act: () => void) => {
        signal.removeEventListener('abort', onAbort);
        void worker.terminate();
        act();
      };
      const onAbort = () => settle(() => fail(new Refusal('interrupted')));
      signal.addEventListener('abort', onAbort);
      worker.on('error', (error) => settle(() => fail(error)));
      worker.on('exit', (code) => settle(() => fail(new Error(`the planning thread ended early (${code})`))));
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'step') onStep(message.step);
        else if (message.kind === 'refused') settle(() => fail(new Refusal(message.code, message.detail)));
        else settle(() => done(message.output));
      });
    });
}
