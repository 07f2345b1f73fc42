/**
 * Evens out dots that were chosen by rank: the second way, which knows its neighbours from the start.
 *
 * As `relaxDots`, with three differences. The pattern is roughened before it is evened out: eddies bring back some of
 * the power at low frequencies, which the descent then takes away again, so that five steps do more than six did. Neighbours
 * are found once, where dots start, with some slack for the way they go. And slopes of density below a factor of 1.4
 * within three cells are left to themselves, because a few steps hardly flatten them.
 *
 * Pure: sums run in the order of the cell a dot starts in, and its id.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { gatherPoints, sortIntoCells } from './cell-grid.ts';
import type { GridFrame } from './cell-grid.ts';
import { descend, pushApart, roughen } from './crowd.ts';
import { WIDEST_SPACING_MM } from './kernel.ts';
import type { LayoutStyle } from './layout-style.ts';
import { occupiedCells } from './occupied-cells.ts';
import { pairUp } from './pair-up.ts';
import type { StartedDots } from './start-dots.ts';

/** Neighbours are those within this many times their reach at the start. */
export const SLACK = 1.1;
export const WIDEST_MM = Math.fround(WIDEST_SPACING_MM / SLACK);
/** Factor between densities within three cells from which on a slope is held. */
export const HELD_SLOPE = 1.4;
export const PUSH_ROUNDS = 4;
/**
 * 11 dots per cm2. The sparser ones, ahead of an edge, are kept 2 mm apart: what they could meet further off is not among
 * the neighbours of the start.
 */
export const WIDEST_HEX_MM = 3.3;

/** Places of the dots, in the order given. */
export function evenOut(
  head: HeadMap,
  frame: GridFrame,
  { xyzMm, id, spacingMm, mobility }: StartedDots,
  pushMm: Float64Array,
  keepClear: readonly KeepClear[],
  { iterations, roughness }: LayoutStyle,
  salt: number,
): Float64Array {
  const grid = sortIntoCells(frame, xyzMm, id.length);
  const { order } = grid;
  const crowd = {
    head,
    keepClear,
    id: new Uint32Array(order.length),
    points: gatherPoints(xyzMm, order),
    wanted: new Float32Array(order.length),
    widestHexMm: WIDEST_HEX_MM,
    mobility: new Float32Array(order.length),
    push: gatherPoints(pushMm, order),
  };
  const spacing = new Float32Array(order.length);
  for (let a = 0; a < order.length; a++) {
    const k = order[a];
    crowd.id[a] = id[k];
    crowd.wanted[a] = spacingMm[k];
    crowd.mobility[a] = mobility[k];
    spacing[a] = Math.min(WIDEST_MM, spacingMm[k]);
  }
  const { points } = crowd;
  const paired = { ...crowd, pairs: pairUp(points, spacing, occupiedCells(grid, points), SLACK) };
  if (roughness > 0) roughen(paired, roughness, salt);
  descend(paired, iterations);
  pushApart(paired, PUSH_ROUNDS);
  const out = new Float64Array(xyzMm.length);
  for (let a = 0; a < order.length; a++) {
    const k = order[a];
    out[3 * k] = points[3 * a];
    out[3 * k + 1] = points[3 * a + 1];
    out[3 * k + 2] = points[3 * a + 2];
  }
  return out;
}
