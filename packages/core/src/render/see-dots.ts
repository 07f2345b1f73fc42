/**
 * Which dots does the camera see, where, how large, and how much does each darken?
 *
 * A dot's optical area (mm2 at unit optical density) is the calibration's coverage spread over its reference density,
 * times the dot's strength, its disc's area relative to the reference, and what varies: from dot to dot by its id, from
 * place to place as a hand presses harder here than there. Some dots lie deeper and have spread more, and a hand sets
 * each a little beside its place. On the picture an area becomes optical density times pixels: foreshortening narrows both
 * the skin and the dot, so the sum over dots keeps the density that the plan asks for at every tilt and scale.
 */
import type { Dots } from '../dots/dots.ts';
import { exp, log } from '../num/elementary.ts';
import { smoothstep } from '../num/range.ts';
import type { OpticalCalibration } from '../pigment/calibration.ts';
import { hash32, hashNormal } from '../random/hash.ts';
import { valueNoise } from '../random/value-noise.ts';
import type { Camera } from '../vec/camera.ts';

export interface SeenDots {
  readonly count: number;
  /** Index into the plan's dots. */
  readonly index: Uint32Array;
  readonly xPx: Float32Array;
  readonly yPx: Float32Array;
  /** Pixels per mm at the dot, unforeshortened. */
  readonly pxPerMm: Float32Array;
  /** Normal in the camera frame, x and y. */
  readonly nx: Float32Array;
  readonly ny: Float32Array;
  /** Optical density times pixels of the picture: of this very dot, as its disc shows it. */
  readonly volume: Float32Array;
  /** The same without what varies, for what many dots do together. */
  readonly meanVolume: Float32Array;
  /** Diameter relative to the reference. */
  readonly width: Float32Array;
  /** Spread of light in the skin around it, relative to the calibration's. */
  readonly spread: Float32Array;
  /** What an edge of focus adds to the variance of the point spread, px2; see measure-focus.ts. */
  readonly defocus: Float32Array;
}

/** Facing (cosine) over which dots at the outline fade in: beyond it the model is not sure which side is seen. */
export const LEAST_FACING = 0.03;
export const FULL_FACING = 0.12;

/** How much of a place at this facing is drawn. */
export const facingShare = (facing: number): number => smoothstep(LEAST_FACING, FULL_FACING, facing);

/** Optical area of a reference dot, mm2 at unit optical density. */
export const opticalAreaMm2 = ({ coverage, referencePerCm2 }: OpticalCalibration): number =>
  -log(1 - coverage) / (referencePerCm2 / 100);

/** Salts of a dot's variation in darkness, in depth, of the hand's from place to place, and of where it falls. */
const VARIATION = 71;
const DEPTH = 72;
const HAND = 73;
const ASTRAY = 74;
/**
 * A hand presses harder here than there: by this share at most, over so many mm; the veil has none of it (spread-tone.ts). Contrast
 * over 1.1 to 2.2 mm is 0.8 of that over half as much so, 0.7 with a share of 0.45, 0.8 in own stubble (medians of eleven photos).
 */
const HAND_SWING = 0.8;
const HAND_MM = 3;
/** Natural-log sd of how wide a dot has spread, some lie deeper; the mean square is 1. */
const DEPTH_LOG_SD = 0.3;

export function seeDots(
  dots: Dots,
  camera: Camera,
  calibration: OpticalCalibration,
  widthPx: number,
  heightPx: number,
): SeenDots {
  const { f, cx, cy, R, t } = camera;
  const seen = {
    count: 0,
    index: new Uint32Array(dots.count),
    xPx: new Float32Array(dots.count),
    yPx: new Float32Array(dots.count),
    pxPerMm: new Float32Array(dots.count),
    nx: new Float32Array(dots.count),
    ny: new Float32Array(dots.count),
    volume: new Float32Array(dots.count),
    meanVolume: new Float32Array(dots.count),
    width: new Float32Array(dots.count),
    spread: new Float32Array(dots.count),
    defocus: new Float32Array(dots.count),
  };
  const area = opticalAreaMm2(calibration);
  const { dotLogSd, referenceDiameterMm, strayMm } = calibration;
  let count = 0;
  for (let i = 0; i < dots.count; i++) {
    const px = dots.positionMm[3 * i];
    const py = dots.positionMm[3 * i + 1];
    const pz = dots.positionMm[3 * i + 2];
    const x = R[0] * px + R[1] * py + R[2] * pz + t[0];
    const y = R[3] * px + R[4] * py + R[5] * pz + t[1];
    const z = R[6] * px + R[7] * py + R[8] * pz + t[2];
    if (!(z > 1)) continue;
    const ax = dots.normal[3 * i];
    const ay = dots.normal[3 * i + 1];
    const az = dots.normal[3 * i + 2];
    const nx = R[0] * ax + R[1] * ay + R[2] * az;
    const ny = R[3] * ax + R[4] * ay + R[5] * az;
    const nz = R[6] * ax + R[7] * ay + R[8] * az;
    const facing = -(nx * x + ny * y + nz * z) / Math.sqrt(x * x + y * y + z * z);
    if (facing <= LEAST_FACING) continue;
    const perMm = f / z;
    // Two uniforms of one hash, in the plane of the skin.
    const astray = hash32(dots.id[i], ASTRAY);
    const right = ((astray & 0xffff) / 0x8000 - 1) * strayMm * perMm;
    const down = ((astray >>> 16) / 0x8000 - 1) * strayMm * perMm;
    const slant = (right * nx + down * ny) / (1 + facing);
    const xPx = (f * x) / z + cx + right - slant * nx;
    const yPx = (f * y) / z + cy + down - slant * ny;
    if (!(xPx > -0.5 && yPx > -0.5 && xPx < widthPx - 0.5 && yPx < heightPx - 0.5)) continue;
    const width = dots.diameterMm[i] / referenceDiameterMm;
    // Log-normal with mean 1, and an area that is the diameter's square.
    const hand = 1 + HAND_SWING * valueNoise(px / HAND_MM, py / HAND_MM, pz / HAND_MM, HAND);
    const vary = hand * exp(dotLogSd * hashNormal(dots.id[i], VARIATION) - 0.5 * dotLogSd * dotLogSd) * width * width;
    seen.index[count] = i;
    seen.xPx[count] = xPx;
    seen.yPx[count] = yPx;
    seen.pxPerMm[count] = perMm;
    seen.nx[count] = nx;
    seen.ny[count] = ny;
    seen.width[count] = width;
    const mean = area * dots.strength[i] * perMm * perMm * facing * facingShare(facing);
    seen.meanVolume[count] = mean;
    seen.spread[count] = exp(DEPTH_LOG_SD * hashNormal(dots.id[i], DEPTH) - DEPTH_LOG_SD * DEPTH_LOG_SD);
    seen.volume[count] = mean * vary;
    count++;
  }
  return { ...seen, count };
}
