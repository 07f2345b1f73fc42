/**
 * The part of a photo that a plan is looked at in: the treated skin with room around it, down to about the eyes.
 *
 * In: the rectangle that the plan works on. Out: a rectangle inside the photo. Room is given in shares of its width.
 */
import type { PhotoBox } from './plan-messages.ts';

const ROOM_BESIDE = 0.1;
const ROOM_BELOW = 0.26;

export function headBox(treated: PhotoBox, widthPx: number, heightPx: number): PhotoBox {
  const room = Math.round(treated.widthPx * ROOM_BESIDE);
  const leftPx = Math.max(0, treated.leftPx - room);
  const topPx = Math.max(0, treated.topPx - room);
  const below = Math.round(treated.widthPx * ROOM_BELOW);
  return {
    leftPx,
    topPx,
    widthPx: Math.min(widthPx, treated.leftPx + treated.widthPx + room) - leftPx,
    heightPx: Math.min(heightPx, treated.topPx + treated.heightPx + below) - topPx,
  };
}

/** The samples of a rectangle, row by row. */
export function cropRgba(rgba: Uint8Array | Uint8ClampedArray, widthPx: number, box: PhotoBox): Uint8Array {
  const out = new Uint8Array(box.widthPx * box.heightPx * 4);
  for (let y = 0; y < box.heightPx; y++) {
    const from = ((box.topPx + y) * widthPx + box.leftPx) * 4;
    out.set(rgba.subarray(from, from + 4 * box.widthPx), y * 4 * box.widthPx);
  }
  return out;
}
