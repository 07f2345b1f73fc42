import { describe, expect, it } from 'vitest';
import { dayNumber } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { ACTIVITY_LABELS, type Activity, type Phase, type ProtocolName, type Verdict } from './aftercare-rule.ts';
import { AFTERCARE_CONFLICTS, aftercareRules, allowedAt, dayOpensAt, openDayAt, opensAt } from './aftercare-rules.ts';
import { DAY_MS, HOUR_MS, toyZone } from './testing/toy-zone.ts';

const PROTOCOLS: ProtocolName[] = ['strict', 'article'];
const PHASES: Phase[] = ['between', 'after-last'];
const ACTIVITIES = Object.keys(ACTIVITY_LABELS) as Activity[];

const verdictOf = (
  protocol: ProtocolName,
  activity: Activity,
  day: number,
  phase: Phase = 'between',
): Verdict | 'silent' =>
  allowedAt(protocol, day, phase).find((rule) => rule.activity === activity)?.verdict ?? 'silent';

describe('the protocols', () => {
  it('hold exactly one rule for each activity they speak of, on every day of a year, in either phase', () => {
    for (const protocol of PROTOCOLS) {
      for (const phase of PHASES) {
        const spoken = new Set(allowedAt(protocol, 0, phase).map(({ activity }) => activity));
        for (let day = 0; day <= 365; day += 0.5) {
          const inForce = allowedAt(protocol, day, phase).map(({ activity }) => activity);
          expect(new Set(inForce).size).toBe(inForce.length);
          expect(new Set(inForce)).toEqual(spoken);
        }
      }
    }
  });

  it('never take back what they have allowed', () => {
    for (const protocol of PROTOCOLS) {
      for (const phase of PHASES) {
        for (const activity of ACTIVITIES) {
          const strength = Array.from({ length: 60 }, (_, day) =>
            ['silent', 'no', 'care', 'yes'].indexOf(verdictOf(protocol, activity, day, phase)),
          );
          expect(strength, activity).toEqual([...strength].sort((a, b) => a - b));
        }
      }
    }
  });

  it('have a stable id, a text and a source in every row', () => {
    const ids = PROTOCOLS.flatMap((protocol) => aftercareRules(protocol).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const protocol of PROTOCOLS) {
      for (const { id, text, source } of aftercareRules(protocol)) {
        expect(id.startsWith(`${protocol}.`)).toBe(true);
        expect(text).toMatch(/^[A-Z].*[.]$/);
        expect(source).toMatch(protocol === 'strict' ? /no trial$/ : /^published article/);
      }
    }
  });

  it('state a conflict on both sides where they disagree on any day, and only there', () => {
    for (const activity of ACTIVITIES) {
      const spokenByBoth = PROTOCOLS.every((protocol) =>
        aftercareRules(protocol).some((rule) => rule.activity === activity),
      );
      const disagree = PHASES.some((phase) =>
        Array.from({ length: 60 }, (_, day) => day).some(
          (day) => verdictOf('strict', activity, day, phase) !== verdictOf('article', activity, day, phase),
        ),
      );
      expect(activity in AFTERCARE_CONFLICTS, activity).toBe(spokenByBoth && disagree);
      for (const protocol of PROTOCOLS) {
        for (const rule of aftercareRules(protocol).filter((rule) => rule.activity === activity)) {
          expect(rule.conflict).toBe(AFTERCARE_CONFLICTS[activity] ?? null);
        }
      }
    }
  });

  it('know no day before the end of the session', () => {
    for (const day of [-1, -0.001, NaN]) expect(() => allowedAt('strict', day, 'between')).toThrow(RangeError);
  });
});

describe('the strict protocol', () => {
  it.each<[Activity, Verdict, readonly [number, Verdict][]]>([
    [
      'wetting',
      'no',
      [
        [4, 'care'],
        [10, 'yes'],
      ],
    ],
    [
      'washing',
      'no',
      [
        [5, 'care'],
        [10, 'yes'],
      ],
    ],
    ['light-exercise', 'no', [[5, 'yes']]],
    ['heavy-exercise', 'no', [[10, 'yes']]],
    ['clippers', 'no', [[5, 'yes']]],
    ['razor', 'no', [[10, 'care']]],
    ['moisturiser', 'no', [[5, 'care']]],
    ['sun', 'no', [[28, 'care']]],
    ['sunscreen', 'no', [[14, 'yes']]],
    ['hot-shower', 'no', [[10, 'yes']]],
    ['acids', 'no', [[28, 'care']]],
  ])('changes its answer on %s on the days of the facts and on no other', (activity, first, changes) => {
    for (let day = 0; day <= 60; day++) {
      const expected = changes.filter(([from]) => from <= day).at(-1)?.[1] ?? first;
      expect(verdictOf('strict', activity, day), `day ${day}`).toBe(expected);
    }
  });

  it('allows no swimming, steam or sauna between sessions however long the gap, and to day 28 after the last', () => {
    for (const activity of ['swimming', 'steam-and-sauna'] as const) {
      for (let day = 0; day <= 365; day++) {
        expect(verdictOf('strict', activity, day, 'between')).toBe('no');
        expect(verdictOf('strict', activity, day, 'after-last') === 'no').toBe(day < 28);
      }
    }
  });
});

