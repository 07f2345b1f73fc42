/**
 * Is this light the head's or the wall's behind it?
 *
 * Both are known by their colours near by and how uneven those are: {@link SIGNS} numbers a cell, read between cells. A
 * place is so much head as its light lies nearer to the head's than to the wall's, in units of how much either varies; what
 * is plainly wall is none. Skin that turns away from the lamp is as dark as a light wall, and hair with a little wall before
 * it as light as skin: hue, where it tells the two apart, bounds the answer from both sides.
 */
import { clamp, smoothstep } from '../num/range.ts';
import type { CellGrid } from './cell-grid.ts';

/** One of the two sides, around each cell. */
export interface Surroundings {
  readonly colour: readonly [Float32Array, Float32Array, Float32Array];
  /** Of square roots of light, all channels together. */
  readonly variance: Float32Array;
}

/**
 * Of each cell: 1 where both head and wall are near enough to be known, else 0; light of the head and of the wall, as
 * square roots, near to how it looks; how uneven they are, sd of the head over all channels together, of the wall in one
 * with the grain of any photo; how plainly the two differ, and how plainly the wall has more colours than one some way about,
 * each 0..1.
 */
export const SIGNS = 11;
const [KNOWN, HEAD, WALL, HEAD_SD, WALL_SD, TOLD, COLOURS] = [0, 1, 4, 7, 8, 9, 10];

/**
 * Differences of head and wall (in square roots of light, near to how they look) below which the mask decides, and above
 * which the photo.
 */
const ALIKE = 0.05;
const DISTINCT = 0.16;
/** The same in units of how uneven the wall is, by itself and by the grain of any photo. */
const ALIKE_SD = 2.5;
const DISTINCT_SD = 5;
const GRAIN = 0.012;
/** Nearer to the wall's colour than the first a pixel is wall, whatever the head beside it varies by. */
const OF_WALL_SD = 3;
const OFF_WALL_SD = 6;
/** But a wall of several colours, a flag and a window, varies by as much: what looks so much more like head is none of it. */
const LIKE_BOTH = 0.5;
const LIKE_HEAD = 0.75;
/** A wall more uneven than the second, sd, has no hue of its own. */
const UNEVEN = [0.045, 0.07] as const;
/** How far hues of head and wall lie apart, in grain of this light, to tell nothing and all. */
const HUES_ALIKE = 1.5;
const HUES_DISTINCT = 3;
/** Light of a pixel against the darker of head and wall: below the first its hue is that of hair or shadow. */
const DARKER = [0.75, 0.9] as const;
/** Before a wall of several colours: with so little of the head's hue, as a share, a pixel is wall, */
const OF_GREY = [0.1, 0.4] as const;
/** where the head has so much hue, in grain. */
const COLOURED = [6, 12] as const;
/** On the way from the wall's hue to the head's: a pixel is head at least from the first on, and at most from the second. */
const AT_LEAST = [0.4, 0.75] as const;
const AT_MOST = [0.35, 0.7] as const;

/**
 * What {@link SIGNS} says of each cell, all 0 where one of the two is not known. `wallAbout` is the wall's variance over some
 * centimetres: the last of a stripe between head and mask's end is seen only farther along.
 */
export function signsOf(head: Surroundings, wall: Surroundings, wallAbout: Float32Array): Float32Array {
  const cells = head.variance.length;
  const signs = new Float32Array(SIGNS * cells);
  for (let k = 0, s = 0; k < cells; k++, s += SIGNS) {
    if (!(head.colour[0][k] >= 0 && wall.colour[0][k] >= 0)) continue;
    let apart = head.variance[k];
    for (let c = 0; c < 3; c++) {
      const [h, w] = [Math.sqrt(head.colour[c][k]), Math.sqrt(wall.colour[c][k])];
      signs[s + HEAD + c] = h;
      signs[s + WALL + c] = w;
      apart += (h - w) * (h - w);
    }
    const way = Math.sqrt(apart);
    const wallSd = Math.sqrt(wall.variance[k] / 3) + GRAIN;
    signs[s + KNOWN] = 1;
    signs[s + HEAD_SD] = Math.sqrt(head.variance[k]);
    signs[s + WALL_SD] = wallSd;
    signs[s + COLOURS] = smoothstep(...UNEVEN, Math.sqrt(wallAbout[k] / 3) + GRAIN);
    signs[s + TOLD] = Math.max(smoothstep(ALIKE, DISTINCT, way), smoothstep(ALIKE_SD, DISTINCT_SD, way / wallSd));
  }
  return signs;
}

/** What rounding leaves of 1. */
const ALL_KNOWN = 1 - 1e-6;

/** Where places lie among the columns or rows of cells: the first sign of the one before, and how far it is to the next. */
export interface SignPlaces {
  readonly signOf: Int32Array;
  readonly wayOf: Float64Array;
}

/** Of so many places from x0 on, `stepPx` apart. */
export const columnPlaces = (grid: CellGrid, x0: number, stepPx: number, count: number): SignPlaces =>
  placesOf(x0 - grid.leftPx, stepPx, count, grid.cellPx, grid.columns, SIGNS);

/** The same down from y0. */
export const rowPlaces = (grid: CellGrid, y0: number, stepPx: number, count: number): SignPlaces =>
  placesOf(y0 - grid.topPx, stepPx, count, grid.cellPx, grid.rows, SIGNS * grid.columns);

function placesOf(
  fromPx: number,
  stepPx: number,
  count: number,
  cellPx: number,
  cells: number,
  signs: number,
): SignPlaces {
  const signOf = new Int32Array(count);
  const wayOf = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const at = clamp((fromPx + n * stepPx - (cellPx - 1) / 2) / cellPx, 0, cells - 1);
    signOf[n] = signs * Math.floor(at);
    wayOf[n] = at - Math.floor(at);
  }
  return { signOf, wayOf };
}

