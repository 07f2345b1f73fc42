/**
 * What a client may do after a session, day by day, by the protocol the studio has chosen.
 *
 * Two protocols stand side by side and are never merged: where they disagree, both rows say so. A course keeps the
 * version of the protocol it was given. For every activity a protocol speaks of, exactly one rule holds at any time;
 * where it is silent there is no rule, and silence is no permission.
 *
 * Day n starts n x 24 h after the recorded end of the session. What it allows opens at 06:00 local time: the first
 * six o'clock at or after that moment, so that nothing opens early and nobody is told at night. A clock change moves
 * the opening with the local clock.
 *
 * Does not judge how the skin has healed: scabs and redness overrule every day named here.
 */
import { addDays } from '../calendar/plain-day.ts';
import type { ZoneRules } from '../calendar/zone-rules.ts';
import type { Activity, AftercareRow, AftercareRule, Phase, ProtocolName } from './aftercare-rule.ts';
import { ARTICLE_AFTERCARE } from './article-aftercare.ts';
import { STRICT_AFTERCARE } from './strict-aftercare.ts';

const ROWS: Readonly<Record<ProtocolName, readonly AftercareRow[]>> = {
  strict: STRICT_AFTERCARE,
  article: ARTICLE_AFTERCARE,
};

/** Where the two protocols, or studios and medicine, say different things: shown to the studio that chooses. */
export const AFTERCARE_CONFLICTS: Readonly<Partial<Record<Activity, string>>> = {
  wetting:
    'Strict: dry for days 0 to 3, then lukewarm rinsing to day 10. Article: dry for four days, then no limit. ' +
    'Medical advice for ordinary tattoos is gentle washing from day 1. None was tried for this work.',
  washing:
    'Strict: mild shampoo from day 5, any from day 10. Article: washing after four days. ' +
    'Medical advice for ordinary tattoos is gentle washing from day 1. None was tried for this work.',
  'heavy-exercise': 'Strict: no heavy sweating before day 10. Article: four days.',
  sun: 'Strict: covered for 14 days, no sunbathing to day 28. Article: after four days 45 to 60 minutes if wanted; most studios disagree.',
  sunscreen: 'Strict: none on unhealed skin, so not before day 14. Article: hat or sunscreen from the first day.',
  hat: 'Strict: loose and clean to day 10. Article: any hat.',
  'hot-shower': 'Strict: none before day 10. Article: no scorching showers between sessions; silent after the last.',
  swimming:
    'Strict: none between sessions and to day 28 after the last. Article: between sessions only; silent after the last.',
  'steam-and-sauna':
    'Strict: none between sessions and to day 28 after the last. Article: between sessions only; silent after the last.',
};

const withIdentity = (protocol: ProtocolName): AftercareRule[] =>
  ROWS[protocol].map((row) => ({
    ...row,
    id: `${protocol}.${row.activity}.${row.phase}.${row.fromDay}`,
    conflict: AFTERCARE_CONFLICTS[row.activity] ?? null,
  }));

const RULES: Readonly<Record<ProtocolName, readonly AftercareRule[]>> = {
  strict: withIdentity('strict'),
  article: withIdentity('article'),
};

/** Every rule of a protocol, the days of one activity one after another. */
export const aftercareRules = (protocol: ProtocolName): readonly AftercareRule[] => RULES[protocol];

/** The rules of a protocol that hold while another session follows, or after the last. */
export const rulesInPhase = (protocol: ProtocolName, phase: Phase): readonly AftercareRule[] =>
  RULES[protocol].filter((rule) => rule.phase === phase || rule.phase === 'both');

/** The rules in force on a day, at most one per activity. A fraction is part of its day. Throws RangeError below 0. */
export function allowedAt(protocol: ProtocolName, day: number, phase: Phase): readonly AftercareRule[] {
  if (!(day >= 0)) throw new RangeError(`day ${day} is before the end of the session`);
  return rulesInPhase(protocol, phase).filter(
    ({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || day < untilDay),
  );
}

/** What opens on a day opens at this local hour. */
export const OPENING_HOUR = 6;

const DAY_MS = 86_400_000;

/** The instant at which a day of aftercare opens: the end of the session for day 0, else the first 06:00 from its start. */
export function dayOpensAt(day: number, endInstantMs: number, rules: ZoneRules): number {
  if (!(Number.isSafeInteger(day) && day >= 0)) throw new RangeError(`${day} is not a day of aftercare`);
  if (day === 0) return endInstantMs;
  const start = endInstantMs + day * DAY_MS;
  const date = rules.dayAt(start);
  const sameDay = rules.hourOf(date, OPENING_HOUR);
  return sameDay >= start ? sameDay : rules.hourOf(addDays(date, 1), OPENING_HOUR);
}

/** The instant from which a rule holds after a session that ended at `endInstantMs`. */
export const opensAt = (rule: AftercareRule, endInstantMs: number, rules: ZoneRules): number =>
  dayOpensAt(rule.fromDay, endInstantMs, rules);

/** The latest day of aftercare that has opened at an instant: the day to ask {@link allowedAt} for. Throws RangeError before the end. */
export function openDayAt(instantMs: number, endInstantMs: number, rules: ZoneRules): number {
  if (!(instantMs >= endInstantMs)) throw new RangeError('the session has not ended');
  let day = Math.floor((instantMs - endInstantMs) / DAY_MS);
  while (day > 0 && dayOpensAt(day, endInstantMs, rules) > instantMs) day--;
  return day;
}
