/**
 * The picture of a plan at one moment: fresh, healed or years later, on the client's own photo.
 *
 * Per pixel, in light: c = 1 - exp(-k od), od = part veil, part drawn dots; what is dark already counts toward c. Then
 * out = I - (I - S) c (1 - a): the highlight S stays, and the rest mixes toward the pigment as it would look under the
 * same lamp (a is its light relative to skin). Mixing, and not an equal optical density per channel, is what photographs
 * of real work show: brown skin keeps its blue. k follows from the look's contrast, so that L* falls by exactly that share of
 * the healed fall on this client's skin.
 *
 * A photo is more than its light. Cameras and JPEG keep colour at a quarter of the pixels, so where a dot is about a pixel
 * wide its hue follows the veil and only its light is the dot's; rounding adds no noise of colour. What was compressed
 * is compressed again (compress-change.ts). The grain that mixing dimmed with the skin is put back; where the photo has
 * none, rounding is dithered by a hash, which hides the steps that a smooth veil would show.
 * Promises: samples outside `changed` are the photo's own; the same bits on every engine.
 */
import { exp, log } from '../num/elementary.ts';
import { smoothstep } from '../num/range.ts';
import { lStarOf, luminance, luminanceOf } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';
import { hash32 } from '../random/hash.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { readAt } from './cell-grid.ts';
import { compressChange } from './compress-change.ts';
import { drawnShareFor } from './drawn-share.ts';
import { estimateJpeg } from './estimate-jpeg.ts';
import type { JpegSteps } from './estimate-jpeg.ts';
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
/** At this scale a dot is several pixels wide, and compression leaves it as it is. */
const LARGE_DOTS_MM = 0.12;
/**
 * At an edge single dots are set lighter (facts 1.5): how much of a dot's disc is drawn where it stands alone; all of it
 * from half the full density.
 */
const SPARSE = 0.5;
/** Scale at which cameras see the hue of a single dot: not at the first, wholly at the second, mm a pixel. */
const HUE_MM = [0.28, 0.1] as const;
/** How far cameras and JPEG spread colour, sd: they keep it at half the pixels each way. */
const HUE_SPREAD_PX = 2.5;
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
const hueVeils = new WeakMap<Scene, Float32Array>();
const compression = new WeakMap<Scene, JpegSteps | null>();

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
  const perHalf = (1 - SPARSE) / (-0.5 * log(1 - scene.calibration.coverage));
  const hue = smoothstep(...HUE_MM, scene.quality.mmPerPxAtHairline);
  const hueVeil = hue < 1 ? hueVeilOf(scene) : veil;
  const dither = smoothstep(1.5, 0.5, scene.quality.noiseCodes) / 1024;
  const { widthPx, heightPx, leftPx, topPx } = grid;
  const rgba = new Uint8ClampedArray(4 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    let at = (topPx + y) * photo.widthPx + leftPx;
    rgba.set(photo.rgba.subarray(4 * at, 4 * (at + widthPx)), 4 * y * widthPx);
    for (let k = y * widthPx, end = k + widthPx; k < end; k++, at++) {
      if (!changed[at]) continue;
      const single = share * crisp[k] * Math.min(1, SPARSE + perHalf * veil[k]);
      const od = strength * (veil[k] * (1 - single) + drawn[k] * single);
      let c = coverageOf(od);
      // The tone that the eye takes for colour: without single dots.
      let tone = hue < 1 ? c + (1 - hue) * (coverageOf(strength * hueVeil[k]) - c) : c;
      if (present[k]) {
        c = (255 * c - present[k]) / (255 - present[k]);
        tone = (255 * tone - present[k]) / (255 - present[k]);
      }
      if (!(c > 0 || tone > 0)) continue;
      blend(scene, rgba, at, k, (Math.max(0, c) * open[k]) / 255, (Math.max(0, tone) * open[k]) / 255, dither);
    }
  }
  const jpeg = jpegOf(scene);
  if (jpeg) compressChange(photo, changed, { leftPx, topPx, widthPx, heightPx, rgba }, jpeg);
  return { leftPx, topPx, widthPx, heightPx, rgba };
}

/** 1 - exp(-od). */
const coverageOf = (od: number): number => (od >= MOST_DENSITY ? 1 : COVERAGE[(od * STEPS_PER_DENSITY + 0.5) | 0]);

/**
 * Mixes pixel `k` of the patch, `at` of the photo, toward the pigment: its hue by `tone`, its light by `c`. Rounding is
 * dithered by `dither` of a thousandth, the same in all channels.
 */
function blend(
  scene: Scene,
  rgba: Uint8ClampedArray,
  at: number,
  k: number,
  c: number,
  tone: number,
  dither: number,
): void {
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
  fromR *= 1 - albedo[0];
  fromG *= 1 - albedo[1];
  fromB *= 1 - albedo[2];
  r -= fromR * tone;
  g -= fromG * tone;
  b -= fromB * tone;
  const codeG = codeOfLight(g);
  // Grain falls with the code value; the lost part of it comes back.
  let back = (scene.detail[k] / 4) * (1 - (codeG + 1) / (rgba[p + 1] + 1));
  if (c !== tone) {
    const light = luminance(r, g, b);
    back += codeOfLight(light - luminance(fromR, fromG, fromB) * (c - tone)) - codeOfLight(light);
  }
  back += dither > 0 ? 0.5 + dither * ((hash32(at, 97) & 1023) - 511.5) : 0.5;
  // Each channel rounded by itself would add a noise of colour that photos do not have.
  const change = codeG - rgba[p + 1];
  const whole = Math.floor(change + back);
  rgba[p] += whole + Math.round(codeOfLight(r) - rgba[p] - change);
  rgba[p + 2] += whole + Math.round(codeOfLight(b) - rgba[p + 2] - change);
  rgba[p + 1] += whole;
}

/** The share of the healed look, for all looks: fresh dots are the same dots, larger. */
function shareOf(scene: Scene): number {
  const known = drawnShares.get(scene);
  if (known !== undefined) return known;
  const share = drawnShareFor(scene, dotsOf(scene, { dotScale: 1, softness: 1 }));
  drawnShares.set(scene, share);
  return share;
}

function hueVeilOf(scene: Scene): Float32Array {
  const known = hueVeils.get(scene);
  if (known) return known;
  const spread = gaussianBlur(scene.veil, scene.grid.widthPx, scene.grid.heightPx, HUE_SPREAD_PX);
  hueVeils.set(scene, spread);
  return spread;
}

/** The steps that the photo was compressed with; null where they are too fine, or dots too large, to be touched. */
function jpegOf(scene: Scene): JpegSteps | null {
  if (scene.quality.mmPerPxAtHairline < LARGE_DOTS_MM) return null;
  const known = compression.get(scene);
  if (known !== undefined) return known;
  const found = estimateJpeg(scene.photo, scene.grid);
  compression.set(scene, found);
  return found;
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
