import type { PigmentChoice } from './choose-pigment.ts';

export interface PigmentDesign {
  /** Linear-light colour of the healed pigment in the skin, photo space. */
  readonly colour: readonly [number, number, number];
  /** Without a list or a card 'by eye, lighter first'. */
  readonly shade: string;
  /** Pigment : water as 1 : n; null without a list or a card. */
  readonly dilution: number | null;
  /** Version of the optical calibration table used for the picture. */
  readonly calibration: string;
  /** Out of the studio's own list; missing without a list, without a card, and in plans of before. */
  readonly choice?: PigmentChoice;
}
