/**
 * The client's own stubble beside the work, and what makes the work look like it.
 *
 * In: the scene's cells (light, shading of plain skin, cast shadow, veil) and the photo. Out: how much stronger or weaker
 * the work has to be at each cell, and for the whole scene the colour, grain and size of specks; null where no stubble
 * is seen. A practitioner does the same by choosing shade, needle and density to the fringe.
 *
 * - Tone: skin darker than plain skin that is no shadow is stubble, with an optical density of its own. Near it
 *   ({@link NEAR_MM}) the work goes to the same density, inside what work can do. Where it grows already, what is dark counts
 *   toward the work (pixel-planes.ts), so that work between thin hair follows the scalp that is seen.
 * - Colour: what stubble leaves of the skin's light, channel by channel, against how dark it is.
 * - Grain: fine contrast over the fall of L* (bands as in measure-picture.ts), bare skin's taken off, held inside that of real
 *   work. Size: specks of variance v, seen as Gaussians, give the two finest bands a ratio that falls with v alone.
 *
 * Strands are not drawn: work is dots, so long stubble stays told from it by its direction.
 */
import { log } from '../num/elementary.ts';
import { clamp, smoothstep } from '../num/range.ts';
import type { OpticalCalibration } from '../pigment/calibration.ts';
import { lStarOf, luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { gaussianBlur } from './blur.ts';
import { cellGrid, meansOver, readEverywhere } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { bandVariances, finestPx } from './band-contrast.ts';
import { fitShading } from './fit-shading.ts';
import type { Shading } from './fit-shading.ts';
import type { HeadRaster } from './raster-head.ts';
import type { SeenDots } from './see-dots.ts';

export interface StubbleCells {
  readonly grid: CellGrid;
  readonly light: readonly [Float32Array, Float32Array, Float32Array];
  readonly shading: Shading;
  readonly shadow: Float32Array;
  readonly raster: HeadRaster;
  /** 1 where the model says scalp or forehead: what the shading was fitted to. */
  readonly places: Uint8Array;
  readonly person: Float32Array;
  /** 1 where neither ears nor given hair are. */
  readonly clear: Float32Array;
  /** Optical density of the work. */
  readonly veil: Float32Array;
  readonly pxPerMm: number;
}

export interface StubbleMatch {
  /** What to multiply the work's optical density with, per cell. */
  readonly factor: Float32Array;
  readonly calibration: OpticalCalibration;
  readonly albedo: Colour3;
}

/** How far into the work stubble is felt, sd. */
const NEAR_MM = 10;
/** Over which hairs and the skin between them are one tone, sd. */
const LOCAL_MM = 2;
/** Share of plain skin's light that stubble takes; more is hair. */
const LEAST_TAKEN = [0.12, 0.2] as const;
const MOST_TAKEN = [0.65, 0.8] as const;
const FACING = 0.35;
/** As rough as bare skin so many times is stubble, whatever its colour; a shadow is as smooth as skin. */
const ROUGH = [1.5, 2.2] as const;
/** Work can be set so much lighter or denser than designed: between the falls of L* of published pairs. */
const FACTOR = [0.8, 1.4] as const;
/** Share of the work that is left out amid stubble: the skin between its hairs is darker than bare skin already. */
const AMID_STUBBLE = 0.5;
/** Work beside smooth stubble is drawn with so much of the least grain of other work; noise comes to it. */
const SMOOTHEST = 0.75;
const SCALE = [0.85, 1.25] as const;
/**
 * By how much more coloured than bare skin, relative to its light, what is dark may be to be believed stubble's colour, and from where it
 * tells none. Brown hair over half of the skin, a quarter as light and 0.5 more coloured than skin, makes it 0.1. More is fair hair
 * longer than stubble, freckles, skin in shadow (0.12 to 0.32 on five heads of the sheet; stubble of the others under 0.07).
 */
const MORE_COLOUR = [0.1, 0.2] as const;
/** How much less or more grey stubble may make covered skin, as a share of the bare skin's luminance. */
const GREYER = [-0.06, 0.1] as const;
/** How much redder, yellower or bluer it may make it, the same; more left the work of red heads orange. An estimate, by eye. */
const MOST_TINT = 0.04;
/** Light of bare skin against the fit of its shading; over how far its colour is asked, sd, and how much has to be there. */
const BARE = [0.75, 1.35] as const;
const AROUND_MM = 20;
const LEAST_BARE = 0.02;
/** Share of stubble around a cell from which it is believed, and cells in all from which colour and grain are. */
const BELIEVED = [0.005, 0.06] as const;
const LEAST_CELLS = 600;
/** So much of it has to be seen at first sight, against a fit of the shading that much stubble has drawn toward itself. */
const GLIMPSED = 0.25;
const LEAST_PIXELS = 600;
const WINDOW_PX = 256;
const BLOCK_CELLS = 4;

export function matchStubble(
  photo: Pixels,
  cells: StubbleCells,
  calibration: OpticalCalibration,
  albedo: Colour3,
  skin: Colour3,
  quality: PhotoQuality,
): StubbleMatch | null {
  const { grid, veil, pxPerMm } = cells;
  const { columns, rows, cellPx } = grid;
  const near = (plane: Float32Array): Float32Array => spreadFar(plane, grid, pxPerMm, NEAR_MM);
  const local = (plane: Float32Array): Float32Array =>
    gaussianBlur(plane, columns, rows, (LOCAL_MM * pxPerMm) / cellPx);
  // It is the full tones that have to meet, not where they thin out: the inside of either counts, and not its rim.
  const work = local(veil);
  const workInside = product(work, work);
  const workWeight = near(workInside);
  const first = lookAtScalp(cells, cells.shading);
  if (total(besideWork(first.stubble, workWeight)) < GLIMPSED * LEAST_CELLS) return null;
  const scalp = lookAtBareSkin(cells, first, skin);
  const share = scalp.stubble;
  const beside = besideWork(share, workWeight);
  if (total(beside) < LEAST_CELLS) return null;
  const dark = 1 - luminance(albedo[0] * skin[0], albedo[1] * skin[1], albedo[2] * skin[2]) / luminance(...skin);
  const shareAround = local(share);
  const own = local(product(share, densityOf(scalp.taken, dark)));
  for (let k = 0; k < own.length; k++) own[k] /= Math.max(shareAround[k], 1e-6);
  const ownInside = product(shareAround, shareAround);
  const [ownNear, ownWeight] = [near(product(ownInside, own)), near(ownInside)];
  const workNear = near(product(workInside, work));
  const shareNear = near(share);
  const factor = new Float32Array(work.length).fill(1);
  for (let k = 0; k < factor.length; k++) {
    if (!(work[k] > 1e-3)) continue;
    const wanted = ownNear[k] / Math.max(ownWeight[k], 1e-6) / Math.max(workNear[k] / workWeight[k], 1e-6);
    const match = 1 + (clamp(wanted, FACTOR[0], FACTOR[1]) - 1) * smoothstep(BELIEVED[0], BELIEVED[1], shareNear[k]);
    factor[k] = match * (1 - AMID_STUBBLE * shareAround[k]);
  }
  return {
    factor,
    calibration: grainedLike(photo, cells, scalp, beside, calibration, quality),
    albedo: colouredLike(cells, scalp, beside, albedo, skin),
  };
}

/** What of a plane lies near enough to the work to count. */
function besideWork(plane: Float32Array, workWeight: Float32Array): Float32Array {
  const beside = new Float32Array(plane.length);
  for (let k = 0; k < beside.length; k++) if (workWeight[k] > 0.01) beside[k] = plane[k];
  return beside;
}

function total(plane: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < plane.length; k++) sum += plane[k];
  return sum;
}

