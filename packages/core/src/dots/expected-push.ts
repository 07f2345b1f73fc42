/**
 * The push that a dot would feel if its neighbours were spread exactly as the design wants them.
 *
 * In an even neighbourhood it is nothing; on a slope of density, and at any edge, it points to the sparse side. What
 * relaxation should even out is only what goes beyond it. The reserve is the mesh of the integral: every reserve
 * dot counts with its chance of being shown.
 */
import { KERNEL, WIDEST_SPACING_MM, kernelScale, reachSquared } from './relax-dots.ts';
import type { PlacedReserve } from './place-reserve.ts';

/** Real neighbours keep their distance, which the mesh does not know: part of the push that is felt (measured). */
const FELT = 0.9;

/** x, y, z (mm) per dot at `xyzMm`. `chance` and `densityPerCm2` are per reserve dot. */
export function expectedPush(
  ground: PlacedReserve,
  chance: Float32Array,
  densityPerCm2: Float32Array,
  xyzMm: Float64Array,
  spacingMm: Float32Array,
): Float64Array {
  const { start, order, frame } = ground.grid;
  const [nx, ny] = frame.cells;
  const points = ground.sortedXyzMm;
  const share = new Float32Array(order.length);
  const space = new Float32Array(order.length);
  for (let a = 0; a < order.length; a++) {
    const i = order[a];
    share[a] = FELT * chance[i];
    space[a] = chance[i] > 0 ? Math.min(WIDEST_SPACING_MM, 10 / Math.sqrt(densityPerCm2[i])) : 0;
  }
  const out = new Float64Array(xyzMm.length);
  for (let k = 0; k < spacingMm.length; k++) {
    const x = xyzMm[3 * k];
    const y = xyzMm[3 * k + 1];
    const z = xyzMm[3 * k + 2];
    const own = Math.min(WIDEST_SPACING_MM, spacingMm[k]);
    const most = reachSquared(own, WIDEST_SPACING_MM);
    const cell =
      Math.floor((x - frame.minMm[0]) / frame.cellMm) +
      nx * (Math.floor((y - frame.minMm[1]) / frame.cellMm) + ny * Math.floor((z - frame.minMm[2]) / frame.cellMm));
    let px = 0;
    let py = 0;
    let pz = 0;
    for (let layer = -1; layer <= 1; layer++) {
      for (let row = -1; row <= 1; row++) {
        const middle = cell + nx * (row + ny * layer);
        for (let b = start[middle - 1], end = start[middle + 2]; b < end; b++) {
          const dx = x - points[3 * b];
          const dy = y - points[3 * b + 1];
          const dz = z - points[3 * b + 2];
          const d2 = dx * dx + dy * dy + dz * dz;
          if (d2 >= most || share[b] === 0 || d2 >= reachSquared(own, space[b])) continue;
          const w = share[b] * KERNEL[(d2 * kernelScale(own, space[b])) | 0];
          px += w * dx;
          py += w * dy;
          pz += w * dz;
        }
      }
    }
    out[3 * k] = px;
    out[3 * k + 1] = py;
    out[3 * k + 2] = pz;
  }
  return out;
}
