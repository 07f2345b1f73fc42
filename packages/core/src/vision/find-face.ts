/**
 * The one face in a photo, as a mesh; or why there is none to work with.
 *
 * The whole photo is looked at first, then turned by quarters (phones that lost their orientation), then tile by tile
 * (small faces; also to look for others beside a small one). Three passes of the mesh follow, each in the square that the
 * one before suggests. The mesh alone will fit a face to an ear, and be sure of it: so the detector must find a face in
 * the last square, with its eyes where the mesh has them (real faces, also bowed: 0.74 and more, eyes within 0.11 of a
 * face's width; ears and crowns: 0.58 at most where the eyes agree).
 *
 * Promises: 'several-faces' when a second face, at least 0.4 as wide as the client's, is confirmed by its mesh (a poster or
 * passers-by in the background are smaller); 'face-too-small' below 90 px; 'face-unsure' when a face is there but
 * its flag stays under 0.9; 'no-face' otherwise.
 */
import { PI, hypot2 } from '../num/elementary.ts';
import { Refusal } from '../units/refusal.ts';
import { detectFaces, mergeFaces, squareAround } from './detect-faces.ts';
import type { FaceBox } from './detect-faces.ts';
import { meshFace, squareOfMesh } from './face-mesh.ts';
import type { FaceMesh } from './face-mesh.ts';
import type { Pixels, RunModel } from './pixels.ts';
import type { PhotoSquare } from './sample-square.ts';

/** Low, because the mesh decides. */
const MIN_DETECTION = 0.4;
/** A turned photo is a rare guess: it needs better evidence. */
const MIN_TURNED_DETECTION = 0.6;
/** Of the mesh: below the first there is no face, from the second on there may be one, from the third it is trusted. */
const HOPELESS_FLAG = 0.05;
const FACE_FLAG = 0.5;
const SURE_FLAG = 0.9;
/** Of the detector in the square of the mesh, and how far its eyes may lie from the mesh's, in widths of the face. */
const AGREED_DETECTION = 0.67;
const AGREED_EYES = 0.14;
/** A detection this sure is a face even when the mesh cannot be placed on it: a profile, a hand before it. */
const SURE_DETECTION = 0.75;
const SECOND_FACE_SHARE = 0.4;
const SMALLEST_FACE_PX = 90;
const PASSES = 3;
const NOSE_TIP = 1;
const RIGHT_PUPIL = 468;
const LEFT_PUPIL = 473;
/** Below this part of the photo's longer side a face as large may have been overlooked beside it. */
const SMALL_SHARE = 0.25;
/** Sides of the tiles as parts of the photo's longer side, and where their centres lie in it. */
const TILE_SIDES = [0.66, 0.45];
const TILE_CENTRES = [0.25, 0.5, 0.75];

export async function findFace(photo: Pixels, run: RunModel): Promise<FaceMesh> {
  let surest = 0;
  for (const { turnRad, isTiled, minScore } of LOOKS) {
    const faces = await lookAt(photo, turnRad, isTiled, minScore, run);
    for (const face of faces) {
      const mesh = await meshOf(photo, face, run);
      if (!mesh) {
        surest = Math.max(surest, face.score);
        continue;
      }
      const isSmall = mesh.widthPx < SMALL_SHARE * Math.max(photo.widthPx, photo.heightPx);
      const others = isSmall && !isTiled ? await lookAt(photo, turnRad, true, minScore, run) : faces;
      // What this mesh was found by would only find it again.
      const second = others.filter((other) => other !== face);
      await refuseSecondFace(photo, mesh, second, run);
      return judgeFace(mesh);
    }
  }
  throw new Refusal(surest >= SURE_DETECTION ? 'face-unsure' : 'no-face');
}

const LOOKS = [
  { turnRad: 0, isTiled: false, minScore: MIN_DETECTION },
  ...[PI / 2, -PI / 2, PI].map((turnRad) => ({ turnRad, isTiled: false, minScore: MIN_TURNED_DETECTION })),
  { turnRad: 0, isTiled: true, minScore: MIN_DETECTION },
];

/** Detections in the whole photo, or in tiles of it; large and sure ones first. */
async function lookAt(
  photo: Pixels,
  turnRad: number,
  isTiled: boolean,
  minScore: number,
  run: RunModel,
): Promise<FaceBox[]> {
  const { widthPx, heightPx } = photo;
  const square = (x: number, y: number, side: number): PhotoSquare => ({
    centreXPx: x * widthPx - 0.5,
    centreYPx: y * heightPx - 0.5,
    sidePx: side * Math.max(widthPx, heightPx),
    turnRad,
  });
  const squares = isTiled
    ? TILE_SIDES.flatMap((side) => TILE_CENTRES.flatMap((y) => TILE_CENTRES.map((x) => square(x, y, side))))
    : [square(0.5, 0.5, 1)];
  const found: FaceBox[] = [];
  for (const each of squares) found.push(...(await detectFaces(photo, each, run, minScore)));
  return mergeFaces(found).sort((a, b) => b.side * b.score - a.side * a.score);
}

/** The mesh of a detected face; null when it is none after all. */
async function meshOf(photo: Pixels, face: FaceBox, run: RunModel): Promise<FaceMesh | null> {
  let square = squareAround(face);
  let mesh: FaceMesh | null = null;
  for (let pass = 0; pass < PASSES; pass++) {
    mesh = await meshFace(photo, square, run);
    // The first square is rough: what looks doubtful in it may be plain in the next.
    if (mesh.score < (pass + 1 < PASSES ? HOPELESS_FLAG : FACE_FLAG)) return null;
    square = squareOfMesh(mesh);
  }
  const seen = await detectFaces(photo, square, run, AGREED_DETECTION);
  return mesh && seen.some((box) => eyesAgree(box, mesh)) ? mesh : null;
}

function eyesAgree({ rightEye, leftEye }: FaceBox, { xPx, yPx, widthPx }: FaceMesh): boolean {
  return [[rightEye, RIGHT_PUPIL] as const, [leftEye, LEFT_PUPIL] as const].every(
    ([[x, y], k]) => hypot2(x - xPx[k], y - yPx[k]) < AGREED_EYES * widthPx,
  );
}

async function refuseSecondFace(
  photo: Pixels,
  client: FaceMesh,
  faces: readonly FaceBox[],
  run: RunModel,
): Promise<void> {
  for (const face of faces) {
    // A box is about as wide as the mesh in it.
    if (face.side < 0.8 * SECOND_FACE_SHARE * client.widthPx) continue;
    const mesh = await meshOf(photo, face, run);
    if (!mesh || mesh.score < SURE_FLAG || isSameFace(mesh, client)) continue;
    if (mesh.widthPx >= SECOND_FACE_SHARE * client.widthPx) throw new Refusal('several-faces');
  }
}

/** Two detections of one face end on the same mesh. */
function isSameFace(a: FaceMesh, b: FaceMesh): boolean {
  const apart = hypot2(a.xPx[NOSE_TIP] - b.xPx[NOSE_TIP], a.yPx[NOSE_TIP] - b.yPx[NOSE_TIP]);
  return apart < Math.max(a.widthPx, b.widthPx) / 4;
}

function judgeFace(mesh: FaceMesh): FaceMesh {
  if (mesh.widthPx < SMALLEST_FACE_PX) throw new Refusal('face-too-small', `${Math.round(mesh.widthPx)} px wide`);
  if (mesh.score < SURE_FLAG) throw new Refusal('face-unsure', `certainty ${Math.round(100 * mesh.score)} %`);
  return mesh;
}
