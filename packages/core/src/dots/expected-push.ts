/**
 * The push that a dot would feel if its neighbours were spread exactly as the design wants them.
 *
 * In an even neighbourhood it is nothing; on a slope of density, and at any edge, it points to the sparse side. What
 * relaxation should even out is only what goes beyond it. The reserve is the mesh of the integral: every reserve
 * dot counts with its chance of being shown, in the order of the seats.
 */
import type { CellGrid } from './cell-grid.ts';
import { KERNEL, WIDEST_SPACING_MM, kernelScale, reachSquared } from './kernel.ts';
import { BOX, cellsAround, squaredDistanceToBox } from './occupied-cells.ts';
import type { PlacedReserve } from './place-reserve.ts';

/** Real neighbours keep their distance, which the mesh does not know: part of the push that is felt (measured). */
const FELT = 0.9;

/** What a design asks for, on the reserve of a head. */
export interface PushMesh {
  readonly ground: PlacedReserve;
  readonly chance: Float32Array;
  readonly densityPerCm2: Float32Array;
  /** Per seat: how much of it is felt, and the spacing wanted there; 0 where nothing is. Only of cells that are filled. */
  readonly share: Float32Array;
  readonly spacing: Float32Array;
  readonly isFilled: Uint8Array;
  /** Per occupied cell: the widest spacing, the least and the greatest density. */
  readonly widest: Float32Array;
  readonly sparsest: Float32Array;
  readonly densest: Float32Array;
  readonly style: PushStyle;
}

export interface PushStyle {
  readonly kernel: Float64Array;
  /** Factor between the densities about a dot up to which there is no push to speak of; with 1 every push counts. */
  readonly steepest: number;
  readonly round: (mm: number) => number;
}

const EVERY_PUSH: PushStyle = { kernel: KERNEL, steepest: 1, round: (mm) => mm };

/** `chance` and `densityPerCm2` are per seat; when they change, their cells must be read again. */
export function pushMesh(
  ground: PlacedReserve,
  chance: Float32Array,
  densityPerCm2: Float32Array,
  style = EVERY_PUSH,
): PushMesh {
  const { count } = ground.cells;
  const mesh = {
    ground,
    chance,
    densityPerCm2,
    share: new Float32Array(chance.length),
    spacing: new Float32Array(chance.length),
    isFilled: new Uint8Array(count),
    widest: new Float32Array(count),
    sparsest: new Float32Array(count),
    densest: new Float32Array(count),
    style,
  };
  for (let cell = 0; cell < count; cell++) readCell(mesh, cell);
  return mesh;
}

const spacingIn = (perCm2: number): number => Math.min(WIDEST_SPACING_MM, 10 / Math.sqrt(perCm2));

/** Reads anew what is asked for in one cell. */
export function readCell(mesh: PushMesh, cell: number): void {
  const { chance, densityPerCm2 } = mesh;
  const { start } = mesh.ground.cells;
  let sparsest = Infinity;
  let densest = 0;
  let isEmpty = 0;
  for (let seat = start[cell]; seat < start[cell + 1]; seat++) {
    if (!(chance[seat] > 0)) {
      isEmpty = 1;
      continue;
    }
    const perCm2 = densityPerCm2[seat];
    if (perCm2 < sparsest) sparsest = perCm2;
    if (perCm2 > densest) densest = perCm2;
  }
  mesh.widest[cell] = sparsest < Infinity ? spacingIn(sparsest) : 0;
  mesh.sparsest[cell] = isEmpty ? 0 : sparsest;
  mesh.densest[cell] = densest;
  mesh.isFilled[cell] = 0;
}

function fillCell({ ground, chance, densityPerCm2, share, spacing, isFilled }: PushMesh, cell: number): void {
  const { start } = ground.cells;
  isFilled[cell] = 1;
  for (let seat = start[cell]; seat < start[cell + 1]; seat++) {
    const isAsked = chance[seat] > 0;
    share[seat] = isAsked ? FELT * chance[seat] : 0;
    spacing[seat] = isAsked ? spacingIn(densityPerCm2[seat]) : 0;
  }
}

