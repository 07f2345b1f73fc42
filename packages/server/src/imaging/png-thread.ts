/** Encodes pictures on a thread of its own, so that the next one is drawn meanwhile. */
import { Worker } from 'node:worker_threads';
import { pngPanels, type PngPicture } from '@stipple/files/exports/write-png.ts';
import { openThread } from './thread-calls.ts';

/** Writes one picture as PNG, as encode-png.ts does. */
export type EncodePng = (picture: PngPicture, icc: Uint8Array | null) => Promise<Uint8Array<ArrayBuffer>>;

export interface PngQuestion {
  readonly picture: PngPicture;
  readonly icc: Uint8Array | null;
}

/** `encode` takes samples and patches for good, whoever gives them away can no longer read them; shared memory stays. */
export function openPngThread(): { readonly encode: EncodePng; readonly close: () => Promise<number> } {
  const worker = new Worker(new URL('./png-worker.mjs', import.meta.url));
  const { ask, close } = openThread<PngQuestion, Uint8Array<ArrayBuffer>>(worker);
  return {
    encode: (picture, icc) =>
      ask(
        { picture, icc },
        pngPanels(picture)
          .flatMap(({ samples, patch }) => [samples.buffer, ...(patch ? [patch.rgba.buffer] : [])])
          .filter((buffer) => buffer instanceof ArrayBuffer),
      ),
    close,
  };
}
