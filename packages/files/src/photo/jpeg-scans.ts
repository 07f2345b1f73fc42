/**
 * The coded data of a JPEG: where a scan ends, and how many there are (ITU-T T.81 annex B).
 *
 * A progressive photo comes in some ten scans, and each takes a decoder over the whole picture: of 73 bytes a scan may be,
 * and keep it busy for 25 ms. libvips stops at a hundred; browsers and mozjpeg do not.
 */
import { viewOf } from './photo-header.ts';

export const MOST_SCANS = 100;

const SOS = 0xda;
const EOI = 0xd9;

/** Coded data run to the next marker that is neither a stuffed byte nor a restart. */
export function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Scans of the picture from the one whose marker stands at `at`, as far as they are of interest: to one more than `most`. */
export function countScans(bytes: Uint8Array, at: number, most: number): number {
  const view = viewOf(bytes);
  let scans = 0;
  // Tables may stand between them; behind the picture there may be anything.
  while (at + 4 <= bytes.length && bytes[at + 1] !== EOI && scans <= most) {
    if (bytes[at + 1] === SOS) scans++;
    at = endOfScan(bytes, at + 2 + view.getUint16(at + 2));
  }
  return scans;
}
