/**
 * What makes a picture of the work look false, each as a number: read from the picture itself, not from the plan.
 *
 * The front edge (helmet, straight line, beads) is found in the picture as the place where the darkening reaches half of
 * what it is just behind, column by column, in millimetres over the skin. Just behind, because real work is lighter there than
 * in its body (0.46 and 0.64 of its fall of L* in two published pairs) and grows over centimetres: how crisp an edge is does not
 * hang on that. Rows, sharpness and shine are read
 * where the work is dense. The limits beside each come from published before-and-after pairs where those say something
 * (tone, colour, grain, a ramp of 3 to 5 mm), else from pictures with the fault planted and without.
 */
import { log } from '../../num/elementary.ts';
import { labOf, luminance } from '../../pigment/lab.ts';
import type { Colour3 } from '../../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../../pigment/linear-light.ts';
import type { Camera } from '../../vec/camera.ts';
import { project } from '../../vec/camera.ts';
import type { Vec3 } from '../../vec/mat3.ts';
import { distance } from '../../vec/vec3.ts';
import { gaussianBlur } from '../blur.ts';
import { readAt } from '../cell-grid.ts';
import { densePixels } from '../measure-picture.ts';
import type { Scene } from '../prepare-scene.ts';
import { headPointAt } from '../raster-head.ts';
import type { LookPicture } from '../render-look.ts';

export interface FrontEdge {
  /** From a tenth to nine tenths of the tone {@link BEHIND_MM} behind it, mm; the median over the edge. */
  readonly rampMm: number;
  /** How far the edge strays from a smooth curve over {@link WINDOW_MM}, root mean square. */
  readonly strayMm: number;
  /** How far dark and light follow one another along the edge at one distance, 0 to 1. */
  readonly beads: number;
}

/**
 * A hard cut, spread by skin and by this measurement (2 mm) alone, is a helmet's edge: 2.7 mm here. Real edges run out over 3
 * to 5 mm; wider than the second is a fade.
 */
export const LEAST_RAMP_MM = 3.7;
export const MOST_RAMP_MM = 5.8;
/** Below it is drawn with a ruler: 0.14 mm here. */
export const LEAST_STRAY_MM = 0.3;
/** Above it is a dotted line. */
export const MOST_BEADS = 0.3;
/** Above it one of all directions stands out at the dots' spacing: 0.2 by chance, 0.6 where rows are planted. */
export const MOST_ROWS = 0.3;
/** Above it the edge is peppered: 0.87 to 0.93 here, 1.02 where the dots of the edge are set nearly twice as wide. */
export const MOST_PEPPER = 0.95;
/** Grain to tone above which light skin looks peppered, by eye: 0.10 here. */
export const MOST_GRAIN = 0.115;
/** More of them before the work are seen: 0 to 3 here, more than 20 where some cm2 of them are planted. */
export const MOST_LONE = 8;
/** Body of the work from which a dot is not lone, as a share of the full tone. */
const BODY_SHARE = 0.35;
/** The added grain against that of points seen through the photo's own lens: nothing real is finer. */
export const MOST_SHARPER = 1.25;
/** Light taken from a highlight, against what the skin under it would have lost. */
export const MOST_TAKEN_FROM_SHINE = 1.25;
/** Skin between work and own stubble at the side, as a share of the way to bare. */
export const LARGEST_SIDE_GAP = 0.6;
/** Published pairs: change of b* when healed. For the fall of L* see `HEALED_FALL` of choose-pigment.ts. */
export const MOST_BLUE = -10;

/** Shares of the full tone between which the edge lies that is looked at for pepper. */
const EDGE_SHARES = [0.15, 0.45] as const;
const WINDOW_MM = 24;
/** Where the edge's own tone is read: behind its ramp, before the density has grown much. */
const BEHIND_MM = [5, 8] as const;