/** Optical density of stubble that takes these shares of the light, if all of it took `dark`. */
function densityOf(taken: Float32Array, dark: number): Float32Array {
  const density = new Float32Array(taken.length);
  for (let k = 0; k < density.length; k++) density[k] = -log(1 - clamp(taken[k] / dark, 0, 0.9));
  return density;
}

/** The dots of a scene as the match has them. */
export function withMatch(seen: SeenDots, grid: CellGrid, factor: Float32Array): SeenDots {
  const volume = seen.volume.slice();
  for (let k = 0; k < seen.count; k++) {
    const i = clamp(Math.floor((seen.xPx[k] - grid.leftPx) / grid.cellPx), 0, grid.columns - 1);
    const j = clamp(Math.floor((seen.yPx[k] - grid.topPx) / grid.cellPx), 0, grid.rows - 1);
    volume[k] *= factor[j * grid.columns + i];
  }
  return { ...seen, volume };
}

/** Spread over centimetres: on blocks of cells, which are fine enough for it and sixteen times fewer. */
function spreadFar(
  plane: Float32Array,
  { columns, rows, cellPx }: CellGrid,
  pxPerMm: number,
  sdMm: number,
): Float32Array {
  const blocks = cellGrid(0, 0, columns, rows, BLOCK_CELLS);
  const mean = meansOver(plane, { columns, rows }, BLOCK_CELLS);
  const sd = (sdMm * pxPerMm) / (cellPx * BLOCK_CELLS);
  const spread = gaussianBlur(mean, blocks.columns, blocks.rows, sd);
  return readEverywhere(spread, blocks);
}

