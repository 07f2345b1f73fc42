import { beforeAll, describe, expect, it } from 'vitest';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';

let studio: BookedStudio;
const NOW = '2027-03-01T09:00:00Z';

beforeAll(async () => {
  studio = await bookedStudio({ openDays: [1, 2, 3, 4, 5], settings: { turnaroundMinutes: 30, gapsDays: [14, 28] } });
});

const wish = (clientId: string, start: string, more: object = {}) => ({
  clientId,
  kind: 'consultation' as const,
  locationId: studio.locationId,
  practitionerId: studio.practitionerIds[0]!,
  start,
  minutes: 60,
  ...more,
});

describe('a consultation', () => {
  it('is booked in the first room that is free, also for somebody who was never screened', async () => {
    const clientId = await studio.addClient('none');
    const booked = await studio.staff.bookAppointment(wish(clientId, '2027-03-02T09:00:00Z'));
    expect(booked).toMatchObject({ status: 'booked', roomId: studio.roomIds[0], firstDay: '2027-03-02' });
    const other = await studio.addClient('none');
    const beside = wish(other, '2027-03-02T10:15:00Z', { practitionerId: studio.practitionerIds[1] });
    // The first room is being cleaned then.
    expect((await studio.staff.bookAppointment(beside)).roomId).toBe(studio.roomIds[1]);
  });

  it('by video needs no room', async () => {
    const clientId = await studio.addClient('none');
    const booked = await studio.staff.bookAppointment(wish(clientId, '2027-03-03T09:00:00Z', { byVideo: true }));
    expect(booked).toMatchObject({ roomId: null, byVideo: true });
  });

  it('is refused outside hours, in the past and where somebody is busy, each by its code', async () => {
    const clientId = await studio.addClient();
    const code = async (start: string, more: object = {}) =>
      (await refusalOf(studio.staff.bookAppointment(wish(clientId, start, more)))).code;
    expect(await code('2027-03-06T10:00:00Z')).toBe('outside-hours');
    expect(await code('2027-03-02T06:00:00Z')).toBe('outside-hours');
    expect(await code('2027-03-02T18:30:00Z')).toBe('outside-hours');
    expect(await code('2027-02-26T10:00:00Z')).toBe('input-wrong');
    await studio.staff.bookAppointment(wish(clientId, '2027-03-04T10:00:00Z'));
    const elsewhere = { practitionerId: studio.practitionerIds[1], roomId: studio.roomIds[1] };
    expect(await code('2027-03-04T10:30:00Z', elsewhere)).toBe('client-busy');
    const other = await studio.addClient();
    const besides = await refusalOf(studio.staff.bookAppointment(wish(other, '2027-03-04T10:30:00Z')));
    expect(besides.code).toBe('practitioner-busy');
    const inRoom = wish(other, '2027-03-04T10:30:00Z', { ...elsewhere, roomId: studio.roomIds[0] });
    const refusal = await refusalOf(studio.staff.bookAppointment(inRoom));
    expect(refusal.code).toBe('room-busy');
    expect(refusal.data.items.length).toBeGreaterThan(0);
  });

  it('is found among the free hours of some days', async () => {
    const clientId = await studio.addClient('none');
    const { items } = await studio.staff.freeTimes({
      clientId,
      kind: 'consultation',
      locationId: studio.locationId,
      practitionerId: studio.practitionerIds[0]!,
      from: '2027-03-08',
      days: 7,
      minutes: 60,
    });
    // Five days of twelve hours, on every half hour.
    expect(items).toHaveLength(5 * 23);
    const [first] = items;
    const booked = await studio.staff.bookAppointment(wish(clientId, first!.start, { roomId: first!.roomId }));
    expect(booked.start).toBe(first!.start);
  });

  it('of a client who books alone is at least a day ahead, short, and one of few', async () => {
    const clientId = await studio.addClient('none');
    const self = studio.clientOf(clientId);
    const code = async (start: string, more: object = {}) =>
      (await refusalOf(self.bookAppointment(wish(clientId, start, more)))).code;
    studio.setNow(NOW);
    expect(await code('2027-03-02T08:30:00Z')).toBe('not-allowed');
    expect(await code('2027-03-09T10:00:00Z', { minutes: 90 })).toBe('not-allowed');
    for (const day of ['15', '16', '17']) await self.bookAppointment(wish(clientId, `2027-03-${day}T08:00:00Z`));
    expect(await code('2027-03-18T08:00:00Z')).toBe('not-allowed');
  });
});

it('may be moved by staff when its hour has come and the client has not', async () => {
  const clientId = await studio.addClient('none');
  const booked = await studio.staff.bookAppointment(wish(clientId, '2027-04-13T09:00:00Z'));
  studio.setNow('2027-04-13T09:20:00Z');
  const { moved } = await studio.staff.moveAppointment({ id: booked.id, version: 1, start: '2027-04-13T10:00:00Z' });
  expect(moved).toMatchObject([{ id: booked.id, start: '2027-04-13T10:00:00.000Z', version: 2 }]);
  studio.setNow(NOW);
});

