/**
 * What a plan has to know of a photo besides where the head is: its colours, sharpness and grain.
 *
 * In: the upright photo, the face's landmarks in photo pixels (MediaPipe's numbering, 468 or 478 points), the camera
 * and the head's glabella. Out: colours and quality, rounded as they enter the plan document. Refuses 'head-covered' when
 * what is seen of the forehead is not the face's skin: a hat, a bandage, a fringe.
 */
import { quantise } from '../num/range.ts';
import { luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import { measureColours, skinReachPx } from '../pigment/measure-colours.ts';
import type { PhotoColours } from '../pigment/photo-colours.ts';
import { Refusal } from '../units/refusal.ts';
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
  refuseCoveredForehead(foreheadAgainstCheeks(photo, landmarks, forehead, eyes));
  const noiseRect = {
    leftPx: low[0] - 15 / mmPerPx,
    topPx: low[1] + 0.6 * (high[1] - low[1]),
    widthPx: Math.max(14, 30 / mmPerPx),
    heightPx: Math.max(14, 0.35 * Math.abs(low[1] - high[1])),
  };
  return {
    colours: measureColours({
      ...photo,
      skin: forehead,
      skinReachPx: skinReachPx(mmPerPx),
      hair: browPixels(landmarks, 4 / mmPerPx),
      hairFrom: 'brows',
    }),
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

/**
 * Forehead against cheeks of 19 portraits, light and dark skin, hard light and shine: 0.7 to 3.1 times as light, up to
 * 0.16 apart in chromaticity. Beyond, it is not the forehead that is seen.
 */
const FOREHEAD_LIGHT = [0.35, 6] as const;
const FOREHEAD_CHROMA = 0.22;

function refuseCoveredForehead({ light, chroma }: { readonly light: number; readonly chroma: number }): void {
  if (light >= FOREHEAD_LIGHT[0] && light <= FOREHEAD_LIGHT[1] && chroma <= FOREHEAD_CHROMA) return;
  throw new Refusal('head-covered', 'the forehead has not the colour of the face');
}

/** Points of the mesh on the cheeks and beside the nose. */
const CHEEKS = [50, 280, 205, 425, 101, 330] as const;

/** Median light of the forehead relative to the cheeks', and the distance of their chromaticities. */
function foreheadAgainstCheeks(
  { widthPx, heightPx, rgba }: Pixels,
  { xPx, yPx }: { readonly xPx: ArrayLike<number>; readonly yPx: ArrayLike<number> },
  forehead: readonly number[],
  eyesPx: number,
): { readonly light: number; readonly chroma: number } {
  const medianAt = (xy: readonly number[]): [number, number, number] => {
    const channels: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i + 1 < xy.length; i += 2) {
      const x = Math.round(xy[i]);
      const y = Math.round(xy[i + 1]);
      if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) continue;
      for (let c = 0; c < 3; c++) channels[c].push(LIGHT_OF_CODE[rgba[4 * (y * widthPx + x) + c]]);
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
    return [median(channels[0]), median(channels[1]), median(channels[2])];
  };
  const cheeks: number[] = [];
  for (const point of CHEEKS) {
    for (let j = -2; j <= 2; j++)
      for (let i = -2; i <= 2; i++) cheeks.push(xPx[point] + 0.02 * eyesPx * i, yPx[point] + 0.02 * eyesPx * j);
  }
  const above = medianAt(forehead);
  const below = medianAt(cheeks);
  const sum = (c: readonly number[]): number => c[0] + c[1] + c[2] + 1e-6;
  const red = above[0] / sum(above) - below[0] / sum(below);
  const blue = above[2] / sum(above) - below[2] / sum(below);
  return {
    light: luminance(...above) / Math.max(1e-4, luminance(...below)),
    chroma: Math.sqrt(red * red + blue * blue),
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
