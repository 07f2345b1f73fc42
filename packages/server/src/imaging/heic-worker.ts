/** A thread that decodes its share of one HEIC photo's tiles. Started by heic-threads.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { decodeHeifTiles } from '@stipple/files/photo/heif-tiles.ts';
import type { HeicMessage, HeicOrder } from './heic-threads.ts';

const port = parentPort;
if (!port) throw new Error('heic-worker runs in a thread');
const post = (message: HeicMessage, handedOver: ArrayBuffer[] = []): void => port.postMessage(message, handedOver);
const { bytes, wasm, share } = workerData as HeicOrder;

try {
  await decodeHeifTiles(bytes, wasm, share, (tile) => post({ kind: 'tile', tile }, [tile.rgba.buffer]));
  post({ kind: 'done' });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  post({ kind: 'refused', code: error.code, detail: error.detail });
}
