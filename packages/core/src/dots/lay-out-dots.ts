/**
 * Every dot of a plan: from the reserve, the head and what the design asks for at each place.
 *
 * In: the reserve on a head, the field of the design, a seed. Out: dots in the order of their reserve number, on the
 * skin, in sessions, with healed diameter and strength.
 *
 * Choose by rank (choose-dots.ts), loosen the front edge (start-dots.ts), even out (relax-dots.ts or even-out.ts, as the
 * style says), then what each dot is (dots-in-seats.ts). An editor keeps `LaidOutDots` instead (laid-out-dots.ts).
 *
 * Promises: same input, same bits, on every engine and after any order of edits; a change of the field changes no
 * dot further than a patch and `relaxHaloMm` away, but for the few at the front edge that keep a zone's count; the count
 * is the integral of the density, zone by zone, to within one dot; no dot lies in what the field keeps clear.
 * The dots are a simulation and a yardstick: nobody places dots by coordinate.
 */
import type { HeadMap } from '../head/head-map.ts';
import { hash32 } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { KeepClear, ScalpField, ScalpSamples } from '../scalp/scalp-field.ts';
import { checkShares, chooseDots } from './choose-dots.ts';
import type { Choice } from './choose-dots.ts';
import { dotsInSeats, shownSeats } from './dots-in-seats.ts';
import type { Dots } from './dots.ts';
import { expectedPush, pushMesh } from './expected-push.ts';
import { HELD_SLOPE, evenOut } from './even-out.ts';
import { LAYOUT_1 } from './layout-style.ts';
import type { LayoutStyle } from './layout-style.ts';
import { placeReserve } from './place-reserve.ts';
import type { PlacedReserve } from './place-reserve.ts';
import { relaxDots } from './relax-dots.ts';
import type { Reserve } from './reserve.ts';
import { startDots } from './start-dots.ts';
import type { StartedDots } from './start-dots.ts';

export interface LayoutInput {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  readonly field: ScalpField;
  readonly density: DensityDesign;
  readonly seed: number;
  readonly style?: LayoutStyle;
}

export function layOutDots(input: LayoutInput): Dots {
  return layOutOn(placeReserve(input.reserve, input.head), input);
}

/** The same on a reserve that was placed before. */
export function layOutOn(
  ground: PlacedReserve,
  { field, density, seed, style = LAYOUT_1 }: Omit<LayoutInput, 'head' | 'reserve'>,
): Dots {
  checkShares(density.sessionShares);
  const samples = newScalpSamples(ground.reserve.count);
  field.sample(ground.xyzMm, ground.reserve.count, samples);
  const choice = chooseDots(ground, samples, field.zones.length, seed);
  const seats = shownSeats(ground, choice);
  const keepClear = field.keepClear ?? [];
  const dots = startDots(ground, seats, samples, keepClear, seed);
  const xyzMm = settled(ground, choice, dots, samples, keepClear, style, seed);
  return dotsInSeats(ground, choice, seats, samples, xyzMm, density, seed);
}

function settled(
  ground: PlacedReserve,
  { chance }: Choice,
  dots: StartedDots,
  samples: ScalpSamples,
  keepClear: readonly KeepClear[],
  style: LayoutStyle,
  seed: number,
): Float64Array {
  const { head, grid } = ground;
  const salt = hash32(seed, 14);
  const push = (steepest: number): Float64Array =>
    expectedPush(pushMesh(ground, chance, samples.densityPerCm2, steepest), dots.xyzMm, dots.spacingMm);
  return style.method === 2
    ? evenOut(head, grid.frame, dots, push(HELD_SLOPE), keepClear, style, salt)
    : relaxDots({
        head,
        frame: grid.frame,
        ...dots,
        count: dots.id.length,
        pushMm: push(1),
        keepClear,
        ...style,
        salt,
      });
}
