/** Decodes a HEIC photo on two threads, which divide its tiles between them. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import type { DecodeTiles } from '@stipple/files/photo/decode-heic.ts';
import type { StoredTile, TileShare } from '@stipple/files/photo/heif-tiles.ts';

export interface HeicOrder {
  readonly bytes: Uint8Array;
  readonly wasm: Uint8Array;
  readonly share: TileShare;
}

export type HeicMessage =
  | { readonly kind: 'tile'; readonly tile: StoredTile }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string | null };

const THREADS = 2;

export const heicWasm = (): Promise<Uint8Array> =>
  readFile(createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm'));

/** Runs heic-worker.mjs, bundled beside this module. */
export const decodeTilesInThreads: DecodeTiles = async (bytes, give) => {
  const wasm = await heicWasm();
  const workers = Array.from({ length: THREADS }, (_, index) => {
    const order: HeicOrder = { bytes, wasm, share: { index, of: THREADS } };
    return new Worker(new URL('./heic-worker.mjs', import.meta.url), { workerData: order });
  });
  try {
    await Promise.all(workers.map((worker) => tilesFrom(worker, give)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

const tilesFrom = (worker: Worker, give: (tile: StoredTile) => void): Promise<void> =>
  new Promise((done, fail) => {
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the HEIC thread has ended (${code})`)));
    worker.on('message', (message: HeicMessage) => {
      if (message.kind === 'tile') give(message.tile);
      else if (message.kind === 'refused') fail(new Refusal(message.code, message.detail));
      else done();
    });
  });
