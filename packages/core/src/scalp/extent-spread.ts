/**
 * How far areas may lie from those of a template: standard deviations as fractions, by stage and zone.
 *
 * Propagated, not guessed: 150 to 250 made-up clients a stage on the average head, every depth, radius and height of the
 * template drawn about its value (testing/template-spread.ts says how widely), their areas against the template's; for
 * tapes their own, read with an error of 6 mm, against the template fitted to them. A test computes them again.
 *
 * Beside that stand the ranges of surgeons' practice (domain facts 3.3), themselves set by hand from graft counts: the
 * wider of the two holds. Whatever comes out, a template stands for a person nobody has measured: its middle 95 % never
 * reach less than 30 % to each side.
 */

/** 95 % within 30 %. */
export const LEAST_TEMPLATE_SD = 0.154;

/** Half-widths of practice's ranges over the middle value, Norwood I to VII. */
export const PRACTICE_HALF_RANGE = [1, 0.68, 0.5, 0.3, 0.25, 0.26, 0.29] as const;

export interface Simulated {
  readonly whole: number;
  /** Temples as they are, which run back to the hair (temple-taper.ts): what is left of them varies the more. */
  readonly zones: Readonly<Record<string, number>>;
  /** Temples that are rebuilt, up to the drawn line. */
  readonly rebuiltTemples?: number;
}

/** Of all but the temples; then of temples as they are, and rebuilt. */
const simulated = (
  whole: number,
  zones: Readonly<Record<string, number>>,
  [kept, rebuiltTemples]: readonly [number, number],
): Simulated => ({ whole, zones: { ...zones, 'temple-l': kept, 'temple-r': kept }, rebuiltTemples });

export const SIMULATED_NORWOOD: readonly Simulated[] = [
  { whole: 0.69, zones: { hairline: 0.69 } },
  simulated(0.35, { front: 0.47 }, [0.29, 0.19]),
  simulated(0.16, { front: 0.26 }, [0.04, 0.03]),
  simulated(0.16, { front: 0.13, crown: 0.34 }, [0.01, 0.01]),
  simulated(0.11, { front: 0, mid: 0.13, crown: 0.17 }, [0.1, 0.37]),
  simulated(0.15, { front: 0, mid: 0.14, crown: 0.18 }, [0.92, 0.29]),
  simulated(0.11, { front: 0, mid: 0.1, crown: 0.14 }, [0.22, 0.16]),
];

export const SIMULATED_LUDWIG: readonly Simulated[] = [
  { whole: 0.29, zones: { front: 0.26, mid: 0.29, crown: 0.33 } },
  { whole: 0.18, zones: { front: 0.15, mid: 0.19, crown: 0.22 } },
  { whole: 0.15, zones: { front: 0.14, mid: 0.15, crown: 0.17 } },
];

/** With tapes along and across the bald part, Norwood IV to VII. Zones that a tape does not reach are left out. */
export const SIMULATED_TAPED: Readonly<Record<'length' | 'width' | 'both', readonly Simulated[]>> = {
  length: [
    { whole: 0.16, zones: { crown: 0.34 } },
    simulated(0.15, { mid: 0.18, crown: 0.22 }, [0.19, 0.45]),
    simulated(0.15, { mid: 0.15, crown: 0.18 }, [1.04, 0.3]),
    simulated(0.1, { mid: 0.1, crown: 0.12 }, [0.25, 0.16]),
  ],
  width: [
    { whole: 0.09, zones: { crown: 0.17 } },
    simulated(0.08, { mid: 0.05, crown: 0.17 }, [0.06, 0.19]),
    simulated(0.07, { mid: 0.04, crown: 0.14 }, [0.19, 0.16]),
    simulated(0.05, { mid: 0.03, crown: 0.09 }, [0.13, 0.09]),
  ],
  both: [
    { whole: 0.09, zones: { crown: 0.16 } },
    simulated(0.07, { mid: 0.05, crown: 0.18 }, [0.05, 0.2]),
    simulated(0.07, { mid: 0.04, crown: 0.15 }, [0.25, 0.17]),
    simulated(0.05, { mid: 0.03, crown: 0.11 }, [0.15, 0.09]),
  ],
};

/**
 * An outline drawn 2 mm too wide or too narrow all round (sd); wobbles of the hand even out. It is that of
 * temples as they are or rebuilt, whichever is larger; the other is up to a fifth smaller.
 */
export const OUTLINE_SD = {
  norwood: [0.5, 0.285, 0.19, 0.13, 0.05, 0.05, 0.05],
  ludwig: [0.125, 0.08, 0.065],
} as const;
