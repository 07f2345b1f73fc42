/**
 * Where the camera stood and how the head was turned, from the face alone.
 *
 * Perspective-n-point (fit-camera.ts) on the points of the mesh above the mouth, which the jaw does not move, against the
 * canonical face in template mm. The focal length comes from the photo's data when it is there and puts the camera at a
 * believable distance; otherwise it is the one for which the camera stands 1.8 m away, as for a portrait. The outline
 * fit corrects most of what a wrong one does.
 *
 * The network squeezes the pitch of bowed heads, because it has seen few: rendered from 10 to 40 degrees, the bald
 * head of ICT-FaceKit came out 21 % too level, and it is set right by that. On another head (a textured scan) the
 * error fell from 2.2, 3.5, 6.6 and 8.8 degrees to 0.6, 0, 1.7 and 2.2. Tilted back it is right within 2 degrees; yaw within 3
 * degrees up to 45, too small by 1 to 4 at 55, which fit-outline.ts turns back.
 *
 * In: the mesh in photo pixels, the photo's size, its focal length in pixels or null. Out: a camera in template mm,
 * angles in degrees. Nothing is trusted beyond 60 degrees of yaw and 40 of pitch.
 */
import { canonicalToTemplate } from '../head/canonical-to-template.ts';
import { asin, atan2, degToRad, radToDeg } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import { toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { multiply, rotate, rotationAboutX, rotationAboutY, rotationAboutZ } from '../vec/mat3.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { add, subtract } from '../vec/vec3.ts';
import { CANONICAL_FACE_CM } from './canonical-face.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from './face-mesh.ts';
import type { FaceMesh } from './face-mesh.ts';
import { FACING, fitCamera, reprojectionPx } from './fit-camera.ts';

export interface FacePose {
  /** In template mm: with a head whose `face` is not 1, t is to be multiplied by it. */
  readonly camera: Camera;
  /** True when the focal length is the photo's own. */
  readonly isFocalKnown: boolean;
  /** Positive: turned to the client's left. */
  readonly yawDeg: number;
  /** Positive: bowed. */
  readonly pitchDeg: number;
  /** Positive: the crown leans to the right of the picture. */
  readonly rollDeg: number;
  /** What is left between mesh and model, and that as a fraction of the face's width. */
  readonly rmsPx: number;
  readonly relative: number;
}

/** Points above the mouth, canonical cm. */
const RIGID_ABOVE_CM = -3;
const RIGID: readonly { readonly index: number; readonly point: Vec3 }[] = Array.from(
  { length: CANONICAL_FACE_CM.length / 3 },
  (_, index) => ({ index, point: facePoint(index) }),
).filter(({ index }) => CANONICAL_FACE_CM[3 * index + 1] > RIGID_ABOVE_CM);
/** From here on, in widths of the face, a point is an expression. */
const EXPRESSION = 0.02;

const ASSUMED_DISTANCE_MM = 1800;
/** A focal length that puts the camera elsewhere belongs to another picture: this one was cropped or enlarged. */
const BELIEVABLE_DISTANCE_MM = [250, 6000] as const;
/** The middle of the face: what stays in place when an angle was wrong. */
const FACE_MIDDLE: Vec3 = [0, 20, 75];
/** By how much a bowed head is bowed further than the mesh says. */
const PITCH_SQUEEZE = 0.21;
const LARGEST_YAW_DEG = 60;
const LARGEST_PITCH_DEG = 40;
const LARGEST_ROLL_DEG = 120;

/** Focal length in pixels from that on 35 mm film (whose diagonal is 43.27 mm), the way phones and cameras state it. */
export const focalFromExif = (focal35mm: number, widthPx: number, heightPx: number): number =>
  (focal35mm * Math.sqrt(widthPx * widthPx + heightPx * heightPx)) / 43.267;

/** Point `index` of the mean face, template mm. */
export function facePoint(index: number): Vec3 {
  const [x, y, z] = CANONICAL_FACE_CM.slice(3 * index, 3 * index + 3);
  return canonicalToTemplate([x, y, z]);
}

export function solvePose(
  face: Pick<FaceMesh, 'xPx' | 'yPx' | 'widthPx'>,
  photoWidthPx: number,
  photoHeightPx: number,
  focalPx: number | null,
): FacePose {
  const { xPx, yPx, widthPx } = face;
  const points = RIGID.map(({ index, point }) => ({ point, xPx: xPx[index], yPx: yPx[index] }));
  const turnRad = atan2(yPx[LEFT_CANTHUS] - yPx[RIGHT_CANTHUS], xPx[LEFT_CANTHUS] - xPx[RIGHT_CANTHUS]);
  const solveWith = (f: number): Camera =>
    fitCamera(points, f, (photoWidthPx - 1) / 2, (photoHeightPx - 1) / 2, turnRad, EXPRESSION * widthPx);
  const distanceMm = (camera: Camera): number => toCamera(camera, FACE_MIDDLE)[2];

  const [nearest, farthest] = BELIEVABLE_DISTANCE_MM;
  let seen = focalPx === null ? null : solveWith(focalPx);
  if (seen && !(distanceMm(seen) >= nearest && distanceMm(seen) <= farthest)) seen = null;
  const isFocalKnown = seen !== null;
  if (!seen) {
    seen = solveWith(3 * Math.max(photoWidthPx, photoHeightPx));
    // Distance is nearly proportional to focal length: the second correction is a hair's breadth.
    for (let round = 0; round < 2; round++) seen = solveWith((seen.f * ASSUMED_DISTANCE_MM) / distanceMm(seen));
  }
  const rmsPx = reprojectionPx(seen, points);
  const { camera, ...angles } = unsqueeze(seen);
  return { camera, isFocalKnown, ...angles, rmsPx, relative: rmsPx / widthPx };
}

/** Refuses a head that is turned or bowed further than the mesh can be believed, or upside down. */
export function refuseUntrustedPose({ yawDeg, pitchDeg, rollDeg }: FacePose): void {
  // The person mask knows people upright or lying, not standing on their heads.
  if (Math.abs(rollDeg) > LARGEST_ROLL_DEG) throw new Refusal('photo-turned');
  if (Math.abs(yawDeg) > LARGEST_YAW_DEG) {
    throw new Refusal('face-unsure', `head turned by ${Math.round(Math.abs(yawDeg))} degrees`);
  }
  if (Math.abs(pitchDeg) > LARGEST_PITCH_DEG) {
    const way = pitchDeg > 0 ? 'bowed' : 'tilted back';
    throw new Refusal('face-unsure', `head ${way} by ${Math.round(Math.abs(pitchDeg))} degrees`);
  }
}

/** The camera with a bowed head bowed as far as it really is, about the middle of its face. */
function unsqueeze(camera: Camera): Pick<FacePose, 'camera' | 'yawDeg' | 'pitchDeg' | 'rollDeg'> {
  const { yawDeg, pitchDeg, rollDeg } = anglesOf(camera.R);
  if (pitchDeg <= 0) return { camera, yawDeg, pitchDeg, rollDeg };
  const bowedDeg = pitchDeg * (1 + PITCH_SQUEEZE);
  const inHead = multiply(rotationAboutX(degToRad(bowedDeg)), rotationAboutY(degToRad(yawDeg)));
  const R = multiply(rotationAboutZ(degToRad(rollDeg)), multiply(FACING, inHead));
  const t = subtract(add(rotate(camera.R, FACE_MIDDLE), camera.t), rotate(R, FACE_MIDDLE));
  return { camera: { ...camera, R, t }, yawDeg, pitchDeg: bowedDeg, rollDeg };
}

/** Angles of a camera's R = Rz(roll) FACING Rx(pitch) Ry(yaw), as in {@link FacePose}. */
export function anglesOf(R: Mat3): { yawDeg: number; pitchDeg: number; rollDeg: number } {
  // Rz leaves the third row: (cos pitch sin yaw, -sin pitch, -cos pitch cos yaw).
  return {
    yawDeg: radToDeg(atan2(R[6], -R[8])),
    pitchDeg: radToDeg(asin(clamp(-R[7], -1, 1))),
    rollDeg: radToDeg(atan2(R[1], -R[4])),
  };
}