/** Share of the light that the work took, over the scene's rectangle of pixels; 0 where nothing changed. */
export function darkening({ photo, grid, changed }: Scene, { rgba }: LookPicture): Float32Array {
  const { leftPx, topPx, widthPx, heightPx } = grid;
  const out = new Float32Array(widthPx * heightPx);
  for (let k = 0; k < out.length; k++) {
    const at = (topPx + Math.floor(k / widthPx)) * photo.widthPx + leftPx + (k % widthPx);
    if (changed[at]) out[k] = 1 - (lightAt(rgba, at) + 1e-4) / (lightAt(photo.rgba, at) + 1e-4);
  }
  return out;
}

const lightAt = (rgba: ArrayLike<number>, at: number): number =>
  luminance(LIGHT_OF_CODE[rgba[4 * at]], LIGHT_OF_CODE[rgba[4 * at + 1]], LIGHT_OF_CODE[rgba[4 * at + 2]]);

/** Null where the edge is not seen: too oblique, outside of the photo, under hair. */
export function frontEdge(scene: Scene, picture: LookPicture, camera: Camera): FrontEdge | null {
  const { widthPx, heightPx } = scene.grid;
  const taken = darkening(scene, picture);
  const pxPerMm = 1 / scene.quality.mmPerPxAtHairline;
  const soft = gaussianBlur(taken, widthPx, heightPx, 0.8 * pxPerMm);
  const dense = densePixels(scene);
  const tones = Array.from(soft.keys())
    .filter((k) => dense[k])
    .map((k) => soft[k])
    .sort((a, b) => a - b);
  if (tones.length < 400) return null;
  const full = tones[tones.length >> 1];
  const ramps: number[] = [];
  const edge: Vec3[] = [];
  const along: number[] = [];
  for (let x = 0; x < widthPx; x++) {
    const skin = (y: number): Vec3 | null => skinAt(scene, camera, x, y);
    const column = Array.from({ length: heightPx }, (_, y) => soft[y * widthPx + x]);
    const crossings = crossingsOf(column, full, skin);
    if (!crossings) continue;
    const [low, middle, high] = crossings.map(skin);
    if (!low || !middle || !high || Math.abs(middle[0]) > 38) continue;
    ramps.push(distance(low, high));
    edge.push(middle);
    along.push(taken[Math.max(0, Math.round(crossings[1] - 0.8 * pxPerMm)) * widthPx + x]);
  }
  if (edge.length < 40) return null;
  ramps.sort((a, b) => a - b);
  return { rampMm: ramps[ramps.length >> 1], strayMm: strayOf(edge), beads: beadsOf(edge, along) };
}

/** Upward from the forehead: where a column first holds a tenth, half and nine tenths of the edge's tone, between pixels. */
function crossingsOf(
  column: readonly number[],
  full: number,
  skin: (y: number) => Vec3 | null,
): readonly [number, number, number] | null {
  const foot = column.findLastIndex((v, y) => y < column.length - 1 && v >= 0.1 * full);
  const from = foot < 0 ? null : skin(foot);
  if (!from) return null;
  const behind: number[] = [];
  for (let y = foot; y >= 0; y--) {
    const there = skin(y);
    const way = there ? distance(from, there) : Infinity;
    if (way > BEHIND_MM[1]) break;
    if (way > BEHIND_MM[0]) behind.push(column[y]);
  }
  if (behind.length === 0) return null;
  const tone = behind.reduce((sum, v) => sum + v, 0) / behind.length;
  const found: number[] = [];
  for (let y = column.length - 2; y >= 0 && found.length < 3; y--) {
    const [below, here] = [column[y + 1], column[y]];
    for (const share of [0.1, 0.5, 0.9].slice(found.length)) {
      if (!(here >= share * tone)) break;
      found.push(below >= share * tone ? y + 1 : y + (here - share * tone) / (here - below));
    }
  }
  return found.length === 3 ? [found[0], found[1], found[2]] : null;
}

/** The skin under a place of the scene's rectangle, mm; null where it is seen too flat to measure on. */
function skinAt({ grid, raster }: Scene, camera: Camera, x: number, y: number): Vec3 | null {
  const [photoX, photoY] = [grid.leftPx + x, grid.topPx + y];
  if (!(readAt(raster.facing, grid, photoX, photoY) > 0.3)) return null;
  return headPointAt(camera, photoX, photoY, readAt(raster.depthMm, grid, photoX, photoY));
}