function product(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length);
  for (let k = 0; k < out.length; k++) out[k] = a[k] * b[k];
  return out;
}

/** What is seen at each cell. */
interface Scalp {
  /** 1 where skin is bare. */
  readonly bare: Float32Array;
  /** Share of the bare skin's light that is missing. */
  readonly taken: Float32Array;
  /** How surely it is stubble that takes it, 0..1. */
  readonly stubble: Float32Array;
}

function lookAtScalp(
  { light, shadow, raster, person, clear, grid }: StubbleCells,
  { luminance: plain }: Shading,
): Scalp {
  const ratio = new Float32Array(plain.length);
  for (let k = 0; k < ratio.length; k++)
    if (plain[k] > 0 && raster.facing[k] > FACING && person[k] > 0.95 && clear[k] === 1)
      ratio[k] = luminance(light[0][k], light[1][k], light[2][k]) / plain[k];
  const rough = roughness(ratio, grid);
  const bare = new Float32Array(ratio.length);
  const taken = new Float32Array(ratio.length);
  const stubble = new Float32Array(ratio.length);
  for (let k = 0; k < ratio.length; k++) {
    if (!(ratio[k] > 0)) continue;
    if (ratio[k] > BARE[0] && ratio[k] < BARE[1] && rough[k] < ROUGH[0]) bare[k] = 1;
    taken[k] = 1 - ratio[k];
    const notShadow = Math.max(1 - shadow[k], smoothstep(ROUGH[0], ROUGH[1], rough[k]));
    stubble[k] =
      notShadow *
      smoothstep(LEAST_TAKEN[0], LEAST_TAKEN[1], taken[k]) *
      smoothstep(MOST_TAKEN[1], MOST_TAKEN[0], taken[k]);
  }
  return { bare, taken, stubble };
}

/**
 * Bare skin is what is smooth and near the fit of its shading. Half a head of stubble has drawn that fit toward itself, so
 * it is made once more on what looked bare at first, and looked at again.
 */
function lookAtBareSkin(cells: StubbleCells, first: Scalp, skin: Colour3): Scalp {
  const places = new Uint8Array(first.bare.length);
  for (let k = 0; k < places.length; k++) places[k] = cells.places[k] * first.bare[k];
  return lookAtScalp(cells, fitShading(cells.raster, cells.light, places, skin));
}

