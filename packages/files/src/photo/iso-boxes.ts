/**
 * The boxes that HEIF files are made of (ISO/IEC 14496-12 section 4.2): a length, four letters, a body.
 *
 * Believes no length: a box that reaches past the end of what holds it ends the walk after it was given with what is
 * there, as the last box of a truncated file does. Numbers read past the end throw RangeError.
 */
import { viewOf } from './photo-header.ts';

export interface IsoBox {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Enough for the thousand items of a large grid with all their properties; a file of empty boxes stops here. */
const MOST_BOXES = 10_000;

export function isoBoxes(bytes: Uint8Array, from = 0): IsoBox[] {
  const view = viewOf(bytes);
  const boxes: IsoBox[] = [];
  for (let at = from; at + 8 <= bytes.length && boxes.length < MOST_BOXES;) {
    const short = view.getUint32(at);
    if (short === 1 && at + 16 > bytes.length) break;
    const head = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? bytes.length - at : short;
    if (length < head) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    boxes.push({ type, body: bytes.subarray(at + head, at + length) });
    at += length;
  }
  return boxes;
}

export const boxNamed = (boxes: readonly IsoBox[], type: string): Uint8Array | null =>
  boxes.find((box) => box.type === type)?.body ?? null;

/** Reads big-endian numbers one after the other. */
export class NumberReader {
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#view = viewOf(bytes);
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  /** A whole number of 0, 1, 2, 4 or 8 bytes; of no bytes it is 0. */
  take(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    switch (bytes) {
      case 0:
        return 0;
      case 1:
        return this.#view.getUint8(at);
      case 2:
        return this.#view.getUint16(at);
      case 4:
        return this.#view.getUint32(at);
      case 8:
        return Number(this.#view.getBigUint64(at));
      default:
        throw new RangeError(`no number has ${bytes} bytes`);
    }
  }
}
