/**
 * How much of a dot's optical area to draw as its disc on this photo, so that the work is as grainy as real work.
 *
 * The calibration's share was found on photos of about 0.4 mm a pixel. On a sharper one the same discs stand out like
 * poppy seeds, on a softer one they drown and the work reads as make-up; photographs of real work stay between two
 * ratios of grain to tone. Grain is proportional to the share, so one look at the plane of drawn dots tells the share
 * that keeps it inside: three fine bands as in measure-picture.ts, on a window of the densest work.
 */
import { log } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import { bandContrast, finestPx } from './band-contrast.ts';
import type { Scene } from './prepare-scene.ts';

/** Side of the window, px: some thousand dots, a few milliseconds. */
const WINDOW_PX = 320;
/** A window with fewer dense pixels says nothing. */
const LEAST_PIXELS = 300;
/**
 * A soft lens hides the pattern of real work too: dots made up for all of that are spots wherever two come close. Above 1, as far
 * as cameras sharpen what a lens has softened, the veil between dots grows lighter. An estimate: by the
 * second calibration one head of twenty asked for more than 1.1 (grain to tone 0.074, 0.055 at 0.95), by the third none for 1.
 */
const MOST_SHARE = 1.3;
/** L* falls less than in proportion to optical density, and grain with it; fine hue and compression take more (measured: 0.7 to 0.95). */
const FELT = 0.82;

/** `drawn` is the plane of the healed dots, all of their area (splat-dots.ts). */
export function drawnShareFor(scene: Scene, drawn: Float32Array): number {
  const { calibration, grid, veil, open, quality, stretches } = scene;
  const [low, high] = calibration.grainToTone;
  const { widthPx, heightPx } = grid;
  // Beside the outline a veil can be many times as strong as anywhere else.
  const enough = 0.7 * mostUpTo(-log(1 - calibration.coverage), veil, widthPx, stretches);
  let x = 0;
  let y = 0;
  let count = 0;
  for (let n = 0; n < stretches.length; n += 3) {
    const row = stretches[n] * widthPx;
    let inRow = 0;
    let columns = 0;
    for (let i = stretches[n + 1]; i < stretches[n + 2]; i++) {
      if (!(veil[row + i] > enough && open[row + i] === 255)) continue;
      columns += i;
      inRow++;
    }
    x += columns;
    y += stretches[n] * inRow;
    count += inRow;
  }
  if (count < LEAST_PIXELS) return calibration.drawnShare;
  const w = Math.min(WINDOW_PX, widthPx);
  const h = Math.min(WINDOW_PX, heightPx);
  const x0 = clamp(Math.round(x / count - w / 2), 0, widthPx - w);
  const y0 = clamp(Math.round(y / count - h / 2), 0, heightPx - h);
  const plane = new Float32Array(w * h);
  const dense = new Int32Array(w * h);
  let denseCount = 0;
  let tone = 0;
  for (let j = 0; j < h; j++) {
    for (let i = 0; i < w; i++) {
      const k = (y0 + j) * widthPx + x0 + i;
      plane[j * w + i] = drawn[k];
      if (!(veil[k] > enough && open[k] === 255)) continue;
      dense[denseCount++] = j * w + i;
      tone += veil[k];
    }
  }
  if (denseCount < LEAST_PIXELS) return calibration.drawnShare;
  const where = dense.subarray(0, denseCount);
  const perShare = (FELT * bandContrast(plane, w, h, where, finestPx(quality.mmPerPxAtHairline)) * denseCount) / tone;
  return Math.min(MOST_SHARE, clamp(calibration.drawnShare, low / perShare, high / perShare));
}

/** The largest value of a plane on some stretches, or `limit` where that is less. */
function mostUpTo(limit: number, plane: Float32Array, widthPx: number, stretches: Int32Array): number {
  let most = 0;
  for (let n = 0; n < stretches.length && most < limit; n += 3) {
    const row = stretches[n] * widthPx;
    for (let k = row + stretches[n + 1]; k < row + stretches[n + 2]; k++) if (plane[k] > most) most = plane[k];
  }
  return Math.min(most, limit);
}