it('stays as long as it is when it is moved, unless staff give another length of a quarter of an hour or more', async () => {
  const clientId = await studio.addClient('none');
  const booked = await studio.staff.bookAppointment(wish(clientId, '2027-04-20T09:00:00Z'));
  const move = (end: string, by = studio.staff) =>
    by.moveAppointment({ id: booked.id, version: 1, start: '2027-04-20T10:00:00Z', end });
  for (const end of ['2027-04-20T10:01:00Z', '2027-04-20T10:14:00Z', '2027-04-20T09:00:00Z', '2027-04-21T10:00:00Z'])
    expect(await refusalOf(move(end)), end).toMatchObject({
      code: 'input-wrong',
      detail: 'from 15 minutes to 12 hours',
    });
  const self = studio.clientOf(clientId);
  expect((await refusalOf(move('2027-04-20T10:30:00Z', self))).code).toBe('not-allowed');
  const { moved } = await move('2027-04-20T10:15:00Z');
  expect(moved).toMatchObject([{ end: '2027-04-20T10:15:00.000Z' }]);
});

describe('a touch-up', () => {
  const touchUp = { kind: 'touch-up' as const };

  it('keeps the floor, asks the screening, and wants a certificate that holds on its day', async () => {
    const clientId = await studio.addClient();
    await studio.staff.bookAppointment(wish(clientId, '2027-03-22T09:00:00Z', touchUp));
    const code = async (id: string, start: string) =>
      (await refusalOf(studio.staff.bookAppointment(wish(id, start, touchUp)))).code;
    expect(await code(clientId, '2027-03-26T09:00:00Z')).toBe('too-soon');
    expect(await code(await studio.addClient('none'), '2027-03-24T09:00:00Z')).toBe('screening-stops');
    expect(await code(await studio.addClient(), '2035-01-02T09:00:00Z')).toBe('certificate-expired');
    await studio.staff.bookAppointment(wish(await studio.addClient(), '2035-01-01T09:00:00Z', touchUp));
  });

  it('keeps within the hours that a practitioner works in a day', async () => {
    const book = async (start: string, minutes: number) =>
      studio.staff.bookAppointment(wish(await studio.addClient(), start, { ...touchUp, minutes }));
    await book('2027-04-05T07:00:00Z', 300);
    await book('2027-04-05T12:30:00Z', 270);
    const refusal = await refusalOf(book('2027-04-05T17:00:00Z', 60));
    expect(refusal).toMatchObject({ code: 'practitioner-busy', detail: expect.stringContaining('day is full') });
  });

  it('is not by video', async () => {
    const clientId = await studio.addClient();
    const call = studio.staff.bookAppointment(wish(clientId, '2027-04-07T09:00:00Z', { ...touchUp, byVideo: true }));
    expect((await refusalOf(call)).code).toBe('input-wrong');
  });
});

it('the calendar shows all that touches its days, with the hours that are open and worked', async () => {
  const clientId = await studio.addClient('none', 'Kim Poe');
  await studio.staff.bookAppointment(wish(clientId, '2027-05-04T09:00:00Z', { note: 'brings photos' }));
  await studio.storage.inStudio(studio.studioId, (tx) =>
    tx
      .insertInto('absences')
      .values({
        studioId: studio.studioId,
        id: studio.makeId(),
        practitionerId: studio.practitionerIds[1]!,
        during: '[2027-05-05T00:00Z,2027-05-06T00:00Z)' as never,
        reason: 'course',
      })
      .execute(),
  );
  const { locationId } = studio;
  const week = await studio.staff.calendar({ locationId, from: '2027-05-03', to: '2027-05-09' });
  expect(week.appointments).toMatchObject([{ clientName: 'Kim Poe', note: 'brings photos' }]);
  expect(week.absences).toMatchObject([{ reason: 'course' }]);
  expect(week.open).toHaveLength(5);
  expect(week.open[0]).toEqual({ start: '2027-05-03T06:00:00.000Z', end: '2027-05-03T18:00:00.000Z' });
  expect(week.working).toHaveLength(10);
  const asToken = studio.as({
    kind: 'token',
    studioId: studio.studioId,
    tokenId: studio.makeId(),
    scopes: ['courses:read'],
  });
  const [seen] = (await asToken.calendar({ locationId, from: '2027-05-03', to: '2027-05-09' })).appointments;
  expect(seen).toMatchObject({ clientName: null, note: '' });
  const wrong = studio.staff.calendar({ locationId, from: '2027-05-03', to: '2027-05-02' });
  expect((await refusalOf(wrong)).code).toBe('input-wrong');
});
