/**
 * The ranked reserve: every dot that a plan may ever show, as directions from the head's origin, best first.
 *
 * Laid once, evenly over the template's skin, and carried by direction to every head: dot number 17 is the same dot
 * on every client and after every edit. Its number is its rank: the first n dots are spread evenly for every n, so
 * thinning the reserve to any density is one comparison per dot.
 */
import { PATCHES, PATCH_SIDE, seatingOf } from './seating.ts';
import type { Seating } from './seating.ts';

export interface Reserve {
  readonly count: number;
  /** Octahedral u, v per dot in rank order; 0..65535 stands for -1..1. */
  readonly uv: Uint16Array;
  /** Dots of the whole reserve per steradian around each dot: what tells the density on another head. */
  readonly perSteradian: Uint16Array;
  /** Dots by the patch of the head that they lie in, each patch in the order of rank: neighbours are near each other. */
  readonly byPatch: Int32Array;
  /** First place in `byPatch` of each patch; one more than there are patches. */
  readonly patchStart: Int32Array;
  /** The same by small cells, for the second way of laying out. */
  readonly seating: Seating;
}

/** `uv` and `perSteradian` as a reserve has them. */
export function reserveOf(uv: Uint16Array, perSteradian: Uint16Array): Reserve {
  const count = perSteradian.length;
  const patchOf = (i: number): number =>
    ((uv[2 * i] * PATCH_SIDE) >> 16) + PATCH_SIDE * ((uv[2 * i + 1] * PATCH_SIDE) >> 16);
  const patchStart = new Int32Array(PATCHES + 1);
  for (let i = 0; i < count; i++) patchStart[patchOf(i) + 1]++;
  for (let p = 0; p < PATCHES; p++) patchStart[p + 1] += patchStart[p];
  const next = patchStart.slice();
  const byPatch = new Int32Array(count);
  for (let i = 0; i < count; i++) byPatch[next[patchOf(i)]++] = i;
  return { count, uv, perSteradian, byPatch, patchStart, seating: seatingOf(uv, perSteradian) };
}

/** u or v in [-1, 1] of its stored number. */
export const octahedralUnit = (stored: number): number => stored / 32767.5 - 1;

const MAGIC = 0x53505452;
const VERSION = 1;
const HEADER_BYTES = 12;

/** Header (magic, version, count as unsigned 32-bit) and the two tables, little-endian; the same bytes everywhere. */
export function encodeReserve({ count, uv, perSteradian }: Reserve): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + count * 6);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, count, true);
  for (let i = 0; i < 2 * count; i++) view.setUint16(HEADER_BYTES + 2 * i, uv[i], true);
  for (let i = 0; i < count; i++) view.setUint16(HEADER_BYTES + 4 * count + 2 * i, perSteradian[i], true);
  return bytes;
}

/** Throws RangeError when the bytes are not a whole reserve of this version: the shell then builds it anew. */
export function decodeReserve(bytes: Uint8Array): Reserve {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new RangeError('not a reserve of dots');
  const version = view.getUint32(4, true);
  if (version !== VERSION) throw new RangeError(`reserve of version ${version}, wanted ${VERSION}`);
  const count = view.getUint32(8, true);
  if (bytes.byteLength !== HEADER_BYTES + count * 6) throw new RangeError('reserve of dots ends too early or too late');
  // Little-endian, as every machine is that Node and browsers run on: read as they stand.
  const tables = new Uint16Array(new Uint8Array(bytes.subarray(HEADER_BYTES)).buffer);
  return reserveOf(tables.subarray(0, 2 * count), tables.subarray(2 * count));
}
