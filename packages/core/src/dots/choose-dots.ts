/**
 * Which dots of the reserve a design shows, and in which session each is placed.
 *
 * A dot shows when its rank, as a part of 1, is below wanted density / reserve density. Two things are added:
 *
 * Near a soft front edge low ranks alone would line up, evenly spaced as they are, into a dotted line (seen in
 * healed pictures); there the rank is mixed with a hash of the dot, three quarters at the edge, none from 14 mm in,
 * and brought back to a uniform distribution, so that the density stays what was asked for.
 *
 * In each patch of about 1 cm2 of each zone the last few dots are given or taken so that the patch holds its
 * integral, the sum of the chances of its own dots, rounded up or down by a hash of the patch: it takes away what the
 * hashed edge and the reserve itself are uneven by. So that a zone, however small, holds its integral too, the few dots
 * that roundings are off by are made up in its patches nearest the front edge; no other patch knows of another.
 *
 * Sessions are bands of rank / threshold, so each session is evenly spread between the ones before it.
 */
import { smoothstep } from '../num/range.ts';
import { hash32, hashUnit } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import type { ScalpSamples } from '../scalp/scalp-field.ts';
import { PATCHES } from './place-reserve.ts';
import type { PlacedReserve } from './place-reserve.ts';

export interface ChosenDots {
  /** Reserve numbers of the dots that show, ascending. */
  readonly id: Uint32Array;
  readonly session: Uint8Array;
  /** Wanted / reserve density for every dot of the reserve, 0..1. */
  readonly chance: Float32Array;
}

const HASH_AT_EDGE = 0.75;
const HASH_DEPTH_MM = 14;

/** How much the irregular edge has to say at this distance from it: 1 at the edge and ahead of it, 0 inside. */
export const edgeShare = (edgeMm: number): number => 1 - smoothstep(0, HASH_DEPTH_MM, edgeMm);

/**
 * Throws RangeError when a density is asked for that the reserve does not hold, or when the session shares do not
 * rise to 1.
 */
export function chooseDots(
  ground: PlacedReserve,
  samples: ScalpSamples,
  design: DensityDesign,
  zones: number,
  seed: number,
): ChosenDots {
  checkShares(design.sessionShares);
  const { count } = ground.reserve;
  const chance = new Float32Array(count);
  // rank / chance: below 1 shows. Dots without a chance keep Infinity.
  const score = new Float32Array(count).fill(Infinity);
  const group = new Int32Array(count).fill(-1);
  const salt = hash32(seed, 11);
  for (let i = 0; i < count; i++) {
    const wanted = samples.densityPerCm2[i];
    if (!(wanted > 0)) continue;
    const p = wanted / ground.perCm2[i];
    if (p > 1)
      throw new RangeError(
        `the design asks for ${wanted.toFixed(0)} dots per cm2 where the reserve holds ${ground.perCm2[i].toFixed(0)}`,
      );
    const zone = samples.zoneIndex[i];
    if (zone >= zones) throw new RangeError(`the field asks for dots outside its ${zones} zones`);
    chance[i] = p;
    score[i] = mixedRank((i + 0.5) / count, i, samples.edgeMm[i], salt) / p;
    group[i] = zone * PATCHES + ground.patch[i];
  }
  settlePatches(score, group, patchCounts(chance, samples.edgeMm, group, zones, hash32(seed, 12)));

  let shown = 0;
  for (let i = 0; i < count; i++) if (score[i] < 1) shown++;
  const id = new Uint32Array(shown);
  const session = new Uint8Array(shown);
  for (let i = 0, n = 0; i < count; i++) {
    if (!(score[i] < 1)) continue;
    id[n] = i;
    session[n++] = sessionOf(score[i], design.sessionShares);
  }
  return { id, session, chance };
}

