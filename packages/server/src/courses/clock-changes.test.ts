import { describe, expect, it } from 'vitest';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { bookedStudio, refusalOf } from './testing/booked-studio.ts';

/** The wall clock, by the engine's own words. */
const wallOf = (instant: string, timeZone: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone }).slice(0, 16);

// Days of a clock change, the leap day, ends of months; each with the instant at which the wall shows 08:00 on it.
const DAYS = [
  ['Europe/Berlin', '2027-03-28', '2027-03-28T06:00:00Z'],
  ['Europe/Berlin', '2027-10-31', '2027-10-31T07:00:00Z'],
  ['America/New_York', '2028-03-12', '2028-03-12T12:00:00Z'],
  ['America/New_York', '2027-11-07', '2027-11-07T13:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-04', '2027-04-03T21:30:00Z'],
  ['Australia/Lord_Howe', '2027-10-03', '2027-10-02T21:00:00Z'],
  ['Asia/Kathmandu', '2028-02-29', '2028-02-29T02:15:00Z'],
  ['Asia/Kathmandu', '2027-12-31', '2027-12-31T02:15:00Z'],
] as const;

describe.each(DAYS)('in %s on %s', (timeZone, day, opensAt) => {
  it('hours open by the wall clock, and days, not hours, keep the floor', async () => {
    const studio = await bookedStudio({ timeZone, practitioners: 1, now: '2027-03-01T00:00:00Z', maxMinutesADay: 720 });
    const { locationId, practitionerIds } = studio;
    const touchUp = async (clientId: string, start: string, minutes = 60) =>
      studio.staff.bookAppointment({
        clientId,
        kind: 'touch-up',
        locationId,
        practitionerId: practitionerIds[0]!,
        start,
        minutes,
      });
    const at = (ms: number): string => new Date(Date.parse(opensAt) + ms).toISOString();
    const hour = 3_600_000;

    const first = await studio.addClient();
    expect((await refusalOf(touchUp(first, at(-hour / 4)))).code).toBe('outside-hours');
    const booked = await touchUp(first, at(0));
    expect(booked).toMatchObject({ firstDay: day, lastDay: day });
    expect(wallOf(booked.start, timeZone)).toBe(`${day} 08:00`);

    // The last hour of the day is the twelfth after opening: the clock changes in the night.
    const last = await studio.addClient();
    expect((await refusalOf(touchUp(last, at(11.25 * hour)))).code).toBe('outside-hours');
    await touchUp(last, at(11 * hour));

    // From the evening of this day to the morning of the seventh after it are six days and thirteen hours.
    const seventh = (
      await studio.staff.freeTimes({
        clientId: last,
        kind: 'touch-up',
        locationId,
        from: addDays(day, 1),
        days: 10,
        minutes: 60,
      })
    ).items[0]!;
    expect(wallOf(seventh.start, timeZone)).toBe(`${addDays(day, 7)} 08:00`);
    const early = new Date(Date.parse(seventh.start) - 14 * hour).toISOString();
    expect((await refusalOf(touchUp(last, early))).code).toBe('too-soon');
    await touchUp(last, seventh.start);
  });

  it('a whole course is proposed around it at the hours of the wall clock', async () => {
    const studio = await bookedStudio({ timeZone, practitioners: 1, now: '2027-03-01T00:00:00Z' });
    const clientId = await studio.addClient();
    const { proposals } = await studio.staff.proposeCourse({
      clientId,
      locationId: studio.locationId,
      skill: 'shaved',
      sessions: 3,
      earliest: addDays(day, -14),
    });
    const [best] = proposals;
    expect(best!.sessions.map(({ start }) => wallOf(start, timeZone))).toEqual(
      [-14, 0, 28].map((days) => `${addDays(day, days)} 08:00`),
    );
    const choices = best!.sessions.map(({ n, start, practitionerId, roomId }) => ({
      n,
      start,
      practitionerId,
      roomId,
    }));
    const course = await studio.staff.bookCourse({
      clientId,
      locationId: studio.locationId,
      skill: 'shaved',
      sessions: 3,
      choices,
    });
    expect(course.appointments.map(({ firstDay }) => firstDay)).toEqual([-14, 0, 28].map((days) => addDays(day, days)));
  });
});