/** Against a parabola over the length of the window, which is what a smooth line looks like there; height over side. */
function strayOf(edge: readonly Vec3[]): number {
  let sum = 0;
  let count = 0;
  const heights = edge.map(([, y, z]) => Math.sqrt(y * y + z * z) + y);
  for (let k = 0; k < edge.length; k += 3) {
    const near = edge.flatMap((p, i) => (Math.abs(p[0] - edge[k][0]) < WINDOW_MM / 2 ? [i] : []));
    if (near.length < 20) continue;
    const fit = parabola(
      near.map((i) => edge[i][0] - edge[k][0]),
      near.map((i) => heights[i]),
    );
    const off = heights[k] - fit;
    sum += off * off;
    count++;
  }
  return Math.sqrt(sum / Math.max(1, count));
}

/** Value at 0 of the parabola of least squares. */
function parabola(x: readonly number[], y: readonly number[]): number {
  const moment = (power: number): number => x.reduce((sum, v) => sum + v ** power, 0);
  const [s0, s1, s2, s3, s4] = [0, 1, 2, 3, 4].map(moment);
  const [t0, t1, t2] = [0, 1, 2].map((power) => x.reduce((sum, v, i) => sum + v ** power * y[i], 0));
  const determinant = (a: number, b: number, c: number): number =>
    a * (s2 * s4 - s3 * s3) - s1 * (b * s4 - s3 * c) + s2 * (b * s3 - s2 * c);
  return determinant(t0, t1, t2) / determinant(s0, s1, s2);
}

/** Largest likeness of the edge with itself, moved by 0.8 to 3 mm, less the trough before it. */
function beadsOf(edge: readonly Vec3[], along: readonly number[]): number {
  const stepMm = 0.2;
  const series: number[] = [];
  let wayMm = 0;
  for (let k = 1; k < edge.length; k++) {
    const length = Math.abs(edge[k][0] - edge[k - 1][0]);
    while (series.length * stepMm < wayMm + length) {
      const t = length > 0 ? (series.length * stepMm - wayMm) / length : 0;
      series.push(along[k - 1] + t * (along[k] - along[k - 1]));
    }
    wayMm += length;
  }
  const slow = gaussianBlur(Float32Array.from(series), series.length, 1, 2.5 / stepMm);
  const quick = series.map((v, k) => v - slow[k]);
  const likeness = (lag: number): number => {
    let [same, all] = [0, 0];
    for (let k = 0; k + lag < quick.length; k++) {
      same += quick[k] * quick[k + lag];
      all += (quick[k] * quick[k] + quick[k + lag] * quick[k + lag]) / 2;
    }
    return same / (all + 1e-12);
  };
  let most = 0;
  let trough = 1;
  for (let lag = 2; lag * stepMm <= 3; lag++) {
    const now = likeness(lag);
    trough = Math.min(trough, now);
    if (lag * stepMm >= 0.8) most = Math.max(most, Math.min(now, now - trough));
  }
  return most;
}

/**
 * Pepper: how uneven the work is along its edge, where dots stand alone, against its body, sd of the light that was taken
 * within 2 mm. Much above, single dots are darker than the work they belong to.
 */
export function pepperIn(scene: Scene, picture: LookPicture): number {
  const { grid, veil, open, quality } = scene;
  const taken = darkening(scene, picture);
  const slow = gaussianBlur(taken, grid.widthPx, grid.heightPx, 2 / quality.mmPerPxAtHairline);
  const dense = densePixels(scene);
  const full = -log(1 - scene.calibration.coverage);
  const [edge, body] = [
    { squares: 0, count: 0 },
    { squares: 0, count: 0 },
  ];
  for (let k = 0; k < taken.length; k++) {
    const isEdge = open[k] === 255 && veil[k] > EDGE_SHARES[0] * full && veil[k] < EDGE_SHARES[1] * full;
    if (!isEdge && !dense[k]) continue;
    const at = isEdge ? edge : body;
    at.squares += (taken[k] - slow[k]) * (taken[k] - slow[k]);
    at.count++;
  }
  return Math.sqrt(edge.squares / Math.max(1, edge.count) / (body.squares / Math.max(1, body.count)));
}

