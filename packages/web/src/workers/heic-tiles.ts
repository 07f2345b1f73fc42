/** Decodes a HEIC photo in workers of its own, which divide its tiles between them and end with the photo. */
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { DecodeTiles } from '@stipple/files/photo/decode-heic.ts';
import type { StoredTile } from '@stipple/files/photo/heif-tiles.ts';
import libheifWasmUrl from 'libheif-js/libheif-wasm/libheif.wasm';
import type { HeicWorkerToPlan, PlanToHeicWorker } from './heic-messages.ts';

/** Far more than any photo within the bounds takes on a tablet. */
const DECODE_SECONDS = 60;

export const decodeTilesInWorkers: DecodeTiles = async (bytes, give) => {
  const answer = await fetch(new URL(libheifWasmUrl, self.location.href));
  if (!answer.ok) throw new Error(`${libheifWasmUrl} could not be loaded (${answer.status})`);
  const wasm = new Uint8Array(await answer.arrayBuffer());
  const of = navigator.hardwareConcurrency > 1 ? 2 : 1;
  const workers = Array.from(
    { length: of },
    () => new Worker(new URL('heic-worker.js', self.location.href), { type: 'module' }),
  );
  let watch: ReturnType<typeof setTimeout> | undefined;
  const tooSlow = new Promise<never>((_, fail) => {
    watch = setTimeout(() => fail(new Refusal('too-slow')), 1000 * DECODE_SECONDS);
  });
  try {
    const shares = workers.map((worker, index) => tilesFrom(worker, { bytes, wasm, share: { index, of } }, give));
    await Promise.race([Promise.all(shares), tooSlow]);
  } finally {
    clearTimeout(watch);
    for (const worker of workers) worker.terminate();
  }
};

const tilesFrom = (worker: Worker, order: PlanToHeicWorker, give: (tile: StoredTile) => void): Promise<void> =>
  new Promise((done, fail) => {
    worker.onerror = ({ message }) => fail(new Error(message || 'the HEIC decoder could not be started'));
    worker.onmessage = ({ data }: MessageEvent<HeicWorkerToPlan>) => {
      if (data.kind === 'tile') give(data.tile);
      else if (data.kind === 'refused') fail(new Refusal(data.code, data.detail));
      else if (data.kind === 'failed') fail(new Error(data.message));
      else done();
    };
    worker.postMessage(order);
  });
