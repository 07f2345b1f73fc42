/** Makes pictures on a thread of its own, so that the next scene, or the sheets, are made meanwhile. */
import { Worker } from 'node:worker_threads';
import type { MakePicture, PictureOrder } from './make-pictures.ts';
import { openThread } from './thread-calls.ts';

/** `make` takes scenes for good, whoever gives them away can no longer read them; the photo's shared memory stays. */
export function openPictureThread(): { readonly make: MakePicture; readonly close: () => Promise<number> } {
  const worker = new Worker(new URL('./picture-worker.mjs', import.meta.url));
  const { ask, close } = openThread<PictureOrder, Uint8Array<ArrayBuffer>>(worker);
  return { make: (order) => ask(order, order.kind === 'scene' ? buffersIn(order.scene) : []), close };
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
