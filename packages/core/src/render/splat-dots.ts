/**
 * Draws the seen dots as what a camera makes of small discs: foreshortened Gaussians.
 *
 * A disc of diameter d has the variance d^2 / 16 along each of its axes; light spreading in the skin adds its own in
 * the tangent plane, and the camera's point spread adds one in the picture. The sum is one Gaussian with the
 * covariance s^2 (I - n n^T) + p^2 I, whose volume is the dot's optical density times pixels. Cut where it falls below
 * a four-hundredth of its peak.
 */
import { PI, exp } from '../num/elementary.ts';
import type { OpticalCalibration } from '../pigment/calibration.ts';
import type { CellGrid } from './cell-grid.ts';
import type { SeenDots } from './see-dots.ts';

export interface DotStyle {
  /** Diameter and skin spread relative to healed. */
  readonly dotScale: number;
  readonly softness: number;
  /** Point spread of the photo, sd in px. */
  readonly blurPx: number;
}

const CUT = 6;
const STEPS = 1536;
/** exp(-t) at the middle of each step of t in [0, CUT), and one more, which rounding may reach. */
const FALL = Float64Array.from({ length: STEPS + 1 }, (_, i) => exp((-(i + 0.5) * CUT) / STEPS));
/** What the cut leaves out, put back. */
const WHOLE = 1 / (1 - exp(-CUT));

/** Optical density of the dots alone (all of their area, not the drawn share) in every pixel of the grid's rectangle. */
export function splatDots(
  seen: SeenDots,
  grid: CellGrid,
  calibration: OpticalCalibration,
  style: DotStyle,
): Float32Array {
  const { leftPx, topPx, widthPx, heightPx } = grid;
  const out = new Float32Array(widthPx * heightPx);
  const discVariance =
    (calibration.drawnDiameterMm * calibration.drawnDiameterMm * style.dotScale * style.dotScale) / 16;
  const spread = calibration.skinSpreadMm * style.softness;
  const pointVariance = style.blurPx * style.blurPx;
  // By a name of this function: in a bundle those of modules are looked up at every turn of a loop.
  const fall = FALL;
  for (const k of inRows(seen, heightPx, topPx)) {
    const perMm = seen.pxPerMm[k];
    const around = spread * seen.spread[k];
    const s2 = (discVariance * seen.width[k] * seen.width[k] + around * around) * perMm * perMm;
    const nx = seen.nx[k];
    const ny = seen.ny[k];
    const point = pointVariance + seen.defocus[k];
    const a = s2 * (1 - nx * nx) + point;
    const b = -s2 * nx * ny;
    const c = s2 * (1 - ny * ny) + point;
    const det = a * c - b * b;
    const peak = (WHOLE * seen.volume[k]) / (2 * PI * Math.sqrt(det));
    // Half the inverse covariance, scaled to table steps.
    const scale = STEPS / (2 * CUT * det);
    const qa = c * scale;
    const qb = -2 * b * scale;
    const qc = a * scale;
    const perQa = 0.5 / qa;
    const cx = seen.xPx[k] - leftPx;
    const cy = seen.yPx[k] - topPx;
    const reachY = Math.sqrt(2 * CUT * c);
    const y0 = Math.max(0, Math.ceil(cy - reachY));
    const y1 = Math.min(heightPx - 1, Math.floor(cy + reachY));
    for (let y = y0; y <= y1; y++) {
      const dy = y - cy;
      const across = qb * dy;
      const down = qc * dy * dy;
      // Where the row enters the ellipse and leaves it.
      const middle = cx - across * perQa;
      const inside = across * across - 4 * qa * (down - STEPS);
      if (!(inside > 0)) continue;
      const half = Math.sqrt(inside) * perQa;
      const x0 = Math.max(0, Math.ceil(middle - half));
      const x1 = Math.min(widthPx - 1, Math.floor(middle + half));
      const row = y * widthPx;
      for (let x = x0; x <= x1; x++) {
        const dx = x - cx;
        out[row + x] += peak * fall[((qa * dx + across) * dx + down) | 0];
      }
    }
  }
  return out;
}

/** Dots in bands of 32 rows, so that one band's pixels stay in the cache. */
function inRows(seen: SeenDots, heightPx: number, topPx: number): Uint32Array {
  const bands = (heightPx >> 5) + 1;
  const start = new Uint32Array(bands + 1);
  const band = (k: number): number => Math.min(bands - 1, Math.max(0, Math.floor((seen.yPx[k] - topPx) / 32)));
  for (let k = 0; k < seen.count; k++) start[band(k) + 1]++;
  for (let i = 0; i < bands; i++) start[i + 1] += start[i];
  const order = new Uint32Array(seen.count);
  for (let k = 0; k < seen.count; k++) order[start[band(k)]++] = k;
  return order;
}
