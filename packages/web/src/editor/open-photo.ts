import { Refusal } from '@stipple/core/units/refusal.ts';
import { MAX_PHOTO_BYTES, readPhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { sniffPhotoType } from '@stipple/files/photo/sniff-photo-type.ts';

/** Enough to know a type by, and little enough of a film of gigabytes. */
const START_BYTES = 4096;

/**
 * The bytes of a file that claims to be a photo which can be planned on; whether its picture is whole shows only when
 * it is decoded.
 *
 * @throws Refusal, as `readPhotoFacts`
 */
export async function openPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  sniffPhotoType(new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer()));
  if (file.size > MAX_PHOTO_BYTES) throw new Refusal('photo-too-large', `${(file.size / 1048576).toFixed(0)} MB`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  readPhotoFacts(bytes);
  return bytes;
}
