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
 *
 * Works patch by patch, so that an edit asks again only where the design changed. All tables are by seat.
 */
import { smoothstep } from '../num/range.ts';
import { hash32, hashUnit } from '../random/hash.ts';
import type { ScalpSamples } from '../scalp/scalp-field.ts';
import { PATCHES } from './seating.ts';
import type { PlacedReserve } from './place-reserve.ts';

export interface Choice {
  readonly zones: number;
  readonly seed: number;
  /** Wanted / reserve density, 0..1. */
  readonly chance: Float32Array;
  /** rank / chance: below 1 shows, once its patch is settled. Seats without a chance have Infinity. */
  readonly score: Float32Array;
  /** Per patch of each zone (zone * PATCHES + patch): sum of its chances, and its least distance from the edge, mm. */
  readonly integral: Float64Array;
  readonly fromEdgeMm: Float64Array;
}

const HASH_AT_EDGE = 0.75;
const HASH_DEPTH_MM = 14;

/** How much the irregular edge has to say at this distance from it: 1 at the edge and ahead of it, 0 inside. */
export const edgeShare = (edgeMm: number): number => 1 - smoothstep(0, HASH_DEPTH_MM, edgeMm);

/** Throws RangeError when a density is asked for that the reserve does not hold. */
export function chooseDots(ground: PlacedReserve, samples: ScalpSamples, zones: number, seed: number): Choice {
  const { count } = ground.reserve;
  const choice: Choice = {
    zones,
    seed,
    chance: new Float32Array(count),
    score: new Float32Array(count),
    integral: new Float64Array(zones * PATCHES),
    fromEdgeMm: new Float64Array(zones * PATCHES),
  };
  for (let patch = 0; patch < PATCHES; patch++) scorePatch(choice, ground, samples, patch);
  const counts = patchCounts(choice);
  for (let patch = 0; patch < PATCHES; patch++) settlePatch(choice, ground, samples, counts, patch);
  return choice;
}

