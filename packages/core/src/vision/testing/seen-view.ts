import type { HeadShape } from '../../head/head-shape.ts';
import { project } from '../../vec/camera.ts';
import type { Camera } from '../../vec/camera.ts';
import { MESH_POINTS } from '../face-mesh.ts';
import { FACE_RIGID, asMeshTells } from '../solve-pose.ts';
import type { ViewEvidence } from '../view-evidence.ts';
import { misjudged, personMask } from './person-mask.ts';

/** Upright photos of this many pixels a side, the head inside this square. */
export const SIDE_PX = 1024;
export const MIDDLE_PX = (SIDE_PX - 1) / 2;
export const HEAD_SQUARE = { leftPx: 190, topPx: 90, sidePx: 640 };

/** What the mesh of a mean face tells in a photo. */
export function faceSeenBy(camera: Camera): NonNullable<ViewEvidence['face']> {
  const [xPx, yPx] = [new Float32Array(MESH_POINTS), new Float32Array(MESH_POINTS)];
  const told = asMeshTells(camera);
  for (const { index, point } of FACE_RIGID) [xPx[index], yPx[index]] = project(told, point);
  return { xPx, yPx, widthPx: 300 };
}

/** What a photo of `head` by `camera` says when its start is some degrees off; cameras know heads of face 1. */
export const seenView = (
  view: string,
  head: HeadShape,
  camera: Camera,
  changes: Partial<ViewEvidence> = {},
  [yawOff, pitchOff]: readonly [number, number] = [3, -3],
): ViewEvidence => ({
  view,
  widthPx: SIDE_PX,
  heightPx: SIDE_PX,
  start: misjudged(camera, yawOff, pitchOff),
  placedBy: 'face',
  isFocalKnown: false,
  face: faceSeenBy(camera),
  anchors: [],
  person: personMask(camera, { ...head, face: 1 }, HEAD_SQUARE),
  hair: null,
  distances: [],
  ...changes,
});
