/**
 * The picture of a plan at one moment: fresh, healed or years later, on the client's own photo.
 *
 * Per pixel, in light: c = 1 - exp(-k od), od = part veil, part drawn dots; what is dark already counts toward c. Then
 * out = I - (I - S) c (1 - a): the highlight S stays, and the rest mixes toward the pigment as it would look under the
 * same lamp (a is its light relative to skin). Mixing, and not an equal optical density per channel, is what photographs
 * of real work show: brown skin keeps its blue. k follows from the look's contrast, so that L* falls by exactly that share of
 * the healed fall on this client's skin.
 *
 * Where the skin shines as much light is taken, but of the photo's own hue (`HUE_KEPT`); and of what is white beyond the
 * measured skin (pale-skin.ts) as much in every channel.
 *
 * A photo is more than its light. Cameras and JPEG keep colour at a quarter of the pixels, so where a dot is about a pixel
 * wide its hue follows the veil and only its light is the dot's; rounding adds no noise of colour. What was compressed
 * is compressed again (compress-change.ts). The grain that mixing dimmed with the skin is put back; where the photo has
 * none, rounding is dithered by a hash, which hides the steps that a smooth veil would show.
 * Promises: samples outside `changed` are the photo's own; the same bits on every engine.
 */
import { exp, log } from '../num/elementary.ts';
import { lerp, smoothstep } from '../num/range.ts';
import { lStarOf, luminance, luminanceOf } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight, dimmedCode } from '../pigment/linear-light.ts';
import { hash32 } from '../random/hash.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellPlaceAt, readPlace } from './cell-grid.ts';
import { compressChange } from './compress-change.ts';
import { drawnShareFor } from './drawn-share.ts';
import { estimateJpeg } from './estimate-jpeg.ts';
import type { JpegSteps } from './estimate-jpeg.ts';
import type { PixelRect } from './measure-sharpness.ts';
import { pixelWords } from './pixel-words.ts';
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
 * Share of its optical area that a dot keeps as its disc where it stands alone, and up to the drawn share at full density:
 * 0.3 mm, the largest a dot heals to, wholly black are 0.08 of that area. More is pepper along the edge, which is set
 * lighter besides (facts 1.5).
 */
const LONE_SHARE = 0.08;
/** Scale at which cameras see the hue of a single dot: not at the first, wholly at the second, mm a pixel. */
const HUE_MM = [0.28, 0.1] as const;
/** How far cameras and JPEG spread colour, sd: they keep it at half the pixels each way. */
const HUE_SPREAD_PX = 2.5;
/**
 * How much of the photo's compression the work goes through. With all of it work has more of a step at the blocks' borders
 * than stubble of the same photos has, by one standard deviation over ten photos; with none, less of one by as much.
 */
const BLOCKS_FELT = 0.45;
/**
 * How soon, per share of the light that is highlight, what is taken has the photo's own hue: wholly at a quarter. Near its white a
 * camera has cut off red already (skin and shine of 0.64 and 0.4 show as 0.92), and mixing that takes skin's red from what is left
 * turns shine lilac: b* from 12 to 6 on the worst of twenty portraits, to 11 so. How soon is an estimate, by eye on two heads.
 */
const HUE_KEPT = 4;
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
  const { photo, changed } = scene;
  const patch = copyOf(photo, rectOf(scene));
  draw(scene, look, patch);
  const jpeg = jpegOf(scene);
  if (jpeg) compressChange(photo, changed, patch, jpeg, BLOCKS_FELT);
  return patch;
}

/** The rectangle of the photo around all that may change; a single pixel where nothing may. */
function rectOf({ grid, stretches }: Scene): PixelRect {
  let [left, right] = [grid.widthPx, 0];
  for (let n = 0; n < stretches.length; n += 3) {
    left = Math.min(left, stretches[n + 1]);
    right = Math.max(right, stretches[n + 2]);
  }
  if (right === 0) return { leftPx: grid.leftPx, topPx: grid.topPx, widthPx: 1, heightPx: 1 };
  const [top, bottom] = [stretches[0], stretches[stretches.length - 3]];
  return {
    leftPx: grid.leftPx + left,
    topPx: grid.topPx + top,
    widthPx: right - left,
    heightPx: bottom + 1 - top,
  };
}

function copyOf(photo: Pixels, { leftPx, topPx, widthPx, heightPx }: PixelRect): LookPatch {
  const rgba = new Uint8ClampedArray(4 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const from = 4 * ((topPx + y) * photo.widthPx + leftPx);
    rgba.set(photo.rgba.subarray(from, from + 4 * widthPx), 4 * y * widthPx);
  }
  return { leftPx, topPx, widthPx, heightPx, rgba };
}