describe('the article protocol', () => {
  it('forbids washing, wetting, heavy sweating and sun for exactly four days', () => {
    for (const activity of ['washing', 'wetting', 'heavy-exercise', 'sun'] as const) {
      for (let day = 0; day <= 60; day++) expect(verdictOf('article', activity, day) === 'no').toBe(day < 4);
    }
  });

  it('speaks of swimming, steam, sauna and scorching showers between sessions only, and is silent after the last', () => {
    for (const activity of ['swimming', 'steam-and-sauna', 'hot-shower'] as const) {
      expect([0, 30, 300].map((day) => verdictOf('article', activity, day, 'between'))).toEqual(['no', 'no', 'no']);
      expect(verdictOf('article', activity, 0, 'after-last')).toBe('silent');
    }
  });

  it('borrows nothing from the strict protocol', () => {
    for (const activity of ['razor', 'clippers', 'moisturiser', 'acids', 'touching', 'light-exercise'] as const) {
      expect(verdictOf('article', activity, 0)).toBe('silent');
    }
  });
});

describe('dayOpensAt', () => {
  const at = (day: string, hour: number, ahead: number): number => dayNumber(day) * DAY_MS + (hour - ahead) * HOUR_MS;

  it('opens at the first 06:00 local from n x 24 hours after the end', () => {
    const zone = toyZone(1);
    expect(dayOpensAt(4, at('2027-01-11', 13, 1), zone)).toBe(at('2027-01-16', 6, 1));
    expect(dayOpensAt(4, at('2027-01-11', 5, 1), zone)).toBe(at('2027-01-15', 6, 1));
    expect(dayOpensAt(4, at('2027-01-11', 6, 1), zone)).toBe(at('2027-01-15', 6, 1));
    expect(dayOpensAt(1, at('2028-02-28', 13, 1), zone)).toBe(at('2028-03-01', 6, 1));
    expect(dayOpensAt(1, at('2027-12-31', 13, 1), zone)).toBe(at('2028-01-02', 6, 1));
  });

  it('forbids from the end itself', () => {
    const end = at('2027-01-11', 13, 1);
    expect(dayOpensAt(0, end, toyZone(1))).toBe(end);
    for (const rule of aftercareRules('strict').filter(({ fromDay }) => fromDay === 0)) {
      expect(opensAt(rule, end, toyZone(1))).toBe(end);
    }
  });

  it('never opens early, nor later than a day and the clock change, at 06:00 of the local clock (2,000 draws, seed 9)', () => {
    const random = seededGenerator(9);
    for (let i = 0; i < 2000; i++) {
      const change = at('2027-03-28', 1, 0);
      const [before, after] = [
        [1, 2],
        [2, 1],
        [-5, -4],
        [5.5, 5.5],
        [11, 10],
      ][i % 5]!;
      const zone = toyZone(before!, [[change, after!]]);
      const end = change + Math.floor((random() - 0.9) * 20 * 24 * 60) * 60_000;
      const day = 1 + Math.floor(random() * 28);
      const opens = dayOpensAt(day, end, zone);
      expect(opens).toBeGreaterThanOrEqual(end + day * DAY_MS);
      expect(opens).toBeLessThan(end + (day + 1) * DAY_MS + HOUR_MS);
      const ahead = opens >= change ? after! : before!;
      expect((opens + ahead * HOUR_MS) % DAY_MS).toBe(6 * HOUR_MS);
    }
  });

  it('counts whole days of aftercare only', () => {
    for (const day of [-1, 0.5, NaN]) expect(() => dayOpensAt(day, 0, toyZone(0))).toThrow(RangeError);
  });
});

describe('openDayAt', () => {
  it('is the last day that has opened, to the millisecond, also across a clock change', () => {
    const end = Date.UTC(2027, 2, 26, 12);
    for (const zone of [
      toyZone(5.5),
      toyZone(1, [[Date.UTC(2027, 2, 28, 1), 2]]),
      toyZone(11, [[Date.UTC(2027, 3, 3, 16), 10]]),
    ]) {
      expect(openDayAt(end, end, zone)).toBe(0);
      for (let day = 1; day <= 30; day++) {
        const opens = dayOpensAt(day, end, zone);
        expect(openDayAt(opens - 1, end, zone)).toBe(day - 1);
        expect(openDayAt(opens, end, zone)).toBe(day);
      }
      expect(() => openDayAt(end - 1, end, zone)).toThrow(RangeError);
    }
  });
});
