/**
 * The skin of a scan as a head map: outermost above the ears, beside the head behind them, closed where nothing is.
 *
 * An ear stands off the head; the map wants the skin it grows from. In its neighbourhood the surface is first drawn
 * across from around it, then every hit within `EAR_SKIN_MM` of that is taken for skin and the rest is drawn again.
 * Single nodes that stick out of their neighbours are dirt.
 */
import type { CastRadii } from './cast-scan.ts';
import { isEar } from '../head/ears.ts';
import { fillRadii, neighboursOf } from './fill-radii.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import type { HeadShape } from '../head/head-shape.ts';

export interface SkinRadii {
  readonly map: HeadMap;
  /** Share of the scalp's area that no triangle covered. */
  readonly filledShare: number;
  /** Per node, whether a triangle was hit there. */
  readonly isSeen: Uint8Array;
}

/** Around the ear's usual outline, mm. */
const EAR_MARGIN_MM = 12;
const EAR_SKIN_MM = 4;
const SPIKE_MM = 4;
/** The lowest direction (y of the unit vector) that is read from the scan: 125 degrees from +Y. */
const LOWEST = -0.58;

export function radiiOfSkin(cast: CastRadii, expected: HeadMap, shape: HeadShape, landmarks: HeadLandmarks): SkinRadii {
  const { size } = expected;
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  const count = size * size;
  const radii = new Float32Array(count).fill(NaN);
  const isNearEar = new Uint8Array(count);
  const share = new Float64Array(count);
  const slope = (landmarks.glabella[1] - landmarks.inion[1]) / (landmarks.glabella[2] - landmarks.inion[2]);
  for (let k = 0; k < count; k++) {
    const u = node(k % size);
    const v = node(Math.floor(k / size));
    const d = directionOf(u, v);
    const r = expected.radiiMm[k];
    if (d[1] < LOWEST) continue;
    radii[k] = cast.outermostMm[k];
    if (isEar(shape, [d[0] * r, d[1] * r, d[2] * r], EAR_MARGIN_MM)) isNearEar[k] = 1;
    const isScalp = d[1] * r > landmarks.glabella[1] + slope * (d[2] * r - landmarks.glabella[2]);
    if (!isScalp || isNearEar[k]) continue;
    const y = 1 - Math.abs(u) - Math.abs(v);
    const l = Math.sqrt(u * u + v * v + y * y);
    share[k] = (r * r) / (l * l * l);
  }
  dropSpikes(radii, size);
  const isSeen = new Uint8Array(count);
  let whole = 0;
  let missing = 0;
  for (let k = 0; k < count; k++) {
    whole += share[k];
    if (radii[k] === radii[k]) isSeen[k] = 1;
    else missing += share[k];
    if (isNearEar[k]) radii[k] = NaN;
  }
  const across = fillRadii(radii, expected);
  for (let k = 0; k < count; k++) {
    const hit = cast.closestMm[k];
    if (isNearEar[k] && Math.abs(hit - across[k]) < EAR_SKIN_MM) radii[k] = hit;
  }
  return { map: { size, radiiMm: fillRadii(radii, expected) }, filledShare: missing / whole, isSeen };
}

/** Clears nodes that stand out from the median of their neighbours on both axes. */
function dropSpikes(radii: Float32Array, size: number): void {
  const around = neighboursOf(size);
  const before = Float32Array.from(radii);
  for (let k = 0; k < radii.length; k++) {
    const near: number[] = [];
    for (let n = 0; n < 4; n++) {
      const one = around[4 * k + n];
      const r = before[one];
      const next = before[around[4 * one + n]];
      if (r === r) near.push(r);
      if (next === next) near.push(next);
    }
    if (near.length < 3) continue;
    near.sort((a, b) => a - b);
    if (before[k] - near[near.length >> 1] > SPIKE_MM * 2) radii[k] = NaN;
  }
}
