/**
 * What goes through the pipes between this process and the one that decodes photos: blocks behind their length.
 *
 * There a photo's bytes, back a reply in JSON and, when the photo was decoded, its pixels behind it.
 */
import type { RefusalCode } from '@stipple/core/units/refusal.ts';
import type { DecodedPhoto } from './decode-photo.ts';

export type DecodeReply =
  | (Pick<DecodedPhoto, 'focal35mm' | 'sha256' | 'type'> & {
      readonly kind: 'decoded';
      readonly widthPx: number;
      readonly heightPx: number;
      /** Base64. */
      readonly icc: string | null;
    })
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string | null }
  /** A fault of ours, with its stack. */
  | { readonly kind: 'failed'; readonly message: string };

const LENGTH_BYTES = 4;

/** The length that stands before a block of so many bytes. */
export function lengthBefore(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}

/** Collects chunks as a pipe gives them, and calls `onBlock` with each whole block. */
export function blockReader(onBlock: (block: Uint8Array) => void): (chunk: Uint8Array) => void {
  let length = new Uint8Array(LENGTH_BYTES);
  let block: Uint8Array | null = null;
  let filled = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length || block?.length === 0;) {
      const target = block ?? length;
      const taken = chunk.subarray(at, at + target.length - filled);
      target.set(taken, filled);
      at += taken.length;
      filled += taken.length;
      if (filled < target.length) return;
      filled = 0;
      if (block) {
        onBlock(block);
        block = null;
      } else {
        block = sharedBytes(new DataView(length.buffer).getUint32(0));
        length = new Uint8Array(LENGTH_BYTES);
      }
    }
  };
}

/** In memory that threads read at the same time, without copying. */
const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
