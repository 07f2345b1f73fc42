/**
 * Decodes its share of one HEIC photo's tiles, then is ended by whoever started it: a bundle of its own, which nobody
 * loads who has no HEIC. Started by heic-tiles.ts.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { decodeHeifTiles } from '@stipple/files/photo/heif-tiles.ts';
import type { HeicWorkerToPlan, PlanToHeicWorker } from './heic-messages.ts';

self.onmessage = async ({ data: { bytes, wasm, share } }: MessageEvent<PlanToHeicWorker>) => {
  const tell = (message: HeicWorkerToPlan, transfer: Transferable[] = []): void =>
    self.postMessage(message, { transfer });
  try {
    await decodeHeifTiles(bytes, wasm, share, (tile) => tell({ kind: 'tile', tile }, [tile.rgba.buffer]));
    tell({ kind: 'done' });
  } catch (error) {
    if (error instanceof Refusal) tell({ kind: 'refused', code: error.code, detail: error.detail });
    else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
