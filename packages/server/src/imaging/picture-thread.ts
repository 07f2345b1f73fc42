/** Makes pictures on a thread of its own, so that the next one is drawn meanwhile. */
import { Worker } from 'node:worker_threads';
import type { MakePicture, PictureOrder } from './make-pictures.ts';
import { openThread } from './thread-calls.ts';

/** `make` takes patches for good, whoever gives them away can no longer read them; the photo's shared memory stays. */
export function openPictureThread(): { readonly make: MakePicture; readonly close: () => Promise<number> } {
  const worker = new Worker(new URL('./picture-worker.mjs', import.meta.url));
  const { ask, close } = openThread<PictureOrder, Uint8Array<ArrayBuffer>>(worker);
  return {
    make: (order) =>
      ask(
        order,
        patchesOf(order).map(({ rgba }) => rgba.buffer),
      ),
    close,
  };
}

function patchesOf(order: PictureOrder) {
  if (order.kind === 'look') return [order.patch];
  // The patch of a thumbnail is that of a look as well.
  return order.kind === 'panels' ? order.patches : [];
}
