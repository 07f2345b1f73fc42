/**
 * Computes a plan in a process of its own, so that an interrupt is obeyed at once, however busy the computation is, the
 * terminal's progress stays alive, and the memory of a large photo is given back as soon as it is not needed.
 *
 * A plan allocates and frees many arrays of megabytes on several threads. Left to itself, glibc keeps what was freed, in
 * a heap per thread: 590 MB at the peak for 12 megapixels. One heap, and arrays from 1 MB on asked of the system one by
 * one, make it 440 MB at no cost in time; both can only be asked for before a process starts. Elsewhere than with glibc
 * the words mean nothing.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';
import type { MakePlan, OutputFile, OutputStage, PlanJob } from './make-plan.ts';

export interface PlanProcessOrder {
  readonly job: PlanJob;
  /** Where the files go; sent back when null. */
  readonly stage: OutputStage | null;
}

export type PlanProcessMessage =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'file'; readonly file: OutputFile }
  /** A file that is on the stage, synced. */
  | { readonly kind: 'put'; readonly name: string }
  | { readonly kind: 'done'; readonly summary: Summary }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string | null }
  /** A fault of ours, with its stack. */
  | { readonly kind: 'failed'; readonly stack: string };

const ALLOCATION = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: String(1 << 20) };

/** V8 aborts, and systems kill, what takes more memory than there is. */
const faultOfExit = (code: number | null, end: NodeJS.Signals | null): Error =>
  end === 'SIGKILL' || end === 'SIGABRT'
    ? new Refusal('too-little-memory', end)
    : new Error(`the planning process ended early (${code ?? end})`);

/** A MakePlan that runs plan-worker.mjs, bundled beside this module; `cache` is the folder of what set-up prepared. */
export function planProcess(cache: string): MakePlan {
  return (job, keeper, signal) =>
    new Promise<Summary>((done, fail) => {
      if (signal.aborted) return fail(new Refusal('interrupted'));
      const stage = keeper.stage?.() ?? null;
      const child = fork(fileURLToPath(new URL('./plan-worker.mjs', import.meta.url)), [cache, job.kind], {
        serialization: 'advanced',
        execArgv: [],
        env: { ...process.env, ...ALLOCATION },
      });
      const settle = (act: () => void) => {
        signal.removeEventListener('abort', onAbort);
        child.removeAllListeners().kill('SIGKILL');
        act();
      };
      const onAbort = () => settle(() => fail(new Refusal('interrupted')));
      signal.addEventListener('abort', onAbort);
      child.on('error', (error) => settle(() => fail(error)));
      child.on('exit', (code, end) => settle(() => fail(faultOfExit(code, end))));
      child.on('message', (message: PlanProcessMessage) => {
        switch (message.kind) {
          case 'step':
            return keeper.onStep(message.step);
          case 'file':
            try {
              return keeper.onFile(message.file);
            } catch (error) {
              return settle(() => fail(error));
            }
          case 'put':
            return keeper.onPut?.(message.name);
          case 'refused':
            return settle(() => fail(new Refusal(message.code, message.detail)));
          case 'failed':
            return settle(() => fail(Object.assign(new Error('the plan failed'), { stack: message.stack })));
          case 'done':
            return settle(() => done(message.summary));
        }
      });
      child.send({ job, stage } satisfies PlanProcessOrder);
    });
}