/** Chances and scores of a patch as its ranks alone have it, and its integrals. */
export function scorePatch(choice: Choice, ground: PlacedReserve, samples: ScalpSamples, patch: number): void {
  const { chance, score, integral, fromEdgeMm, zones } = choice;
  const { patchStart, patchSeats, order, perCm2, reserve } = ground;
  const salt = hash32(choice.seed, 11);
  for (let zone = 0; zone < zones; zone++) {
    integral[zone * PATCHES + patch] = 0;
    fromEdgeMm[zone * PATCHES + patch] = Infinity;
  }
  for (let k = patchStart[patch]; k < patchStart[patch + 1]; k++) {
    const seat = patchSeats[k];
    const wanted = samples.densityPerCm2[seat];
    if (!(wanted > 0)) {
      chance[seat] = 0;
      score[seat] = Infinity;
      continue;
    }
    const p = wanted / perCm2[seat];
    if (p > 1)
      throw new RangeError(
        `the design asks for ${wanted.toFixed(0)} dots per cm2 where the reserve holds ${perCm2[seat].toFixed(0)}`,
      );
    const zone = samples.zoneIndex[seat];
    if (zone >= zones) throw new RangeError(`the field asks for dots outside its ${zones} zones`);
    const edgeMm = samples.edgeMm[seat];
    const id = order[seat];
    chance[seat] = p;
    score[seat] = mixedRank((id + 0.5) / reserve.count, id, edgeMm, salt) / p;
    const group = zone * PATCHES + patch;
    integral[group] += chance[seat];
    if (edgeMm < fromEdgeMm[group]) fromEdgeMm[group] = edgeMm;
  }
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
export function patchCounts({ integral, fromEdgeMm, zones, seed }: Choice): Int32Array {
  const salt = hash32(seed, 12);
  const counts = new Int32Array(integral.length);
  for (let zone = 0; zone < zones; zone++) {
    const end = (zone + 1) * PATCHES;
    let off = 0;
    for (let g = end - PATCHES; g < end; g++) {
      if (integral[g] === 0) continue;
      counts[g] = Math.floor(integral[g] + hashUnit(g, salt));
      off += integral[g] - counts[g];
    }
    // From the patch nearest the edge on, each that was rounded the other way makes up for one.
    const missing = Math.round(off);
    const step = Math.sign(missing);
    let last = -1;
    for (let n = 0; n !== missing; n += step) {
      let next = -1;
      for (let g = end - PATCHES; g < end; g++) {
        if (integral[g] === 0 || (integral[g] - counts[g]) * step <= 0 || !isAfter(fromEdgeMm, g, last)) continue;
        if (next < 0 || fromEdgeMm[g] < fromEdgeMm[next]) next = g;
      }
      if (next < 0) break;
      counts[next] += step;
      last = next;
    }
  }
  return counts;
}

/** Whether patch `g` comes after `last` in the order of distance and number. */
const isAfter = (fromEdgeMm: Float64Array, g: number, last: number): boolean =>
  last < 0 || fromEdgeMm[g] > fromEdgeMm[last] || (fromEdgeMm[g] === fromEdgeMm[last] && g > last);

/** Moves the scores of the few dots that a patch has too many or too few across 1. */
export function settlePatch(
  { score, zones }: Choice,
  { patchStart, patchSeats }: PlacedReserve,
  { zoneIndex }: ScalpSamples,
  counts: Int32Array,
  patch: number,
): void {
  const from = patchStart[patch];
  const to = patchStart[patch + 1];
  const missing = new Int32Array(zones);
  for (let zone = 0; zone < zones; zone++) missing[zone] = counts[zone * PATCHES + patch];
  for (let k = from; k < to; k++) {
    const seat = patchSeats[k];
    if (score[seat] < 1) missing[zoneIndex[seat]]--;
  }
  for (let zone = 0; zone < zones; zone++) {
    for (let n = missing[zone]; n > 0; n--) {
      const seat = nextToShow(score, zoneIndex, patchSeats, from, to, zone);
      if (seat < 0) break;
      score[seat] = JUST_SHOWN;
    }
    for (let n = missing[zone]; n < 0; n++) score[nextToHide(score, zoneIndex, patchSeats, from, to, zone)] = 1;
  }
}

/** The seat of a zone with the smallest score from 1 up, of those in `seats` from `from` up to `to`; -1 when there is none. */
function nextToShow(
  score: Float32Array,
  zoneIndex: Uint8Array,
  seats: Int32Array,
  from: number,
  to: number,
  zone: number,
): number {
  let next = -1;
  let least = Infinity;
  for (let k = from; k < to; k++) {
    const s = score[seats[k]];
    if (s >= least || s < 1 || zoneIndex[seats[k]] !== zone) continue;
    next = seats[k];
    least = s;
  }
  return next;
}

/** The one with the largest below 1. */
function nextToHide(
  score: Float32Array,
  zoneIndex: Uint8Array,
  seats: Int32Array,
  from: number,
  to: number,
  zone: number,
): number {
  let next = -1;
  let most = -Infinity;
  for (let k = from; k < to; k++) {
    const s = score[seats[k]];
    if (s <= most || s >= 1 || zoneIndex[seats[k]] !== zone) continue;
    next = seats[k];
    most = s;
  }
  return next;
}

/** The largest float32 below 1. */
const JUST_SHOWN = 0.9999999403953552;

/** Throws RangeError when the session shares do not rise to 1. */
export function checkShares(shares: readonly number[]): void {
  const rises = shares.every((share, k) => share > (k > 0 ? shares[k - 1] : 0));
  if (shares.length === 0 || !rises || shares[shares.length - 1] !== 1) {
    throw new RangeError(`session shares must rise to 1, got ${shares.join(', ')}`);
  }
}

/** 1-based session of a shown dot. */
export function sessionOf(score: number, shares: readonly number[]): number {
  let k = 0;
  while (score >= shares[k]) k++;
  return k + 1;
}