/** x, y, z (mm) per dot at `xyzMm`, which `grid` has in the reserve's frame. */
export function expectedPush(
  mesh: PushMesh,
  xyzMm: Float64Array,
  spacingMm: Float32Array,
  { start, order }: Pick<CellGrid, 'start' | 'order'>,
): Float64Array {
  const out = new Float64Array(xyzMm.length);
  const near = new Int32Array(27);
  const within = new Int32Array(mesh.share.length + 1);
  for (let n = 0, cell = 0, nearby = 0; n < order.length; n++) {
    if (n === 0 || n === start[cell + 1]) {
      while (start[cell + 1] <= n) cell++;
      nearby = unevenCells(mesh, cell, near);
    }
    const k = order[n];
    if (nearby > 0) pushAt(mesh, near, nearby, xyzMm, spacingMm[k], k, within, out);
  }
  return out;
}

/**
 * Writes the occupied cells about a place of the frame into `near`; answers how many, or none when the densities in them
 * are even enough.
 */
export function unevenCells(mesh: PushMesh, cell: number, near: Int32Array): number {
  const { ground, sparsest, densest, isFilled, style } = mesh;
  const nearby = cellsAround(ground.cells, cell, near);
  let most = 0;
  let least = Infinity;
  for (let c = 0; c < nearby; c++) {
    if (densest[near[c]] > most) most = densest[near[c]];
    if (sparsest[near[c]] < least) least = sparsest[near[c]];
  }
  if (style.steepest > 1 && most <= style.steepest * least) return 0;
  for (let c = 0; c < nearby; c++) if (!isFilled[near[c]]) fillCell(mesh, near[c]);
  return nearby;
}

/** Writes the push at dot `k` of `xyzMm` into `out`; `within` has room for every seat. */
export function pushAt(
  { ground, share, spacing, widest, style }: PushMesh,
  near: Int32Array,
  nearby: number,
  xyzMm: Float64Array,
  spacingMm: number,
  k: number,
  within: Int32Array,
  out: Float64Array,
): void {
  const { start, box } = ground.cells;
  const { kernel } = style;
  const meshMm = ground.xyzMm;
  const x = xyzMm[3 * k];
  const y = xyzMm[3 * k + 1];
  const z = xyzMm[3 * k + 2];
  const own = Math.min(WIDEST_SPACING_MM, spacingMm);
  let found = 0;
  for (let c = 0; c < nearby; c++) {
    const t = near[c];
    const most = reachSquared(own, widest[t]);
    if (squaredDistanceToBox(box, t * BOX, x, y, z) >= most) continue;
    // Counting up by the comparison spares the processor a branch that it would guess wrong a third of the time.
    for (let b = start[t], q = 3 * b, end = start[t + 1]; b < end; b++, q += 3) {
      const dx = x - meshMm[q];
      const dy = y - meshMm[q + 1];
      const dz = z - meshMm[q + 2];
      within[found] = b;
      found += Number(dx * dx + dy * dy + dz * dz < most);
    }
  }
  let px = 0;
  let py = 0;
  let pz = 0;
  for (let f = 0; f < found; f++) {
    const b = within[f];
    const dx = x - meshMm[3 * b];
    const dy = y - meshMm[3 * b + 1];
    const dz = z - meshMm[3 * b + 2];
    const d2 = dx * dx + dy * dy + dz * dz;
    if (share[b] === 0 || d2 >= reachSquared(own, spacing[b])) continue;
    const w = share[b] * kernel[(d2 * kernelScale(own, spacing[b])) | 0];
    px += w * dx;
    py += w * dy;
    pz += w * dz;
  }
  out[3 * k] = style.round(px);
  out[3 * k + 1] = style.round(py);
  out[3 * k + 2] = style.round(pz);
}
