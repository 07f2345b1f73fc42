/**
 * Holds dots out of what must be kept free (moles, outlined places), however they are pushed about.
 *
 * A field asks for nothing there, so none is chosen inside; but evening out moves dots by tenths of a millimetre, and at
 * a rim some would slip in. One that does goes back to the rim, straight away from the middle or, of an outline, the
 * nearest way out: done after every move, so that neighbours give way to it as to any other.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';

/** Beyond the rim, mm: what rounding to 32 bits may not undo. */
const BEYOND_MM = 1e-3;
const ROUNDS = 24;
/** Steps over which the depth within an outline tells its slope, mm. */
const SLOPE_MM = 0.01;

/** Moves the skin point at `q` of `points` out of the places to be kept clear. */
export function moveClear(head: HeadMap, keepClear: readonly KeepClear[], points: Float64Array, q: number): void {
  // Back on the skin it may lie a little short of the rim, or within the next place: a few rounds settle both.
  for (let round = 0, isClear = false; !isClear && round < ROUNDS; round++) {
    isClear = true;
    for (const { centreMm, radiusMm: clearMm, depthMm } of keepClear) {
      const dx = points[q] - centreMm[0];
      const dy = points[q + 1] - centreMm[1];
      const dz = points[q + 2] - centreMm[2];
      const d = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (d >= clearMm + BEYOND_MM) continue;
      if (depthMm) {
        if (moveOut(head, depthMm, points, q)) isClear = false;
        continue;
      }
      isClear = false;
      // From the very middle any way out is as good.
      const k = d > 0 ? (clearMm + 2 * BEYOND_MM) / d : 0;
      putOnSkin(
        head,
        d > 0 ? centreMm[0] + dx * k : centreMm[0] + clearMm,
        centreMm[1] + dy * k,
        centreMm[2] + dz * k,
        points,
        q,
      );
    }
  }
}

/** Moves the point by its depth where that falls most; answers whether it was within. */
function moveOut(head: HeadMap, depthMm: KeepClear['depthMm'] & {}, points: Float64Array, q: number): boolean {
  const [x, y, z] = [points[q], points[q + 1], points[q + 2]];
  const depth = depthMm(x, y, z);
  if (depth <= -BEYOND_MM) return false;
  const gx = depthMm(x + SLOPE_MM, y, z) - depthMm(x - SLOPE_MM, y, z);
  const gy = depthMm(x, y + SLOPE_MM, z) - depthMm(x, y - SLOPE_MM, z);
  const gz = depthMm(x, y, z + SLOPE_MM) - depthMm(x, y, z - SLOPE_MM);
  const slope = Math.sqrt(gx * gx + gy * gy + gz * gz);
  // On the ridge of an outline any way is as good.
  const k = slope > 0 ? (depth + 2 * BEYOND_MM) / slope : 0;
  putOnSkin(head, slope > 0 ? x - k * gx : x + depth, y - k * gy, z - k * gz, points, q);
  return true;
}

function putOnSkin(head: HeadMap, x: number, y: number, z: number, points: Float64Array, q: number): void {
  const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
  points[q] = x * s;
  points[q + 1] = y * s;
  points[q + 2] = z * s;
}
