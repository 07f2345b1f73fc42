/**
 * How dots are evened out, and how regular they come out.
 *
 * Regularity is the spread of nearest distances, their standard deviation over their mean. In an even zone, with the power
 * at low frequencies in units of white noise (`npm run bench layout` prints the table):
 *
 *   method, iterations, roughness   spread   power
 *   1, 12, 0                        0.076    0.002
 *   2, 8, 0                         0.083    0.002
 *   2, 5, 0.1                       0.092    0.004
 *   2, 4, 0.15                      0.098    0.005
 *   1, 6, 0.2                       0.106    0.014
 *   1, 6, 0.3                       0.117    0.030
 *
 * Rougher than 0.12 no setting comes: pairs that are pushed apart pile up at the least distance.
 */
export interface LayoutStyle {
  /**
   * 1: as 0.1 laid dots out; neighbours searched every three steps, roughened last (relax-dots.ts). 2: roughened first,
   * neighbours searched once; more even in half the time, and what an editor can follow (even-out.ts).
   */
  readonly method: 1 | 2;
  /** Descent steps, 3 to 12: more is more even and closer to a crystal. */
  readonly iterations: number;
  /** In spacings. Method 1: 0 to 0.3; method 2: 0 to 0.15, beyond it neighbours slip together unseen. */
  readonly roughness: number;
}

export const LAYOUT_1: LayoutStyle = { method: 1, iterations: 6, roughness: 0.1 };
export const LAYOUT_2: LayoutStyle = { method: 2, iterations: 5, roughness: 0.1 };
