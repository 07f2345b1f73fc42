import type { Activity, AftercareRow, Phase, Verdict } from './aftercare-rule.ts';

/**
 * The protocol of the published article for clients, as it stands (mission S13 to S15) and no more: what the article
 * does not speak of has no row. Its four days are days 0 to 3 here, its 'day five' is day 4, the fifth period of 24 h.
 * On baths and hot water it speaks of the time between sessions only.
 */
const row = (
  activity: Activity,
  fromDay: number,
  untilDay: number | null,
  verdict: Verdict,
  text: string,
  phase: Phase | 'both' = 'both',
): AftercareRow => ({ activity, fromDay, untilDay, phase, verdict, text, source: 'published article for clients' });

export const ARTICLE_AFTERCARE: readonly AftercareRow[] = [
  row('wetting', 0, 4, 'no', 'Do not wet the treated skin for four days.'),
  row('wetting', 4, null, 'yes', 'Water as usual.'),
  row('washing', 0, 4, 'no', 'Do not wash the treated skin for four days.'),
  row('washing', 4, null, 'yes', 'Wash as usual.'),
  row('heavy-exercise', 0, 4, 'no', 'No heavy sweating for four days.'),
  row('heavy-exercise', 4, null, 'yes', 'Exercise as usual.'),
  row('sun', 0, 4, 'no', 'No sun for four days: wear a hat or use sunscreen.'),
  row('sun', 4, null, 'care', 'If you want sun, 45 to 60 minutes; the less sun, the longer the colour lasts.'),
  row('sunscreen', 0, null, 'yes', 'Sunscreen, or a hat.'),
  row('hat', 0, null, 'yes', 'A hat, or sunscreen.'),
  row('swimming', 0, null, 'no', 'No swimming between sessions.', 'between'),
  row('steam-and-sauna', 0, null, 'no', 'No steam and no sauna between sessions.', 'between'),
  row('hot-shower', 0, null, 'no', 'No scorching showers between sessions.', 'between'),
];
