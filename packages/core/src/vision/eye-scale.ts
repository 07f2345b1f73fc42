/**
 * What the eyes say about size: the iris, whose width hardly differs between adults, and the distance of the outer
 * corners of the eyes.
 *
 * The visible iris is 11.7 mm wide (sd 0.5). It counts only where it can be measured: both eyes open, 13 px or more, the
 * head turned by less than 25 degrees. Even then it disagreed with the population by 13 % on one good portrait: it
 * may support a guess, it never replaces a tape.
 *
 * In: the mesh and its pose. Out: pixels of the photo, and mm of the template head (times `face` they are the client's).
 */
import { hypot2 } from '../num/elementary.ts';
import { toCamera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from './face-mesh.ts';
import type { FaceMesh } from './face-mesh.ts';
import { facePoint } from './solve-pose.ts';
import type { FacePose } from './solve-pose.ts';

export interface EyeScale {
  /** Width of each iris. */
  readonly rightIrisPx: number;
  readonly leftIrisPx: number;
  /** Height of each eye between its lids, in widths of that eye: 0.25 to 0.4 when open. */
  readonly rightOpenness: number;
  readonly leftOpenness: number;
  /** Between the outer corners of the eyes, in space, mm of the template head. */
  readonly outerCanthiMm: number;
  /** `face` of the head's shape as the irises have it; null when they cannot be measured. */
  readonly faceByIris: number | null;
}

export const IRIS_MM = 11.7;
/** Of `faceByIris`, as a fraction. */
export const IRIS_RELATIVE_SD = 0.05;
const SMALLEST_IRIS_PX = 13;
const LEAST_OPENNESS = 0.2;
const LARGEST_YAW_DEG = 25;

/** Opposite rim points of the iris, upper and lower lid, inner corner. */
const RIGHT = { rim: [469, 471], lids: [159, 145], inner: 133 } as const;
const LEFT = { rim: [474, 476], lids: [386, 374], inner: 362 } as const;

export function eyeScale({ xPx, yPx }: Pick<FaceMesh, 'xPx' | 'yPx'>, { camera, yawDeg }: FacePose): EyeScale {
  const apart = (a: number, b: number): number => hypot2(xPx[a] - xPx[b], yPx[a] - yPx[b]);
  const rightIrisPx = apart(...RIGHT.rim);
  const leftIrisPx = apart(...LEFT.rim);
  const rightOpenness = apart(...RIGHT.lids) / apart(RIGHT_CANTHUS, RIGHT.inner);
  const leftOpenness = apart(...LEFT.lids) / apart(LEFT_CANTHUS, LEFT.inner);
  // The depth is the model's, the place the photo's.
  const inSpace = (k: number): Vec3 => {
    const depth = toCamera(camera, facePoint(k))[2];
    return [((xPx[k] - camera.cx) / camera.f) * depth, ((yPx[k] - camera.cy) / camera.f) * depth, depth];
  };
  const right = inSpace(RIGHT_CANTHUS);
  const left = inSpace(LEFT_CANTHUS);
  const mmPerPx = (right[2] + left[2]) / 2 / camera.f;
  const isMeasurable =
    Math.min(rightIrisPx, leftIrisPx) >= SMALLEST_IRIS_PX &&
    Math.min(rightOpenness, leftOpenness) >= LEAST_OPENNESS &&
    Math.abs(yawDeg) < LARGEST_YAW_DEG;
  return {
    rightIrisPx,
    leftIrisPx,
    rightOpenness,
    leftOpenness,
    outerCanthiMm: distance(right, left),
    faceByIris: isMeasurable ? IRIS_MM / (((rightIrisPx + leftIrisPx) / 2) * mmPerPx) : null,
  };
}
