/**
 * Makes pictures on a thread of its own, so that the next scene, or the sheets, are made meanwhile; and before there are
 * pictures, does what a plan asks of single photos.
 */
import { Worker } from 'node:worker_threads';
import type { PHOTO_WORK, PhotoWork } from '@stipple/core/plan/photo-work.ts';
import type { PictureMaker, PictureOrder, SceneOrder } from './make-pictures.ts';
import { openThread } from './thread-calls.ts';

/** `make` takes scenes for good, whoever gives them away can no longer read them; the photo's shared memory stays. */
export interface PictureThread extends PictureMaker {
  readonly work: PhotoWork;
  readonly close: () => Promise<number>;
}

/** What the thread is asked besides pictures. */
export type WorkOrder = PhotoQuestion | ({ readonly kind: 'prepare' } & SceneOrder);

interface PhotoQuestion {
  readonly kind: 'work';
  readonly name: keyof typeof PHOTO_WORK;
  readonly question: readonly unknown[];
}

export function openPictureThread(): PictureThread {
  const worker = new Worker(new URL('./picture-worker.mjs', import.meta.url));
  const { ask, close } = openThread<PictureOrder | WorkOrder, unknown>(worker);
  const asking =
    (name: PhotoQuestion['name']) =>
    (...question: readonly unknown[]): Promise<unknown> =>
      ask({ kind: 'work', name, question }, []);
  return {
    make: (order) =>
      ask(order, order.kind === 'scene' ? buffersIn(order.scene) : []) as ReturnType<PictureMaker['make']>,
    prepare: (order) => ask({ kind: 'prepare', ...order }, []) as ReturnType<PictureMaker['prepare']>,
    work: { card: asking('card'), hair: asking('hair'), measures: asking('measures') } as PhotoWork,
    close,
  };
}

/** The memory of all arrays in a value of plain objects, but what is shared already. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersIn(part, found);
  }
  return [...found];
}
