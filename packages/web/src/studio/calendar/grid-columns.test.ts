import { seededGenerator } from '@stipple/core/random/generator.ts';
import { describe, expect, it } from 'vitest';
import type { Appointment } from '../courses/course-words.ts';
import { gridColumns, inLanes, shownHours, type CalendarAnswer, type ColumnsQuestion } from './grid-columns.ts';
import { judgeDrop } from './judge-drop.ts';

const ZONE = 'Europe/Berlin';
const appointment = (of: Partial<Appointment>): Appointment => ({
  id: 'a',
  clientId: 'c',
  clientName: 'Ada',
  courseId: null,
  kind: 'session',
  n: 1,
  status: 'booked',
  locationId: 'l',
  practitionerId: 'p',
  roomId: 'r',
  byVideo: false,
  start: '2027-03-28T08:00:00Z',
  end: '2027-03-28T12:00:00Z',
  firstDay: '2027-03-28',
  lastDay: '2027-03-28',
  isFact: false,
  flags: [],
  gapOverride: null,
  note: '',
  version: 1,
  ...of,
});
const practitioner = (id: string) => ({ id, name: id.toUpperCase(), locationId: 'l', active: true });

function question(answer: Partial<CalendarAnswer>, of: Partial<ColumnsQuestion> = {}): ColumnsQuestion {
  return {
    answer: { appointments: [], absences: [], open: [], working: [], ...answer },
    studio: {
      practitioners: [practitioner('p'), practitioner('q')],
      rooms: [{ ...practitioner('r'), name: 'Blue room' }],
    } as never,
    locationId: 'l',
    timeZone: ZONE,
    by: 'practitioner',
    firstDay: '2027-03-28',
    days: 1,
    subjectId: null,
    ...of,
  };
}

describe('columns of the calendar', () => {
  it('show an appointment on the clock of the place, on the day the clocks change too', () => {
    const [p, q] = gridColumns(question({ appointments: [appointment({})] }));
    expect(p!.blocks).toMatchObject([{ from: 600, to: 840, aside: 'Blue room' }]);
    expect(q!.blocks).toEqual([]);
  });

  it('name who and where in a week of everybody, and in a room’s column only who', () => {
    const asideIn = (of: Partial<ColumnsQuestion>): string[] =>
      gridColumns(question({ appointments: [appointment({})] }, of)).flatMap(({ blocks }) =>
        blocks.map(({ aside }) => aside),
      );
    expect(asideIn({ days: 7, firstDay: '2027-03-22' })).toEqual(['P, Blue room']);
    expect(asideIn({ days: 7, firstDay: '2027-03-22', by: 'room' })).toEqual(['P, Blue room']);
    expect(asideIn({ days: 7, firstDay: '2027-03-22', subjectId: 'p' })).toEqual(['Blue room']);
    expect(asideIn({ by: 'room' })).toEqual(['P']);
  });

  it('leave out what was cancelled, and cut at midnight what lasts longer', () => {
    const late = appointment({ id: 'b', start: '2027-03-28T21:00:00Z', end: '2027-03-28T23:30:00Z' });
    const gone = appointment({ status: 'cancelled' });
    const week = gridColumns(question({ appointments: [gone, late] }, { days: 7, subjectId: 'p' }));
    expect(week.map(({ blocks }) => blocks.map(({ from, to }) => [from, to]))).toEqual([
      [[1380, 1440]],
      [[0, 90]],
      ...Array.from({ length: 5 }, () => []),
    ]);
  });

  it('show the hours around all work and all appointments', () => {
    const working = [{ practitionerId: 'p', start: '2027-03-28T07:30:00Z', end: '2027-03-28T15:00:00Z' }];
    expect(shownHours(gridColumns(question({ working })))).toEqual({ from: 480, to: 1080 });
    expect(shownHours(gridColumns(question({})))).toEqual({ from: 480, to: 1200 });
  });
});

describe('blocks that overlap', () => {
  it('never share a lane, and never take more lanes than overlap at once, for random days', () => {
    const random = seededGenerator(11);
    for (let round = 0; round < 200; round++) {
      const spans = Array.from({ length: 1 + Math.floor(random() * 9) }, () => {
        const from = Math.floor(random() * 96) * 15;
        return { from, to: from + 15 + Math.floor(random() * 16) * 15 };
      });
      const placed = inLanes(spans);
      expect(placed).toHaveLength(spans.length);
      for (const [i, a] of placed.entries()) {
        for (const b of placed.slice(i + 1)) {
          if (a.from < b.to && b.from < a.to) {
            expect(a.lane).not.toBe(b.lane);
            expect(a.lanes).toBe(b.lanes);
          }
        }
        const most = Math.max(...spans.map((s) => spans.filter((o) => o.from <= s.from && s.from < o.to).length));
        expect(a.lane).toBeLessThan(a.lanes);
        expect(a.lanes).toBeLessThanOrEqual(most);
      }
    }
  });
});

describe('an hour under the finger', () => {
  const working = [{ practitionerId: 'p', start: '2027-03-28T07:00:00Z', end: '2027-03-28T16:00:00Z' }];
  const [column] = gridColumns(question({ working, appointments: [appointment({})] }));

  it('is judged by hours and by what is there, itself apart', () => {
    expect(judgeDrop(column!, { from: 480, to: 720 }, 'a')).toBe('outside the hours');
    expect(judgeDrop(column!, { from: 540, to: 780 }, 'a')).toBeNull();
    expect(judgeDrop(column!, { from: 780, to: 900 }, 'other')).toBe('taken');
    expect(judgeDrop(column!, { from: 840, to: 900 }, 'other')).toBeNull();
  });
});