/** What a pixel's mixing reads, over the grid, and the words of photo and patch: a tuple, whose kind outlives a scene. */
type Sources = readonly [
  veil: Float32Array,
  drawn: Float32Array,
  hueVeil: Float32Array,
  open: Uint8Array,
  crisp: Uint8Array,
  present: Uint8Array,
  highlight: Uint16Array,
  pale: Uint8Array,
  detail: Int8Array,
  from: Int32Array,
  to: Int32Array,
  head: Float64Array,
];

/** Numbers of a look. */
interface Mixing {
  readonly strength: number;
  /** Shares of a dot's area that are drawn as its disc: the most, where it stands alone, and how fast it grows with the veil. */
  readonly most: number;
  readonly lone: number;
  readonly perVeil: number;
  /** How far the hue of a single dot is seen. */
  readonly hue: number;
  readonly dither: number;
}

function draw(scene: Scene, look: LookStyle, patch: LookPatch): void {
  const { photo, grid, veil, open, crisp, present, highlight, pale, detail, quality, calibration, stretches } = scene;
  const hue = smoothstep(...HUE_MM, quality.mmPerPxAtHairline);
  const drawn = dotsOf(scene, look);
  const hueVeil = hue < 1 ? hueVeilOf(scene) : veil;
  const [from, to] = [pixelWords(photo.rgba), pixelWords(patch.rgba)];
  const head = new Float64Array(3 * grid.widthPx);
  const takenBy = takenByPale(scene.albedo, scene.skin);
  const sources = [veil, drawn, hueVeil, open, crisp, present, highlight, pale, detail, from, to, head] as const;
  const most = shareOf(scene);
  const lone = Math.min(most, LONE_SHARE);
  const mixing = {
    strength: densityScale(scene, look.contrast),
    most: most / 255,
    lone: lone / 255,
    perVeil: (most / 255 - lone / 255) / -log(1 - calibration.coverage),
    hue,
    dither: smoothstep(1.5, 0.5, quality.noiseCodes) / 1024,
  };
  for (let n = 0; n < stretches.length; n += 3) {
    const [y, first, end] = [stretches[n], stretches[n + 1], stretches[n + 2]];
    const inPhoto = (grid.topPx + y) * photo.widthPx + grid.leftPx;
    const inPatch = (grid.topPx + y - patch.topPx) * patch.widthPx + grid.leftPx - patch.leftPx;
    readHead(scene, y, first, end, head);
    mixStretch(takenBy, mixing, sources, y * grid.widthPx, first, end, inPhoto, inPatch);
  }
}

/** Rounding is dithered the same in all channels. */
function mixStretch(
  takenBy: Float64Array,
  { strength, most, lone, perVeil, hue, dither }: Mixing,
  [veil, drawn, hueVeil, open, crisp, present, highlight, pale, detail, from, to, head]: Sources,
  start: number,
  first: number,
  end: number,
  inPhoto: number,
  inPatch: number,
): void {
  // By names of this function: in a bundle those of modules are looked up at every turn of a loop.
  const hueKept = HUE_KEPT;
  const lightOf = LIGHT_OF_CODE;
  const coverageOf = COVERAGE;
  const restOf = REST_OF_PRESENT;
  const partOf = PART_OF_OPEN;
  const perLightOf = PER_LIGHT_OF_CODE;
  const perCodeOf = PER_CODE_AND_ONE;
  const mostSteps = MOST_DENSITY * STEPS_PER_DENSITY;
  const steps = strength * STEPS_PER_DENSITY;
  for (let x = first, k = start + first; x < end; x++, k++) {
    if (open[k] === 0) continue;
    const single = crisp[k] * Math.min(most, lone + perVeil * veil[k]);
    // A share above 1 makes the veil between dots lighter, as cameras sharpen.
    const od = Math.max(0, steps * (veil[k] * (1 - single) + drawn[k] * single));
    const c = coverageOf[od < mostSteps ? (od + 0.5) | 0 : mostSteps];
    // What is there already counts; only the rest is mixed, as far as the pixel is open.
    const rest = restOf[present[k]] * partOf[open[k]];
    const light = Math.max(0, (255 * c - present[k]) * rest);
    let hueBy = light;
    if (hue < 1) {
      // Without single dots.
      const spread = steps * hueVeil[k];
      const seen = c + (1 - hue) * (coverageOf[spread < mostSteps ? (spread + 0.5) | 0 : mostSteps] - c);
      hueBy = Math.max(0, (255 * seen - present[k]) * rest);
    }
    if (!(light > 0 || hueBy > 0)) continue;
    const pixel = from[inPhoto + x];
    const wasR = pixel & 255;
    const wasG = (pixel >>> 8) & 255;
    const wasB = (pixel >>> 16) & 255;
    const shine = highlight[k] * (1 / 65535);
    // Of the light of each channel, what is not highlight,
    let ofR = 1 - shine * perLightOf[wasR];
    let ofG = 1 - shine * perLightOf[wasG];
    let ofB = 1 - shine * perLightOf[wasB];
    if (open[k] < 255) {
      // and part wall: only the head's part darkens, from the head's colour.
      ofR = Math.min(ofR, head[3 * x] * perLightOf[wasR]);
      ofG = Math.min(ofG, head[3 * x + 1] * perLightOf[wasG]);
      ofB = Math.min(ofB, head[3 * x + 2] * perLightOf[wasB]);
    }
    const dark = 3 * pale[k];
    let takenR = ofR * takenBy[dark];
    let takenG = ofG * takenBy[dark + 1];
    let takenB = ofB * takenBy[dark + 2];
    if (shine > 0) {
      const r = lightOf[wasR];
      const g = lightOf[wasG];
      const b = lightOf[wasB];
      const perWhole = 1 / luminance(r, g, b);
      const evenly = perWhole * luminance(r * takenR, g * takenG, b * takenB);
      const kept = Math.min(1, hueKept * shine * perWhole);
      takenR += kept * (evenly - takenR);
      takenG += kept * (evenly - takenG);
      takenB += kept * (evenly - takenB);
    }
    const leftR = 1 - takenR * hueBy;
    const leftG = 1 - takenG * hueBy;
    const leftB = 1 - takenB * hueBy;
    const codeR = dimmedCode(wasR, leftR);
    const codeG = dimmedCode(wasG, leftG);
    const codeB = dimmedCode(wasB, leftB);
    // Grain falls with the code value; the lost part of it comes back.
    let back = 0.5 + (detail[k] / 4) * (1 - (codeG + 1) * perCodeOf[wasG]);
    if (light !== hueBy) {
      const [r, g, b] = [LIGHT_OF_CODE[wasR], LIGHT_OF_CODE[wasG], LIGHT_OF_CODE[wasB]];
      const toned = luminance(r * leftR, g * leftG, b * leftB);
      const mixed = luminance(r * takenR, g * takenG, b * takenB);
      back += codeOfLight(toned - mixed * (light - hueBy)) - codeOfLight(toned);
    }
    if (dither > 0) back += dither * ((hash32(inPhoto + x, 97) & 1023) - 511.5);
    // Each channel rounded by itself would add a noise of colour that photos do not have.
    const change = codeG - wasG;
    const whole = Math.floor(change + back);
    const isR = asCode(wasR + whole + Math.floor(codeR - wasR - change + 0.5));
    const isB = asCode(wasB + whole + Math.floor(codeB - wasB - change + 0.5));
    to[inPatch + x] = isR | (asCode(wasG + whole) << 8) | (isB << 16) | (pixel & 0xff000000);
  }
}

