/**
 * The push that a dot would feel if its neighbours were spread exactly as the design wants them.
 *
 * In an even neighbourhood it is nothing; on a slope of density, and at any edge, it points to the sparse side. What
 * relaxation should even out is only what goes beyond it. The reserve is the mesh of the integral: every reserve
 * dot counts with its chance of being shown, in the order of the seats.
 */
import type { CellGrid } from './cell-grid.ts';
import { KERNEL, WIDEST_SPACING_MM, kernelScale, reachMm, reachSquared } from './kernel.ts';
import { cellsAround } from './occupied-cells.ts';
import type { FirstGround } from './place-reserve.ts';
import { isNearBall, widestIn } from './point-cells.ts';

/** Real neighbours keep their distance, which the mesh does not know: part of the push that is felt (measured). */
const FELT = 0.9;

/** What a design asks for, on the reserve of a head. */
export interface PushMesh {
  readonly ground: FirstGround;
  /** Per seat: how much of it is felt, and the spacing wanted there; 0 where nothing is. */
  readonly share: Float32Array;
  readonly spacing: Float32Array;
  /** The widest spacing in each cell. */
  readonly widest: Float32Array;
}

/** `chance` and `densityPerCm2` are per seat. */
export function pushMesh(ground: FirstGround, chance: Float32Array, densityPerCm2: Float32Array): PushMesh {
  const share = new Float32Array(chance.length);
  const spacing = new Float32Array(chance.length);
  for (let seat = 0; seat < chance.length; seat++) {
    if (!(chance[seat] > 0)) continue;
    share[seat] = FELT * chance[seat];
    spacing[seat] = Math.min(WIDEST_SPACING_MM, 10 / Math.sqrt(densityPerCm2[seat]));
  }
  return { ground, share, spacing, widest: widestIn(ground.cells, spacing) };
}

/** x, y, z (mm) per dot at `xyzMm`, which `grid` has in the reserve's frame. */
export function expectedPush(
  mesh: PushMesh,
  xyzMm: Float64Array,
  spacingMm: Float32Array,
  { start, order }: CellGrid,
): Float64Array {
  const out = new Float64Array(xyzMm.length);
  const near = new Int32Array(27);
  const within = new Int32Array(mesh.share.length + 1);
  for (let cell = 0; cell + 1 < start.length; cell++) {
    if (start[cell] === start[cell + 1]) continue;
    const nearby = cellsAround(mesh.ground.cells, cell, near);
    for (let n = start[cell]; n < start[cell + 1]; n++) {
      pushAt(mesh, near, nearby, xyzMm, spacingMm[order[n]], order[n], within, out);
    }
  }
  return out;
}

/** Writes the push at dot `k` of `xyzMm` into `out`; `within` has room for every seat. */
function pushAt(
  { ground, share, spacing, widest }: PushMesh,
  near: Int32Array,
  nearby: number,
  xyzMm: Float64Array,
  spacingMm: number,
  k: number,
  within: Int32Array,
  out: Float64Array,
): void {
  const { start, ball } = ground.cells;
  const meshMm = ground.xyzMm;
  const x = xyzMm[3 * k];
  const y = xyzMm[3 * k + 1];
  const z = xyzMm[3 * k + 2];
  const own = Math.min(WIDEST_SPACING_MM, spacingMm);
  let found = 0;
  for (let c = 0; c < nearby; c++) {
    const t = near[c];
    const reach = reachMm(own, widest[t]);
    if (!isNearBall(ball, t, x, y, z, reach)) continue;
    const most = reach * reach;
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
