/**
 * Where chosen dots start from: their seats, loosened at the front edge.
 *
 * At a soft edge the even places of the reserve would show; there each dot is moved by a hash of it, up to
 * {@link EDGE_JITTER_MM} in each direction at the very edge, nothing from 14 mm in.
 */
import { radiusMm } from '../head/head-map.ts';
import { hash32, hashUnit } from '../random/hash.ts';
import type { KeepClear, ScalpSamples } from '../scalp/scalp-field.ts';
import { edgeShare } from './choose-dots.ts';
import { moveClear } from './keep-clear.ts';
import type { PlacedReserve } from './place-reserve.ts';

/** Chosen dots in the order of `seat`, with what moving them needs to know. */
export interface StartedDots {
  readonly seat: Int32Array;
  readonly id: Uint32Array;
  readonly xyzMm: Float64Array;
  /** 1 / sqrt(density) at each dot. */
  readonly spacingMm: Float32Array;
  /** How freely each moves. */
  readonly mobility: Float32Array;
}

/** Furthest that a dot at the very front edge is moved from its even place, mm. */
const EDGE_JITTER_MM = 1.2;

export function startDots(
  ground: PlacedReserve,
  seats: Int32Array,
  samples: ScalpSamples,
  keepClear: readonly KeepClear[],
  seed: number,
  spacingOf: (perCm2: number) => number,
): StartedDots {
  const count = seats.length;
  const started = {
    seat: seats,
    id: new Uint32Array(count),
    xyzMm: new Float64Array(3 * count),
    spacingMm: new Float32Array(count),
    mobility: new Float32Array(count),
  };
  const salt = hash32(seed, 13);
  for (let k = 0; k < count; k++) {
    const seat = seats[k];
    const edge = ground.way === 1 ? edgeShare(samples.edgeMm[seat]) : steppedEdgeShare(samples.edgeMm[seat]);
    started.id[k] = ground.order[seat];
    started.spacingMm[k] = spacingOf(samples.densityPerCm2[seat]);
    started.mobility[k] = mobilityAt(edge);
    startAt(ground, seat, edge, keepClear, salt, started.xyzMm, 3 * k);
  }
  return started;
}

/** In sixteenths, for the second way: a small move of the edge leaves most dots where they start. */
export const steppedEdgeShare = (edgeMm: number): number => Math.round(16 * edgeShare(edgeMm)) / 16;

/** At the edge evening out would undo what the hash has just made irregular. */
export const mobilityAt = (edge: number): number => 1 - 0.6 * edge;

/** Writes the place that the dot in a seat starts from to `q` of `out`. */
export function startAt(
  { head, order, xyzMm }: PlacedReserve,
  seat: number,
  edge: number,
  keepClear: readonly KeepClear[],
  salt: number,
  out: Float64Array,
  q: number,
): void {
  let x = xyzMm[3 * seat];
  let y = xyzMm[3 * seat + 1];
  let z = xyzMm[3 * seat + 2];
  if (edge > 0) {
    const id = order[seat];
    const k = 2 * EDGE_JITTER_MM * edge;
    x += k * (hashUnit(id, salt) - 0.5);
    y += k * (hashUnit(id, salt + 1) - 0.5);
    z += k * (hashUnit(id, salt + 2) - 0.5);
    const s = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
    x *= s;
    y *= s;
    z *= s;
  }
  out[q] = x;
  out[q + 1] = y;
  out[q + 2] = z;
  moveClear(head, keepClear, out, q);
}
