/**
 * The veil around the dots: their optical density spread at two widths, inside the head and the person only.
 *
 * Dots vary in size and darkness; spread, that variation would show as clouds a few millimetres wide, which real work
 * does not have. So the veil takes every dot at its mean, and the variation stays in the discs.
 *
 * Spread over the outline and simply cut there, a veil leaves a bright rim of half its strength. So it is divided by
 * the equally spread domain (normalised convolution), which also carries it on for a few millimetres where the model's
 * outline stops short of the real one. The front edge is no border of the domain: there the veil runs out as it does in
 * skin.
 */
import type { OpticalCalibration } from '../pigment/calibration.ts';
import { smoothstep } from '../num/range.ts';
import { gaussianBlur } from './blur.ts';
import type { CellGrid } from './cell-grid.ts';
import type { SeenDots } from './see-dots.ts';

/** Below this share of domain nearby a spread knows nothing; from the second on it stands alone. */
const LEAST_DOMAIN = 0.03;
const ENOUGH_DOMAIN = 0.2;
/** The widest, for which none speaks, runs out from there: cut off it would be a line. */
const RUNS_OUT = 0.1;
/** The widest: it ends 5 mm from the model, as far as its outline is off on the worst of twenty portraits. */
const FAR_MM = 2.8;

/**
 * Mean optical density in every cell: half of it spread near, half wide. `domain` is 0..1 per cell, `pxPerMm` the scale
 * at the head. Dots in cells outside the domain are left out.
 */
export function spreadTone(
  seen: SeenDots,
  grid: CellGrid,
  domain: Float32Array,
  pxPerMm: number,
  calibration: OpticalCalibration,
): Float32Array {
  const { leftPx, topPx, cellPx, columns, rows } = grid;
  const sum = new Float32Array(columns * rows);
  const perCell = 1 / (cellPx * cellPx);
  const half = (cellPx - 1) / 2;
  for (let k = 0; k < seen.count; k++) {
    const gx = (seen.xPx[k] - leftPx - half) / cellPx;
    const gy = (seen.yPx[k] - topPx - half) / cellPx;
    const i = Math.floor(gx);
    const j = Math.floor(gy);
    const nearest = Math.round(gy) * columns + Math.round(gx);
    if (i < 0 || j < 0 || i + 1 >= columns || j + 1 >= rows || !(domain[nearest] > 0)) continue;
    const at = j * columns + i;
    const fx = gx - i;
    const fy = gy - j;
    const v = seen.meanVolume[k] * perCell;
    sum[at] += v * (1 - fx) * (1 - fy);
    sum[at + 1] += v * fx * (1 - fy);
    sum[at + columns] += v * (1 - fx) * fy;
    sum[at + columns + 1] += v * fx * fy;
  }
  const cellsPerMm = pxPerMm / cellPx;
  // Narrower than this a veil on the picture would only be the dots again.
  const nearest = Math.max(calibration.nearVeilMm * cellsPerMm, 1.2 / cellPx);
  const widest = Math.max(calibration.wideVeilMm * cellsPerMm, 1.5 * nearest);
  // Where a narrower spread finds too little of the domain, a wider one speaks for it: an end of one would be a line.
  const far = normalised(sum, domain, columns, rows, Math.max(FAR_MM * cellsPerMm, 1.2 * widest), null);
  const wide = normalised(sum, domain, columns, rows, widest, far);
  const near = normalised(sum, domain, columns, rows, nearest, wide);
  for (let k = 0; k < near.length; k++) near[k] = 0.5 * (near[k] + wide[k]);
  return near;
}

function normalised(
  sum: Float32Array,
  domain: Float32Array,
  columns: number,
  rows: number,
  sd: number,
  wider: Float32Array | null,
): Float32Array {
  const spread = gaussianBlur(sum, columns, rows, sd);
  const whole = gaussianBlur(domain, columns, rows, sd);
  for (let k = 0; k < spread.length; k++) {
    const own = whole[k] > LEAST_DOMAIN ? spread[k] / whole[k] : 0;
    if (!wider) spread[k] = own * smoothstep(LEAST_DOMAIN, RUNS_OUT, whole[k]);
    else spread[k] = wider[k] + (own - wider[k]) * smoothstep(LEAST_DOMAIN, ENOUGH_DOMAIN, whole[k]);
  }
  return spread;
}
