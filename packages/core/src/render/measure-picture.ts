/**
 * Does this picture look as real work measures? The acceptance numbers of one rendered look.
 *
 * Tone and colour: mean light where the work is dense, unhidden and well seen, before and after, in L*a*b*. Grain: the
 * fine contrast that the work adds, as the root sum of three bands (differences of Gaussians at 0.7, 1.4 and 2.8 px;
 * on photos finer than 0.4 mm a pixel at the same millimetres), the bare photo's, as a smooth veil would leave it,
 * subtracted in quadrature, against the fall of L*. Published before-and-after pairs: fall 0.13 to 0.35 of L*, grain 0.07
 * to 0.16 of the fall, a* -9 to +1, b* -10 to -2.
 */
import { labOf, lStarOf, luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import { readAt } from './cell-grid.ts';
import { bandContrast, finestPx } from './band-contrast.ts';
import type { Scene } from './prepare-scene.ts';
import type { LookPicture } from './render-look.ts';

export interface PictureMeasures {
  /** Pixels that were measured; below about 400 the rest is noise. */
  readonly pixels: number;
  readonly skinL: number;
  /** Fall of L* as a share of the skin's, and changes of a* and b*. */
  readonly relativeFall: number;
  readonly deltaA: number;
  readonly deltaB: number;
  /** Added fine contrast as a share of the fall of L*. */
  readonly grainToTone: number;
  /** Pixels that differ from the photo, and of those the ones outside `changed` (must be none). */
  readonly differing: number;
  readonly strayPixels: number;
}

/** Optical density of full work at the reference density. */
const FULL = 0.6;

export function measurePicture(scene: Scene, picture: LookPicture): PictureMeasures {
  const { photo, grid, quality } = scene;
  const { widthPx, heightPx, leftPx, topPx } = grid;
  const dense = densePixels(scene);
  const before = [0, 0, 0];
  const after = [0, 0, 0];
  const size = widthPx * heightPx;
  const lBefore = new Float32Array(size);
  const lAfter = new Float32Array(size);
  let pixels = 0;
  for (let k = 0; k < size; k++) {
    const p = 4 * ((topPx + Math.floor(k / widthPx)) * photo.widthPx + leftPx + (k % widthPx));
    const a = [LIGHT_OF_CODE[photo.rgba[p]], LIGHT_OF_CODE[photo.rgba[p + 1]], LIGHT_OF_CODE[photo.rgba[p + 2]]];
    const b = [LIGHT_OF_CODE[picture.rgba[p]], LIGHT_OF_CODE[picture.rgba[p + 1]], LIGHT_OF_CODE[picture.rgba[p + 2]]];
    lBefore[k] = lStarOf(luminance(a[0], a[1], a[2]));
    lAfter[k] = lStarOf(luminance(b[0], b[1], b[2]));
    if (!dense[k]) continue;
    pixels++;
    for (let c = 0; c < 3; c++) {
      before[c] += a[c];
      after[c] += b[c];
    }
  }
  const n = Math.max(1, pixels);
  const skin = labOf([before[0] / n, before[1] / n, before[2] / n]);
  const work = labOf([after[0] / n, after[1] / n, after[2] / n]);
  const places: number[] = [];
  for (let k = 0; k < size; k++) if (dense[k]) places.push(k);
  const finest = finestPx(quality.mmPerPxAtHairline);
  const grain = (plane: Float32Array): number => bandContrast(plane, widthPx, heightPx, places, finest);
  // A veil alone dims the skin's own contrast with its light.
  const dimmed = (work[0] + 16) / (skin[0] + 16);
  const [bareGrain, workGrain] = pixels ? [dimmed * grain(lBefore), grain(lAfter)] : [0, 0];
  return {
    pixels,
    skinL: skin[0],
    relativeFall: (skin[0] - work[0]) / skin[0],
    deltaA: work[1] - skin[1],
    deltaB: work[2] - skin[2],
    grainToTone:
      Math.sqrt(Math.max(0, workGrain * workGrain - bareGrain * bareGrain)) / Math.max(1e-6, skin[0] - work[0]),
    ...differences(photo.rgba, picture),
  };
}

/** Dense, unhidden, well seen, not at the outline: where a measurement says something about the work. */
export function densePixels({ grid, veil, open, present, raster }: Scene, share = 0.75): Uint8Array {
  const { widthPx, leftPx, topPx } = grid;
  const out = new Uint8Array(veil.length);
  let most = 0;
  for (const od of veil) most = Math.max(most, od);
  const enough = share * Math.min(most, FULL);
  for (let k = 0; k < out.length; k++) {
    if (!(veil[k] >= enough && open[k] === 255 && present[k] < 40)) continue;
    const x = leftPx + (k % widthPx);
    const y = topPx + Math.floor(k / widthPx);
    if (readAt(raster.facing, grid, x, y) > 0.3) out[k] = 1;
  }
  return out;
}

function differences(
  before: ArrayLike<number>,
  { rgba, changed }: LookPicture,
): { differing: number; strayPixels: number } {
  let differing = 0;
  let strayPixels = 0;
  for (let k = 0; k < changed.length; k++) {
    const p = 4 * k;
    if (
      rgba[p] === before[p] &&
      rgba[p + 1] === before[p + 1] &&
      rgba[p + 2] === before[p + 2] &&
      rgba[p + 3] === before[p + 3]
    )
      continue;
    differing++;
    if (!changed[k]) strayPixels++;
  }
  return { differing, strayPixels };
}
