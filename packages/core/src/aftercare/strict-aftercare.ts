import type { Activity, AftercareRow, Phase, Verdict } from './aftercare-rule.ts';

/**
 * The protocol Stipple proposes (facts 5.3, column DEFAULT): where studios differ, the cautious end of what they ask.
 * No trial supports any aftercare of this work; every source says how far studios differ. One gap of that column is
 * closed here: rinsing stays lukewarm until hot showers open on day 10.
 */
type Step = readonly [fromDay: number, untilDay: number | null, verdict: Verdict, text: string];

const steps = (
  activity: Activity,
  source: string,
  list: readonly Step[],
  phase: Phase | 'both' = 'both',
): AftercareRow[] =>
  list.map(([fromDay, untilDay, verdict, text]) => ({ activity, fromDay, untilDay, phase, verdict, text, source }));

const BATHS = 'studios ask 28 to 30 days; ordinary tattoos 2 to 6 weeks; no trial';

export const STRICT_AFTERCARE: readonly AftercareRow[] = [
  ...steps('wetting', 'studios ask 3 to 5 dry days; no trial', [
    [0, 4, 'no', 'Keep the treated skin dry.'],
    [4, 10, 'care', 'Rinse with lukewarm water and pat dry; do not soak.'],
    [10, null, 'yes', 'Water as usual.'],
  ]),
  ...steps('washing', 'studios allow mild shampoo from day 4 to day 10, any after day 7; no trial', [
    [0, 5, 'no', 'No shampoo.'],
    [5, 10, 'care', 'Baby shampoo or another mild one, without rubbing.'],
    [10, null, 'yes', 'Your usual shampoo.'],
  ]),
  ...steps('touching', 'studios ask 7 days, and never to pick a scab; no trial', [
    [0, 10, 'no', 'Do not touch, scratch or pick until the scabs are gone, usually by day 10.'],
    [10, null, 'care', 'Touch as usual, but never pick a scab that is left.'],
  ]),
  ...steps('light-exercise', 'studios ask 5 to 10 days; no trial', [
    [0, 5, 'no', 'No exercise.'],
    [5, null, 'yes', 'Light exercise that makes you sweat little.'],
  ]),
  ...steps('heavy-exercise', 'studios ask 5 to 10 days; no trial', [
    [0, 10, 'no', 'No exercise or work that makes you sweat heavily.'],
    [10, null, 'yes', 'Exercise as usual.'],
  ]),
  ...steps('clippers', 'studios allow clippers from day 4, or after 10 days; no trial', [
    [0, 5, 'no', 'Do not clip or shave.'],
    [5, null, 'yes', 'Clippers or a foil shaver, without pressure.'],
  ]),
  ...steps('razor', 'studios ask 10 days, or no razor at all; no trial', [
    [0, 10, 'no', 'No razor.'],
    [10, null, 'care', 'A razor only where no scab is left.'],
  ]),
  ...steps('moisturiser', 'studios begin on day 4 to 6; no trial', [
    [0, 5, 'no', 'No cream.'],
    [5, null, 'care', 'A thin layer of moisturiser without scent and without alcohol.'],
  ]),
  ...steps('sun', 'studios ask 4 to 30 days; no trial', [
    [0, 14, 'no', 'Keep the treated skin covered outdoors with a loose, clean hat.'],
    [14, 28, 'no', 'No sunbathing; outdoors a hat, or sunscreen of SPF 30 or more.'],
    [28, null, 'care', 'Always sunscreen of SPF 30 or more, or a hat: sun fades the colour.'],
  ]),
  ...steps('sunscreen', 'one studio forbids it until healed; no trial', [
    [0, 14, 'no', 'No sunscreen on skin that has not healed: wear a hat.'],
    [14, null, 'yes', 'Sunscreen of SPF 30 or more.'],
  ]),
  ...steps('hot-shower', 'studios ask to avoid them between sessions; no trial', [
    [0, 10, 'no', 'No hot shower or steam on the treated skin.'],
    [10, null, 'yes', 'Showers as usual.'],
  ]),
  ...steps(
    'swimming',
    BATHS,
    [[0, null, 'no', 'No swimming: none between sessions and to day 28 after the last.']],
    'between',
  ),
  ...steps(
    'swimming',
    BATHS,
    [
      [0, 28, 'no', 'No swimming: none between sessions and to day 28 after the last.'],
      [28, null, 'yes', 'Swimming as usual.'],
    ],
    'after-last',
  ),
  ...steps(
    'steam-and-sauna',
    BATHS,
    [[0, null, 'no', 'No steam, sauna, hot tub or tanning bed: none between sessions and to day 28 after the last.']],
    'between',
  ),
  ...steps(
    'steam-and-sauna',
    BATHS,
    [
      [0, 28, 'no', 'No steam, sauna, hot tub or tanning bed: none between sessions and to day 28 after the last.'],
      [28, null, 'care', 'Steam, sauna and hot tub as usual; a tanning bed fades the colour.'],
    ],
    'after-last',
  ),
  ...steps('acids', 'studios advise against them while healing and later; no trial', [
    [
      0,
      28,
      'no',
      'No acid peels, retinoid creams or alcohol toners on the treated skin. If a doctor prescribed one, ask the doctor.',
    ],
    [28, null, 'care', 'Acids and retinoids fade the colour: tell the studio if you use them.'],
  ]),
  ...steps('hat', 'studios allow loose, clean hats; no trial', [
    [0, 10, 'care', 'A loose, clean hat.'],
    [10, null, 'yes', 'Any clean hat.'],
  ]),
];
