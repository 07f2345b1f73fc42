/**
 * The planning process: computes one plan and tells steps, the result or a refusal. Started by plan-process.ts.
 *
 * What takes longest to be ready, the networks and the decoder, is started before the computation is even loaded.
 */
import { setFlagsFromString } from 'node:v8';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { openDecoder } from '../imaging/decode-process.ts';
import { openModelThread } from '../imaging/model-thread.ts';
import { openPictureThread, type PictureThread } from '../imaging/picture-thread.ts';
import type { OutputFile, OutputStage, PlanJob, PlanListener } from './make-plan.ts';
import type { PlanProcessMessage, PlanProcessOrder } from './plan-process.ts';
import { putOnStage } from './write-output.ts';

/**
 * A plan runs much code for a second and little for long. Six times the budget before code is optimised and a nursery that
 * grows to its full size at once spare the compiler's and collector's threads, which share the cores with the pictures',
 * half a second of eight. Set from here, a flag that an engine does not know is passed over; on its command line it would
 * end the process. They hold for what is loaded and for threads that are started from now on.
 */
for (const flag of ['--interrupt-budget=400000', '--semi-space-growth-factor=16']) setFlagsFromString(flag);

const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endAtOnce);
// Whoever started it may have been killed before this line, and then nobody tells.
if (!process.connected) endAtOnce();

const [cache, kind] = process.argv.slice(2) as [cache: string, kind: PlanJob['kind']];
const models = kind === 'plan' ? openModelThread(cache) : null;
const decoder = openDecoder();

let opened: PictureThread | null = null;
/** Started when it is first asked: until then decoder and networks have the cores. */
const pictures = (): PictureThread => (opened ??= openPictureThread());

const tell = (message: PlanProcessMessage): boolean | undefined => process.send?.(message);

// An interrupt from the terminal reaches this process too; whoever started it decides, and ends it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

/** Puts files one after the other, so that the threads that write are left to those that compress. */
function puttingOn(stage: OutputStage): {
  readonly onFile: (file: OutputFile) => void;
  readonly all: () => Promise<void>;
} {
  let before: Promise<void> = Promise.resolve();
  const put = async (file: OutputFile): Promise<void> => {
    await putOnStage(stage, file);
    tell({ kind: 'put', name: file.name });
  };
  return {
    onFile: (file) => {
      before = before.then(() => put(file));
      // The work ends with the first that cannot be written.
      before.catch(tellFault);
    },
    all: () => before,
  };
}

function tellFault(error: unknown): void {
  if (error instanceof Refusal) tell({ kind: 'refused', code: error.code, detail: error.detail });
  else tell({ kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

process.once('message', async ({ job, stage }: PlanProcessOrder) => {
  try {
    const { computePlan } = await import('./compute-plan.ts');
    const tools = { cache, decoder, models, pictures };
    const putting = stage && puttingOn(stage);
    const listener: PlanListener = {
      onStep: (step) => tell({ kind: 'step', step }),
      onFile: putting?.onFile ?? ((file) => tell({ kind: 'file', file })),
    };
    const summary = await computePlan(job, tools, listener);
    await putting?.all();
    tell({ kind: 'done', summary });
  } catch (error) {
    tellFault(error);
  }
});
