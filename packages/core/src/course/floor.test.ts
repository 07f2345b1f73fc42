import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../calendar/plain-day.ts';
import { seededGenerator, type Generator } from '../random/generator.ts';
import { checkFloor, type Visit, type VisitKind, type VisitStatus } from './floor.ts';

const KINDS: readonly VisitKind[] = ['consultation', 'session', 'touch-up', 'review'];
const STATUSES: readonly VisitStatus[] = [
  'proposed',
  'booked',
  'in-progress',
  'done',
  'interrupted',
  'cancelled',
  'no-show',
];

const visit = (id: string, firstDay: string, rest: Partial<Visit> = {}): Visit => ({
  id,
  kind: 'session',
  status: 'booked',
  firstDay,
  lastDay: firstDay,
  ...rest,
});

function drawVisit(random: Generator, id: string): Visit {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  // Across a leap day, a month end and the end of March.
  const firstDay = addDays('2028-02-10', Math.floor(random() * 60));
  const lastDay = addDays(firstDay, random() < 0.2 ? 1 : 0);
  return visit(id, firstDay, { kind: pick(KINDS), status: pick(STATUSES), lastDay });
}

/** Every day a visit touches, counted one by one. */
const daysOf = ({ firstDay, lastDay }: Visit): string[] =>
  Array.from({ length: daysBetween(firstDay, lastDay) + 1 }, (_, i) => addDays(firstDay, i));

/** Seven whole days between any two days of pigment, by its plain meaning. */
const isApart = (a: Visit, b: Visit): boolean =>
  daysOf(a).every((one) => daysOf(b).every((other) => Math.abs(daysBetween(one, other)) >= 7));

const isCounted = ({ kind, status }: Visit): boolean =>
  ['session', 'touch-up'].includes(kind) && !['proposed', 'cancelled', 'no-show'].includes(status);

/** daterange(first_day, last_day + 7, '[)'), as the database keeps it. */
const rangeOf = ({ firstDay, lastDay }: Pick<Visit, 'firstDay' | 'lastDay'>): readonly [string, string] => [
  firstDay,
  addDays(lastDay, 7),
];

describe('checkFloor', () => {
  it('refuses the days 1 to 6 before and after a session, and the day itself', () => {
    for (let gap = -20; gap <= 20; gap++) {
      const wished = {
        id: null,
        kind: 'session',
        firstDay: addDays('2028-02-25', gap),
        lastDay: addDays('2028-02-25', gap),
      } as const;
      const verdict = checkFloor([visit('a', '2028-02-25')], wished);
      if (Math.abs(gap) >= 7) expect(verdict).toEqual({ kind: 'ok' });
      else expect(verdict).toEqual({ kind: 'too-soon', earliest: '2028-03-03', conflictsWith: ['a'] });
    }
  });

  it('agrees with every pair counted day by day, and with disjoint ranges as the database keeps them (20,000 draws, seed 31)', () => {
    const random = seededGenerator(31);
    let refused = 0;
    for (let i = 0; i < 20_000; i++) {
      const visits = Array.from({ length: Math.floor(random() * 5) }, (_, k) => drawVisit(random, `visit-${k}`));
      const wished = drawVisit(random, random() < 0.3 ? 'visit-0' : 'wished');
      const others = visits.filter((other) => other.id !== wished.id && isCounted(other));
      const verdict = checkFloor(visits, wished);
      const isPigment = wished.kind === 'session' || wished.kind === 'touch-up';
      const conflicts = isPigment ? others.filter((other) => !isApart(other, wished)).map(({ id }) => id) : [];
      expect(verdict.kind === 'ok' ? [] : verdict.conflictsWith).toEqual(conflicts);

      const [from, to] = rangeOf(wished);
      const overlapping = others.filter((other) => rangeOf(other)[0] < to && from < rangeOf(other)[1]);
      expect(isPigment ? overlapping.map(({ id }) => id) : []).toEqual(conflicts);

      if (verdict.kind === 'ok') continue;
      refused++;
      const length = daysBetween(wished.firstDay, wished.lastDay);
      let first = wished.firstDay;
      const fits = (day: string): boolean =>
        others.every((other) => isApart(other, { ...wished, firstDay: day, lastDay: addDays(day, length) }));
      while (!fits(first)) first = addDays(first, 1);
      expect(verdict.earliest).toBe(first);
    }
    expect(refused).toBeGreaterThan(900);
  });

  it('counts touch-ups, and neither consultations, reviews, nor what never happened', () => {
    const wished = { id: null, kind: 'touch-up', firstDay: '2028-03-02', lastDay: '2028-03-02' } as const;
    for (const kind of KINDS) {
      for (const status of STATUSES) {
        const counts = ['session', 'touch-up'].includes(kind) && !['proposed', 'cancelled', 'no-show'].includes(status);
        const verdict = checkFloor([visit('a', '2028-02-29', { kind, status })], wished);
        expect(verdict.kind, `${kind} ${status}`).toBe(counts ? 'too-soon' : 'ok');
      }
    }
    const near = visit('a', '2028-02-29');
    for (const kind of ['consultation', 'review'] as const)
      expect(checkFloor([near], { ...wished, kind }).kind).toBe('ok');
  });

  it('finds a gap between two bookings only when the session fits with seven days on both sides', () => {
    const booked = [visit('a', '2028-02-01'), visit('b', '2028-02-14'), visit('c', '2028-02-28')];
    const wish = { id: null, kind: 'session', firstDay: '2028-02-03' } as const;
    const ask = (lastDay: string): unknown => checkFloor(booked, { ...wish, lastDay });
    expect(ask('2028-02-03')).toEqual({ kind: 'too-soon', earliest: '2028-02-21', conflictsWith: ['a'] });
    expect(ask('2028-02-04')).toEqual({ kind: 'too-soon', earliest: '2028-03-06', conflictsWith: ['a'] });
  });

  it('refuses days that do not exist or run backwards', () => {
    expect(() => checkFloor([], { id: null, kind: 'session', firstDay: '2027-02-29', lastDay: '2027-03-01' })).toThrow(
      '2027-02-29',
    );
    expect(() => checkFloor([], { id: null, kind: 'session', firstDay: '2027-03-02', lastDay: '2027-03-01' })).toThrow(
      RangeError,
    );
  });
});
