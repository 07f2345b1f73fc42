/**
 * A photo as every browser can show it: the file as it is, or the pixels of a HEIC, which few browsers know, as an
 * uncompressed PNG in the photo's own colour space.
 */
import { writePng } from '@stipple/files/exports/write-png.ts';
import { decodeHeic } from '@stipple/files/photo/decode-heic.ts';
import { readPhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { decodeTilesInWorkers } from './heic-tiles.ts';

/** @throws Refusal, as `readPhotoFacts`, and 'photo-unreadable' or 'too-slow' for a HEIC that cannot be decoded */
export async function showablePhoto(bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  const { type, profile } = readPhotoFacts(bytes);
  if (type !== 'heic') return new Blob([bytes]);
  const { widthPx, heightPx, rgba } = await decodeHeic(bytes, decodeTilesInWorkers);
  const png = writePng({ widthPx, heightPx, channels: 4, samples: rgba }, profile?.bytes ?? null, 0);
  return new Blob([png], { type: 'image/png' });
}
