/**
 * What a plan has to know of a photo besides where the head is: its colours, sharpness and grain.
 *
 * In: the upright photo, the face's landmarks in photo pixels (MediaPipe's numbering, 468 or 478 points), the camera
 * and the head's glabella. Out: colours and quality, rounded as they enter the plan document.
 */
import { quantise } from '../num/range.ts';
import { measureColours } from '../pigment/measure-colours.ts';
import type { PhotoColours } from '../pigment/photo-colours.ts';
import type { Camera } from '../vec/camera.ts';
import { project } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { estimateBlurPx, estimateNoiseCodes } from './measure-sharpness.ts';

export interface PhotoMeasures {
  readonly colours: PhotoColours;
  readonly quality: PhotoQuality;
}

/** Upper and lower edges of both brows, in MediaPipe's mesh. */
const BROWS = [70, 63, 105, 66, 107, 46, 53, 52, 65, 55, 336, 296, 334, 293, 300, 285, 295, 282, 283, 276] as const;
/** Outer corners of the eyes, and the point under the nose's tip. */
const RIGHT_CANTHUS = 33;
const LEFT_CANTHUS = 263;

/** `xPx`, `yPx` of each landmark; `midFrontal` is the middle of the designed hairline on the skin, mm. */
export function measurePhoto(
  photo: Pixels,
  landmarks: { readonly xPx: ArrayLike<number>; readonly yPx: ArrayLike<number> },
  camera: Camera,
  glabella: Vec3,
  midFrontal: Vec3,
): PhotoMeasures {
  const low = project(camera, glabella);
  const high = project(camera, midFrontal);
  const mmPerPx = low[2] / camera.f;
  const eyes = Math.abs(landmarks.xPx[LEFT_CANTHUS] - landmarks.xPx[RIGHT_CANTHUS]);
  const eyeY = (landmarks.yPx[LEFT_CANTHUS] + landmarks.yPx[RIGHT_CANTHUS]) / 2;
  const eyeX = (landmarks.xPx[LEFT_CANTHUS] + landmarks.xPx[RIGHT_CANTHUS]) / 2;
  const bandTop = Math.min(...BROWS.map((i) => landmarks.yPx[i])) - 3 / mmPerPx;
  const forehead = foreheadPixels(low, high, 18 / mmPerPx);
  const noiseRect = {
    leftPx: low[0] - 15 / mmPerPx,
    topPx: low[1] + 0.6 * (high[1] - low[1]),
    widthPx: Math.max(14, 30 / mmPerPx),
    heightPx: Math.max(14, 0.35 * Math.abs(low[1] - high[1])),
  };
  return {
    colours: measureColours({ ...photo, forehead, brows: browPixels(landmarks, 4 / mmPerPx) }),
    quality: {
      mmPerPxAtHairline: quantise(high[2] / camera.f, 1e4),
      blurPx: quantise(
        estimateBlurPx(photo, {
          leftPx: eyeX - eyes / 2,
          topPx: bandTop,
          widthPx: Math.max(14, eyes),
          heightPx: Math.max(14, eyeY - bandTop + 6 / mmPerPx),
        }),
        100,
      ),
      noiseCodes: quantise(estimateNoiseCodes(photo, noiseRect), 100),
    },
  };
}

/** A grid of places from 20 to 70 % of the way from glabella to hairline, `halfWidthPx` to each side. */
function foreheadPixels(low: Vec3, high: Vec3, halfWidthPx: number): number[] {
  const xy: number[] = [];
  for (let j = 0; j <= 24; j++) {
    const t = 0.2 + (0.5 * j) / 24;
    for (let i = -16; i <= 16; i++) {
      xy.push(low[0] + t * (high[0] - low[0]) + (i / 16) * halfWidthPx, low[1] + t * (high[1] - low[1]));
    }
  }
  return xy;
}

/** Every pixel within `radiusPx` of a brow landmark; overlaps count twice, which does no harm to a darkest share. */
function browPixels(
  { xPx, yPx }: { readonly xPx: ArrayLike<number>; readonly yPx: ArrayLike<number> },
  radiusPx: number,
): number[] {
  const xy: number[] = [];
  const reach = Math.max(2, Math.round(radiusPx));
  const step = Math.max(1, Math.floor(reach / 8));
  for (const i of BROWS) {
    for (let dy = -reach; dy <= reach; dy += step) {
      for (let dx = -reach; dx <= reach; dx += step) xy.push(xPx[i] + dx, yPx[i] + dy);
    }
  }
  return xy;
}
