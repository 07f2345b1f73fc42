import { describe, expect, it } from 'vitest';
import { daysBetween } from '../calendar/plain-day.ts';
import type { CourseOption } from './solve-course.ts';
import { reproposeAfter, type CourseBooking, type MoveProposal, type MoveRequest } from './repropose-after.ts';
import { preferredGaps } from './gap-window.ts';
import { hoursOn, plainRequest, practitioner, wholeDay } from './testing/plain-studio.ts';

const booking = (n: number, day: string, hours = 3): CourseBooking => ({
  id: `visit-${n}`,
  n,
  lastDay: day,
  ...hoursOn(day, 9, 9 + hours),
  practitionerId: 'ada',
  roomId: 'room',
});
const COURSE = [booking(1, '2027-02-01'), booking(2, '2027-02-15'), booking(3, '2027-03-15')];

/** The book as it is: the course's own bookings make everyone busy. */
function move(
  n: number,
  day: string,
  rest: Partial<MoveRequest> = {},
  absences = [] as ReturnType<typeof wholeDay>[],
): MoveProposal {
  const busy = COURSE.map(({ startMs, endMs }) => ({ startMs, endMs }));
  const visits = COURSE.map(
    ({ id, lastDay }) => ({ id, kind: 'session', status: 'booked', firstDay: lastDay, lastDay }) as const,
  );
  const request = plainRequest(
    {
      practitioners: [practitioner('ada', { busy, absences })],
      rooms: [{ id: 'room', hours: null, equipment: [], busy }],
    },
    { busy, visits },
  );
  const to = { ...hoursOn(day, 10, 13), practitionerId: 'ada', roomId: 'room' };
  return reproposeAfter({ ...request, course: COURSE, gaps: preferredGaps(3), n, to, override: null, ...rest });
}
const firstOption = (proposal: MoveProposal): CourseOption => {
  if (proposal.kind !== 'movable' || proposal.later?.kind !== 'proposed') throw new Error(JSON.stringify(proposal));
  return proposal.later.options[0]!;
};
const codesOf = (proposal: MoveProposal): string[] =>
  proposal.kind === 'refused' ? proposal.blockers.map(({ code }) => code) : [];

describe('reproposeAfter', () => {
  it('leaves a later session where it is while its gap stays good enough', () => {
    const option = firstOption(move(2, '2027-02-17'));
    expect(option.sessions).toHaveLength(1);
    expect(option.sessions[0]).toMatchObject({ n: 3, day: '2027-03-15', gapDays: 26, ...hoursOn('2027-03-15', 9, 12) });
    expect(option.sessions[0]!.why.at(-1)).toEqual({ code: 'booking-kept', from: '2027-03-15' });
  });

  it('proposes the later ones anew when the move brings them too close', () => {
    const option = firstOption(move(2, '2027-02-25'));
    expect(option.sessions[0]).toMatchObject({ n: 3, day: '2027-03-25', gapDays: 28 });
    expect(option.sessions[0]!.why.at(-1)).toEqual({ code: 'booking-moved', from: '2027-03-15' });
    const first = firstOption(move(1, '2027-02-10'));
    expect(first.sessions.map(({ n }) => n)).toEqual([2, 3]);
    expect(daysBetween('2027-02-10', first.sessions[0]!.day)).toBeGreaterThanOrEqual(10);
  });

  it('lets a session move over its own old place and those of later ones', () => {
    expect(move(2, '2027-02-15').kind).toBe('movable');
    expect(move(1, '2027-02-15').kind).toBe('movable');
    expect(move(2, '2027-03-13', { override: { by: 'Ada', reason: 'asked' } }).kind).toBe('movable');
  });

  it('refuses a place under the floor of an earlier session, before it, or where nobody is free', () => {
    expect(codesOf(move(2, '2027-02-06'))).toEqual(['floor']);
    expect(codesOf(move(3, '2027-02-20'))).toEqual(['floor']);
    expect(codesOf(move(3, '2027-02-08'))).toEqual(['out-of-order']);
    expect(codesOf(move(3, '2027-02-04'))).toEqual(['floor', 'out-of-order']);
    expect(codesOf(move(2, '2027-02-14'))).toEqual(['studio-closed', 'practitioner-off', 'room-closed']);
    expect(codesOf(move(2, '2027-02-16', {}, [wholeDay('2027-02-16')]))).toEqual(['practitioner-absent']);
    expect(codesOf(move(2, '2027-01-22', { earliestDay: '2027-01-01' }))).toEqual(['out-of-order']);
  });

  it('says when the gap before asks for a name and a reason, which no floor accepts', () => {
    expect(move(2, '2027-02-09')).toMatchObject({ gapBefore: { kind: 'needs-override', gapDays: 8 } });
    const override = { by: 'Ada', reason: 'no scab left' };
    expect(move(2, '2027-02-09', { override })).toMatchObject({ gapBefore: { kind: 'ok', gapDays: 8, override } });
    expect(codesOf(move(2, '2027-02-05', { override }))).toEqual(['floor']);
    expect(move(1, '2027-02-02')).toMatchObject({ gapBefore: null });
  });

  it('has nothing to propose after the last session', () => {
    expect(move(3, '2027-03-16')).toEqual({
      kind: 'movable',
      gapBefore: { kind: 'ok', gapDays: 29, override: null },
      later: null,
    });
  });

  it('says what to relax when the later ones find no place', () => {
    const gone = Array.from({ length: 120 }, (_, i) => hoursOn('2027-02-26', 24 * i, 24 * (i + 1)));
    expect(move(2, '2027-02-25', {}, gone)).toMatchObject({
      kind: 'movable',
      later: {
        kind: 'impossible',
        placeable: 0,
        relaxations: [
          { code: 'practitioner-absent', id: 'ada' },
          { code: 'gap-window', id: null },
        ],
      },
    });
  });
});