/** Lone dots: how many of those well seen lie more than about a centimetre from all denser work, on skin without hair. */
export function loneDots({ grid, veil, present, seen, raster, quality, calibration }: Scene): number {
  const { widthPx, heightPx, leftPx, topPx } = grid;
  const enough = -BODY_SHARE * log(1 - calibration.coverage);
  const body = gaussianBlur(
    Float32Array.from(veil, (od) => (od > enough ? 1 : 0)),
    widthPx,
    heightPx,
    4 / quality.mmPerPxAtHairline,
  );
  const hair = gaussianBlur(Float32Array.from(present), widthPx, heightPx, 1 / quality.mmPerPxAtHairline);
  let lone = 0;
  for (let k = 0; k < seen.count; k++) {
    const at = Math.round(seen.yPx[k] - topPx) * widthPx + Math.round(seen.xPx[k] - leftPx);
    const isWellSeen = readAt(raster.facing, grid, seen.xPx[k], seen.yPx[k]) > 0.3;
    if (isWellSeen && body[at] < 0.01 && hair[at] < 40) lone++;
  }
  return lone;
}

/**
 * How far one direction stands out in the grain at the dots' spacing: the largest likeness with itself at that distance
 * less the mean over all directions. `spacingMm` of the dots.
 */
export function rowsIn(scene: Scene, picture: LookPicture, spacingMm: number): number {
  const { widthPx, heightPx } = scene.grid;
  const pxPerMm = 1 / scene.quality.mmPerPxAtHairline;
  const taken = darkening(scene, picture);
  const slow = gaussianBlur(taken, widthPx, heightPx, 1.2 * spacingMm * pxPerMm);
  const grain = gaussianBlur(taken, widthPx, heightPx, 0.15 * spacingMm * pxPerMm).map((v, k) => v - slow[k]);
  const dense = densePixels(scene);
  const places = Array.from(dense.keys()).filter((k) => dense[k] && k % 3 === 0);
  const likeness = (dx: number, dy: number): number => {
    let [same, all] = [0, 0];
    for (const k of places) {
      const other = k + dy * widthPx + dx;
      if (!dense[other]) continue;
      same += grain[k] * grain[other];
      all += (grain[k] * grain[k] + grain[other] * grain[other]) / 2;
    }
    return same / (all + 1e-12);
  };
  let worst = 0;
  for (const radius of [0.8, 0.9, 1, 1.1, 1.2]) {
    const around: number[] = [];
    for (let turn = 0; turn < 24; turn++) {
      const angle = (Math.PI * turn) / 24;
      const reach = radius * spacingMm * pxPerMm;
      around.push(likeness(Math.round(reach * Math.cos(angle)), Math.round(reach * Math.sin(angle))));
    }
    worst = Math.max(worst, Math.max(...around) - around.reduce((sum, v) => sum + v, 0) / around.length);
  }
  return worst;
}

/**
 * The finest band of the added grain against the next (as measure-sharpness.ts asks), over that of points seen through a
 * lens of this spread: above 1 the work is sharper than anything in the photo can be.
 */
export function sharperThanPoints(scene: Scene, picture: LookPicture, lensPx: number): number {
  const { grid, photo } = scene;
  const { widthPx, heightPx } = grid;
  const added = Float32Array.from({ length: widthPx * heightPx }, (_, k) => {
    const at = 4 * ((grid.topPx + Math.floor(k / widthPx)) * photo.widthPx + grid.leftPx + (k % widthPx));
    const luma = (rgba: ArrayLike<number>): number => 0.3 * rgba[at] + 0.6 * rgba[at + 1] + 0.1 * rgba[at + 2];
    return luma(picture.rgba) - luma(photo.rgba);
  });
  const dense = densePixels(scene);
  const side = 64;
  const points = new Float32Array(side * side);
  for (let k = 0; k < points.length; k++) if (k % 9 === 4 && Math.floor(k / side) % 7 === 3) points[k] = 1;
  const seen = gaussianBlur(points, side, side, lensPx);
  const fineness = (plane: Float32Array, columns: number, rows: number, counts: (k: number) => boolean): number => {
    const [fine, coarse] = [0.7, 1.4].map((sd) => gaussianBlur(plane, columns, rows, sd));
    let [fineEnergy, coarseEnergy] = [0, 1e-12];
    plane.forEach((v, k) => {
      if (!counts(k)) return;
      fineEnergy += (v - fine[k]) * (v - fine[k]);
      coarseEnergy += (fine[k] - coarse[k]) * (fine[k] - coarse[k]);
    });
    return Math.sqrt(fineEnergy / coarseEnergy);
  };
  return fineness(added, widthPx, heightPx, (k) => dense[k] === 1) / fineness(seen, side, side, () => true);
}