/**
 * Of the places from `first` up to `end` with these roots of light, three each: `share`, which begins with place `from`,
 * holds what counts where colours cannot tell, and then the answer.
 */
export function tellHead(
  roots: Float64Array,
  row: Float64Array,
  signOf: Int32Array,
  wayOf: Float64Array,
  first: number,
  end: number,
  share: Float64Array,
  from: number,
): void {
  for (let x = first; x < end; x++) {
    const a = signOf[x];
    const way = wayOf[x];
    if (between(row, a + KNOWN, way) < ALL_KNOWN) continue;
    const red = roots[3 * x];
    const green = roots[3 * x + 1];
    const blue = roots[3 * x + 2];
    const away = apartFrom(red, green, blue, row, a + WALL, way);
    const offWall = Math.max(1e-6, away - GRAIN);
    const off = apartFrom(red, green, blue, row, a + HEAD, way);
    const offHead = Math.max(0, off - between(row, a + HEAD_SD, way) - GRAIN);
    const wallSd = between(row, a + WALL_SD, way);
    const offAnyWall = smoothstep(OF_WALL_SD, OFF_WALL_SD, away / wallSd);
    const ofHead = smoothstep(LIKE_BOTH, LIKE_HEAD, away / (away + off + 1e-6));
    const byLight = smoothstep(0.1, 0.9, offWall / (offWall + offHead)) * Math.max(offAnyWall, ofHead);
    const told = share[x - from] + (byLight - share[x - from]) * between(row, a + TOLD, way);
    const even = smoothstep(UNEVEN[1], UNEVEN[0], wallSd);
    // Each as a share of its own light: skin that turns away from the lamp keeps its hue.
    const [h, w] = [a + HEAD, a + WALL];
    const head = between(row, h, way) + between(row, h + 1, way) + between(row, h + 2, way) + 1e-6;
    const here = red + green + blue + 1e-6;
    const colours = between(row, a + COLOURS, way);
    const most = colours > 0 ? 1 - colours * greyOf(red / here, green / here, blue / here, row, h, way, head, here) : 1;
    const is = Math.min(told, most);
    if (even === 0) {
      share[x - from] = is;
      continue;
    }
    const wall = between(row, w, way) + between(row, w + 1, way) + between(row, w + 2, way) + 1e-6;
    const wallR = between(row, w, way) / wall;
    const wallG = between(row, w + 1, way) / wall;
    const wallB = between(row, w + 2, way) / wall;
    const byR = between(row, h, way) / head - wallR;
    const byG = between(row, h + 1, way) / head - wallG;
    const byB = between(row, h + 2, way) / head - wallB;
    const apart = byR * byR + byG * byG + byB * byB + 1e-9;
    const on = ((red / here - wallR) * byR + (green / here - wallG) * byG + (blue / here - wallB) * byB) / apart;
    const toldByHue =
      even *
      smoothstep(HUES_ALIKE, HUES_DISTINCT, (Math.sqrt(apart) * here) / GRAIN) *
      smoothstep(DARKER[0], DARKER[1], here / Math.min(head, wall));
    const held = Math.min(
      Math.max(is, smoothstep(AT_LEAST[0], AT_LEAST[1], on)),
      smoothstep(AT_MOST[0], AT_MOST[1], on),
    );
    share[x - from] = Math.min(is + (held - is) * toldByHue, most);
  }
}

/**
 * How plainly a place, its light given in shares of the channels, is too grey to be skin of the head's colour, 0..1. Hair is as
 * grey, and darker.
 */
function greyOf(
  red: number,
  green: number,
  blue: number,
  row: Float64Array,
  h: number,
  way: number,
  head: number,
  here: number,
): number {
  const r = between(row, h, way) / head - 1 / 3;
  const g = between(row, h + 1, way) / head - 1 / 3;
  const b = between(row, h + 2, way) / head - 1 / 3;
  const hue = r * r + g * g + b * b + 1e-9;
  const on = ((red - 1 / 3) * r + (green - 1 / 3) * g + (blue - 1 / 3) * b) / hue;
  return (
    smoothstep(COLOURED[0], COLOURED[1], (Math.sqrt(hue) * here) / GRAIN) *
    smoothstep(OF_GREY[1], OF_GREY[0], on) *
    smoothstep(DARKER[0], DARKER[1], here / head)
  );
}

/** A sign so far on the way to the next column's. */
const between = (row: Float64Array, m: number, way: number): number => row[m] + (row[m + SIGNS] - row[m]) * way;

/** How far the roots of a pixel's light lie from those that begin at sign `m`. */
function apartFrom(red: number, green: number, blue: number, row: Float64Array, m: number, way: number): number {
  const r = red - row[m] - (row[m + SIGNS] - row[m]) * way;
  const g = green - row[m + 1] - (row[m + SIGNS + 1] - row[m + 1]) * way;
  const b = blue - row[m + 2] - (row[m + SIGNS + 2] - row[m + 2]) * way;
  return Math.sqrt(r * r + g * g + b * b);
}

/** The signs so far on the way from the row of cells `above` to the next, from one up to another; behind all columns those of the last go on. */
export function readSigns(
  signs: Float32Array,
  above: number,
  fy: number,
  from: number,
  to: number,
  row: Float64Array,
): void {
  const last = row.length - SIGNS;
  const below = Math.min(above + last, signs.length - last);
  for (let m = from, end = Math.min(to, last); m < end; m++)
    row[m] = signs[above + m] * (1 - fy) + signs[below + m] * fy;
  if (to > last) row.copyWithin(last, last - SIGNS, last);
}
