/**
 * Puts the facts Stipple uses into a JPEG that has none: which way is up, the focal length, the colour profile.
 *
 * EXIF and ICC segments by CIPA DC-008 and ICC.1 annex B; a profile over 64 KB is cut into parts. The picture is not
 * touched; segments that are there already stay behind the new ones.
 */
import { joinBytes, viewOf } from './photo-header.ts';
import { plainExif } from './plain-exif.ts';
import type { PhotoFacts } from './read-photo-facts.ts';

export interface JpegTags extends Pick<PhotoFacts, 'orientation' | 'focal35mm'> {
  readonly icc: Uint8Array | null;
}

const APP1 = 0xe1;
const APP2 = 0xe2;
/** Of a segment's 65,533 bytes, less the name and the two numbers of a part. */
const ICC_PART_BYTES = 65_519;

export function tagJpeg(jpeg: Uint8Array, { icc, ...facts }: JpegTags): Uint8Array {
  const exif = plainExif(facts);
  const profile = icc ?? new Uint8Array();
  const count = Math.ceil(profile.length / ICC_PART_BYTES);
  const parts = Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(i * ICC_PART_BYTES, (i + 1) * ICC_PART_BYTES);
    return segment(APP2, 'ICC_PROFILE\0', joinBytes([Uint8Array.of(i + 1, count), part]));
  });
  const segments = [...(exif ? [segment(APP1, 'Exif\0\0', exif)] : []), ...parts];
  return joinBytes([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

function segment(marker: number, name: string, body: Uint8Array): Uint8Array {
  const head = new Uint8Array([0xff, marker, 0, 0, ...new TextEncoder().encode(name)]);
  viewOf(head).setUint16(2, head.length - 2 + body.length);
  return joinBytes([head, body]);
}
