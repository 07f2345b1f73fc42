/**
 * Where the camera stood and how the head was turned, from the face alone.
 *
 * Perspective-n-point (fit-camera.ts) on the points of the mesh above the mouth, which the jaw does not move, against the
 * canonical face in template mm. The focal length comes from the photo's data when it is there and puts the camera at a
 * believable distance; otherwise it is the one for which the camera stands 1.8 m away, as for a portrait. The outline
 * fit corrects most of what a wrong one does.
 *
 * The network has seen few heads that are not level and facing: it tells those nearer to what it knows. Rendered from
 * known cameras, six random identities of ICT-FaceKit came out with their turn a degree too large up to 25 degrees and 5
 * too small at 60. Twenty others with the proportions of men of ANSUR II were told turned 0.7 degrees less than those
 * six up to 30 degrees; with 0.77 of their pitch bowed and 0.79 tilted back, less when turned as well; a millimetre too
 * high; and twisted about their own forward axis, by 0.8 degrees at a turn of 30, twice that when bowed too: in a head
 * turned by 50 that looks like 1 to 2 degrees of bow. How large and how far aside was told was fitted on 28 such persons
 * in 6 places each and 5 in 8 others: 1.3 % too large facing and level, the less the farther bowed or tilted (by 3 % at
 * 40 degrees), the more when turned (1.7 %), but not when turned and bowed at once; and a turned face short of the side
 * that it turns to, by a millimetre at 35 degrees. All that is set right (`asMeshTells` is the forward direction). What
 * is left is the tilt of each face against its cranium, 2.5 degrees from head to head, of which eyes and ears tell the
 * most (level-evidence.ts).
 *
 * In: the mesh in photo pixels, the photo's size, its focal length in pixels or null. Out: a camera in template mm,
 * angles in degrees. Nothing is trusted beyond 60 degrees of yaw and 40 of pitch.
 */
