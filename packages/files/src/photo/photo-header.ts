/** 1 is upright; 2 to 8 are the mirrored and turned ones of EXIF. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What the header of a photo file claims about the samples it stores, and the metadata blocks found on the way. */
export interface PhotoHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Model of the stored samples; a palette counts as the colours it holds. */
  readonly colour: 'grey' | 'rgb' | 'cmyk';
  readonly bitsPerSample: number;
  /** Turn that the container itself tells, in EXIF's numbers; that of the EXIF block does not count then. */
  readonly orientation?: Orientation;
  /** More than one picture in time (animated WebP, APNG). */
  readonly isAnimated: boolean;
  /** TIFF structure of the EXIF block, without its 'Exif' prefix. */
  readonly exif: Uint8Array | null;
  /** The ICC profile's bytes as embedded, put together and inflated, not yet believed. */
  readonly icc: Uint8Array | null;
}

/** Larger profiles are left out: real ones of cameras and screens take 0.5 to 10 KB, of printing presses 2 MB. */
export const MAX_ICC_BYTES = 4 * 1024 * 1024;

/** A view in which reading past the end throws RangeError, whatever a length field claims. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether the bytes of `text` (one per character) stand at `at`. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The EXIF block without the prefix some writers put before it. */
export const withoutExifPrefix = (block: Uint8Array): Uint8Array =>
  hasText(block, 0, 'Exif\0') ? block.subarray(6) : block;

export function joinBytes(pieces: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
