import { normalAt } from '../head/head-map.ts';
import { clamp } from '../num/range.ts';
import { hash32, hashNormal } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import type { ScalpSamples } from '../scalp/scalp-field.ts';
import { sessionOf } from './choose-dots.ts';
import type { Choice } from './choose-dots.ts';
import type { Dots } from './dots.ts';
import type { PlacedReserve } from './place-reserve.ts';
import { readNormals } from './skin-table.ts';

/** Seats of the dots that show, in the order of their ids. */
export function shownSeats({ seatOf }: PlacedReserve, { score }: Choice): Int32Array {
  const seats = new Int32Array(seatOf.length);
  let n = 0;
  for (let i = 0; i < seatOf.length; i++) if (score[seatOf[i]] < 1) seats[n++] = seatOf[i];
  return seats.slice(0, n);
}

/**
 * The dots in these seats, at the places given for them: normals, sessions, sizes and strengths. Diameters are hashed
 * about normal, held between 0.10 and 0.30 mm, the range of healed dots in the literature.
 */
export function dotsInSeats(
  ground: PlacedReserve,
  { score }: Choice,
  seats: Int32Array,
  samples: ScalpSamples,
  xyzMm: Float64Array,
  design: DensityDesign,
  seed: number,
): Dots {
  const count = seats.length;
  const id = new Uint32Array(count);
  const normal = new Float32Array(3 * count);
  const zone = new Uint8Array(count);
  const session = new Uint8Array(count);
  const diameterMm = new Float32Array(count);
  const strength = new Float32Array(count);
  const salt = hash32(seed, 15);
  for (let k = 0; k < count; k++) {
    const seat = seats[k];
    id[k] = ground.order[seat];
    zone[k] = samples.zoneIndex[seat];
    session[k] = sessionOf(score[seat], design.sessionShares);
    diameterMm[k] = clamp(design.dotDiameterMm + design.dotDiameterSdMm * hashNormal(id[k], salt), 0.1, 0.3);
    strength[k] = samples.strength[seat];
  }
  if (ground.way === 2) readNormals(ground.head, ground.skin, xyzMm, count, normal);
  else {
    for (let k = 0; k < count; k++) {
      normal.set(normalAt(ground.head, [xyzMm[3 * k], xyzMm[3 * k + 1], xyzMm[3 * k + 2]]), 3 * k);
    }
  }
  return { count, id, positionMm: new Float32Array(xyzMm), normal, zone, session, diameterMm, strength };
}