/** How uneven a ratio is from cell to cell, against smooth skin: the spread within a block over that of the smoothest fifth. */
function roughness(ratio: Float32Array, grid: CellGrid): Float32Array {
  const { columns, rows } = grid;
  const mean = meansOver(ratio, grid, BLOCK_CELLS);
  const squares = meansOver(product(ratio, ratio), grid, BLOCK_CELLS);
  const isKnown = new Float32Array(ratio.length);
  for (let k = 0; k < isKnown.length; k++) if (ratio[k] > 0) isKnown[k] = 1;
  const known = meansOver(isKnown, grid, BLOCK_CELLS);
  const spread = new Float32Array(mean.length);
  for (let b = 0; b < spread.length; b++)
    if (known[b] === 1) spread[b] = Math.sqrt(Math.max(0, squares[b] - mean[b] * mean[b])) / mean[b];
  // Zeros come first.
  const told = spread.slice().sort();
  const first = told.findLastIndex((v) => v === 0) + 1;
  const usual = Math.max(1e-3, told[first + Math.floor((told.length - first) / 5)] ?? 1);
  const rough = new Float32Array(ratio.length);
  const blockColumns = Math.ceil(columns / BLOCK_CELLS);
  for (let j = 0, k = 0; j < rows; j++) {
    const row = Math.floor(j / BLOCK_CELLS) * blockColumns;
    for (let i = 0; i < columns; i++, k++) rough[k] = spread[row + Math.floor(i / BLOCK_CELLS)] / usual;
  }
  return rough;
}

/**
 * The colour that wholly covered skin has to have for work to be as grey as this stubble, and of its tint. Of a bare skin's colour
 * stubble keeps a share q of it where it takes a share t of the light: with coverage c by something grey of luminance g,
 * 1 - t = (1 - c) + c g and q (1 - t) = 1 - c. What each channel then lacks or has too much is the tint of what covers: brown
 * hair takes more blue than grey does, and grey work beside it looks pink. Bare skin is read near by, since the fit of the
 * shading is less sure of colour than of light.
 */
function colouredLike(
  { light, grid, pxPerMm }: StubbleCells,
  { bare, taken }: Scalp,
  beside: Float32Array,
  albedo: Colour3,
  skin: Colour3,
): Colour3 {
  const near = spreadFar(bare, grid, pxPerMm, AROUND_MM);
  const bareLight = light.map((plane) => spreadFar(product(plane, bare), grid, pxPerMm, AROUND_MM));
  let [weight, sum, kept, whole] = [0, 0, 0, 0];
  const off = [0, 0, 0];
  const offBare = [0, 0, 0];
  for (let k = 0; k < beside.length; k++) {
    if (!(near[k] > LEAST_BARE && beside[k] > 0)) continue;
    const seen = luminance(light[0][k], light[1][k], light[2][k]);
    const plain = luminance(bareLight[0][k], bareLight[1][k], bareLight[2][k]);
    for (let c = 0; c < 3; c++) {
      const colour = bareLight[c][k] / plain - 1;
      const own = light[c][k] / seen - 1;
      kept += beside[k] * own * colour;
      whole += beside[k] * colour * colour;
      off[c] += beside[k] * own * (1 - taken[k]);
      offBare[c] += beside[k] * colour;
    }
    sum += beside[k] * taken[k];
    weight += beside[k];
  }
  if (weight < LEAST_CELLS || !(whole > 0)) return albedo;
  const believed = smoothstep(MORE_COLOUR[1], MORE_COLOUR[0], (kept - whole) / Math.sqrt(whole * weight));
  if (believed === 0) return albedo;
  const t = sum / weight;
  const coverage = clamp(1 - (1 - t) * clamp(kept / whole, 0, 1), t, 1);
  const bright = luminance(...skin);
  const is = luminance(albedo[0] * skin[0], albedo[1] * skin[1], albedo[2] * skin[2]) / bright;
  const greyer = clamp(1 - t / coverage - is, GREYER[0], GREYER[1]);
  const channel = (c: number): number => {
    const perSkin = bright / Math.max(skin[c], 1e-4);
    const tint = (off[c] - (1 - coverage) * offBare[c]) / (weight * coverage);
    const more = clamp(tint - (albedo[c] / perSkin - is), -MOST_TINT, MOST_TINT);
    return clamp(albedo[c] + believed * (greyer + more) * perSkin, 0, 0.9);
  };
  return [channel(0), channel(1), channel(2)];
}

