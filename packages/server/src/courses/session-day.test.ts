import { beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';

const DAY_MS = 86_400_000;
let studio: BookedStudio;

beforeEach(async () => {
  studio = await bookedStudio({ practitioners: 3, rooms: 3 });
});

/** A course of three, the second so many days after the first. */
async function course(gapDays = 14, from = '2027-03-08T09:00:00Z') {
  const clientId = await studio.addClient();
  const start = (days: number) => new Date(Date.parse(from) + days * DAY_MS).toISOString();
  studio.setNow('2027-03-01T09:00:00Z');
  const { proposals } = await studio.staff.proposeCourse({
    clientId,
    locationId: studio.locationId,
    skill: 'shaved',
    sessions: 3,
    earliest: from.slice(0, 10),
  });
  const { practitionerId, roomId } = proposals[0]!.sessions[0]!;
  const booked = await studio.staff.bookCourse({
    clientId,
    locationId: studio.locationId,
    skill: 'shaved',
    sessions: 3,
    choices: [0, gapDays, gapDays + 28].map((days, i) => ({ n: i + 1, start: start(days), practitionerId, roomId })),
    gapOverride: { name: 'Ada', reason: 'healed' },
  });
  return { clientId, id: booked.id, sessions: booked.appointments, practitionerId, roomId };
}

describe('a session on its day', () => {
  it('begins, ends, and is a fact with the hours it had', async () => {
    const { id, clientId, sessions } = await course();
    const [first] = sessions;
    expect((await refusalOf(studio.staff.startAppointment(first!))).code).toBe('not-in-this-state');
    studio.setNow('2027-03-08T09:05:00Z');
    const begun = await studio.staff.startAppointment(first!);
    expect(begun.status).toBe('in-progress');
    studio.setNow('2027-03-08T15:00:00Z');
    const done = await studio.staff.finishAppointment({ ...begun, end: '2027-03-08T14:50:00.000Z', note: 'went well' });
    expect(done).toMatchObject({
      status: 'done',
      isFact: true,
      flags: [],
      end: '2027-03-08T14:50:00.000Z',
      note: 'went well',
    });
    expect((await studio.clientOf(clientId).course({ id })).appointments[0]!.note).toBe('');
  });

  it('may have lasted into the next booking: it is stored as it was', async () => {
    const { sessions, practitionerId, roomId } = await course(14, '2027-03-09T08:00:00Z');
    const next = await studio.addClient();
    await studio.staff.bookAppointment({
      clientId: next,
      kind: 'consultation',
      locationId: studio.locationId,
      practitionerId,
      roomId,
      start: '2027-03-09T13:00:00Z',
      minutes: 30,
    });
    studio.setNow('2027-03-09T13:20:00Z');
    const done = await studio.staff.finishAppointment({ ...sessions[0]!, end: '2027-03-09T13:15:00Z' });
    expect(done).toMatchObject({ status: 'done', end: '2027-03-09T13:15:00.000Z' });
  });

  it('does not begin when the screening has come to say stop', async () => {
    const { clientId, sessions } = await course(14, '2027-03-10T08:00:00Z');
    studio.setNow('2027-03-10T08:00:00Z');
    await studio.addScreening(clientId, 'stop');
    expect((await refusalOf(studio.staff.startAppointment(sessions[0]!))).code).toBe('screening-stops');
  });

  it('does not begin without a certificate that holds on its day; what was done all the same is kept and flagged', async () => {
    const { sessions, practitionerId } = await course(14, '2027-03-11T08:00:00Z');
    studio.setNow('2027-03-11T08:00:00Z');
    const certificate = (expiresOn: string) =>
      studio.storage.inStudio(studio.studioId, (tx) =>
        tx.updateTable('certificates').set({ expiresOn }).where('practitionerId', '=', practitionerId).execute(),
      );
    await certificate('2027-03-10');
    const refusal = await refusalOf(studio.staff.startAppointment(sessions[0]!));
    expect(refusal).toMatchObject({ code: 'certificate-expired', detail: 'the certificate has expired by then' });
    studio.setNow('2027-03-11T14:00:00Z');
    const done = await studio.staff.finishAppointment(sessions[0]!);
    expect(done).toMatchObject({ status: 'done', flags: ['certificate-expired'] });
    await certificate('2027-03-25');
    studio.setNow('2027-03-25T08:00:00Z');
    const [, second] = (await studio.staff.course({ id: done.courseId! })).appointments;
    expect((await studio.staff.startAppointment(second!)).status).toBe('in-progress');
  });

  it('is missed only after its hour', async () => {
    const { sessions } = await course(14, '2027-03-11T08:00:00Z');
    expect((await refusalOf(studio.staff.missAppointment(sessions[0]!))).code).toBe('not-in-this-state');
    studio.setNow('2027-03-11T09:00:00Z');
    expect((await studio.staff.missAppointment(sessions[0]!)).status).toBe('missed');
  });

  it('makes the course done when it was the last', async () => {
    const { id, sessions } = await course(14, '2027-03-12T08:00:00Z');
    for (const one of sessions) {
      studio.setNow(Date.parse(one.end) + 60_000);
      await studio.staff.finishAppointment(one);
    }
    expect((await studio.staff.course({ id })).status).toBe('done');
  });
});

describe('an interrupted session', () => {
  const interrupted = async (gapDays: number, from: string, zones: string[] = []) => {
    const made = await course(gapDays, from);
    studio.setNow(from);
    const begun = await studio.staff.startAppointment(made.sessions[0]!);
    studio.setNow(Date.parse(from) + 2 * 3_600_000);
    const stopped = await studio.staff.interruptAppointment({ ...begun, reason: 'power cut', zones });
    return { ...made, stopped };
  };

  it('goes on with zones that were not touched, once it is said which ones were', async () => {
    const { stopped } = await interrupted(14, '2027-08-02T08:00:00Z', ['front', 'temple-l']);
    expect(stopped.flags).toEqual(['touched:front', 'touched:temple-l']);
    const go = { ...stopped, start: '2027-08-03T08:00:00Z', minutes: 60, reason: 'power is back' };
    const touched = await refusalOf(studio.staff.continueAppointment({ ...go, zones: ['crown', 'front'] }));
    expect(touched).toMatchObject({ code: 'input-wrong', detail: 'zones: front had work the day before' });
    expect((await refusalOf(studio.staff.continueAppointment(go))).code).toBe('input-wrong');
    const { appointment } = await studio.staff.continueAppointment({ ...go, zones: ['crown'] });
    expect(appointment.flags).toEqual(expect.arrayContaining(['touched:front', 'touched:temple-l']));
  });

  it('goes on the next day or not at all, and the last day counts', async () => {
    const { stopped, sessions } = await interrupted(14, '2027-04-05T08:00:00Z');
    expect(stopped).toMatchObject({ status: 'interrupted', isFact: true, end: '2027-04-05T10:00:00.000Z' });
    const go = { ...stopped, minutes: 120, reason: 'power is back' };
    const tooLate = await refusalOf(studio.staff.continueAppointment({ ...go, start: '2027-04-07T08:00:00Z' }));
    expect(tooLate.code).toBe('input-wrong');
    const { appointment, laterNowTooSoon } = await studio.staff.continueAppointment({
      ...go,
      start: '2027-04-06T08:00:00Z',
    });
    expect(appointment).toMatchObject({
      status: 'booked',
      firstDay: '2027-04-05',
      lastDay: '2027-04-06',
      start: '2027-04-06T08:00:00.000Z',
    });
    expect(laterNowTooSoon).toEqual([]);
    // Seven days from the last of its days, not from the first.
    const start = `${addDays('2027-04-05', 7)}T08:00:00Z`;
    const move = studio.staff.moveAppointment({
      id: sessions[1]!.id,
      version: sessions[1]!.version,
      start,
      gapOverride: { name: 'A', reason: 'b' },
    });
    expect((await refusalOf(move)).code).toBe('too-soon');
    studio.setNow('2027-04-06T10:00:00Z');
    const done = await studio.staff.finishAppointment(appointment);
    expect(done).toMatchObject({ status: 'done', firstDay: '2027-04-05', lastDay: '2027-04-06' });
  });

  it('takes their place from later bookings that are now too soon, and names them', async () => {
    const { id, stopped, sessions } = await interrupted(7, '2027-05-03T08:00:00Z');
    const { laterNowTooSoon } = await studio.staff.continueAppointment({
      ...stopped,
      start: '2027-05-04T08:00:00Z',
      minutes: 60,
      reason: 'power is back',
    });
    expect(laterNowTooSoon).toMatchObject([{ id: sessions[1]!.id, status: 'cancelled', flags: ['too-soon'] }]);
    const { version } = await studio.staff.course({ id });
    const { proposals } = await studio.staff.proposeMove({ id: sessions[1]!.id });
    const [second] = proposals[0]!.sessions;
    expect(second!.day >= '2027-05-11').toBe(true);
    const { appointments } = await studio.staff.addSessions({
      id,
      version,
      choices: [{ n: 2, start: second!.start, practitionerId: second!.practitionerId, roomId: second!.roomId }],
    });
    expect(appointments.filter(({ status }) => status !== 'cancelled').map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it('that was to go on and does not is what it was', async () => {
    const { stopped } = await interrupted(14, '2027-06-07T08:00:00Z');
    const { appointment } = await studio.staff.continueAppointment({
      ...stopped,
      start: '2027-06-08T08:00:00Z',
      minutes: 60,
      reason: 'power is back',
    });
    const back = await studio.staff.cancelAppointment({ ...appointment, reason: 'no power again' });
    expect(back).toMatchObject({
      status: 'interrupted',
      isFact: true,
      lastDay: '2027-06-07',
      start: '2027-06-07T08:00:00.000Z',
      end: '2027-06-07T10:00:00.000Z',
    });
  });
});

describe('what already happened', () => {
  const fact = (clientId: string, day: string, hour: number, more: object = {}) => ({
    clientId,
    kind: 'touch-up' as const,
    locationId: studio.locationId,
    practitionerId: studio.practitionerIds[2]!,
    roomId: studio.roomIds[2]!,
    start: `${day}T${String(hour).padStart(2, '0')}:00:00Z`,
    end: `${day}T${String(hour + 1).padStart(2, '0')}:00:00Z`,
    ...more,
  });

  it('is stored even against every rule, and flagged with them', async () => {
    studio.setNow('2027-07-20T09:00:00Z');
    const clientId = await studio.addClient('stop');
    const first = await studio.staff.recordFact(fact(clientId, '2027-07-10', 2));
    expect(first).toMatchObject({ status: 'done', isFact: true });
    expect(first.flags.toSorted()).toEqual(['outside-hours', 'screening-stops']);
    const second = await studio.staff.recordFact(fact(clientId, '2027-07-12', 9));
    expect(second.flags).toContain('too-soon');
  });

  it('is by somebody and somewhere that the studio has', async () => {
    studio.setNow('2027-07-20T09:00:00Z');
    const clientId = await studio.addClient();
    const nobody = { practitionerId: studio.makeId() };
    expect((await refusalOf(studio.staff.recordFact(fact(clientId, '2027-07-10', 9, nobody)))).code).toBe('not-found');
  });

  it('is not of the future', async () => {
    studio.setNow('2027-07-20T09:00:00Z');
    const clientId = await studio.addClient();
    expect((await refusalOf(studio.staff.recordFact(fact(clientId, '2027-07-20', 9)))).code).toBe('input-wrong');
  });

  it('takes its place from a booking within seven days, since the floor holds for what is to come', async () => {
    studio.setNow('2027-08-02T09:00:00Z');
    const clientId = await studio.addClient();
    const booked = await studio.staff.bookAppointment({
      clientId,
      kind: 'touch-up',
      locationId: studio.locationId,
      practitionerId: studio.practitionerIds[0]!,
      start: '2027-08-06T09:00:00Z',
      minutes: 60,
    });
    await studio.staff.recordFact(fact(clientId, '2027-08-01', 9));
    const { others } = await studio.staff.clientCourses({ clientId });
    expect(others.find(({ id }) => id === booked.id)).toMatchObject({ status: 'cancelled', flags: ['too-soon'] });
  });

  it('does not take the number of a session that has its place', async () => {
    const { id, clientId } = await course(14, '2027-03-15T08:00:00Z');
    studio.setNow('2027-03-16T12:00:00Z');
    const record = studio.staff.recordFact(fact(clientId, '2027-03-16', 9, { kind: 'session', courseId: id, n: 1 }));
    expect((await refusalOf(record)).code).toBe('not-in-this-state');
  });
});
