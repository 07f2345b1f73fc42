import { describe, expect, it } from 'vitest';
import { daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';

async function threeSessions(studio: BookedStudio) {
  const clientId = await studio.addClient();
  const wish = { clientId, locationId: studio.locationId, skill: 'shaved' as const, sessions: 3 };
  const { proposals } = await studio.staff.proposeCourse(wish);
  return studio.staff.bookCourse({ ...wish, choices: choicesOf(proposals[0]!) });
}

interface Place {
  readonly n: number;
  readonly start: string;
  readonly practitionerId: string;
  readonly roomId: string;
}
const choicesOf = ({ sessions }: { readonly sessions: readonly Place[] }) =>
  sessions.map(({ n, start, practitionerId, roomId }) => ({ n, start, practitionerId, roomId }));

describe('a course that grows', () => {
  it('is given dates for the sessions it would lack, after those that stand', async () => {
    const studio = await bookedStudio();
    const course = await threeSessions(studio);
    const last = course.appointments.at(-1)!;
    expect((await refusalOf(studio.staff.proposeSessions({ id: course.id }))).code).toBe('not-in-this-state');
    const { proposals } = await studio.staff.proposeSessions({ id: course.id, sessions: 5 });
    expect(proposals[0]!.sessions.map(({ n }) => n)).toEqual([4, 5]);
    expect(daysBetween(last.lastDay, proposals[0]!.sessions[0]!.day)).toBe(28);
    const add = { id: course.id, version: course.version, sessions: 5, choices: choicesOf(proposals[0]!) };
    expect((await refusalOf(studio.staff.addSessions(add))).code).toBe('sessions-count');
    const grown = await studio.staff.addSessions({ ...add, reason: 'a large area' });
    expect(grown).toMatchObject({ sessions: 5, status: 'open', reason: 'a large area' });
    expect(grown.appointments.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  });

  it('brings other dates when one is taken', async () => {
    const studio = await bookedStudio({ practitioners: 1 });
    const course = await threeSessions(studio);
    const { proposals } = await studio.staff.proposeSessions({ id: course.id, sessions: 4 });
    const [wanted] = choicesOf(proposals[0]!);
    await studio.staff.bookAppointment({
      clientId: await studio.addClient('none'),
      kind: 'consultation',
      locationId: studio.locationId,
      practitionerId: wanted!.practitionerId,
      start: wanted!.start,
      minutes: 60,
    });
    const add = { id: course.id, version: course.version, sessions: 4 };
    const refusal = await refusalOf(studio.staff.addSessions({ ...add, choices: [wanted!] }));
    expect(refusal.code).toBe('practitioner-busy');
    expect(refusal.data.proposals.length).toBeGreaterThan(0);
    const grown = await studio.staff.addSessions({ ...add, choices: choicesOf(refusal.data.proposals[0]) });
    expect(grown.sessions).toBe(4);
  });

  it('goes on when it was done', async () => {
    const studio = await bookedStudio();
    const { id, appointments } = await threeSessions(studio);
    for (const one of appointments) {
      studio.setNow(Date.parse(one.end) + 60_000);
      await studio.staff.finishAppointment(one);
    }
    const { version, status } = await studio.staff.course({ id });
    expect(status).toBe('done');
    const { proposals } = await studio.staff.proposeSessions({ id, sessions: 4 });
    const choices = choicesOf(proposals[0]!);
    expect((await studio.staff.addSessions({ id, version, sessions: 4, choices })).status).toBe('open');
  });

  it('finds a date for one that is missing in the middle, and moves none of those that stand', async () => {
    const studio = await bookedStudio();
    const { id, appointments } = await threeSessions(studio);
    await studio.staff.cancelAppointment({ id: appointments[1]!.id, version: appointments[1]!.version });
    const { version } = await studio.staff.course({ id });
    const { proposals } = await studio.staff.proposeSessions({ id });
    expect(proposals[0]!.sessions.map(({ n }) => n)).toEqual([2]);
    const whole = await studio.staff.addSessions({ id, version, choices: choicesOf(proposals[0]!) });
    const standing = whole.appointments.filter((one) => one.status === 'booked');
    expect(standing.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(standing[2]!.start).toBe(appointments[2]!.start);
  });
});