/** The calibration with the grain and the size of specks of the stubble, as far as they can be measured. */
function grainedLike(
  photo: Pixels,
  { grid, light, pxPerMm }: StubbleCells,
  { bare, taken }: Scalp,
  beside: Float32Array,
  calibration: OpticalCalibration,
  { mmPerPxAtHairline, blurPx }: PhotoQuality,
): OpticalCalibration {
  const finest = finestPx(mmPerPxAtHairline);
  const stubble = bandsOf(photo, grid, beside, finest, pxPerMm);
  const skin = bandsOf(photo, grid, bare, finest, pxPerMm);
  if (!stubble || !skin) return calibration;
  let [was, now] = [0, 0];
  for (let k = 0; k < beside.length; k++) {
    const bright = luminance(light[0][k], light[1][k], light[2][k]);
    was += beside[k] * lStarOf(bright / (1 - Math.min(0.9, taken[k])));
    now += beside[k] * lStarOf(bright);
  }
  const fall = (was - now) / total(beside);
  const energy = stubble.map((v, band) => Math.max(0, v - skin[band]));
  const [low, high] = calibration.grainToTone;
  const grain = clamp(Math.sqrt(energy[0] + energy[1] + energy[2]) / Math.max(2, fall), SMOOTHEST * low, high);
  const scale = scaleFor(energy[0] / Math.max(energy[1], 1e-9), finest, calibration, pxPerMm, blurPx);
  return {
    ...calibration,
    grainToTone: [grain, grain],
    drawnDiameterMm: calibration.drawnDiameterMm * scale,
    skinSpreadMm: calibration.skinSpreadMm * scale,
  };
}

/** Variances of the three fine bands of L* over the places that count most, in one window; null where they are too few. */
function bandsOf(
  { widthPx, rgba }: Pixels,
  grid: CellGrid,
  counts: Float32Array,
  finest: number,
  pxPerMm: number,
): readonly number[] | null {
  const { columns, cellPx } = grid;
  const crowd = spreadFar(counts, grid, pxPerMm, NEAR_MM);
  let best = 0;
  for (let k = 1; k < crowd.length; k++) if (crowd[k] > crowd[best]) best = k;
  const width = Math.min(WINDOW_PX, grid.widthPx);
  const height = Math.min(WINDOW_PX, grid.heightPx);
  const left = clamp(Math.round((best % columns) * cellPx - width / 2), 0, grid.widthPx - width);
  const top = clamp(Math.round(Math.floor(best / columns) * cellPx - height / 2), 0, grid.heightPx - height);
  const plane = new Float32Array(width * height);
  const where: number[] = [];
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k++) {
      const p = 4 * ((grid.topPx + top + y) * widthPx + grid.leftPx + left + x);
      plane[k] = lStarOf(luminance(LIGHT_OF_CODE[rgba[p]], LIGHT_OF_CODE[rgba[p + 1]], LIGHT_OF_CODE[rgba[p + 2]]));
      const cell = Math.floor((top + y) / cellPx) * columns + Math.floor((left + x) / cellPx);
      if (counts[cell] > 0.4) where.push(k);
    }
  }
  if (where.length < LEAST_PIXELS) return null;
  return bandVariances(plane, width, height, where, finest);
}

/** How much larger a dot has to be for its two finest bands to stand in this ratio. */
function scaleFor(
  ratio: number,
  finest: number,
  { drawnDiameterMm, skinSpreadMm }: OpticalCalibration,
  pxPerMm: number,
  blurPx: number,
): number {
  const own = ((drawnDiameterMm * drawnDiameterMm) / 16 + skinSpreadMm * skinSpreadMm) * pxPerMm * pxPerMm;
  let [low, high] = [SCALE[0], SCALE[1]] as [number, number];
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2;
    if (bandRatio(own * middle * middle + blurPx * blurPx, finest) > ratio) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Variance of the finest band over the next, of Gaussian specks of variance `v` strewn at random: their spectra, integrated. */
function bandRatio(v: number, finest: number): number {
  const [a, b] = [finest * finest, 4 * finest * finest];
  const band = (from: number, to: number): number => 1 / (v + from) - 2 / (v + (from + to) / 2) + 1 / (v + to);
  return band(0, a) / band(a, b);
}
