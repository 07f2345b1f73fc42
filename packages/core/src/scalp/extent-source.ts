/** How the limits of the treated part are known, and what that leaves open about its area. */
import type { HairlineDesign, Presentation } from './scalp-design.ts';

/** 'drawn' on the client or a picture, 'seen' in photos of every side, or a 'template' of the stage. */
export type ExtentSource = 'drawn' | 'seen' | 'template';

export interface Extent {
  readonly source: ExtentSource;
  /** Standard deviation of the area from the extent alone, as a fraction; head size comes on top. */
  readonly relativeSd: number;
}

/**
 * Half-widths of the published-practice ranges over the middle value (domain facts 3.3), Norwood I-VII: no measured
 * table of areas by stage exists, and the ranges themselves are set by hand from graft counts.
 */
const NORWOOD_HALF_RANGE = [1, 0.68, 0.5, 0.3, 0.25, 0.26, 0.29] as const;

/** A template stands for a person nobody has measured: never less than this. */
const LEAST_TEMPLATE_SD = 0.3;

/** The extent of a preset, as given before anybody draws on it: always a template, whatever the front photo shows. */
export function extentOf(presentation: Presentation, hairline: Pick<HairlineDesign, 'source'>): Extent {
  switch (presentation.kind) {
    case 'norwood':
      return {
        source: 'template',
        relativeSd: Math.max(LEAST_TEMPLATE_SD, NORWOOD_HALF_RANGE[presentation.stage - 1] / 1.96),
      };
    case 'ludwig':
      return { source: 'template', relativeSd: 0.35 };
    case 'full':
      // Bounded by the head itself: 480 to 650 cm2 on the average head; the hairline is the least certain part.
      return { source: 'template', relativeSd: 0.16 };
    case 'hairline':
      // The band's length follows the line; its depth is a choice.
      return hairline.source === 'drawn'
        ? { source: 'drawn', relativeSd: 0.15 }
        : { source: 'template', relativeSd: LEAST_TEMPLATE_SD };
  }
}
