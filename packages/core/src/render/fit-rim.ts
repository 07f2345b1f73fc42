/**
 * How does the outline of the model lie beside that of the person in this photo, and how is the one drawn onto the other?
 *
 * The joint solution leaves up to a hundredth of the head's width between them: work that ends with the model leaves a bare
 * crescent, or lies on the wall. So the plane of the picture is moved near the outline: along rays from the middle of the
 * cranium, by as much as the person's outline lies beyond the model's, fading inwards over {@link REACH_MM} and nothing in
 * the middle. All that is drawn moves alike: the dots, and with them the tone, and the raster that shading, shine and
 * outline are read by. So the picture still shows the plan; where the plane is drawn out, a dot stands for more of it.
 *
 * A ray is believed as far as the skin that makes the outline there is bare cranium (outline-trust.ts; hair stands off,
 * ears stand before it) and its neighbours agree: what they contradict is a lock, a wall of like colour, a slip of the mask.
 * Where none is believed, and where the photo ends first, nothing is moved. Mask and photo both say where the person ends,
 * and the farther out counts: what reaches too far is cut off at the outline, and a rim left bare would stay bare.
 *
 * Computed from the document and the photo whenever a picture is drawn, with the same bits everywhere; about 3 ms.
 */
import { exp } from '../num/elementary.ts';
import { clamp, smoothstep } from '../num/range.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { CRANIUM_CENTRE } from '../vision/head-outline.ts';
import { outlineTrust } from '../vision/outline-trust.ts';
import { readAt } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { headPointAt } from './raster-head.ts';
import type { HeadRaster } from './raster-head.ts';
import type { SeenDots } from './see-dots.ts';

/**
 * From the middle, over how many px inwards; of each ray, the first again behind the last, where the model ends and how far
 * beyond it the person does, px. A tuple, whose kind outlives a scene.
 */
export type Rim = readonly [
  middleX: number,
  middleY: number,
  reachPx: number,
  edgePx: Float64Array,
  beyondPx: Float64Array,
];

export interface RimInput {
  readonly photo: { readonly widthPx: number; readonly heightPx: number };
  readonly camera: Camera;
  readonly landmarks: { readonly leftTragion: Vec3 };
}

/** Rays cut the sides of a square evenly, 2 to 4 degrees apart: so a place's ray is found without an arc tangent. */
const RAYS = 128;
/** How far inwards the plane is moved; the most that it is, which leaves it in order. */
const REACH_MM = 20;
const MOST_MM = 6;
/** Outlines are not believed so near to the border of a photo. */
const BORDER_MM = 3;
/** How far outside the person masks end, usually: 0.8 to 1.5 mm on twenty portraits. */
const MASK_OUTSIDE_MM = 1;
/** Over how many rays what they say is evened out, sd: about 8 mm; and what one may lie off its neighbours. */
const EVENED_RAYS = 2.5;
const ASTRAY_MM = 1.5;
const ROUNDS = 3;
/** Share of trust around a ray below which it is moved less. */
const ENOUGH_TRUST = 0.4;
/** Half the width between the tragions of the head that outline-trust.ts knows. */
const TRAGION_MM = 72;
/** Newton's steps from a place of the model to where it is drawn: a hundredth of a pixel. */
const STEPS = 2;

/**
 * On the grid's cells: `outline` is 0.5 where the person ends by the photo, `person` by the mask; `hair` is what is given or
 * suggested. Null where no ray is believed.
 */
export function fitRim(
  model: HeadRaster,
  { photo, camera, landmarks }: RimInput,
  outline: Float32Array,
  person: Float32Array,
  hair: Float32Array | null,
  grid: CellGrid,
  pxPerMm: number,
): Rim | null {
  const [x, y] = project(camera, CRANIUM_CENTRE);
  const borderPx = BORDER_MM * pxPerMm;
  const left = Math.max(grid.leftPx, borderPx);
  const top = Math.max(grid.topPx, borderPx);
  const right = Math.min(grid.leftPx + grid.widthPx, photo.widthPx - borderPx) - 1;
  const bottom = Math.min(grid.topPx + grid.heightPx, photo.heightPx - borderPx) - 1;
  const k = TRAGION_MM / landmarks.leftTragion[0];
  const edgePx = new Float64Array(RAYS + 1);
  const said = new Float64Array(RAYS);
  const trust = new Float64Array(RAYS);
  for (let n = 0; n < RAYS; n++) {
    const [dx, dy] = rayAt(n);
    const at = (px: number): [number, number] => [x + dx * px, y + dy * px];
    const seenPx = Math.min(((dx < 0 ? left : right) - x) / dx, ((dy < 0 ? top : bottom) - y) / dy);
    const ray: SeenRay = { grid, at, seenPx };
    const edge = lastOf(model.depthMm, ray);
    edgePx[n] = edge;
    if (!(edge < seenPx)) continue;
    const skin = headPointAt(camera, ...at(edge), model.depthMm[cellAt(grid, ...at(edge))]);
    const believed = outlineTrust([k * skin[0], k * skin[1], k * skin[2]]);
    if (!(believed > 0)) continue;
    const byPhoto = endAlong(outline, ray, edge, 2 * MOST_MM * pxPerMm);
    const byMask = endAlong(person, ray, edge, 2 * MOST_MM * pxPerMm);
    if (!(byPhoto > 0 && byMask > 0)) continue;
    const found = Math.max(byPhoto, byMask - MASK_OUTSIDE_MM * pxPerMm);
    said[n] = found - edge;
    trust[n] = believed * (hair ? 1 - readAt(hair, grid, ...at(found - 2 * pxPerMm)) : 1);
  }
  edgePx[RAYS] = edgePx[0];
  if (!trust.some((v) => v > 0)) return null;
  return [x, y, REACH_MM * pxPerMm, edgePx, evened(said, trust, ASTRAY_MM * pxPerMm, MOST_MM * pxPerMm)];
}

