/**
 * The picture of a plan at one moment: fresh, healed or years later, on the client's own photo.
 *
 * Per pixel, in light: c = 1 - exp(-k od), od = part veil, part drawn dots; what is dark already counts toward c. Then
 * out = I - (I - S) c (1 - a): the highlight S stays, and the rest mixes toward the pigment as it would look under the
 * same lamp (a is its light relative to skin). Mixing, and not an equal optical density per channel, is what photographs
 * of real work show: brown skin keeps its blue. k follows from the look's contrast, so that L* falls by exactly that share of
 * the healed fall on this client's skin.
 *
 * The photo's grain would be dimmed with the skin, so the part that mixing took is put back; rounding is dithered by
 * a hash, which hides the steps that a smooth veil would show.
 * Promises: samples outside `changed` are the photo's own; the same bits on every engine.
 */
import { exp, log } from '../num/elementary.ts';
import { lStarOf, luminance, luminanceOf } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';
import { hash32 } from '../random/hash.ts';
import type { Pixels } from '../vision/pixels.ts';
import { readAt } from './cell-grid.ts';
import { drawnShareFor } from './drawn-share.ts';
import type { Scene } from './prepare-scene.ts';
import { splatDots } from './splat-dots.ts';

/** What a moment changes, relative to healed. Structurally the look of the forecast room. */
export interface LookStyle {
  readonly name: string;
  readonly contrast: number;
  readonly dotScale: number;
  readonly softness: number;
}

export interface LookPicture {
  /** RGBA, the size of the photo, in its own colour space. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** One byte per pixel, 1 where a planned dot may have changed it; the same for every look of a scene. */
  readonly changed: Uint8Array;
}

const MOST_COVERAGE = 0.94;
const STEPS_PER_DENSITY = 512;
const MOST_DENSITY = 8;
/** 1 - exp(-od). */
const COVERAGE = Float32Array.from(
  { length: MOST_DENSITY * STEPS_PER_DENSITY + 1 },
  (_, i) => 1 - exp(-i / STEPS_PER_DENSITY),
);

/** Drawn dots of the last style, kept per scene: looks of one year differ only in contrast. */
const drawnDots = new WeakMap<Scene, { readonly key: string; readonly plane: Float32Array }>();
const drawnShares = new WeakMap<Scene, number>();

/** The part of the photo that a look may change, as it then looks; the rest of the photo stays. */
export interface LookPatch {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGBA of the rectangle; samples where nothing is changed are the photo's. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export const renderLook = (scene: Scene, look: LookStyle): LookPicture => ({
  rgba: withPatch(scene.photo, renderPatch(scene, look)),
  changed: scene.changed,
});

/** A copy of the photo with the patch laid over it. */
function withPatch(
  photo: Pixels,
  { leftPx, topPx, widthPx, heightPx, rgba }: LookPatch,
): Uint8ClampedArray<ArrayBuffer> {
  const whole = new Uint8ClampedArray(photo.rgba);
  for (let y = 0; y < heightPx; y++) {
    const row = rgba.subarray(4 * y * widthPx, 4 * (y + 1) * widthPx);
    whole.set(row, 4 * ((topPx + y) * photo.widthPx + leftPx));
  }
  return whole;
}

/** What {@link renderLook} draws, without a copy of the whole photo around it: a fifth of the memory. */
export function renderPatch(scene: Scene, look: LookStyle): LookPatch {
  const { photo, grid, veil, open, crisp, present, changed } = scene;
  const strength = densityScale(scene, look.contrast);
  const share = shareOf(scene) / 255;
  const drawn = dotsOf(scene, look);
  const { widthPx, heightPx, leftPx, topPx } = grid;
  const rgba = new Uint8ClampedArray(4 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    let at = (topPx + y) * photo.widthPx + leftPx;
    rgba.set(photo.rgba.subarray(4 * at, 4 * (at + widthPx)), 4 * y * widthPx);
    for (let k = y * widthPx, end = k + widthPx; k < end; k++, at++) {
      if (!changed[at]) continue;
      const single = share * crisp[k];
      const od = strength * (veil[k] * (1 - single) + drawn[k] * single);
      let c = od >= MOST_DENSITY ? 1 : COVERAGE[(od * STEPS_PER_DENSITY + 0.5) | 0];
      if (present[k]) c = (255 * c - present[k]) / (255 - present[k]);
      if (!(c > 0)) continue;
      blend(scene, rgba, at, k, (c * open[k]) / 255);
    }
  }
  return { leftPx, topPx, widthPx, heightPx, rgba };
}

