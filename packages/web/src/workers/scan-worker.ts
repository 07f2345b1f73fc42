/**
 * Reads one scan of a head, then ends with whoever started it: a bundle of its own, which nobody loads who has no scan.
 *
 * Draco's decoder comes from this computer like everything else.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { parseScanLandmarks } from '@stipple/files/documents/parse-scan-landmarks.ts';
import { MAX_SMALL_JSON_BYTES } from '@stipple/files/documents/small-json.ts';
import { readHeadScan } from '@stipple/files/scan/read-head-scan.ts';
import { MAX_SCAN_BYTES } from '@stipple/files/scan/scan-parts.ts';
import dracoWasmUrl from 'draco3dgltf/draco_decoder_gltf.wasm';
import type { PageToScanWorker, ScanWorkerToPage } from './scan-messages.ts';

self.onmessage = async ({ data: { file, unit, landmarks } }: MessageEvent<PageToScanWorker>) => {
  const tell = (message: ScanWorkerToPage): void => self.postMessage(message);
  try {
    // Of gigabytes a browser gives nothing at all.
    if (file.size > MAX_SCAN_BYTES) throw new Refusal('scan-too-large', `${Math.round(file.size / 1e6)} MB`);
    const points = landmarks && parseScanLandmarks(await smallText(landmarks), landmarks.name);
    const bytes = new Uint8Array(await file.arrayBuffer());
    tell({ kind: 'scan', scan: await readHeadScan(bytes, file.name, unit, points, loadDraco) });
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, detail, reason, remedy } = error;
      tell({ kind: 'refused', refusal: { code, detail, reason, remedy } });
    } else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

/** A character more than is taken is refused by whoever reads it. */
const smallText = (file: File): Promise<string> => file.slice(0, 4 * (MAX_SMALL_JSON_BYTES + 1)).text();

async function loadDraco(): Promise<Uint8Array> {
  const answer = await fetch(new URL(dracoWasmUrl, self.location.href));
  if (!answer.ok) throw new Error(`${dracoWasmUrl} could not be loaded (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}