/** The same dots moved with the plane. */
export function seenAtRim([x, y, reachPx, edgePx, beyondPx]: Rim, seen: SeenDots): SeenDots {
  const [xPx, yPx, volume, meanVolume] = [seen.xPx, seen.yPx, seen.volume, seen.meanVolume].map((v) => v.slice());
  for (let k = 0; k < seen.count; k++) {
    const dx = xPx[k] - x;
    const dy = yPx[k] - y;
    const r = Math.sqrt(dx * dx + dy * dy);
    const ray = rayOf(dx, dy);
    const beyond = between(beyondPx, ray);
    const edge = between(edgePx, ray) + beyond;
    if (beyond === 0 || r < edge - reachPx) continue;
    let to = r + beyond * eased((r + beyond - edge) / reachPx + 1);
    let stretch = 1;
    for (let step = 0; step < STEPS; step++) {
      const way = (to - edge) / reachPx + 1;
      stretch = 1 / (1 - (beyond * slopeOf(way)) / reachPx);
      to -= (to - beyond * eased(way) - r) * stretch;
    }
    const out = to / r;
    xPx[k] = x + out * dx;
    yPx[k] = y + out * dy;
    volume[k] *= out * stretch;
    meanVolume[k] *= out * stretch;
  }
  return { ...seen, xPx, yPx, volume, meanVolume };
}

/** What the camera sees of the model, moved with the plane: in each cell what was seen where its skin came from. */
export function rasterAtRim([x, y, reachPx, edgePx, beyondPx]: Rim, model: HeadRaster, grid: CellGrid): HeadRaster {
  const { leftPx, topPx, cellPx, columns, rows } = grid;
  const depthMm = model.depthMm.slice();
  const normal = model.normal.slice();
  const facing = model.facing.slice();
  const half = (cellPx - 1) / 2;
  // Farther in nothing is moved along any ray, and farther out nothing is seen.
  const nearest = Math.max(0, edgePx.reduce((least, v) => Math.min(least, v)) - 2 * reachPx);
  const farthest = edgePx.reduce((most, v) => Math.max(most, v)) + reachPx;
  for (let j = 0, k = 0; j < rows; j++) {
    const dy = topPx + j * cellPx + half - y;
    for (let i = 0; i < columns; i++, k++) {
      const dx = leftPx + i * cellPx + half - x;
      const square = dx * dx + dy * dy;
      if (square < nearest * nearest || square > farthest * farthest) continue;
      const ray = rayOf(dx, dy);
      const beyond = between(beyondPx, ray);
      if (beyond === 0) continue;
      const r = Math.sqrt(square);
      const edge = between(edgePx, ray) + beyond;
      if (r < edge - reachPx || r > edge + reachPx) continue;
      const back = (beyond * eased((r - edge) / reachPx + 1)) / (r * cellPx);
      const u = Math.floor(i - dx * back + 0.5);
      const v = Math.floor(j - dy * back + 0.5);
      const at = u >= 0 && v >= 0 && u < columns && v < rows ? v * columns + u : k;
      depthMm[k] = model.depthMm[at];
      facing[k] = model.facing[at];
      normal[3 * k] = model.normal[3 * at];
      normal[3 * k + 1] = model.normal[3 * at + 1];
      normal[3 * k + 2] = model.normal[3 * at + 2];
    }
  }
  return { depthMm, normal, facing };
}

