/**
 * The push that a dot would feel if its neighbours were spread exactly as the design wants them.
 *
 * In an even neighbourhood it is nothing; on a slope of density, and at any edge, it points to the sparse side. What
 * relaxation should even out is only what goes beyond it. The reserve is the mesh of the integral: every reserve
 * dot counts with its chance of being shown, in the order of the seats.
 */
import { sortIntoCells } from './cell-grid.ts';
import { KERNEL, WIDEST_SPACING_MM, kernelScale, reachSquared } from './kernel.ts';
import { BOX, cellsAround, squaredDistanceToBox } from './occupied-cells.ts';
import type { PlacedReserve } from './place-reserve.ts';

/** Real neighbours keep their distance, which the mesh does not know: part of the push that is felt (measured). */
const FELT = 0.9;

/** What a design asks for, on the reserve of a head. */
export interface PushMesh {
  readonly ground: PlacedReserve;
  /** Per seat: how much of it is felt, and the spacing wanted there; 0 where nothing is. */
  readonly share: Float32Array;
  readonly spacing: Float32Array;
  /** Per occupied cell: the widest spacing, the least and the greatest density. */
  readonly widest: Float32Array;
  readonly sparsest: Float32Array;
  readonly densest: Float32Array;
  /** Factor between the densities about a dot up to which there is no push to speak of. */
  readonly steepest: number;
}

/** `chance` and `densityPerCm2` are per seat. With `steepest` 1 every push counts. */
export function pushMesh(
  ground: PlacedReserve,
  chance: Float32Array,
  densityPerCm2: Float32Array,
  steepest = 1,
): PushMesh {
  const mesh = {
    ground,
    share: new Float32Array(chance.length),
    spacing: new Float32Array(chance.length),
    widest: new Float32Array(ground.cells.count),
    sparsest: new Float32Array(ground.cells.count),
    densest: new Float32Array(ground.cells.count),
    steepest,
  };
  for (let cell = 0; cell < ground.cells.count; cell++) fillCell(mesh, chance, densityPerCm2, cell);
  return mesh;
}

/** Reads anew what is asked for in one cell. */
export function fillCell(mesh: PushMesh, chance: Float32Array, densityPerCm2: Float32Array, cell: number): void {
  const { share, spacing } = mesh;
  const { start } = mesh.ground.cells;
  let widest = 0;
  let sparsest = Infinity;
  let densest = 0;
  for (let seat = start[cell]; seat < start[cell + 1]; seat++) {
    const isAsked = chance[seat] > 0;
    share[seat] = isAsked ? FELT * chance[seat] : 0;
    spacing[seat] = isAsked ? Math.min(WIDEST_SPACING_MM, 10 / Math.sqrt(densityPerCm2[seat])) : 0;
    if (spacing[seat] > widest) widest = spacing[seat];
    const perCm2 = isAsked ? densityPerCm2[seat] : 0;
    if (perCm2 < sparsest) sparsest = perCm2;
    if (perCm2 > densest) densest = perCm2;
  }
  mesh.widest[cell] = widest;
  mesh.sparsest[cell] = sparsest;
  mesh.densest[cell] = densest;
}

/** x, y, z (mm) per dot at `xyzMm`. */
export function expectedPush(mesh: PushMesh, xyzMm: Float64Array, spacingMm: Float32Array): Float64Array {
  const { start, order } = sortIntoCells(mesh.ground.grid.frame, xyzMm, spacingMm.length);
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
export function unevenCells({ ground, sparsest, densest, steepest }: PushMesh, cell: number, near: Int32Array): number {
  const nearby = cellsAround(ground.cells, cell, near);
  if (steepest <= 1) return nearby;
  let most = 0;
  let least = Infinity;
  for (let c = 0; c < nearby; c++) {
    if (densest[near[c]] > most) most = densest[near[c]];
    if (sparsest[near[c]] < least) least = sparsest[near[c]];
  }
  return most <= steepest * least ? 0 : nearby;
}

/** Writes the push at dot `k` of `xyzMm` into `out`; `within` has room for every seat. */
export function pushAt(
  { ground, share, spacing, widest }: PushMesh,
  near: Int32Array,
  nearby: number,
  xyzMm: Float64Array,
  spacingMm: number,
  k: number,
  within: Int32Array,
  out: Float64Array,
): void {
  const { start, box } = ground.cells;
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
    const w = share[b] * KERNEL[(d2 * kernelScale(own, spacing[b])) | 0];
    px += w * dx;
    py += w * dy;
    pz += w * dz;
  }
  out[3 * k] = px;
  out[3 * k + 1] = py;
  out[3 * k + 2] = pz;
}
