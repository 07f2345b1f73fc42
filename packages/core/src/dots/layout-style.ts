/**
 * How dots are evened out, and how regular they come out.
 *
 * Regularity is the spread of nearest distances, their standard deviation over their mean. In an even zone, with the power
 * at low frequencies in units of white noise (`npm run bench layout` prints the table):
 *
 *   way   iterations   roughness or firmness   spread   power
 *   1     12           0                       0.076    0.002
 *   2     8            1.1                     0.08     0.003
 *   2     5            1                       0.095    0.004
 *   2     3            0.8                     0.11     0.004
 *   1     6            0.2                     0.106    0.014
 *   1     6            0.3                     0.117    0.030
 *
 * Beyond 0.115 power rises quickly: 0.12 costs 0.008, 0.13 costs 0.015 with every kernel that was tried.
 */
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
  /** Descent steps, 3 to 8; with more neighbours slip together unseen. */
  readonly iterations: number;
  /** 0.8 to 1.1: the firmer the more regular, and the more steps it takes. */
  readonly firmness: number;
}

export const LAYOUT_1: FirstWay = { method: 1, iterations: 6, roughness: 0.1 };
export const LAYOUT_2: SecondWay = { method: 2, iterations: 3, firmness: 0.85 };
/** What plans of each method are laid out with. */
export const LAYOUTS: Readonly<Record<LayoutMethod, LayoutStyle>> = { 1: LAYOUT_1, 2: LAYOUT_2 };