/** The place of the model that is drawn at this one. */
export function onModel([x, y, reachPx, edgePx, beyondPx]: Rim, xPx: number, yPx: number): readonly [number, number] {
  const dx = xPx - x;
  const dy = yPx - y;
  const r = Math.sqrt(dx * dx + dy * dy);
  const ray = rayOf(dx, dy);
  const beyond = between(beyondPx, ray);
  const back = beyond * eased((r - between(edgePx, ray) - beyond) / reachPx + 1);
  return back === 0 ? [xPx, yPx] : [xPx - (dx * back) / r, yPx - (dy * back) / r];
}

/** A smooth step from 0 to 1, and how steep it is. */
const eased = (way: number): number => (way <= 0 ? 0 : way >= 1 ? 1 : way * way * (3 - 2 * way));
const slopeOf = (way: number): number => (way <= 0 || way >= 1 ? 0 : 6 * way * (1 - way));

/** Of a direction, counted from right by way of down; each side of the square takes a quarter of them. */
function rayOf(dx: number, dy: number): number {
  const share = dy / (Math.abs(dx) + Math.abs(dy) + 1e-12);
  const quarters = dx < 0 ? 2 - share : share < 0 ? 4 + share : share;
  return (RAYS / 4) * quarters;
}

/** The unit direction whose {@link rayOf} is `n`. */
function rayAt(n: number): readonly [dx: number, dy: number] {
  const quarters = (4 * n) / RAYS;
  const dy = quarters <= 1 ? quarters : quarters <= 3 ? 2 - quarters : quarters - 4;
  const dx = (quarters > 1 && quarters < 3 ? -1 : 1) * (1 - Math.abs(dy));
  const l = Math.sqrt(dx * dx + dy * dy);
  return [dx / l, dy / l];
}

/** What rays hold at a place between two. */
function between(rays: Float64Array, ray: number): number {
  const n = Math.min(Math.floor(ray), RAYS - 1);
  return rays[n] + (rays[n + 1] - rays[n]) * (ray - n);
}

function cellAt({ leftPx, topPx, cellPx, columns, rows }: CellGrid, x: number, y: number): number {
  const i = clamp(Math.floor((x - leftPx + 0.5) / cellPx), 0, columns - 1);
  const j = clamp(Math.floor((y - topPx + 0.5) / cellPx), 0, rows - 1);
  return j * columns + i;
}

/** A ray from the middle over the cells, as far as it stays within what is looked at. */
interface SeenRay {
  readonly grid: CellGrid;
  readonly at: (px: number) => readonly [xPx: number, yPx: number];
  readonly seenPx: number;
}

/** The farthest place of a ray, px, whose cell holds more than 0; 0 where none does. */
function lastOf(plane: Float32Array, { grid, at, seenPx }: SeenRay): number {
  const step = grid.cellPx / 4;
  let px = seenPx;
  while (px > 0 && !(plane[cellAt(grid, ...at(px))] > 0)) px -= step;
  return Math.max(0, px);
}

/** Where a plane falls below one half along a ray, px, within so far of the model's edge; 0 where it is not seen to. */
function endAlong(plane: Float32Array, { grid, at, seenPx }: SeenRay, edge: number, withinPx: number): number {
  const step = grid.cellPx / 2;
  const last = Math.min(seenPx, edge + withinPx);
  let px = Math.max(0, edge - withinPx);
  let before = readAt(plane, grid, ...at(px));
  if (before < 0.5) return 0;
  for (; px + step < last; px += step) {
    const here = readAt(plane, grid, ...at(px + step));
    if (here < 0.5) return px + (step * (before - 0.5)) / (before - here);
    before = here;
  }
  return 0;
}

/** What rays say, evened out round the head, the first again behind the last; one that its neighbours contradict counts the less. */
function evened(said: Float64Array, trust: Float64Array, astrayPx: number, mostPx: number): Float64Array {
  const reach = Math.ceil(3 * EVENED_RAYS);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, n) => exp((-n * n) / (2 * EVENED_RAYS * EVENED_RAYS)));
  const weight = trust.slice();
  const beyond = new Float64Array(RAYS + 1);
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < RAYS; n++) {
      let sum = 0;
      let whole = 0;
      let all = 0;
      for (let m = -reach; m <= reach; m++) {
        const other = (n + m + RAYS) % RAYS;
        const by = kernel[Math.abs(m)];
        sum += by * weight[other] * said[other];
        whole += by * weight[other];
        all += by;
      }
      beyond[n] = whole > 0 ? (sum / whole) * smoothstep(0, ENOUGH_TRUST, whole / all) : 0;
    }
    for (let n = 0; n < RAYS; n++) {
      const off = (said[n] - beyond[n]) / astrayPx;
      weight[n] = trust[n] / (1 + off * off);
    }
  }
  for (let n = 0; n < RAYS; n++) beyond[n] = clamp(beyond[n], -mostPx, mostPx);
  beyond[RAYS] = beyond[0];
  return beyond;
}
