/**
 * Every dot of a plan: from the reserve, the head and what the design asks for at each place.
 *
 * In: the reserve on a head, the field of the design, a seed. Out: dots in the order of their reserve number, on the
 * skin, in sessions, with healed diameter and strength.
 *
 * Choose by rank (choose-dots.ts), loosen the front edge, relax (relax-dots.ts). Then diameter by a hash of the dot:
 * about normal, held between 0.10 and 0.30 mm, the range of healed dots in the literature.
 *
 * Promises: same input, same bits, on every engine and after any order of edits; a change of the field changes no
 * dot further than a patch and `relaxHaloMm` away, but for the few at the front edge that keep a zone's count; the count
 * is the integral of the density, zone by zone, to within one dot; no dot lies in what the field keeps clear.
 * The dots are a simulation and a yardstick: nobody places dots by coordinate.
 */
import { normalAt, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { clamp } from '../num/range.ts';
import { hash32, hashNormal, hashUnit } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { KeepClear, ScalpField, ScalpSamples } from '../scalp/scalp-field.ts';
import { chooseDots, edgeShare } from './choose-dots.ts';
import type { ChosenDots } from './choose-dots.ts';
import type { Dots } from './dots.ts';
import { expectedPush } from './expected-push.ts';
import { moveClear } from './keep-clear.ts';
import { placeReserve } from './place-reserve.ts';
import type { PlacedReserve } from './place-reserve.ts';
import { relaxDots } from './relax-dots.ts';
import type { Reserve } from './reserve.ts';

export interface LayoutInput {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  readonly field: ScalpField;
  readonly density: DensityDesign;
  readonly seed: number;
  readonly style?: LayoutStyle;
}

/** How regular the pattern is. Power at low frequencies stays below a hundredth of white noise's up to roughness 0.15. */
export interface LayoutStyle {
  /** Descent steps, 3 to 12: more is more even and closer to a crystal. */
  readonly iterations: number;
  /** Roughness after them, in spacings, 0 to 0.15: raises the spread of nearest distances from 0.085 to 0.10. */
  readonly roughness: number;
}

export const LAYOUT_STYLE: LayoutStyle = { iterations: 6, roughness: 0.1 };

/** Furthest that a dot at the very front edge is moved from its even place, mm. */
const EDGE_JITTER_MM = 1.2;

export function layOutDots(input: LayoutInput): Dots {
  return layOutOn(placeReserve(input.reserve, input.head), input);
}

/** The same on a reserve that was placed before: what an editor calls while a line is dragged. */
export function layOutOn(
  ground: PlacedReserve,
  { field, density, seed, style = LAYOUT_STYLE }: Omit<LayoutInput, 'head' | 'reserve'>,
): Dots {
  const samples = newScalpSamples(ground.reserve.count);
  field.sample(ground.xyzMm, ground.reserve.count, samples);
  const chosen = chooseDots(ground, samples, density, field.zones.length, seed);
  return withDetails(
    ground,
    chosen,
    samples,
    settled(ground, chosen, samples, field.keepClear ?? [], style, seed),
    density,
    seed,
  );
}

function settled(
  ground: PlacedReserve,
  { id, chance }: ChosenDots,
  samples: ScalpSamples,
  keepClear: readonly KeepClear[],
  style: LayoutStyle,
  seed: number,
): Float64Array {
  const count = id.length;
  const spacingMm = new Float32Array(count);
  const mobility = new Float32Array(count);
  const xyzMm = new Float64Array(3 * count);
  const salt = hash32(seed, 13);
  for (let k = 0; k < count; k++) {
    const i = id[k];
    spacingMm[k] = 10 / Math.sqrt(samples.densityPerCm2[i]);
    const edge = edgeShare(samples.edgeMm[i]);
    // At the edge itself evening out would undo what the hash has just made irregular.
    mobility[k] = 1 - 0.6 * edge;
    let x = ground.xyzMm[3 * i];
    let y = ground.xyzMm[3 * i + 1];
    let z = ground.xyzMm[3 * i + 2];
    if (edge > 0) {
      const k2 = 2 * EDGE_JITTER_MM * edge;
      x += k2 * (hashUnit(i, salt) - 0.5);
      y += k2 * (hashUnit(i, salt + 1) - 0.5);
      z += k2 * (hashUnit(i, salt + 2) - 0.5);
      const s = radiusMm(ground.head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
      x *= s;
      y *= s;
      z *= s;
    }
    xyzMm[3 * k] = x;
    xyzMm[3 * k + 1] = y;
    xyzMm[3 * k + 2] = z;
    moveClear(ground.head, keepClear, xyzMm, 3 * k);
  }
  return relaxDots({
    head: ground.head,
    frame: ground.grid.frame,
    count,
    xyzMm,
    spacingMm,
    mobility,
    keepClear,
    pushMm: expectedPush(ground, chance, samples.densityPerCm2, xyzMm, spacingMm),
    iterations: style.iterations,
    roughness: style.roughness,
    id,
    salt: hash32(seed, 14),
  });
}

function withDetails(
  ground: PlacedReserve,
  { id, session }: ChosenDots,
  samples: ScalpSamples,
  xyzMm: Float64Array,
  design: DensityDesign,
  seed: number,
): Dots {
  const count = id.length;
  const normal = new Float32Array(3 * count);
  const zone = new Uint8Array(count);
  const diameterMm = new Float32Array(count);
  const strength = new Float32Array(count);
  const salt = hash32(seed, 15);
  for (let k = 0; k < count; k++) {
    normal.set(normalAt(ground.head, [xyzMm[3 * k], xyzMm[3 * k + 1], xyzMm[3 * k + 2]]), 3 * k);
    zone[k] = samples.zoneIndex[id[k]];
    diameterMm[k] = clamp(design.dotDiameterMm + design.dotDiameterSdMm * hashNormal(id[k], salt), 0.1, 0.3);
    strength[k] = samples.strength[id[k]];
  }
  return { count, id, positionMm: Float32Array.from(xyzMm), normal, zone, session, diameterMm, strength };
}
