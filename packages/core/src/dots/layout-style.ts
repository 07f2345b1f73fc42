/**
 * How dots are evened out, and how regular they come out.
 *
 * Regularity is the spread of nearest distances, their standard deviation over their mean. In an even zone, with the power
 * at low frequencies in units of white noise (`npm run bench layout` prints the table):
 *
 *   way   iterations   roughness or firmness   paired   spread   power
 *   1     12           0                                0.076    0.002
 *   1     6            0.2                              0.106    0.014
 *   1     6            0.3                              0.117    0.030
 *   2     3            0.85                    0        0.106    0.004
 *   2     6            1.2                     0        0.080    0.004
 *   2     6            0.85                    0        0.105    0.003
 *   2     6            0.85                    0.6      0.147    0.004
 */
import { lerp } from '../num/range.ts';
import type { LayoutMethod } from '../scalp/scalp-design.ts';

export type LayoutStyle = FirstWay | SecondWay;

/** As 0.1 laid dots out: neighbours searched every three steps, roughened last (relax-dots.ts). */
export interface FirstWay {
  readonly method: 1;
  /** Descent steps, 3 to 12: more is more even and closer to a crystal. */
  readonly iterations: number;
  /** 0 to 0.3, in spacings. */
  readonly roughness: number;
}

/** A softer kernel, neighbours searched once: more even in a third of the time, and what an editor can follow (even-out.ts). */
export interface SecondWay {
  readonly method: 2;
  /** Descent steps, 3 to 8; with more, neighbours slip together unseen. */
  readonly iterations: number;
  /** 0.8 to 1.2: the firmer the more regular, and the more steps it takes. */
  readonly firmness: number;
  /** 0 to 0.8: share of those that are each other's nearest and are drawn together; takes 6 steps (draw-together.ts). */
  readonly paired: number;
}

export const LAYOUT_1: FirstWay = { method: 1, iterations: 6, roughness: 0.1 };
export const LAYOUT_2: SecondWay = { method: 2, iterations: 3, firmness: 0.85, paired: 0 };
/** What plans of each method are laid out with. */
export const LAYOUTS: Readonly<Record<LayoutMethod, LayoutStyle>> = { 1: LAYOUT_1, 2: LAYOUT_2 };

/** How regular the second way can be asked to be. */
export const SPREADS = { least: 0.08, most: 0.15 } as const;

/** Measured with six steps, the mean of three whole plans: 0.003 more on one head and 0.002 less on another. */
const SIX_STEPS: readonly (readonly [spread: number, firmness: number, paired: number])[] = [
  [0.08, 1.2, 0],
  [0.0833, 1.15, 0],
  [0.0893, 1.05, 0],
  [0.0974, 0.95, 0],
  [0.1065, 0.85, 0],
  [0.1167, 0.85, 0.1],
  [0.1251, 0.85, 0.2],
  [0.1362, 0.85, 0.35],
  [0.1453, 0.85, 0.5],
  [0.15, 0.85, 0.6],
];

/** The style of a plan of this method: the usual one, or with the spread that it asks for. */
export const layoutFor = (method: LayoutMethod, spread?: number): LayoutStyle =>
  spread === undefined ? LAYOUTS[method] : layoutOfSpread(spread);

/** The second way with a spread of nearest distances that is asked for, within {@link SPREADS}. */
export function layoutOfSpread(spread: number): SecondWay {
  if (!(spread >= SPREADS.least && spread <= SPREADS.most)) {
    throw new RangeError(`a spread is ${SPREADS.least} to ${SPREADS.most}, got ${spread}`);
  }
  let k = 1;
  while (SIX_STEPS[k][0] < spread) k++;
  const [[s0, f0, p0], [s1, f1, p1]] = [SIX_STEPS[k - 1], SIX_STEPS[k]];
  const t = (spread - s0) / (s1 - s0);
  return { method: 2, iterations: 6, firmness: lerp(f0, f1, t), paired: lerp(p0, p1, t) };
}
