/**
 * The unknowns of several photos of one head, as one list of numbers of about the same scale.
 *
 * First the head: ln of its four factors, the tilt (rad) of this client's face against the cranium, ln of how much larger
 * than it is the mesh tells the face, and how far the face lies from where the mean one does (aside, up, forward, in units
 * of 100 mm); and how far the head lies along each way in which heads depart from the template. Then seven per photo, as
 * changes of its start: a turn of the head about its pivot (three, rad), the pivot's place in the image (two, in units of
 * 100 mm), ln of its size in the image, ln of the focal length. So the focal length can move without the head moving or
 * growing in the image: the camera steps back.
 */
import { WAYS } from '../head/depart-from-template.ts';
import { exp } from '../num/elementary.ts';
import type { Camera } from '../vec/camera.ts';
import { toCamera, unproject } from '../vec/camera.ts';
import { multiply, rotate, rotationFromVector } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { subtract } from '../vec/vec3.ts';

export const LOGS = [0, 1, 2, 3] as const;
export const TILT = 4;
export const TOLD_SIZE = 5;
export const FACE_PLACE = [6, 7, 8] as const;
export const DEPARTURES: readonly number[] = Array.from({ length: WAYS }, (_, k) => 9 + k);
const SHARED = 9 + WAYS;
const PER_VIEW = 7;

export interface ViewUnknowns {
  readonly turn: readonly [number, number, number];
  readonly place: readonly [number, number];
  readonly size: number;
  readonly focal: number;
  readonly all: readonly number[];
}

/** Where the unknowns of photo `k` stand in the list. */
export function unknownsOf(k: number): ViewUnknowns {
  const at = SHARED + PER_VIEW * k;
  const all = Array.from({ length: PER_VIEW }, (_, i) => at + i);
  return { turn: [at, at + 1, at + 2], place: [at + 3, at + 4], size: at + 5, focal: at + 6, all };
}

export const countOf = (views: number): number => SHARED + PER_VIEW * views;

/** 100 mm of the head per unit of `place`. */
export const PLACE_MM = 100;

/** The camera (template mm) that the unknowns of a photo make of its start. */
export function cameraAt(
  start: Camera,
  pivot: Vec3,
  { turn, place, size, focal }: ViewUnknowns,
  x: readonly number[],
): Camera {
  const q = toCamera(start, pivot);
  const pxPerMm = start.f / q[2];
  const f = start.f * exp(x[focal]);
  const depth = q[2] * exp(x[focal] - x[size]);
  const xPx = start.cx + (start.f * q[0]) / q[2] + PLACE_MM * pxPerMm * x[place[0]];
  const yPx = start.cy + (start.f * q[1]) / q[2] + PLACE_MM * pxPerMm * x[place[1]];
  const R = multiply(start.R, rotationFromVector([x[turn[0]], x[turn[1]], x[turn[2]]]));
  const seen = unproject({ ...start, f }, xPx, yPx, depth);
  return { f, cx: start.cx, cy: start.cy, R, t: subtract(seen, rotate(R, pivot)) };
}
