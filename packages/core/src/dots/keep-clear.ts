/**
 * Holds dots out of what must be kept free (moles), however they are pushed about.
 *
 * A field asks for nothing there, so none is chosen inside; but evening out moves dots by tenths of a millimetre, and at
 * a rim some would slip in. One that does goes back to the rim, straight away from the middle: done after every move,
 * so that neighbours give way to it as to any other.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';

/** Beyond the rim, mm: what rounding to 32 bits may not undo. */
const BEYOND_MM = 1e-3;
const ROUNDS = 24;

/** Moves the skin point at `q` of `points` out of the places to be kept clear. */
export function moveClear(head: HeadMap, keepClear: readonly KeepClear[], points: Float64Array, q: number): void {
  // Back on the skin it may lie a little short of the rim, or within the next place: a few rounds settle both.
  for (let round = 0, isClear = false; !isClear && round < ROUNDS; round++) {
    isClear = true;
    for (const { centreMm, radiusMm: clearMm } of keepClear) {
      const dx = points[q] - centreMm[0];
      const dy = points[q + 1] - centreMm[1];
      const dz = points[q + 2] - centreMm[2];
      const d = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (d >= clearMm + BEYOND_MM) continue;
      isClear = false;
      // From the very middle any way out is as good.
      const k = d > 0 ? (clearMm + 2 * BEYOND_MM) / d : 0;
      const x = d > 0 ? centreMm[0] + dx * k : centreMm[0] + clearMm;
      const y = centreMm[1] + dy * k;
      const z = centreMm[2] + dz * k;
      const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
      points[q] = x * s;
      points[q + 1] = y * s;
      points[q + 2] = z * s;
    }
  }
}
