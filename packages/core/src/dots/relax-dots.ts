/**
 * Evens out dots that were chosen by rank, without letting anyone's place depend on history.
 *
 * Thresholding a ranked reserve leaves a tenth of white noise's power at low frequencies, which the eye reads as
 * blotches. A few descent steps on the energy sum of exp(-d^2 / 2 sigma^2) over pairs (Gaussian blue noise, Ahmed,
 * Ren and Wonka 2022), sigma = 0.7 of the local spacing, remove nearly all of it. Where the density changes, neighbours
 * on the dense side push harder and would drive the fringe out of its edge: `pushMm` takes away the push that the
 * wanted density itself explains. Then the pattern is roughened a little, as hair is, and pairs that are still too close
 * are pushed apart: no two are nearer than 0.6 of the hexagonal distance of the denser of them.
 *
 * Neighbours are searched anew every few steps; lists of the start alone let dots slip together unseen (nearest
 * pairs of a tenth after 12 steps). Pure: sums run in the order of place and id, and a dot depends, bit for bit, on the
 * starting points around it and on nothing else: one cell (kernel.ts) further off with each step, roughening and push.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { GridFrame } from './cell-grid.ts';
import { descend, roughen } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { WIDEST_SPACING_MM } from './kernel.ts';
import { occupiedCells } from './occupied-cells.ts';
import { pairUp } from './pair-up.ts';
import { pushApart } from './push-apart.ts';

/** Descent steps between two searches for neighbours. */
const STEPS_PER_ROUND = 3;
/** A jam of dots at a ragged edge takes most of these; elsewhere one is enough. */
const PUSH_ROUNDS = 4;
/** 2 dots per cm2. */
const WIDEST_HEX_MM = 6;

export interface RelaxInput {
  readonly head: HeadMap;
  readonly frame: GridFrame;
  readonly count: number;
  /** Starting points on the skin, in the order of their ids. */
  readonly xyzMm: Float64Array;
  /** 1 / sqrt(density) at each dot. */
  readonly spacingMm: Float32Array;
  /** 1 moves freely, 0 stays and is an obstacle. */
  readonly mobility: Float32Array;
  /** Places that no dot is moved into; none when left out. */
  readonly keepClear?: readonly KeepClear[];
  /** Push that the wanted density explains, x, y, z per dot; null where it is even. */
  readonly pushMm: Float64Array | null;
  readonly iterations: number;
  /** Root mean square of the roughening after relaxation, in spacings. */
  readonly roughness: number;
  readonly id: Uint32Array;
  readonly salt: number;
}

/** Relaxed points on the skin, in the order given. */
export function relaxDots(input: RelaxInput): Float64Array {
  const xyzMm = input.xyzMm.slice();
  for (let done = 0; done < input.iterations; done += STEPS_PER_ROUND) {
    withNeighbours(input, xyzMm, (crowd) => descend(crowd, Math.min(STEPS_PER_ROUND, input.iterations - done)));
  }
  if (input.roughness > 0) withNeighbours(input, xyzMm, (crowd) => roughen(crowd, input.roughness, input.salt));
  for (let round = 0; round < PUSH_ROUNDS; round++) {
    if (!withNeighbours(input, xyzMm, (crowd) => pushApart(crowd, 1))) break;
  }
  return xyzMm;
}

/** Pairs the dots up as they lie at `xyzMm`, lets `change` move them, and writes where they are then into `xyzMm`. */
function withNeighbours<T>(input: RelaxInput, xyzMm: Float64Array, change: (crowd: Crowd) => T): T {
  const grid = sortIntoCells(input.frame, xyzMm, input.count);
  const { order } = grid;
  const points = gatherPoints(xyzMm, order);
  const id = new Uint32Array(input.count);
  const wanted = new Float32Array(input.count);
  const spacing = new Float32Array(input.count);
  const mobility = new Float32Array(input.count);
  for (let a = 0; a < order.length; a++) {
    id[a] = input.id[order[a]];
    wanted[a] = input.spacingMm[order[a]];
    spacing[a] = Math.min(WIDEST_SPACING_MM, wanted[a]);
    mobility[a] = input.mobility[order[a]];
  }
  const answer = change({
    head: input.head,
    keepClear: input.keepClear ?? [],
    id,
    points,
    wanted,
    widestHexMm: WIDEST_HEX_MM,
    mobility,
    push: input.pushMm && gatherPoints(input.pushMm, order),
    pairs: pairUp(points, spacing, occupiedCells(grid, points)),
  });
  for (let a = 0; a < order.length; a++) {
    const p = 3 * order[a];
    xyzMm[p] = points[3 * a];
    xyzMm[p + 1] = points[3 * a + 1];
    xyzMm[p + 2] = points[3 * a + 2];
  }
  return answer;
}