import { canonicalToTemplate } from '../head/canonical-to-template.ts';
import { FACE_MIDDLE } from '../head/landmarks.ts';
import { asin, atan2, degToRad, exp, radToDeg } from '../num/elementary.ts';
import { clamp, lerp, smoothstep } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import { toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { multiply, rotate, rotationAboutZ } from '../vec/mat3.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { scale, subtract } from '../vec/vec3.ts';
import { CANONICAL_FACE_CM } from './canonical-face.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from './face-mesh.ts';
import type { FaceMesh } from './face-mesh.ts';
import { fitCamera, reprojectionPx } from './fit-camera.ts';
import { rotationOf } from './view-pose.ts';

interface Angles {
  /** Positive: turned to the client's left. */
  readonly yawDeg: number;
  /** Positive: bowed. */
  readonly pitchDeg: number;
  /** Positive: the crown leans to the right of the picture. */
  readonly rollDeg: number;
}

export interface FacePose extends Angles {
  /** In template mm: with a head whose `face` is not 1, t is to be multiplied by it. */
  readonly camera: Camera;
  /** True when the focal length is the photo's own. */
  readonly isFocalKnown: boolean;
  /** What is left between mesh and model, and that as a fraction of the face's width. */
  readonly rmsPx: number;
  readonly relative: number;
}

/** Points above the mouth, canonical cm. */
const RIGID_ABOVE_CM = -3;
/** The part of the face that the jaw does not move: index in the mesh, and template mm. */
export const FACE_RIGID: readonly { readonly index: number; readonly point: Vec3 }[] = Array.from(
  { length: CANONICAL_FACE_CM.length / 3 },
  (_, index) => ({ index, point: facePoint(index) }),
).filter(({ index }) => CANONICAL_FACE_CM[3 * index + 1] > RIGID_ABOVE_CM);
/** From here on, in widths of the face, a point is an expression. */
const EXPRESSION = 0.02;

const ASSUMED_DISTANCE_MM = 1800;
/** A focal length that puts the camera elsewhere belongs to another picture: this one was cropped or enlarged. */
const BELIEVABLE_DISTANCE_MM = [250, 6000] as const;
/** A turn of so many degrees (first) is told as so many (second); straight between, mirrored for the other side. */
const TOLD_TURN: readonly (readonly [realDeg: number, toldDeg: number])[] = [
  [0, 0],
  [7.5, 8.3],
  [15, 16],
  [22.5, 23.3],
  [30, 30.3],
  [37.5, 36.6],
  [45, 42.6],
  [60, 55],
  [90, 79],
];
/** Share of the pitch that is told of a head bowed and tilted back: facing, and turned by 45 degrees or more. */
const TOLD_BOWED = [0.772, 0.7] as const;
const TOLD_TILTED = [0.792, 0.7] as const;
/** Turns between which the share falls. */
const TURNED_DEG = [5, 45] as const;
/** How far a head is told twisted about its forward axis per degree of turn; and how much of that more per degree of bow. */
const TOLD_TWIST = 0.026;
const TOLD_TWIST_BOWED = 0.0008;
/** Rounds in which turn, bow and twist are set right; each leaves a fiftieth. */
const ROUNDS = 4;
/**
 * How much larger the face is told (ln): facing and level, by how much less per squared degree of pitch, and more when
 * turned; and by how much of that less per degree of bow.
 */
const TOLD_LARGER = 0.0134;
const TOLD_SMALLER_PER_DEG2 = 2e-5;
const TOLD_LARGER_TURNED = 0.017;
const TOLD_LARGER_TURNED_LESS_PER_DEG = 0.001;
const TURNED_TO_THE_FULL_DEG = 35;
/**
 * What of the head is told where the middle of its face is: a point so much below it, and so much per degree of turn to the
 * side that it is turned to.
 */
const TOLD_UP_MM = 1.3;
const TOLD_ASIDE_MM_PER_DEG = 0.03;
/** Five degrees beyond what is trusted, so that a head at the limit is not refused for the error of its own estimate. */
const LARGEST_YAW_DEG = 65;
const LARGEST_PITCH_DEG = 45;
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
  const points = FACE_RIGID.map(({ index, point }) => ({ point, xPx: xPx[index], yPx: yPx[index] }));
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
  const { camera, ...angles } = asItIs(seen);
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

/** The camera with the head turned and bowed as far as it really is, and as large. */
function asItIs(told: Camera): Pick<FacePose, 'camera'> & Angles {
  let real = untwisted(anglesOf(told.R));
  for (let round = 0; round < ROUNDS; round++) {
    real = untwisted(anglesOf(multiply(told.R, rotationAboutZ(-toldTwist(real)))));
  }
  const seen = scale(toCamera(told, toldMiddle(real)), toldSize(real));
  return { camera: placed(told, turnedTo(real), FACE_MIDDLE, seen), ...real };
}

/** Real angles of a head that is told so, and no twist. */
function untwisted({ yawDeg: toldYaw, pitchDeg, rollDeg }: Angles): Angles {
  const yawDeg = through(TOLD_TURN, toldYaw, 1);
  return { yawDeg, pitchDeg: pitchDeg / toldShare(pitchDeg, yawDeg), rollDeg };
}

/** The camera that the mesh of a face tells when this is the real one: what {@link solvePose} undoes. */
export function asMeshTells(real: Camera): Camera {
  const angles = anglesOf(real.R);
  const pitchDeg = angles.pitchDeg * toldShare(angles.pitchDeg, angles.yawDeg);
  const told = turnedTo({ ...angles, yawDeg: through(TOLD_TURN, angles.yawDeg, 0), pitchDeg });
  const R = multiply(told, rotationAboutZ(toldTwist(angles)));
  return placed(real, R, toldMiddle(angles), scale(toCamera(real, FACE_MIDDLE), 1 / toldSize(angles)));
}

/** The point that is told where the middle of the face of a head really is that is turned so. */
const toldMiddle = ({ yawDeg }: Angles): Vec3 => [
  FACE_MIDDLE[0] + TOLD_ASIDE_MM_PER_DEG * yawDeg,
  FACE_MIDDLE[1] - TOLD_UP_MM,
  FACE_MIDDLE[2],
];

const toldTwist = ({ yawDeg, pitchDeg }: Angles): number =>
  degToRad(yawDeg * (TOLD_TWIST + TOLD_TWIST_BOWED * pitchDeg));

/** How many times as large as it is a head is told that is really turned so. */
function toldSize({ yawDeg, pitchDeg }: Angles): number {
  const turned = smoothstep(0, TURNED_TO_THE_FULL_DEG, Math.abs(yawDeg));
  const larger = TOLD_LARGER_TURNED - TOLD_LARGER_TURNED_LESS_PER_DEG * Math.max(0, pitchDeg);
  return exp(TOLD_LARGER + turned * larger - TOLD_SMALLER_PER_DEG2 * pitchDeg * pitchDeg);
}

function toldShare(pitchDeg: number, yawDeg: number): number {
  const [facing, turned] = pitchDeg > 0 ? TOLD_BOWED : TOLD_TILTED;
  return lerp(facing, turned, smoothstep(TURNED_DEG[0], TURNED_DEG[1], Math.abs(yawDeg)));
}

/** Along the table from one column to the other, odd in `deg`. */
function through(table: typeof TOLD_TURN, deg: number, from: 0 | 1): number {
  const size = Math.abs(deg);
  let k = 1;
  while (k < table.length - 1 && table[k][from] < size) k++;
  const [before, after] = [table[k - 1], table[k]];
  const share = (size - before[from]) / (after[from] - before[from]);
  const to = from === 0 ? 1 : 0;
  return Math.sign(deg) * lerp(before[to], after[to], share);
}

/** A camera's R for a head turned to these angles. */
const turnedTo = (angles: Angles): Mat3 => multiply(rotationAboutZ(degToRad(angles.rollDeg)), rotationOf(angles));

/** The camera turned so, with `point` where it sees `seen`. */
const placed = (camera: Camera, R: Mat3, point: Vec3, seen: Vec3): Camera => ({
  ...camera,
  R,
  t: subtract(seen, rotate(R, point)),
});

/** Angles of a camera's R = Rz(roll) FACING Rx(pitch) Ry(yaw), as in {@link FacePose}. */
export function anglesOf(R: Mat3): Angles {
  // Rz leaves the third row: (cos pitch sin yaw, -sin pitch, -cos pitch cos yaw).
  return {
    yawDeg: radToDeg(atan2(R[6], -R[8])),
    pitchDeg: radToDeg(asin(clamp(-R[7], -1, 1))),
    rollDeg: radToDeg(atan2(R[1], -R[4])),
  };
}