/**
 * The share of each channel's light that wholly covered skin lacks, for each byte of `pale`, three to one. Of the skin's part
 * each channel lacks its own; of what is white beyond it all lack as much as the skin's light does, so that it stays white.
 */
function takenByPale(albedo: Colour3, skin: Colour3): Float64Array {
  const bright = luminance(...skin);
  const left = luminance(albedo[0] * skin[0], albedo[1] * skin[1], albedo[2] * skin[2]) / bright;
  const taken = new Float64Array(3 * 256);
  for (let pale = 0; pale < 256; pale++) {
    const white = pale / 255;
    for (let c = 0; c < 3; c++) {
      const ofSkin = ((1 - white) * skin[c]) / bright;
      taken[3 * pale + c] = 1 - lerp(albedo[c], left, white / (ofSkin + white));
    }
  }
  return taken;
}

/** 1 over the light of each code; of none any part is none. */
const PER_LIGHT_OF_CODE = Float64Array.from(LIGHT_OF_CODE, (light) => 1 / Math.max(light, LIGHT_OF_CODE[1]));
/** 1 over what bytes leave of 255 and over one more than them, and their part of 255. */
const REST_OF_PRESENT = Float64Array.from({ length: 256 }, (_, present) => 1 / (255 - present));
const PER_CODE_AND_ONE = Float64Array.from({ length: 256 }, (_, code) => 1 / (code + 1));
const PART_OF_OPEN = Float64Array.from({ length: 256 }, (_, open) => open / 255);

const asCode = (whole: number): number => (whole < 0 ? 0 : whole > 255 ? 255 : whole);

/** The head's colour near its outline, where pixels of a stretch are part wall; without end where it is not known. */
function readHead(
  { outline: { head, grid: cells }, grid, open }: Scene,
  y: number,
  first: number,
  end: number,
  into: Float64Array,
): void {
  for (let x = first, k = y * grid.widthPx + first; x < end; x++, k++) {
    if (open[k] === 0 || open[k] === 255) continue;
    const place = cellPlaceAt(cells, grid.leftPx + x, grid.topPx + y);
    const red = readPlace(head[0], place);
    const isKnown = red >= 0;
    into[3 * x] = isKnown ? red : Infinity;
    into[3 * x + 1] = isKnown ? readPlace(head[1], place) : Infinity;
    into[3 * x + 2] = isKnown ? readPlace(head[2], place) : Infinity;
  }
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
