import { beforeAll, describe, expect, it } from 'vitest';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';

let studio: BookedStudio;
let practitionerId: string;

beforeAll(async () => {
  studio = await bookedStudio({ timeZone: 'America/New_York', now: '2027-03-01T15:00:00Z' });
  practitionerId = studio.practitionerIds[0]!;
});

const calendar = (...events: string[][]): File => {
  const lines = events.flatMap((event, i) => ['BEGIN:VEVENT', `UID:e${i}`, ...event, 'END:VEVENT']);
  return new File([['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n')], 'busy.ics');
};
const absences = () =>
  studio.storage.inStudio(studio.studioId, (tx) =>
    tx.selectFrom('absences').selectAll().where('practitionerId', '=', practitionerId).orderBy('during').execute(),
  );
const WEEKLY = ['DTSTART:20270303T120000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4', 'SUMMARY:Choir'];

describe("a foreign calendar's busy hours", () => {
  it('are shown first, then absences in the time of the location, and nobody can be booked in them', async () => {
    const file = () => calendar(WEEKLY, ['DTSTART;VALUE=DATE:20270310'], ['DTSTART:garbage', 'SUMMARY:odd']);
    const look = await studio.staff.importAbsences({ practitionerId, file: file(), commit: false });
    expect(look).toMatchObject({ events: 3, created: 5, removed: 0 });
    expect(look.skipped.map(({ summary }) => summary)).toEqual(['odd']);
    expect(await absences()).toEqual([]);
    await studio.staff.importAbsences({ practitionerId, file: file(), commit: true });
    const stored = await absences();
    expect(stored.map(({ during }) => during.start.toISOString())).toEqual([
      '2027-03-03T17:00:00.000Z',
      '2027-03-10T05:00:00.000Z',
      '2027-03-10T17:00:00.000Z',
      // Noon stays noon when the clock changes on the 14th.
      '2027-03-17T16:00:00.000Z',
      '2027-03-24T16:00:00.000Z',
    ]);
    expect(JSON.stringify(stored)).not.toContain('Choir');
    const call = studio.staff.bookAppointment({
      clientId: await studio.addClient(),
      kind: 'consultation',
      locationId: studio.locationId,
      practitionerId,
      start: '2027-03-17T16:30:00Z',
      minutes: 60,
    });
    expect(await refusalOf(call)).toMatchObject({ code: 'outside-hours', detail: expect.stringContaining('absent') });
  });

  it('that were in an earlier file and are gone are removed; what was entered by hand stays', async () => {
    await studio.storage.inStudio(studio.studioId, (tx) =>
      tx
        .insertInto('absences')
        .values({
          studioId: studio.studioId,
          id: studio.makeId(),
          practitionerId,
          during: '[2027-05-05T00:00Z,2027-05-06T00:00Z)' as never,
        })
        .execute(),
    );
    const again = await studio.staff.importAbsences({ practitionerId, file: calendar(WEEKLY), commit: true });
    expect(again).toMatchObject({ created: 0, removed: 1 });
    expect(await absences()).toHaveLength(5);
    const none = await studio.staff.importAbsences({ practitionerId, file: calendar(), commit: true });
    expect(none).toMatchObject({ created: 0, removed: 4 });
    expect(await absences()).toHaveLength(1);
  });

  it('name the appointments that stand in them', async () => {
    const booked = await studio.staff.bookAppointment({
      clientId: await studio.addClient(),
      kind: 'consultation',
      locationId: studio.locationId,
      practitionerId,
      start: '2027-06-02T16:00:00Z',
      minutes: 60,
    });
    const file = calendar(['DTSTART:20270602T123000', 'DURATION:PT2H']);
    const look = await studio.staff.importAbsences({ practitionerId, file, commit: false });
    expect(look.appointmentsInTheWay).toEqual([booked.id]);
  });

  it('of what is no calendar, or of a practitioner of nobody, are refused', async () => {
    const file = new File(['%PDF-1.7'], 'x.ics');
    expect((await refusalOf(studio.staff.importAbsences({ practitionerId, file, commit: true }))).code).toBe(
      'file-unusable',
    );
    const nobody = { practitionerId: studio.makeId(), file: calendar(WEEKLY), commit: true };
    expect((await refusalOf(studio.staff.importAbsences(nobody))).code).toBe('not-found');
  });
});
