/**
 * What a client does before a session, by protocol: facts 5.4 for 'strict', the article's one line (mission S12) for
 * 'article'. Days are whole local days before the session's date; 0 is the day itself.
 *
 * Where facts name no default the longest wait that studios ask for stands, with the spread beside it. Never asks a
 * client to stop a prescribed medicine. Between two sessions the aftercare of the earlier one comes first: an item
 * that would fall into a day on which it is still forbidden waits until that has opened.
 */
import type { Activity, ProtocolName } from './aftercare-rule.ts';
import { rulesInPhase } from './aftercare-rules.ts';
import { PRESCRIBED_MEDICINE } from './warning-signs.ts';

export interface PreparationItem {
  /** Stable: 'strict.alcohol'. */
  readonly id: string;
  readonly daysBefore: number;
  /** To the client. */
  readonly text: string;
  readonly source: string;
  /** The aftercare it must not break; null for none. */
  readonly activity: Activity | null;
}

const ARTICLE: readonly PreparationItem[] = [
  {
    id: 'article.shower',
    daysBefore: 0,
    text: 'Take a shower before the session.',
    source: 'published article for clients',
    activity: 'washing',
  },
];

const STRICT: readonly PreparationItem[] = [
  {
    id: 'strict.sun',
    daysBefore: 14,
    text: 'No tanning from now on. Sunburn postpones the session.',
    source: 'studios ask 1 week; our choice 14 days',
    activity: null,
  },
  {
    id: 'strict.medicines',
    daysBefore: 7,
    text: `Tell the studio what you take, painkillers such as aspirin or ibuprofen included. ${PRESCRIBED_MEDICINE}`,
    source: 'studios differ; the prescriber decides',
    activity: null,
  },
  {
    id: 'strict.moisturise',
    daysBefore: 7,
    text: 'Moisturise twice a day from now until the day before.',
    source: 'studios ask 4 to 7 days',
    activity: 'moisturiser',
  },
  {
    id: 'strict.alcohol',
    daysBefore: 3,
    text: 'No alcohol from now on.',
    source: 'studios ask 24 hours to 3 days',
    activity: null,
  },
  {
    id: 'strict.caffeine',
    daysBefore: 3,
    text: 'No coffee, strong tea or energy drinks from now on.',
    source: 'studios ask 24 hours to 3 days',
    activity: null,
  },
  {
    id: 'strict.clip',
    daysBefore: 1,
    text: 'If your look is the shaved one, clip with clippers this evening. No razor.',
    source: 'studios ask for clipping the night before or 48 hours before',
    activity: 'clippers',
  },
  {
    id: 'strict.skin',
    daysBefore: 1,
    text: 'If you see a scab, redness or sunburn, or feel ill, call the studio: the session moves.',
    source: 'hard condition of every session, facts 5.1',
    activity: null,
  },
  {
    id: 'strict.wash',
    daysBefore: 0,
    text: 'Wash last night or this morning. No oil, gel or fibres.',
    source: 'studios agree',
    activity: 'washing',
  },
  {
    id: 'strict.numbing',
    daysBefore: 0,
    text: 'Put on no numbing cream at home unless the studio asked for it: never above 4 % lidocaine, never over a large area, never on broken skin, never under a wrap.',
    source: 'United States Food and Drug Administration, 26 March 2024',
    activity: null,
  },
  {
    id: 'strict.eat',
    daysBefore: 0,
    text: 'Eat well and drink enough water.',
    source: 'studios agree',
    activity: null,
  },
];

/**
 * What to do before a session, the earliest first. `gapDays` (at least 7) is the gap since the session before, null for
 * the first: no item begins before the day after that session, nor before its aftercare allows it.
 */
export function preparation(protocol: ProtocolName, gapDays: number | null = null): readonly PreparationItem[] {
  const items = protocol === 'strict' ? STRICT : ARTICLE;
  if (gapDays === null) return items;
  return items
    .map((item) => {
      const firstDay = Math.max(1, firstFreeDay(protocol, item.activity));
      return { ...item, daysBefore: Math.min(item.daysBefore, gapDays - firstDay) };
    })
    .sort((a, b) => b.daysBefore - a.daysBefore);
}

/** Local days after a session from which an activity is no longer forbidden on the whole day. */
function firstFreeDay(protocol: ProtocolName, activity: Activity | null): number {
  const forbidden = rulesInPhase(protocol, 'between').filter(
    (rule) => rule.activity === activity && rule.verdict === 'no',
  );
  // A day of aftercare opens on the morning after the date it starts on.
  return Math.max(0, ...forbidden.map(({ untilDay }) => (untilDay ?? Infinity) + 1));
}
