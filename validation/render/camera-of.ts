/** The known camera of a rendered photo, in the head frame of a known head. */
import { degToRad } from '@stipple/core/num/elementary.ts';
import type { Camera } from '@stipple/core/vec/camera.ts';
import { multiply, rotate, rotationAboutX, rotationAboutY, rotationAboutZ } from '@stipple/core/vec/mat3.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { subtract } from '@stipple/core/vec/vec3.ts';
import { FACING } from '@stipple/core/vision/fit-camera.ts';

export interface PhotoView {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Positive: turned to the client's left, bowed, crown to the right of the picture. */
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** From the middle of the head to the lens. */
  readonly distanceMm: number;
  /** How high 250 mm at the middle of the head are, as a part of the photo's height. */
  readonly headShare: number;
}

/** What lies in the middle of the picture. */
const MIDDLE: Vec3 = [0, 25, 15];
const HEAD_MM = 250;

export function cameraOf({ widthPx, heightPx, yawDeg, pitchDeg, rollDeg, distanceMm, headShare }: PhotoView): Camera {
  const inHead = multiply(rotationAboutX(degToRad(pitchDeg)), rotationAboutY(degToRad(yawDeg)));
  const R = multiply(rotationAboutZ(degToRad(rollDeg)), multiply(FACING, inHead));
  const t = subtract([0, 0, distanceMm], rotate(R, MIDDLE));
  return {
    f: (headShare * heightPx * distanceMm) / HEAD_MM,
    cx: (widthPx - 1) / 2,
    cy: (heightPx - 1) / 2,
    R,
    t,
  };
}
