/**
 * Every dot of a plan: from the reserve, the head and what the design asks for at each place.
 *
 * In: the reserve on a head, the field of the design, a seed. Out: dots in the order of their reserve number, on the
 * skin, in sessions, with healed diameter and strength.
 *
 * Choose by rank (choose-dots.ts), loosen the front edge (start-dots.ts), even out (relax-dots.ts or even-out.ts, as the
 * style says), then what each dot is (dots-in-seats.ts). An editor would keep `LaidOutDots` instead (laid-out-dots.ts).
 *
 * Promises: same input, same bits, on every engine and after any order of edits; a change of the field changes no
 * dot further than a patch and the reach of evening out (relax-dots.ts) away, but for the few at the front edge that keep
 * a zone's count; the count is the integral of the density, zone by zone, to within one dot; no dot lies in what the
 * field keeps clear. The dots are a simulation and a yardstick: nobody places dots by coordinate.
 */
import type { HeadMap } from '../head/head-map.ts';
import { hash32 } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { KeepClear, ScalpField, ScalpSamples } from '../scalp/scalp-field.ts';
import { sortIntoCells } from './cell-grid.ts';
import { checkShares, chooseDots } from './choose-dots.ts';
import type { Choice } from './choose-dots.ts';
import { dotsInSeats, shownSeats } from './dots-in-seats.ts';
import type { Dots } from './dots.ts';
import { expectedPush, pushMesh } from './expected-push.ts';
import { evenOut, pairingSalt, spacingOf } from './even-out.ts';
import { heldMesh, heldPush } from './held-push.ts';
import { LAYOUT_1 } from './layout-style.ts';
import type { FirstWay, LayoutStyle, SecondWay } from './layout-style.ts';
import { placeReserve } from './place-reserve.ts';
import type { FirstGround, PlacedReserve, SecondGround } from './place-reserve.ts';
import { ballsAbout } from './point-cells.ts';
import { relaxDots } from './relax-dots.ts';
import type { Reserve } from './reserve.ts';
import { startDots } from './start-dots.ts';

export interface LayoutInput {
  readonly head: HeadMap;
  readonly reserve: Reserve;
  readonly field: ScalpField;
  readonly density: DensityDesign;
  readonly seed: number;
  readonly style?: LayoutStyle;
}

export function layOutDots(input: LayoutInput): Dots {
  return layOutOn(placeReserve(input.reserve, input.head, input.style?.method), input);
}

/** The same on a reserve that was placed before, for the same way. */
export function layOutOn(
  ground: PlacedReserve,
  { field, density, seed, style = LAYOUT_1 }: Omit<LayoutInput, 'head' | 'reserve'>,
): Dots {
  checkShares(density.sessionShares);
  const { count } = ground.reserve;
  const samples = newScalpSamples(count);
  field.sample(ground.xyzMm, count, samples);
  const choice = chooseDots(ground, samples, field.zones.length, seed);
  const keepClear = field.keepClear ?? [];
  let settled: Settled;
  if (ground.way === 1 && style.method === 1)
    settled = settleInFirstWay(ground, choice, samples, keepClear, style, seed);
  else if (ground.way === 2 && style.method === 2)
    settled = settleInSecondWay(ground, choice, samples, keepClear, style, seed);
  else throw new RangeError('the reserve was placed for the other way');
  return dotsInSeats(ground, choice, settled.seats, samples, settled.xyzMm, density, seed);
}

/** Seats of the dots that show and where these end, in the order of their ids. */
interface Settled {
  readonly seats: Int32Array;
  readonly xyzMm: Float64Array;
}

function settleInFirstWay(
  ground: FirstGround,
  choice: Choice,
  samples: ScalpSamples,
  keepClear: readonly KeepClear[],
  style: FirstWay,
  seed: number,
): Settled {
  const { head, frame } = ground;
  const seats = shownSeats(ground, choice);
  const count = seats.length;
  const dots = startDots(ground, seats, samples, keepClear, seed, (perCm2) => 10 / Math.sqrt(perCm2));
  const mesh = pushMesh(ground, choice.chance, samples.densityPerCm2);
  const started = sortIntoCells(frame, dots.xyzMm, count);
  const pushMm = expectedPush(mesh, dots.xyzMm, dots.spacingMm, started);
  const xyzMm = relaxDots({ head, frame, ...dots, count, pushMm, keepClear, ...style, salt: hash32(seed, 14) });
  return { seats, xyzMm };
}

/** Dots are taken by seat: neighbours on the head are neighbours in memory. */
function settleInSecondWay(
  ground: SecondGround,
  { chance, score }: Choice,
  samples: ScalpSamples,
  keepClear: readonly KeepClear[],
  style: SecondWay,
  seed: number,
): Settled {
  const { head, order, cells, cellsAbout } = ground;
  let count = 0;
  for (let seat = 0; seat < score.length; seat++) count += Number(score[seat] < 1);
  const bySeat = new Int32Array(count);
  // Of each reserve number that shows, 1 more than its place in `bySeat`.
  const placeOf = new Int32Array(score.length);
  const start = new Int32Array(cells.count + 1);
  for (let cell = 0, n = 0; cell < cells.count; cell++) {
    for (let seat = cells.start[cell]; seat < cells.start[cell + 1]; seat++) {
      if (score[seat] >= 1) continue;
      bySeat[n++] = seat;
      placeOf[order[seat]] = n;
    }
    start[cell + 1] = n;
  }
  const dots = startDots(ground, bySeat, samples, keepClear, seed, spacingOf);
  const points = dots.xyzMm;
  const mesh = heldMesh(ground, chance, samples.densityPerCm2, style.firmness);
  const push = heldPush(mesh, points, dots.spacingMm, start);
  const { id, spacingMm: wanted, mobility } = dots;
  const crowd = { head, keepClear, points, wanted, mobility, push, id };
  evenOut(
    crowd,
    { count: cells.count, start, ball: ballsAbout(points, start), cellsNear: cellsAbout },
    style,
    pairingSalt(seed),
  );
  const seats = new Int32Array(count);
  const xyzMm = new Float64Array(3 * count);
  for (let i = 0, k = 0; k < count; i++) {
    if (placeOf[i] === 0) continue;
    const place = placeOf[i] - 1;
    seats[k] = bySeat[place];
    for (let c = 0; c < 3; c++) xyzMm[3 * k + c] = points[3 * place + c];
    k++;
  }
  return { seats, xyzMm };
}
