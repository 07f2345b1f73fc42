/**
 * The VTIMEZONE of one zone for the years a calendar covers (RFC 5545, 3.6.5).
 *
 * Clock changes are found in the engine's time zone data. When those of five years follow one yearly rule ('last
 * Sunday of March') it is written as that rule, the form every calendar program reads; otherwise each change is
 * written out. Either way every change of the covered years is right. Names of the offsets are left out: engines
 * disagree on them.
 */
import { offsetChange, wallClockAt, zoneOffsetOf } from './zone-rules-of.ts';

interface Change {
  /** Local clock before the change, at the moment it happens. */
  readonly wall: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
/** No zone keeps an offset for less than two weeks. */
const STEP_MS = 7 * DAY_MS;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** Content lines of the component for events from `firstYear` to `lastYear`. */
export function timeZoneComponent(timeZone: string, firstYear: number, lastYear: number): string[] {
  // From a year before, so that the first event has a change behind it.
  const changes = changesBetween(timeZone, firstYear - 1, Math.max(lastYear, firstYear + 3));
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`];
  if (changes.length === 0) {
    const offset = zoneOffsetOf(timeZone)(Date.UTC(firstYear, 0, 1));
    lines.push(...observance({ wall: `${firstYear - 1}-01-01T00:00:00`, fromMs: offset, toMs: offset }, null));
  }
  const kinds = new Map(changes.map(({ fromMs, toMs }) => [`${fromMs} ${toMs}`, { fromMs, toMs }]));
  const rules = [...kinds.values()].map(({ fromMs, toMs }) => {
    const alike = changes.filter((change) => change.fromMs === fromMs && change.toMs === toMs);
    return { alike, rule: yearlyRule(alike) };
  });
  const isYearly = rules.length === 2 && rules.every(({ alike, rule }) => rule && alike.length === changes.length / 2);
  if (isYearly) for (const { alike, rule } of rules) lines.push(...observance(alike[0]!, rule));
  else for (const change of changes) lines.push(...observance(change, null));
  lines.push('END:VTIMEZONE');
  return lines;
}

function changesBetween(timeZone: string, firstYear: number, lastYear: number): Change[] {
  const offsetAt = zoneOffsetOf(timeZone);
  const changes: Change[] = [];
  const end = Date.UTC(lastYear + 1, 0, 1);
  for (let at = Date.UTC(firstYear, 0, 1); at < end; at += STEP_MS) {
    const fromMs = offsetAt(at);
    const toMs = offsetAt(at + STEP_MS);
    if (fromMs === toMs) continue;
    const instant = offsetChange(offsetAt, at, at + STEP_MS);
    changes.push({ wall: wallClockAt(() => fromMs, instant), fromMs, toMs });
  }
  return changes;
}

/** 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' when the changes, one in each year, all follow it; else null. */
function yearlyRule(changes: readonly Change[]): string | null {
  const seen = changes.map(({ wall }) => {
    const date = new Date(`${wall}Z`);
    const day = date.getUTCDate();
    const month = date.getUTCMonth();
    const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return {
      year: date.getUTCFullYear(),
      common: `${month} ${date.getUTCDay()} ${wall.slice(11)}`,
      month: month + 1,
      weekday: WEEKDAYS[date.getUTCDay()]!,
      nth: Math.ceil(day / 7),
      isLast: day + 7 > lastOfMonth,
    };
  });
  const first = seen[0]!;
  const isRegular = seen.every(({ year, common }, i) => year === first.year + i && common === first.common);
  if (!isRegular) return null;
  const nth = seen.every(({ isLast }) => isLast) ? -1 : seen.every(({ nth }) => nth === first.nth) ? first.nth : null;
  return nth === null ? null : `FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${nth}${first.weekday}`;
}

function observance({ wall, fromMs, toMs }: Change, rule: string | null): string[] {
  const kind = toMs > fromMs ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wall.replaceAll(/[-:]/g, '')}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `TZOFFSETFROM:${offsetText(fromMs)}`,
    `TZOFFSETTO:${offsetText(toMs)}`,
    `END:${kind}`,
  ];
}

/** '+0530', with seconds only where there are any. */
function offsetText(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1000;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const text = `${offsetMs < 0 ? '-' : '+'}${two(seconds / 3600)}${two((seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? text : text + two(seconds % 60);
}
