/**
 * From the wall clock of a calendar file to instants: by the name of its zone where engines know it, else by the
 * VTIMEZONE that the file brings along.
 */
import { zoneOffsetOf } from '../exports/zone-rules-of.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';
import { expandRule, type RecurrenceRule } from './expand-rule.ts';

/** Local time minus UTC in milliseconds, by instant. */
export type OffsetAt = (instantMs: number) => number;

const DAY_MS = 86_400_000;

/** A zone by its IANA name, also behind a maker's prefix ('/example.org/20240101/Europe/Berlin'), or Windows' name; else null. */
export function namedZone(tzid: string): OffsetAt | null {
  const parts = tzid.split('/').filter(Boolean);
  for (const name of [WINDOWS_ZONES[tzid] ?? tzid, parts.slice(-3).join('/'), parts.slice(-2).join('/')]) {
    // Offsets written as names are no places, and engines differ in which they take.
    if (!/^[A-Za-z]/.test(name)) continue;
    try {
      return zoneOffsetOf(name);
    } catch {
      continue;
    }
  }
  return null;
}

export interface Observance {
  /** Wall clock before the change. */
  readonly startMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly rule: RecurrenceRule | null;
  /** Further changes, as wall clock before them. */
  readonly extraMs: readonly number[];
}

/** A zone by its own observances, for a window of instants; null when they cannot be used. */
export function describedZone(
  observances: readonly Observance[],
  windowFromMs: number,
  windowToMs: number,
): OffsetAt | null {
  const changes: { readonly atMs: number; readonly offsetMs: number; readonly beforeMs: number }[] = [];
  for (const { startMs, fromMs, toMs, rule, extraMs } of observances) {
    const onsets = [startMs, ...extraMs];
    if (rule) {
      const repeated = expandRule(rule, startMs, windowFromMs - 800 * DAY_MS, windowToMs + DAY_MS);
      if (!repeated) return null;
      onsets.push(...repeated);
    }
    for (const wallMs of onsets) changes.push({ atMs: wallMs - fromMs, offsetMs: toMs, beforeMs: fromMs });
  }
  changes.sort((a, b) => a.atMs - b.atMs);
  if (changes.length === 0) return null;
  return (instantMs) => changes.findLast(({ atMs }) => atMs <= instantMs)?.offsetMs ?? changes[0]!.beforeMs;
}

/** Instants at which the wall shows this time: one, two where the clock is set back, none where it is set on. */
export function instantsOfWall(offsetAt: OffsetAt, wallMs: number): number[] {
  const around = new Set([offsetAt(wallMs - DAY_MS), offsetAt(wallMs + DAY_MS)]);
  return [...around]
    .map((offset) => wallMs - offset)
    .filter((at) => at + offsetAt(at) === wallMs)
    .sort((a, b) => a - b);
}

/**
 * The instant of a wall-clock time: the first where the clock shows it twice; where it skips it, by the offset before,
 * which moves it on by as much as was skipped (RFC 5545, 3.3.5).
 */
export const instantOfWall = (offsetAt: OffsetAt, wallMs: number): number =>
  instantsOfWall(offsetAt, wallMs)[0] ?? wallMs - offsetAt(wallMs - DAY_MS);