/** L*, a*, b* of the mean light where the work is dense, less the photo's there. */
export function shiftWhereDense(scene: Scene, { rgba }: LookPicture): Colour3 {
  const { grid, photo } = scene;
  const sums = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  let count = 0;
  densePixels(scene).forEach((isDense, k) => {
    if (!isDense) return;
    count++;
    const at = 4 * ((grid.topPx + Math.floor(k / grid.widthPx)) * photo.widthPx + grid.leftPx + (k % grid.widthPx));
    for (let c = 0; c < 3; c++) {
      sums[0][c] += LIGHT_OF_CODE[photo.rgba[at + c]];
      sums[1][c] += LIGHT_OF_CODE[rgba[at + c]];
    }
  });
  const [before, after] = sums.map(([r, g, b]) => labOf([r / count, g / count, b / count]));
  return [after[0] - before[0], after[1] - before[1], after[2] - before[2]];
}

/**
 * Light that was taken from highlights, against what skin of the same place loses by the tone around it: 1 when only the
 * skin under a highlight was darkened, more when the highlight was too. `isShine` names places of the photo that shine,
 * `share` how much of their light is shine.
 */
export function takenFromShine(scene: Scene, picture: LookPicture, shareAt: (at: number) => number): number {
  const { grid, photo } = scene;
  const taken = darkening(scene, picture);
  const dense = densePixels(scene, 0.5);
  let [plain, plainCount, shiny, expected] = [0, 0, 0, 0];
  taken.forEach((v, k) => {
    if (!dense[k]) return;
    const share = shareAt(
      (grid.topPx + Math.floor(k / grid.widthPx)) * photo.widthPx + grid.leftPx + (k % grid.widthPx),
    );
    if (share < 0.02) {
      plain += v;
      plainCount++;
    } else if (share > 0.25) {
      shiny += v;
      expected += 1 - share;
    }
  });
  return shiny / ((plain / Math.max(1, plainCount)) * expected);
}

/**
 * Down the side of the head: the lightest place between the work above and the client's own stubble below, as a share of the
 * way from the darker of both to bare skin. `skin` is a point of the head at a height (mm) of that side.
 */
export function sideGap(
  scene: Scene,
  { rgba }: LookPicture,
  camera: Camera,
  skin: (heightMm: number) => Vec3,
  [fromMm, toMm]: readonly [number, number],
): number {
  const { photo, grid, shading } = scene;
  const darkness: number[] = [];
  for (let height = toMm; height >= fromMm; height -= 1.5) {
    const [x, y] = project(camera, skin(height));
    let [light, plain] = [0, 0];
    const reach = Math.round(1.5 / scene.quality.mmPerPxAtHairline);
    for (let j = -reach; j <= reach; j++) {
      for (let i = -reach; i <= reach; i++) {
        const at = Math.round(y + j) * photo.widthPx + Math.round(x + i);
        light += lightAt(rgba, at);
        plain += readAt(shading.luminance, grid, x + i, y + j);
      }
    }
    darkness.push(1 - light / Math.max(plain, 1e-6));
  }
  const third = Math.max(1, Math.floor(darkness.length / 4));
  const mean = (some: readonly number[]): number => some.reduce((sum, v) => sum + v, 0) / some.length;
  const ends = Math.min(mean(darkness.slice(0, third)), mean(darkness.slice(-third)));
  return 1 - Math.min(...darkness.slice(third, -third)) / Math.max(ends, 1e-3);
}