/** Mixes pixel `k` of the patch, `at` of the photo, toward the pigment. */
function blend(scene: Scene, rgba: Uint8ClampedArray, at: number, k: number, c: number): void {
  const { albedo } = scene;
  const shine = scene.highlight[k] / 65535;
  const p = 4 * k;
  let r = LIGHT_OF_CODE[rgba[p]];
  let g = LIGHT_OF_CODE[rgba[p + 1]];
  let b = LIGHT_OF_CODE[rgba[p + 2]];
  let fromR = r - shine;
  let fromG = g - shine;
  let fromB = b - shine;
  if (scene.open[k] < 255) {
    // Part wall: only the head's part darkens, from the head's colour.
    const { outline, photo } = scene;
    const x = at % photo.widthPx;
    const y = (at - x) / photo.widthPx;
    const headR = readAt(outline.head[0], outline.grid, x, y);
    if (headR >= 0) {
      fromR = Math.min(fromR, headR);
      fromG = Math.min(fromG, readAt(outline.head[1], outline.grid, x, y));
      fromB = Math.min(fromB, readAt(outline.head[2], outline.grid, x, y));
    }
  }
  r -= fromR * c * (1 - albedo[0]);
  g -= fromG * c * (1 - albedo[1]);
  b -= fromB * c * (1 - albedo[2]);
  const codeG = codeOfLight(g);
  // Grain falls with the code value; the lost part of it comes back.
  const back = (scene.detail[k] / 4) * (1 - (codeG + 1) / (rgba[p + 1] + 1));
  const noise = hash32(at, 97);
  rgba[p] = Math.floor(codeOfLight(r) + back + (noise & 1023) / 1024);
  rgba[p + 1] = Math.floor(codeG + back + ((noise >>> 10) & 1023) / 1024);
  rgba[p + 2] = Math.floor(codeOfLight(b) + back + ((noise >>> 20) & 1023) / 1024);
}

/** The share of the healed look, for all looks: fresh dots are the same dots, larger. */
function shareOf(scene: Scene): number {
  const known = drawnShares.get(scene);
  if (known !== undefined) return known;
  const share = drawnShareFor(scene, dotsOf(scene, { dotScale: 1, softness: 1 }));
  drawnShares.set(scene, share);
  return share;
}

function dotsOf(scene: Scene, { dotScale, softness }: Pick<LookStyle, 'dotScale' | 'softness'>): Float32Array {
  const key = `${dotScale} ${softness}`;
  const kept = drawnDots.get(scene);
  if (kept?.key === key) return kept.plane;
  const style = { dotScale, softness, blurPx: scene.quality.blurPx };
  const plane = splatDots(scene.seen, scene.grid, scene.calibration, style);
  drawnDots.set(scene, { key, plane });
  return plane;
}

/** What to multiply optical density with, so that L* falls by `contrast` times the healed fall on this skin. */
export function densityScale({ skin, albedo, calibration, healedDrop }: Scene, contrast: number): number {
  const bare = luminance(...skin);
  const lStar = lStarOf(bare);
  const wanted = luminanceOf(Math.max(1, lStar * (1 - contrast * healedDrop)));
  const full = luminance(skin[0] * (1 - albedo[0]), skin[1] * (1 - albedo[1]), skin[2] * (1 - albedo[2]));
  const c = Math.min(MOST_COVERAGE, (bare - wanted) / full);
  return log(1 - c) / log(1 - calibration.coverage);
}
