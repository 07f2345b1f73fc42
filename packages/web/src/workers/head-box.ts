/**
 * The part of a photo that a plan is looked at in: the treated skin with room around it, down to about the eyes.
 *
 * In: one byte per pixel, non-zero where the plan changes it. Out: a rectangle inside the photo; the whole photo when
 * nothing is changed. Room is given in shares of the treated width.
 */
import type { PhotoBox } from './plan-messages.ts';

const ROOM_BESIDE = 0.16;
const ROOM_BELOW = 0.3;

export function headBox(changed: Uint8Array, widthPx: number, heightPx: number): PhotoBox {
  let [left, right, top, bottom] = [widthPx, -1, heightPx, -1];
  for (let y = 0; y < heightPx; y++) {
    const row = changed.subarray(y * widthPx, (y + 1) * widthPx);
    const first = row.findIndex((value) => value !== 0);
    if (first < 0) continue;
    top = Math.min(top, y);
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, row.findLastIndex((value) => value !== 0));
  }
  if (right < 0) return { leftPx: 0, topPx: 0, widthPx, heightPx };
  const room = Math.round((right - left) * ROOM_BESIDE);
  const leftPx = Math.max(0, left - room);
  const topPx = Math.max(0, top - room);
  return {
    leftPx,
    topPx,
    widthPx: Math.min(widthPx, right + 1 + room) - leftPx,
    heightPx: Math.min(heightPx, bottom + 1 + Math.round((right - left) * ROOM_BELOW)) - topPx,
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