function mixedRank(rank: number, id: number, edgeMm: number, salt: number): number {
  if (edgeMm >= HASH_DEPTH_MM) return rank;
  const w = HASH_AT_EDGE * edgeShare(edgeMm);
  if (w === 0) return rank;
  const mixed = (1 - w) * rank + w * hashUnit(id, salt);
  // Distribution function of the weighted sum of two uniforms (a trapezium): makes the mix uniform again.
  const a = Math.min(w, 1 - w);
  const b = 1 - a;
  if (mixed < a) return (mixed * mixed) / (2 * a * b);
  if (mixed > b) return 1 - ((1 - mixed) * (1 - mixed)) / (2 * a * b);
  return (mixed - a / 2) / b;
}

/** How many dots each patch of each zone gets; zone by zone they add up to the zone's integral, rounded. */
function patchCounts(
  chance: Float32Array,
  edgeMm: Float32Array,
  group: Int32Array,
  zones: number,
  salt: number,
): Int32Array {
  const integral = new Float64Array(zones * PATCHES);
  const fromEdgeMm = new Float64Array(integral.length).fill(Infinity);
  for (let i = 0; i < group.length; i++) {
    const g = group[i];
    if (g < 0) continue;
    integral[g] += chance[i];
    if (edgeMm[i] < fromEdgeMm[g]) fromEdgeMm[g] = edgeMm[i];
  }
  const counts = Int32Array.from(integral, (whole, g) => (whole > 0 ? Math.floor(whole + hashUnit(g, salt)) : 0));
  for (let zone = 0; zone < zones; zone++) {
    const patches: number[] = [];
    let off = 0;
    for (let g = zone * PATCHES; g < (zone + 1) * PATCHES; g++) {
      if (integral[g] === 0) continue;
      off += integral[g] - counts[g];
      patches.push(g);
    }
    let missing = Math.round(off);
    patches.sort((a, b) => fromEdgeMm[a] - fromEdgeMm[b] || a - b);
    for (const g of patches) {
      if (missing === 0) break;
      const step = Math.sign(missing);
      if ((integral[g] - counts[g]) * step <= 0) continue;
      counts[g] += step;
      missing -= step;
    }
  }
  return counts;
}

/** Moves the scores of the few dots that each patch has too many or too few across 1. */
function settlePatches(score: Float32Array, group: Int32Array, counts: Int32Array): void {
  const start = new Int32Array(counts.length + 1);
  const shown = new Int32Array(counts.length);
  for (let i = 0; i < group.length; i++) {
    const g = group[i];
    if (g < 0) continue;
    start[g + 1]++;
    if (score[i] < 1) shown[g]++;
  }
  for (let g = 0; g < counts.length; g++) start[g + 1] += start[g];
  const next = start.slice();
  const member = new Int32Array(start[counts.length]);
  for (let i = 0; i < group.length; i++) if (group[i] >= 0) member[next[group[i]]++] = i;
  for (let g = 0; g < counts.length; g++) {
    let missing = counts[g] - shown[g];
    for (; missing > 0; missing--) {
      const i = extreme(score, member, start[g], start[g + 1], 1);
      if (i < 0) break;
      score[i] = JUST_SHOWN;
    }
    for (; missing < 0; missing++) score[extreme(score, member, start[g], start[g + 1], -1)] = 1;
  }
}

/** The largest float32 below 1. */
const JUST_SHOWN = 0.9999999403953552;

/** Member with the smallest score from 1 up (`side` 1) or the largest below 1 (-1); -1 when there is none. */
function extreme(score: Float32Array, member: Int32Array, from: number, to: number, side: 1 | -1): number {
  let best = -1;
  for (let k = from; k < to; k++) {
    const s = score[member[k]];
    if (side === 1 ? s >= 1 && (best < 0 || s < score[best]) : s < 1 && (best < 0 || s > score[best])) best = member[k];
  }
  return best;
}

function checkShares(shares: readonly number[]): void {
  const rises = shares.every((share, k) => share > (k > 0 ? shares[k - 1] : 0));
  if (shares.length === 0 || !rises || shares[shares.length - 1] !== 1) {
    throw new RangeError(`session shares must rise to 1, got ${shares.join(', ')}`);
  }
}

function sessionOf(score: number, shares: readonly number[]): number {
  let k = 0;
  while (score >= shares[k]) k++;
  return k + 1;
}
