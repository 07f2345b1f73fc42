import type { Colour3 } from './lab.ts';

/** One pigment of the studio's own list. */
export interface StudioPigment {
  readonly id: string;
  readonly name: string;
  readonly maker: string;
  /** CIELAB, D65, undiluted, as measured or stated; null when nobody knows. */
  readonly lab: Colour3 | null;
  /** Water to one part of pigment that the studio works with, lightest mixture last; empty for the usual ones. */
  readonly dilutions: readonly number[];
}

/** Facts 1.6: what practitioners dilute to, parts of water to one of pigment. */
export const USUAL_DILUTIONS: readonly number[] = [0, 2, 5, 10, 15, 20, 30];
