/**
 * How a photo lies in its frame on the screen: `scale` screen px per photo px, its top left corner at (x, y) of the frame.
 *
 * A place of the photo is that of a pixel's centre; the corner of the first pixel is (-0.5, -0.5).
 */
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Zoomed {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Screen px per photo px at most: single pixels can be told apart there. */
const CLOSEST = 8;

export function fitted(frame: Size, photo: Size): Zoomed {
  const scale = Math.min(frame.width / photo.width, frame.height / photo.height);
  return { scale, x: (frame.width - scale * photo.width) / 2, y: (frame.height - scale * photo.height) / 2 };
}

export const onScreen = ({ scale, x, y }: Zoomed, [px, py]: PhotoPlace): readonly [x: number, y: number] => [
  x + (px + 0.5) * scale,
  y + (py + 0.5) * scale,
];

/** The place under a point of the frame, held inside the photo and given to a tenth of a pixel. */
export function placeUnder({ scale, x, y }: Zoomed, [sx, sy]: readonly [number, number], photo: Size): PhotoPlace {
  const held = (v: number, size: number): number => Math.round(10 * Math.min(size - 1, Math.max(0, v))) / 10;
  return [held((sx - x) / scale - 0.5, photo.width), held((sy - y) / scale - 0.5, photo.height)];
}

/** `factor` times closer about a point of the frame, then moved; the photo is never lost from the frame. */
export function zoomedBy(
  view: Zoomed,
  factor: number,
  [ax, ay]: readonly [number, number],
  [dx, dy]: readonly [number, number],
  frame: Size,
  photo: Size,
): Zoomed {
  const whole = fitted(frame, photo);
  const scale = Math.max(whole.scale, Math.min(Math.max(CLOSEST, whole.scale), view.scale * factor));
  if (scale === whole.scale) return whole;
  const k = scale / view.scale;
  const within = (at: number, room: number, size: number): number =>
    size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, at));
  return {
    scale,
    x: within(ax - (ax - view.x) * k + dx, frame.width, scale * photo.width),
    y: within(ay - (ay - view.y) * k + dy, frame.height, scale * photo.height),
  };
}
